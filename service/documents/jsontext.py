"""JSON text: the one door of orjson. Everything stored or sent passes here.

Text is UTF-8 without escapes where JSON allows, and without spaces. Keys stay in the order in which
a document puts them, for people read it; `canonical` sorts them, so that equal values have equal
text and can be hashed and compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

import orjson

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""A value that JSON can say."""

JsonObject: TypeAlias = Mapping[str, Json]
"""A JSON object."""


def dumps(value: Json) -> str:
    """The text of `value`, keys in their own order.

    >>> dumps({"b": 1, "a": ["é"]})
    '{"b":1,"a":["é"]}'

    Raises ValueError for what JSON cannot say (lone surrogates, integers beyond 64 bits).
    """
    return _text(value, 0)


def canonical(value: Json) -> str:
    """The text of `value` with sorted keys: one text for equal values. Raises as `dumps` does.

    >>> canonical({"b": 1, "a": {"d": 2, "c": 3}})
    '{"a":{"c":3,"d":2},"b":1}'
    """
    return _text(value, orjson.OPT_SORT_KEYS)


def known(fields: Mapping[str, Json]) -> JsonObject:
    """`fields` in their order, without those that are None: what is unknown is absent.

    >>> known({"b": 1, "a": None})
    {'b': 1}
    """
    return {name: value for name, value in fields.items() if value is not None}


def loads(text: str | bytes) -> Json:
    """The value that `text` says; raises ValueError when it is no JSON in UTF-8."""
    return cast("Json", orjson.loads(text))


def read_object(text: str | bytes) -> JsonObject:
    """The object that `text` says; raises ValueError when it is no JSON object."""
    value = loads(text)
    if isinstance(value, dict):
        return value
    raise ValueError("the text is JSON but no object: use {...}")


def splice(fragment: str, fields: Mapping[str, Json]) -> str:
    """The object of `fragment` with `fields` added at its end, its own text untouched.

    >>> splice('{"a":1}', {"b": 2})
    '{"a":1,"b":2}'

    The caller sees to it that no key is there twice.
    """
    if not fragment.startswith("{") or not fragment.endswith("}"):
        raise ValueError("only the text of a JSON object can be spliced")
    if not fields:
        return fragment
    added = dumps(fields)
    return added if fragment == "{}" else f"{fragment[:-1]},{added[1:]}"


def splice_fragment(fragment: str, key: str, text: str) -> str:
    """The object of `fragment` with one ready JSON text added under `key`.

    >>> splice_fragment('{"a":1}', "b", '{"c":2}')
    '{"a":1,"b":{"c":2}}'
    """
    begun = "{" if fragment == "{}" else f"{fragment[:-1]},"
    return f"{begun}{dumps(key)}:{text}}}"


def splice_fragments(fragment: str, fields: Mapping[str, Sequence[str]]) -> str:
    """The object of `fragment` with lists of ready JSON texts added under the given keys.

    >>> splice_fragments('{"a":1}', {"b": ('{"c":2}',)})
    '{"a":1,"b":[{"c":2}]}'
    """
    lists = (f"{dumps(key)}:[{','.join(texts)}]" for key, texts in fields.items())
    if not fields:
        return fragment
    inner = fragment[1:-1]
    return "{" + ",".join([*([inner] if inner else []), *lists]) + "}"


def _text(value: Json, option: int) -> str:
    try:
        return orjson.dumps(value, default=_plain, option=option).decode()
    except orjson.JSONEncodeError as error:
        raise ValueError(f"value has no JSON text: {error}") from error


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return list(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")
