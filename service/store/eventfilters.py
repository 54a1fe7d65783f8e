"""What a query asks of each event: terms that lead to it, and conditions on its row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_

from service.documents.folding import asked_terms
from service.store.eventquery import Choice, EventQuery
from service.store.eventterms import MOST_SOURCES, STEPS, step, term
from service.store.tables import event_terms, events

Condition: TypeAlias = ColumnElement[bool]
"""A condition in SQL."""
Group: TypeAlias = tuple[int, ...]
"""Terms of which an event needs one."""

held = event_terms.alias("held")

CHOSEN = ("kind", "status", "basis", "granularity", "publisher", "lang")
"""The fields of a query that are choices; terms are of the same name."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An event needs a term of each of `groups`, none of `barred`, and all of `conditions`."""

    groups: tuple[Group, ...]
    barred: Group
    conditions: tuple[Condition, ...]

    @property
    def is_all(self) -> bool:
        """Whether every event fits."""
        return not (self.groups or self.barred or self.conditions)


def wanted(timeline: str, query: EventQuery, dialect: str) -> Wanted:
    """What `query` asks for, its days apart."""
    choices = {name: getattr(query, name) for name in CHOSEN}
    return Wanted(
        groups=(*_chosen(timeline, choices), *_measured(timeline, query), *_words(timeline, query)),
        barred=tuple(
            term(timeline, name, value) for name, choice in choices.items() for value in choice.but
        ),
        conditions=(*_least(query), *_phrases(query, dialect)),
    )


def has_terms(group: Group) -> Condition:
    """That an event has one of these terms."""
    return exists().where(
        held.c.term.in_(group),
        held.c.sort_start == events.c.sort_start,
        held.c.sort_end == events.c.sort_end,
        held.c.place == events.c.place,
    )


def residue(found: Wanted, besides: Group | None = None) -> Iterator[Condition]:
    """All conditions on an event that was found by the terms `besides`."""
    yield from (has_terms(group) for group in found.groups if group != besides)
    if found.barred:
        yield not_(has_terms(found.barred))
    yield from found.conditions


def overlapping(query: EventQuery) -> Condition:
    """That the days of an event overlap those that are asked for."""
    asked = []
    if query.first is not None:
        asked.append(or_(events.c.latest.is_(None), events.c.latest >= query.first))
    if query.last is not None:
        asked.append(or_(events.c.earliest.is_(None), events.c.earliest <= query.last))
    return and_(True, *asked)  # noqa: FBT003  # SQLAlchemy's own


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


def _least(query: EventQuery) -> Iterator[Condition]:
    # Nothing is added so that no index of one of them leads: its order is not the one asked for.
    for column, least in (
        (events.c.independent_sources, query.min_sources),
        (events.c.confidence, query.min_confidence),
        (events.c.salience, query.min_salience),
    ):
        if least is not None:
            yield column + 0 >= least


def _phrases(query: EventQuery, dialect: str) -> Iterator[Condition]:
    place_of = func.instr if dialect == "sqlite" else func.strpos
    return (place_of(events.c.searched, f" {phrase} ") > 0 for phrase in query.search.phrases)
