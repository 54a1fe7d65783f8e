"""What a query asks of each event: the shape of its statement, and the values put into it.

Statements are built once for each shape; building one costs more than running it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Double,
    Integer,
    Text,
    bindparam,
    func,
    literal,
    not_,
    or_,
    select,
)

from service.documents.folding import asked_terms
from service.store.eventquery import FALLING, Choice, EventQuery, Order
from service.store.eventtables import event_terms, events
from service.store.eventterms import (
    MOST_SOURCES,
    OPEN_END,
    OPEN_START,
    STEPS,
    area,
    step,
    term,
)

Condition: TypeAlias = ColumnElement[bool]
"""A condition in SQL."""
Group: TypeAlias = tuple[int, ...]
"""Terms of which an event needs one."""

CHOSEN = ("kind", "status", "basis", "granularity", "publisher", "lang")
"""The fields of a query that are choices; terms are of the same name."""
LEAST = {
    "min_sources": events.c.independent_sources,
    "min_confidence": events.c.confidence,
    "min_salience": events.c.salience,
}

TIMELINE: BindParameter[str] = bindparam("timeline", type_=Text)
FIRST: BindParameter[int] = bindparam("first", type_=BigInteger)
LAST: BindParameter[int] = bindparam("last", type_=BigInteger)
HERE: Condition = events.c.timeline == TIMELINE

held = event_terms.alias("held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What of a query shows in the text of its statement."""

    dialect: str
    order: Order
    groups: int
    barred: bool
    least: tuple[str, ...]
    phrases: int
    first: bool
    last: bool
    after: bool

    @property
    def is_all(self) -> bool:
        """Whether every event fits."""
        return not (self.groups or self.barred or self.least or self.phrases or self.has_days)

    @property
    def has_days(self) -> bool:
        """Whether days are asked for."""
        return self.first or self.last

    @property
    def by_date(self) -> bool:
        """Whether the order is one of days."""
        return self.order in {Order.DATE, Order.LATEST}

    @property
    def falling(self) -> bool:
        """Whether the greater key comes first."""
        return self.order in FALLING


def shape_of(query: EventQuery, groups: int, dialect: str) -> Shape:
    """The shape of `query`, which asks for one term of each of so many groups."""
    return Shape(
        dialect=dialect,
        order=query.order,
        groups=groups,
        barred=any(getattr(query, name).but for name in CHOSEN),
        least=tuple(name for name in LEAST if getattr(query, name) is not None),
        phrases=len(query.search.phrases),
        first=query.first is not None,
        last=query.last is not None,
        after=query.after is not None,
    )


def values_of(timeline: str, query: EventQuery, groups: tuple[Group, ...]) -> dict[str, object]:
    """The values of a query for a statement of its shape."""
    barred = [term(timeline, name, value) for name in CHOSEN for value in getattr(query, name).but]
    return {
        "timeline": timeline,
        "area": area(timeline),
        "most": query.limit,
        "first": query.first,
        "last": query.last,
        "open_end": term(timeline, *OPEN_END),
        "open_start": term(timeline, *OPEN_START),
        "barred": barred,
        **{f"group_{number}": list(group) for number, group in enumerate(groups)},
        **{name: getattr(query, name) for name in LEAST},
        **{f"phrase_{at}": f" {phrase} " for at, phrase in enumerate(query.search.phrases)},
        **{f"after_{at}": part for at, part in enumerate(query.after or ())},
    }


def groups_of(timeline: str, query: EventQuery) -> tuple[Group, ...]:
    """Terms that lead to what is asked for: an event that fits has one of each group."""
    choices = {name: getattr(query, name) for name in CHOSEN}
    return (
        *_chosen(timeline, choices),
        *_measured(timeline, query),
        *_words(timeline, query),
    )


def in_group(column: ColumnElement[int], number: int) -> Condition:
    """That a term is of that group."""
    return column.in_(bindparam(f"group_{number}", expanding=True, type_=BigInteger))


def residue(shape: Shape, besides: int | None = None) -> Iterator[Condition]:
    """All conditions on an event that was found by the group `besides`, but for its days."""
    for number in range(shape.groups):
        if number != besides:
            yield _holds(in_group(held.c.term, number))
    if shape.barred:
        barred = bindparam("barred", expanding=True, type_=BigInteger)
        yield not_(_holds(held.c.term.in_(barred)))
    # Nothing is added so that no index of one of them leads: its order is not the one asked for.
    for name in shape.least:
        kind = Integer if name == "min_sources" else Double
        yield LEAST[name] + 0 >= bindparam(name, type_=kind)
    place_of = func.instr if shape.dialect == "sqlite" else func.strpos
    for at in range(shape.phrases):
        yield place_of(events.c.searched, bindparam(f"phrase_{at}", type_=Text)) > 0


def overlapping(shape: Shape) -> Iterator[Condition]:
    """That the days of an event overlap those that are asked for."""
    if shape.first:
        yield or_(events.c.latest.is_(None), events.c.latest >= FIRST)
    if shape.last:
        yield or_(events.c.earliest.is_(None), events.c.earliest <= LAST)


def _holds(of_terms: Condition) -> Condition:
    # By the offset PostgreSQL knows that it shall look for each event, not join them all.
    there = select(literal(1)).where(
        of_terms,
        held.c.sort_start == events.c.sort_start,
        held.c.sort_end == events.c.sort_end,
        held.c.place == events.c.place,
    )
    return there.correlate(events).limit(1).offset(0).exists()


def _chosen(timeline: str, choices: dict[str, Choice]) -> Iterator[Group]:
    for name, choice in choices.items():
        if choice.only:
            yield tuple(term(timeline, name, value) for value in choice.only)


def _measured(timeline: str, query: EventQuery) -> Iterator[Group]:
    """Terms that hold all events with at least so much of something, and a few more."""
    if query.min_sources is not None and query.min_sources > 1:
        least = min(query.min_sources, MOST_SOURCES)
        yield _from(timeline, "sources", least, MOST_SOURCES)
    for name in ("confidence", "salience"):
        share = getattr(query, f"min_{name}")
        if share:
            yield _from(timeline, name, step(share), STEPS)


def _from(timeline: str, kind: str, least: int, most: int) -> Group:
    return tuple(term(timeline, kind, str(value)) for value in range(least, most + 1))


def _words(timeline: str, query: EventQuery) -> Iterator[Group]:
    parts = (*query.search.words, *query.search.phrases)
    words = frozenset[str]().union(*(asked_terms(part) for part in parts))
    return ((term(timeline, "word", word),) for word in sorted(words))
