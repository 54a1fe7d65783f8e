"""Events that fit a query, in its order: how the record finds them without reading them all.

Without filters a page is one step into the index of its order. Otherwise the rarest of what is
asked for leads: in an order of days its own rows lie in that order and are followed; in another
order up to FEW events that have it are looked at one by one, and above that the index of the order
is followed until the page is full. Days that are asked for are three stretches of an order of days:
what began before them and reaches into them, what begins within them, and what lies behind them by
its open start.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    bindparam,
    func,
    select,
    tuple_,
    union,
    union_all,
)

from service.store.eventdays import DAYS, ENTRY, FOLLOWED, edges
from service.store.eventfilters import (
    FIRST,
    HERE,
    LAST,
    Condition,
    Group,
    Shape,
    groups_of,
    in_group,
    overlapping,
    residue,
    shape_of,
    values_of,
)
from service.store.eventquery import FALLING, EventQuery, Order, key_of
from service.store.eventrows import StoredEvent
from service.store.events import COLUMNS, stored
from service.store.eventtables import event_terms, events

FEW = 1_000
"""Events up to which a condition is looked at event by event."""
PIECE = 500
"""Events that a stream reads at once."""

KEYS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    Order.DATE: DAYS,
    Order.LATEST: DAYS,
    Order.SALIENCE: (events.c.salience, *DAYS),
    Order.UPDATED: (events.c.revision, events.c.id),
}
MOST = bindparam("most", type_=Integer)
BY_DAYS = -1
"""Stands for the days asked for, where a number of a group stands for one of its terms."""


def find_page(
    connection: Connection, timeline: str, query: EventQuery, *, few: int = FEW
) -> tuple[StoredEvent, ...]:
    """Up to `query.limit` events in their order, strictly after `query.after`.

    `few` are those that are looked at one by one: the answer is the same for any number.
    """
    if query.top is not None:
        return _most_salient(connection, timeline, query, few)
    groups = groups_of(timeline, query)
    shape = shape_of(query, len(groups), connection.dialect.name)
    values = values_of(timeline, query, groups)
    statement = _choose(connection, shape, groups, {**values, "few": few})
    return tuple(stored(row) for row in connection.execute(statement, values))


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


def _choose(
    connection: Connection,
    shape: Shape,
    groups: Sequence[Group],
    values: dict[str, Any],
) -> Select[Any]:
    """The statement that looks at the fewest rows, as far as a bounded count tells."""
    few = values["few"]
    single = [number for number, group in enumerate(groups) if len(group) == 1]
    if shape.by_date and single and len(groups) == 1:
        return following(shape, 0)
    sizes = _sizes(connection, shape.groups, values)
    if sizes and min(sizes) <= few:
        rarest = sizes.index(min(sizes))
        return (
            following(shape, rarest)
            if shape.by_date and rarest in single
            else each_of(shape, rarest)
        )
    if shape.by_date:
        return following(shape, min(single, key=sizes.__getitem__) if single else None)
    if shape.has_days:
        near = connection.execute(days_counted(shape), values).scalar_one()
        if near <= few:
            return each_of(shape, BY_DAYS)
    return following(shape, None)


def _sizes(connection: Connection, groups: int, values: dict[str, Any]) -> Sequence[int]:
    """How many events each group leads to, counted up to one more than few."""
    if not groups:
        return ()
    return tuple(connection.execute(groups_counted(groups), values).one())


@lru_cache(maxsize=64)
def groups_counted(groups: int) -> Select[Any]:
    """How many events each of so many groups leads to, counted up to one more than few."""
    return select(*(_counted(_holding(number)).scalar_subquery() for number in range(groups)))


@lru_cache(maxsize=64)
def days_counted(shape: Shape) -> Select[Any]:
    """How many events lie in the days asked for or near them, counted likewise."""
    return _counted(_near(shape))


@lru_cache(maxsize=512)
def each_of(shape: Shape, number: int) -> Select[Any]:
    """The page, when the events of a group (or of the days) are looked at one by one."""
    places = (_near(shape) if number == BY_DAYS else _holding(number)).distinct().subquery("near")
    source = places.join(events, events.c.place == places.c.place)
    fitting = (*overlapping(shape), *residue(shape, number))
    return _whole(shape, _page(shape, source, KEYS[shape.order], fitting))


@lru_cache(maxsize=512)
def following(shape: Shape, led: int | None) -> Select[Any]:
    """The page, when rows are followed in its order: those of a group, or all."""
    if shape.is_all:
        return _page(shape, events, KEYS[shape.order], (), COLUMNS)
    if not (shape.has_days and shape.by_date):
        return _whole(shape, _lead(shape, led, tuple(overlapping(shape))))
    within = _lead(shape, led, (*overlapping(shape), *_within(shape, led)))
    outside = (
        _page(
            shape,
            edge.source,
            edge.key,
            (*edge.beyond, *overlapping(shape), *residue(shape)),
        )
        for edge in edges(shape)
    )
    arms = union_all(*(each.subquery().select() for each in (within, *outside))).subquery("arms")
    key = [arms.c[name] for name in ("sort_start", "sort_end", "id")]
    return _whole(shape, select(arms).order_by(*_ordered(shape, key)).limit(MOST))


def _lead(shape: Shape, led: int | None, fitting: Sequence[Condition]) -> Select[Any]:
    if led is None:
        return _page(shape, events, KEYS[shape.order], (*fitting, *residue(shape)))
    named = in_group(event_terms.c.term, led)
    return _page(shape, FOLLOWED, ENTRY, (named, *fitting, *residue(shape, led)))


def _within(shape: Shape, led: int | None) -> Iterator[Condition]:
    """That an event begins within the days asked for."""
    start = (events if led is None else event_terms).c.sort_start
    if shape.first:
        yield start >= FIRST
    if shape.last:
        yield start <= LAST


def _near(shape: Shape) -> Select[Any]:
    """The places of all events in the days asked for, and of some that only come near."""
    within = select(events.c.place).where(HERE, *_within(shape, None))
    outside = (
        select(events.c.place).select_from(edge.source).where(HERE, *edge.beyond)
        for edge in edges(shape)
    )
    bounded = (each.limit(_few()).subquery().select() for each in (within, *outside))
    places = union(*bounded).subquery()
    return select(places.c.place)


def _holding(number: int) -> Select[Any]:
    return select(event_terms.c.place).where(in_group(event_terms.c.term, number))


def _counted(places: Select[Any]) -> Select[Any]:
    return select(func.count()).select_from(places.limit(_few()).subquery())


def _few() -> ColumnElement[int]:
    return bindparam("few", value=FEW, type_=Integer) + 1


def _whole(shape: Shape, keys: Select[Any]) -> Select[Any]:
    """The events of a page of places."""
    page = keys.subquery("page")
    found = select(*COLUMNS).join_from(page, events, events.c.place == page.c.place)
    return found.order_by(*_ordered(shape, KEYS[shape.order]))


def _page(
    shape: Shape,
    source: FromClause,
    key: Sequence[ColumnElement[Any]],
    fitting: Sequence[Condition],
    columns: Sequence[ColumnElement[Any]] = (events.c.place, *DAYS),
) -> Select[Any]:
    page = select(*columns).select_from(source).where(HERE, *fitting, *_beyond(shape, key))
    return page.order_by(*_ordered(shape, key)).limit(MOST)


def _beyond(shape: Shape, key: Sequence[ColumnElement[Any]]) -> Iterator[Condition]:
    """That an event lies behind the last one seen."""
    if not shape.after:
        return
    seen = [bindparam(f"after_{at}", type_=part.type) for at, part in enumerate(key)]
    yield _further(shape, tuple_(*key), tuple_(*seen))
    if key is ENTRY:
        # The rows of a term end in places, not in ids: this is the step into them.
        days, last = tuple_(*key[:2]), tuple_(*seen[:2])
        yield days <= last if shape.falling else days >= last


def _further(shape: Shape, one: ColumnElement[Any], other: ColumnElement[Any]) -> Condition:
    return one < other if shape.falling else one > other


def _ordered(shape: Shape, key: Sequence[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    return [each.desc() if shape.falling else each.asc() for each in key]
