"""Events that reach over a day from one side of it to the other, by the indexes of days.

An R*Tree on SQLite and an index of ranges on PostgreSQL, which the migrations make and the
databases keep, find them between the ends that are known. Those without an end are there ever
after, those without a start ever before: each has a term, whose rows lie in the order of days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    bindparam,
    cast,
    column,
    func,
    select,
    table,
    text,
)

from service.store.eventfilters import FIRST, LAST, Condition, Shape
from service.store.eventtables import event_terms, events

FURTHEST = 2**31 - 1
"""Days from 1970 that SQLite's index of days can tell apart."""
AREA: BindParameter[int] = bindparam("area", type_=Integer)
ENTRY = (event_terms.c.sort_start, event_terms.c.sort_end, events.c.id)
"""The key of dates where the rows of a term are followed."""
DAYS = (events.c.sort_start, events.c.sort_end, events.c.id)
"""The key of dates."""
FOLLOWED = event_terms.join(events, events.c.place == event_terms.c.place)
"""Events by the rows of a term."""

# Kept by triggers: see the migrations.
event_days = table(
    "event_days",
    *(column(name, Integer) for name in ("place", "area_low", "area_high")),
    *(column(name, Integer) for name in ("first_day", "last_day")),
)
# The index of ranges, in its very words.
AREAS = func.int4range(events.c.area, events.c.area, text("'[]'"))
RANGES = func.int8range(
    func.least(events.c.earliest, events.c.sort_start),
    func.greatest(events.c.latest, events.c.sort_start),
    text("'[]'"),
)


@dataclass(frozen=True, slots=True)
class Edge:
    """Where events are found, in which order of columns, and what keeps them outside."""

    source: FromClause
    key: tuple[ColumnElement[Any], ...]
    beyond: tuple[Condition, ...]


def edges(shape: Shape) -> Iterator[Edge]:
    """Events that lie outside the days asked for; those within their reach are among them."""
    if shape.first:
        yield _reaching(shape.dialect, FIRST, events.c.sort_start < FIRST)
        yield _open("open_end", event_terms.c.sort_start < FIRST)
    if shape.last:
        yield _reaching(shape.dialect, LAST, events.c.sort_start > LAST)
        yield _open("open_start", event_terms.c.sort_start > LAST)


def _reaching(dialect: str, day: BindParameter[int], beyond: Condition) -> Edge:
    places = (_by_tree(day) if dialect == "sqlite" else by_range(day)).subquery("reaching")
    return Edge(places.join(events, events.c.place == places.c.place), DAYS, (beyond,))


def _open(term: str, beyond: Condition) -> Edge:
    named: Condition = event_terms.c.term == bindparam(term, type_=BigInteger)
    return Edge(FOLLOWED, ENTRY, (named, beyond))


def _by_tree(day: BindParameter[int]) -> Select[Any]:
    near = func.max(-FURTHEST - 1, func.min(FURTHEST, day))
    return select(event_days.c.place).where(
        event_days.c.area_low <= AREA,
        event_days.c.area_high >= AREA,
        event_days.c.first_day <= near,
        event_days.c.last_day >= near,
    )


def by_range(day: BindParameter[int]) -> Select[Any]:
    """The places of events that reach over `day`, on PostgreSQL."""
    found = select(events.c.place).where(
        AREAS.op("@>")(cast(AREA, Integer)),
        RANGES.op("@>")(cast(day, BigInteger)),
    )
    # By the offset PostgreSQL knows that the order of what is around it is no reason to leave
    # the index of ranges aside.
    return found.offset(0)
