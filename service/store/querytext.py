"""The filters of a query as text, in which a subscription keeps what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import cast

from service.documents.jsontext import Json, JsonObject, canonical, read_object
from service.store.eventquery import EVERYTHING, Choice, EventQuery, Search

PAGED = frozenset({"order", "top", "limit", "after"})
"""What says how events are listed, not which: it is not kept."""
FILTERS = tuple(each.name for each in fields(EventQuery) if each.name not in PAGED)
"""The fields of a query that leave events out."""
NESTED: Mapping[type, tuple[str, ...]] = {
    Choice: ("only", "but"),
    Search: ("words", "phrases"),
}


def write_query(query: EventQuery) -> str:
    """The filters of `query` as canonical JSON: one text for equal ones.

    >>> write_query(EventQuery(min_sources=2, kind=Choice(only=("happening",))))
    '{"kind":{"only":["happening"]},"min_sources":2}'
    """
    asked = {name: getattr(query, name) for name in FILTERS}
    usual = {name: getattr(EVERYTHING, name) for name in FILTERS}
    return canonical({name: _plain(each) for name, each in asked.items() if each != usual[name]})


def read_query(text: str) -> EventQuery:
    """The query whose filters `write_query` wrote so."""
    found = {name: _value(name, each) for name, each in read_object(text).items()}
    return EventQuery(**found)  # type: ignore[arg-type]  # as written


def _plain(value: object) -> Json:
    names = NESTED.get(type(value))
    if names is None:
        return cast("Json", value)
    parts = {name: list(getattr(value, name)) for name in names}
    return {name: part for name, part in parts.items() if part}


def _value(name: str, value: Json) -> object:
    made = type(getattr(EVERYTHING, name))
    if made not in NESTED:
        return value
    parts = cast("JsonObject", value)
    return made(**{part: tuple(cast("list[str]", each)) for part, each in parts.items()})
