"""Mentions and rows: a mention's body is the canonical JSON of all its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import cast

from service.documents.jsontext import Json, dumps, read_object
from service.temporal.interval import Granularity
from service.timeline.model import Basis, Certainty, DateClaim, Kind, Mention, Status

ENUMS: Mapping[str, type[StrEnum]] = {
    "kind": Kind,
    "status": Status,
    "certainty": Certainty,
    "basis": Basis,
}


def encode_mention(mention: Mention) -> str:
    """The body of `mention`."""
    return dumps({**_flat(mention), "date": _flat(mention.date)})


def decode_mention(body: str) -> Mention:
    """The mention that `body` says; a field that a later version added takes its default."""
    read = dict(read_object(body))
    date = cast("Mapping[str, Json]", read.pop("date"))
    given = {name: _value(name, value) for name, value in read.items()}
    return Mention(date=_decode_date(date), **given)  # type: ignore[arg-type]  # as encoded


def _decode_date(read: Mapping[str, Json]) -> DateClaim:
    given = {name: _value(name, value) for name, value in read.items()}
    return DateClaim(**given)  # type: ignore[arg-type]  # as encoded


def _flat(value: Mention | DateClaim) -> dict[str, Json]:
    return {
        each.name: _plain(getattr(value, each.name))
        for each in fields(value)
        if each.name != "date"
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
