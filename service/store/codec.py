"""Mentions and rows: a mention's body is the canonical JSON of all its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias, cast

from service.documents.jsontext import Json, JsonObject, dumps, read_object
from service.temporal.interval import Granularity
from service.timeline.details import Being, Comparator, Figure, Part, Participant
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
    "part": Part,
    "being": Being,
    "comparator": Comparator,
}
Nested: TypeAlias = DateClaim | Pointer | Participant | Figure
NESTED: Mapping[str, type[Nested]] = {
    "date": DateClaim,
    "pointer": Pointer,
    "participants": Participant,
    "figures": Figure,
}
"""Fields that hold objects of their own, one or a list of them."""


def encode_mention(mention: Mention) -> str:
    """The body of `mention`."""
    return dumps(_flat(mention))


@lru_cache(maxsize=4096)
def decode_mention(body: str) -> Mention:
    """The mention that `body` says; a field that a later version added takes its default."""
    return Mention(**_given(read_object(body)))  # type: ignore[arg-type]  # as encoded


def _flat(value: Mention | Nested) -> dict[str, Json]:
    return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}


def _plain(value: object) -> Json:
    if isinstance(value, Granularity):
        return value.word
    if isinstance(value, Nested):
        return _flat(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, StrEnum) else cast("Json", value)


def _given(read: JsonObject) -> dict[str, object]:
    return {name: _value(name, value) for name, value in read.items()}


def _value(name: str, value: Json) -> object:
    if isinstance(value, list):
        return tuple(_one(name, each) for each in value)
    return None if value is None else _one(name, value)


def _one(name: str, value: Json) -> object:
    if name == "granularity":
        return Granularity[str(value).upper()]
    if name in ENUMS:
        return ENUMS[name](str(value))
    if name in NESTED:
        return NESTED[name](**_given(cast("JsonObject", value)))  # type: ignore[arg-type]  # as encoded
    return value
