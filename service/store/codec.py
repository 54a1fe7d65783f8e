"""Mentions and rows: a mention's body is the canonical JSON of all its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import cast

from service.documents.jsontext import Json, dumps, read_object
from service.temporal.interval import Granularity
from service.timeline.model import (
    Basis,
    Certainty,
    DateClaim,
    Kind,
    Mention,
    Pointer,
    Pointing,
    Status,
)

ENUMS: Mapping[str, type[StrEnum]] = {
    "kind": Kind,
    "status": Status,
    "certainty": Certainty,
    "basis": Basis,
    "relation": Pointing,
}
NESTED = frozenset({"date", "pointer"})


def encode_mention(mention: Mention) -> str:
    """The body of `mention`."""
    pointer = None if mention.pointer is None else _flat(mention.pointer)
    return dumps({**_flat(mention), "date": _flat(mention.date), "pointer": pointer})


def decode_mention(body: str) -> Mention:
    """The mention that `body` says; a field that a later version added takes its default."""
    read = dict(read_object(body))
    date = cast("Mapping[str, Json]", read.pop("date"))
    pointer = cast("Mapping[str, Json] | None", read.pop("pointer", None))
    given = _given(read)
    given["date"] = _decode_date(date)
    given["pointer"] = None if pointer is None else _decode_pointer(pointer)
    return Mention(**given)  # type: ignore[arg-type]  # as encoded


def _decode_date(read: Mapping[str, Json]) -> DateClaim:
    return DateClaim(**_given(read))  # type: ignore[arg-type]  # as encoded


def _decode_pointer(read: Mapping[str, Json]) -> Pointer:
    return Pointer(**_given(read))  # type: ignore[arg-type]  # as encoded


def _given(read: Mapping[str, Json]) -> dict[str, object]:
    return {name: _value(name, value) for name, value in read.items()}


def _flat(value: Mention | DateClaim | Pointer) -> dict[str, Json]:
    return {
        each.name: _plain(getattr(value, each.name))
        for each in fields(value)
        if each.name not in NESTED
    }


def _plain(value: object) -> Json:
    if isinstance(value, Granularity):
        return value.word
    return value.value if isinstance(value, StrEnum) else cast("Json", value)


def _value(name: str, value: Json) -> object:
    if name == "granularity":
        return Granularity[str(value).upper()]
    if name in ENUMS:
        return ENUMS[name](str(value))
    return tuple(value) if isinstance(value, list) else value
