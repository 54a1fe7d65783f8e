"""Bodies of requests: their size, type and coding, and the strict reading of JSON in them.

`parse` stops at what is no JSON at all; `flaw` finds what a document may not hold although it can
be parsed, so that in a batch one document with a flaw harms no neighbour.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]  # ships no types
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from service.api.wire.problems import ProblemError
from service.documents.jsontext import Json
from service.documents.pointers import pointer_to
from service.errors import Violation

JSON = "application/json"
NDJSON = "application/x-ndjson"
LINKED = "application/ld+json"
LONGEST_BODY = 10_000_000
"""Bytes of one request."""
LONGEST_ARTICLE = 2_500_000
"""Bytes of one article, as JSON: a page of HTML with its escapes."""
LONGEST_DOCUMENT = 1_000_000
"""Bytes of any other JSON document, such as a text to resolve."""
DEEPEST = 32
"""Levels of arrays and objects in one document."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a parsed document may not hold, and where (a JSON pointer)."""

    pointer: str
    detail: str


class _Repeating(dict[str, Json]):
    """An object as read, with the names that it gave more than once."""

    repeated: tuple[str, ...] = ()


def read_body(*types: str, limit: int = LONGEST_BODY) -> bytes:
    """The whole body; ProblemError unless it came whole, as one of `types`, in at most `limit`."""
    _check_type(types)
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in {"", "identity"}:
        raise ProblemError(
            "unsupported-media-type",
            f"content-encoding '{coding}' is not read here: send the body as it is",
            headers={"Accept-Encoding": "identity"},
        )
    # A body without a length is cut there in silence, so one byte more is read and counted.
    request.max_content_length = limit + 1
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise too_large(f"the body is longer than {limit:,} bytes") from error
    except (ClientDisconnected, ParseException) as error:
        raise ProblemError("bad-request", "the body breaks off, or its chunks are wrong") from error
    if len(body) > limit:
        raise too_large(f"the body is longer than {limit:,} bytes")
    announced = request.content_length
    if announced is not None and len(body) < announced:
        # Lines that can be read are no whole batch: the client never heard that they were taken.
        raise ProblemError(
            "bad-request", f"the body breaks off after {len(body):,} of {announced:,} bytes"
        )
    return body


def read_document() -> Json:
    """The one JSON document of the body, without flaws."""
    document = parse(read_body(JSON, limit=LONGEST_DOCUMENT))
    refuse_flaw(document)
    return document


def parse(body: bytes) -> Json:
    """The value of a JSON text in UTF-8; a ProblemError says where it stops being one."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable(f"the body is not UTF-8 at byte {error.start}") from error
    if not text.strip():
        raise unreadable("the body is empty")
    try:
        value: Json = json.loads(text, object_pairs_hook=_object, parse_int=_whole)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise unreadable(f"{place}: {error.msg[:1].lower()}{error.msg[1:]}") from error
    except RecursionError as error:
        raise unreadable(f"the body is nested deeper than {DEEPEST} levels") from error
    return value


def flaw(document: Json) -> Flaw | None:
    """The first thing that `document` may not hold; None when there is nothing."""
    return _flaw(document, 1)


def refuse_flaw(document: Json) -> None:
    """Raise ProblemError when `document` has a flaw."""
    found = flaw(document)
    if found is not None:
        raise unreadable(
            f"{found.pointer or 'the document'}: {found.detail}",
            Violation(found.pointer, found.detail),
        )


def unreadable(detail: str, *violations: Violation) -> ProblemError:
    """The problem of a body that is no JSON."""
    return ProblemError("unreadable-json", detail, violations=violations)


def too_large(detail: str) -> ProblemError:
    """The problem of a body, a document or a batch above its limit."""
    return ProblemError("too-large", detail)


def _check_type(types: Sequence[str]) -> None:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype in types and charset in {"utf-8", "utf8"}:
        return
    given = request.headers.get("Content-Type")
    wanted = " or ".join(types)
    raise ProblemError(
        "unsupported-media-type",
        f"content-type '{given}' is not read here: use {wanted}"
        if given
        else f"the content-type is missing: use {wanted}",
        headers={"Accept-Post": ", ".join(types)},
    )


def _object(pairs: list[tuple[str, Json]]) -> Json:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeating = _Repeating(found)
    counts = Counter(name for name, _ in pairs)
    repeating.repeated = tuple(sorted(name for name, count in counts.items() if count > 1))
    return repeating


def _whole(digits: str) -> float:
    # No field of ours is a number that needs more than a float holds.
    return int(digits) if len(digits) < 19 else float(digits)


def _flaw(value: Json, depth: int) -> Flaw | None:
    if isinstance(value, float) and not math.isfinite(value):
        return Flaw("", "is a number that JSON does not know")
    if not isinstance(value, dict | list):
        return None
    if depth > DEEPEST:
        return Flaw("", f"is nested deeper than {DEEPEST} levels")
    if isinstance(value, _Repeating):
        return Flaw(pointer_to("", value.repeated[0]), "is there twice: give each field once")
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, child in steps:
        if isinstance(child, dict | list | float):
            found = _flaw(child, depth + 1)
            if found is not None:
                return Flaw(pointer_to("", step) + found.pointer, found.detail)
    return None
