"""Which events of a timeline are asked for, in which order: the one query of pages and exports."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol, TypeAlias

from service.temporal.interval import Day

After: TypeAlias = tuple[int | float | str, ...]
"""The sort key of the last event already seen, as `Order` says."""


class Order(StrEnum):
    """How events follow one another; equal ones by id, so that the order is total."""

    DATE = "date"
    """By (sort_start, sort_end, id)."""
    LATEST = "-date"
    """The exact reverse."""
    SALIENCE = "salience"
    """The most salient first, of equals the later: (salience, then as DATE), falling."""
    UPDATED = "-updated"
    """The one that changed last first: (revision, id), falling."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Values of one trait: `only` those (none: all), but none of `but`.

    An event that has several values (publishers, languages) fits when any of them is in `only` and
    none in `but`.
    """

    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """Folded `words`, all required, and `phrases` of several such words that stand together."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


EVERY = Choice()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """Which events: those that fit all of it.

    [first, last] are days that the event's own overlap, both ends included. `publisher` is folded
    as in `documents.traits`. With `top` only the most salient so many are meant, in `order`.
    """

    first: Day | None = None
    last: Day | None = None
    kind: Choice = EVERY
    status: Choice = EVERY
    basis: Choice = EVERY
    granularity: Choice = EVERY
    publisher: Choice = EVERY
    lang: Choice = EVERY
    min_sources: int | None = None
    min_confidence: float | None = None
    min_salience: float | None = None
    search: Search = field(default_factory=Search)
    order: Order = Order.DATE
    top: int | None = None
    limit: int = 50
    after: After | None = None

    @property
    def is_all(self) -> bool:
        """Whether every event fits."""
        return replace(self, order=Order.DATE, top=None, limit=50, after=None) == EVERYTHING


EVERYTHING = EventQuery()
"""The query that every event fits."""


class Placed(Protocol):
    """What says where an event stands in every order."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def sort_start(self) -> int:
        """Its first day, for ordering."""

    @property
    def sort_end(self) -> int:
        """Its last day, for ordering."""

    @property
    def salience(self) -> float:
        """How much of the timeline turns on it."""

    @property
    def revision(self) -> int:
        """The timeline's revision at which it changed last."""


def key_of(order: Order, event: Placed) -> After:
    """Where an event stands in an order: what comes after it is found by this."""
    days = (event.sort_start, event.sort_end, event.id)
    match order:
        case Order.SALIENCE:
            return (event.salience, *days)
        case Order.UPDATED:
            return (event.revision, event.id)
        case _:
            return days


FALLING = frozenset({Order.LATEST, Order.SALIENCE, Order.UPDATED})
"""Orders in which the greater key comes first."""
