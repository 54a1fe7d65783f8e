"""Events that fit a query, in its order: how the record finds them without reading them all.

Without filters a page is one step into the index of its order. Otherwise the rarest of what is
asked for leads: up to FEW events that have it are looked at one by one; above that its rows are
followed in the order asked for, or the order's own index, until the page is full. Days that are
asked for are three stretches of the order: what began before them and reaches into them (found by
the index of days), what begins within them, and what lies behind them by its open start.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    case,
    cast,
    column,
    func,
    literal,
    null,
    select,
    table,
    text,
    tuple_,
    union,
    union_all,
)

from service.store.base import StoredEvent
from service.store.eventfilters import Condition, Group, Wanted, overlapping, residue, wanted
from service.store.eventquery import FALLING, EventQuery, Order, key_of
from service.store.events import COLUMNS, stored
from service.store.eventterms import area
from service.store.tables import event_terms, events

FEW = 5_000
"""Events up to which a condition is looked at event by event."""
PIECE = 500
"""Events that a stream reads at once."""
FURTHEST = 2**31 - 1
"""Days from 1970 that SQLite's index of days can tell apart."""

DAYS = (events.c.sort_start, events.c.sort_end, events.c.id)
KEYS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    Order.DATE: DAYS,
    Order.LATEST: DAYS,
    Order.SALIENCE: (events.c.salience, *DAYS),
    Order.UPDATED: (events.c.revision, events.c.id),
}
ENTRY = (event_terms.c.sort_start, event_terms.c.sort_end, events.c.id)
"""The key of dates where the rows of a term are followed."""

# Kept by triggers: see the migration.
event_days = table(
    "event_days",
    *(column(name, Integer) for name in ("place", "area_low", "area_high")),
    *(column(name, Integer) for name in ("first_day", "last_day")),
)

# The index of days on PostgreSQL, in its very words.
AREAS = func.int4range(events.c.area, events.c.area, text("'[]'"))
RANGES = func.int8range(
    case(
        (events.c.earliest.is_(None), null()),
        else_=func.least(events.c.earliest, events.c.sort_start),
    ),
    case(
        (events.c.latest.is_(None), null()),
        else_=func.greatest(events.c.latest, events.c.sort_start),
    ),
    text("'[]'"),
)


def find_page(
    connection: Connection, timeline: str, query: EventQuery, *, few: int = FEW
) -> tuple[StoredEvent, ...]:
    """Up to `query.limit` events in their order, strictly after `query.after`.

    `few` are those that are looked at one by one: the answer is the same for any number.
    """
    if query.top is not None:
        return _most_salient(connection, timeline, query, few)
    asked = _Asked(timeline, query, wanted(timeline, query, connection.dialect.name), few)
    return tuple(stored(row) for row in connection.execute(_statement(connection, asked)))


def stream(
    connection: Connection, timeline: str, query: EventQuery, *, piece: int = PIECE
) -> Iterator[StoredEvent]:
    """All events that fit, in their order, read in pieces; `limit` is not heeded."""
    after = query.after
    while True:
        found = find_page(connection, timeline, replace(query, limit=piece, after=after))
        yield from found
        if len(found) < piece or query.top is not None:
            return
        after = key_of(query.order, found[-1])


@dataclass(frozen=True, slots=True)
class _Asked:
    timeline: str
    query: EventQuery
    wanted: Wanted
    few: int

    @property
    def has_days(self) -> bool:
        return self.query.first is not None or self.query.last is not None

    @property
    def by_date(self) -> bool:
        return self.query.order in {Order.DATE, Order.LATEST}


def _most_salient(
    connection: Connection, timeline: str, query: EventQuery, few: int
) -> tuple[StoredEvent, ...]:
    limit = query.top or 0
    best = replace(query, order=Order.SALIENCE, top=None, limit=limit, after=None)
    return tuple(
        sorted(
            find_page(connection, timeline, best, few=few),
            key=lambda event: key_of(query.order, event),
            reverse=query.order in FALLING,
        )
    )


def _statement(connection: Connection, asked: _Asked) -> Select[Any]:
    if asked.wanted.is_all and not asked.has_days:
        return _page(asked, events, KEYS[asked.query.order], (_here(asked),), COLUMNS)
    keys = _keys(connection, asked).subquery("page")
    page = select(*COLUMNS).join_from(keys, events, events.c.place == keys.c.place)
    return page.order_by(*_ordered(asked, KEYS[asked.query.order]))


def _keys(connection: Connection, asked: _Asked) -> Select[Any]:
    """The places of the page."""
    dialect = connection.dialect.name
    sets = {group: _holding(group) for group in asked.wanted.groups}
    sizes = _sizes(connection, asked, list(sets.values()))
    rarest = min(zip(sizes, sets, strict=True), default=None)
    if rarest is not None and rarest[0] <= asked.few:
        return _each_of(asked, sets[rarest[1]], rarest[1])
    if asked.has_days and not asked.by_date:
        places = union(*(_bare(asked, each) for each in _stretches(asked, dialect))).subquery()
        near = select(places.c.place)
        if _sizes(connection, asked, [near])[0] <= asked.few:
            return _each_of(asked, near, None)
    single = [(size, group) for size, group in zip(sizes, sets, strict=True) if len(group) == 1]
    led = min(single)[1] if single and asked.by_date else None
    return _followed(asked, led, dialect)


def _each_of(asked: _Asked, places: Select[Any], group: Group | None) -> Select[Any]:
    """Of some places those that fit, in order."""
    near = places.distinct().subquery("near")
    source = near.join(events, events.c.place == near.c.place)
    fitting = (_here(asked), *residue(asked.wanted, group), overlapping(asked.query))
    return _page(asked, source, KEYS[asked.query.order], fitting)


def _followed(asked: _Asked, led: Group | None, dialect: str) -> Select[Any]:
    """The order's own index, or the rows of a term, until the page is full."""
    if not (asked.has_days and asked.by_date):
        fitting: tuple[Condition, ...] = (_here(asked), overlapping(asked.query))
        return _lead(asked, led, fitting)
    arms = [
        each.subquery().select()
        for each in (
            _within(asked, led),
            *(_edge(asked, dialect, day, beyond) for day, beyond in _edges(asked.query)),
        )
    ]
    joined = union_all(*arms).subquery("arms")
    key = [joined.c[name] for name in ("sort_start", "sort_end", "id")]
    return select(joined).order_by(*_ordered(asked, key)).limit(asked.query.limit)


def _within(asked: _Asked, led: Group | None) -> Select[Any]:
    """Events that begin within the days asked for."""
    start = (events if led is None else event_terms).c.sort_start
    within = [overlapping(asked.query), _here(asked)]
    if asked.query.first is not None:
        within.append(start >= asked.query.first)
    if asked.query.last is not None:
        within.append(start <= asked.query.last)
    return _lead(asked, led, within)


def _lead(asked: _Asked, led: Group | None, fitting: Sequence[Condition]) -> Select[Any]:
    if led is None:
        every = (*fitting, *residue(asked.wanted))
        return _page(asked, events, KEYS[asked.query.order], every)
    source = event_terms.join(events, events.c.place == event_terms.c.place)
    every = (event_terms.c.term == led[0], *fitting, *residue(asked.wanted, led))
    return _page(asked, source, ENTRY, every)


def _edges(query: EventQuery) -> Iterator[tuple[int, Condition]]:
    """The first and last day, and where events lie that reach over them from outside."""
    if query.first is not None:
        yield query.first, events.c.sort_start < query.first
    if query.last is not None:
        yield query.last, events.c.sort_start > query.last


def _edge(asked: _Asked, dialect: str, day: int, beyond: Condition) -> Select[Any]:
    """Events outside the days asked for that reach into them."""
    source, reaching = _reaching(dialect, asked.timeline, day)
    fitting = (_here(asked), reaching, beyond, overlapping(asked.query), *residue(asked.wanted))
    return _page(asked, source, DAYS, fitting)


def _reaching(dialect: str, timeline: str, day: int) -> tuple[FromClause, Condition]:
    """Events whose days hold `day`, by the index of days."""
    if dialect == "sqlite":
        near = max(-FURTHEST - 1, min(FURTHEST, day))
        number = area(timeline)
        return event_days.join(events, events.c.place == event_days.c.place), (
            (event_days.c.area_low <= number)
            & (event_days.c.area_high >= number)
            & (event_days.c.first_day <= near)
            & (event_days.c.last_day >= near)
        )
    return events, (
        AREAS.op("@>")(cast(literal(area(timeline)), Integer))
        & RANGES.op("@>")(cast(literal(day), BigInteger))
    )


def _stretches(asked: _Asked, dialect: str) -> Iterator[Select[Any]]:
    """The places of all events in the days asked for, and of some that only come near."""
    within = [events.c.timeline == asked.timeline]
    if asked.query.first is not None:
        within.append(events.c.sort_start >= asked.query.first)
    if asked.query.last is not None:
        within.append(events.c.sort_start <= asked.query.last)
    yield select(events.c.place).where(*within)
    for day, beyond in _edges(asked.query):
        source, reaching = _reaching(dialect, asked.timeline, day)
        yield select(events.c.place).select_from(source).where(_here(asked), reaching, beyond)


def _bare(asked: _Asked, places: Select[Any]) -> Select[Any]:
    """One more than few of them: enough to know that they are not few."""
    return places.limit(asked.few + 1).subquery().select()


def _holding(group: Group) -> Select[Any]:
    return select(event_terms.c.place).where(event_terms.c.term.in_(group))


def _sizes(connection: Connection, asked: _Asked, sets: Sequence[Select[Any]]) -> tuple[int, ...]:
    """How many each holds, counted up to one more than few."""
    if not sets:
        return ()
    counted = [
        select(func.count()).select_from(each.limit(asked.few + 1).subquery()).scalar_subquery()
        for each in sets
    ]
    return tuple(connection.execute(select(*counted)).one())


def _page(
    asked: _Asked,
    source: FromClause,
    key: Sequence[ColumnElement[Any]],
    fitting: Sequence[Condition],
    columns: Sequence[ColumnElement[Any]] = (events.c.place, *DAYS),
) -> Select[Any]:
    page = select(*columns).select_from(source).where(*fitting, *_beyond(asked, key))
    return page.order_by(*_ordered(asked, key)).limit(asked.query.limit)


def _beyond(asked: _Asked, key: Sequence[ColumnElement[Any]]) -> Iterator[Condition]:
    after = asked.query.after
    if after is None:
        return
    falling = asked.query.order in FALLING
    whole, seen = tuple_(*key), tuple_(*after)
    yield whole < seen if falling else whole > seen
    if key is ENTRY:
        # The index of terms ends in places, not in ids: this is the step into it.
        days, last = tuple_(*key[:2]), tuple_(*after[:2])
        yield days <= last if falling else days >= last


def _ordered(asked: _Asked, key: Sequence[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    falling = asked.query.order in FALLING
    return [each.desc() if falling else each.asc() for each in key]


def _here(asked: _Asked) -> Condition:
    return events.c.timeline == asked.timeline
