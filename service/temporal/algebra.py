"""What an expression means before it meets an anchor: a frozen tree; `evaluation` places it.

The operators follow SCATE (Bethard and Parker 2016): This, Last, Next, Before, After, Nth, Between
and parts, over units and repeating units, from a leaf that is a date or the anchor itself. Trees
are data: they print, compare and can be kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from service.temporal.parts import Part
from service.temporal.timex import Calendar
from service.temporal.units import Period, Repeating, Unit


class Leaf(StrEnum):
    """What an expression is counted from; EVENT is bound outside the engine.

    PASSAGE is publication in news and the time last named in narrative; ACCOUNTS is the quarter
    or year that a report of earnings speaks of.
    """

    PUBLICATION = "publication"
    NAMED = "expression"
    PASSAGE = "passage"
    EVENT = "event"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class Here:
    """The anchor itself: "now" of the news, the time last named, or an event."""

    leaf: Leaf = Leaf.PUBLICATION


@dataclass(frozen=True, slots=True)
class Date:
    """A year, a month of a year, or a day: "1404", "December 2025", "7 December 2025"."""

    year: int
    month: int | None = None
    day: int | None = None
    calendar: Calendar = Calendar.GREGORIAN


@dataclass(frozen=True, slots=True)
class Years:
    """The decade, century or millennium that starts with the year `first`."""

    unit: Unit
    first: int
    calendar: Calendar = Calendar.GREGORIAN


@dataclass(frozen=True, slots=True)
class This:
    """The one that holds the anchor's start: "this month"."""

    what: Unit | Repeating
    of: TimeExpr = Here()


@dataclass(frozen=True, slots=True)
class Last:
    """The last one that ends before the anchor; with `including`, may hold it: "last Tuesday"."""

    what: Unit | Repeating
    of: TimeExpr = Here()
    including: bool = False


@dataclass(frozen=True, slots=True)
class Next:
    """The first one that starts after the anchor; with `including`, may hold it: "next month"."""

    what: Unit | Repeating
    of: TimeExpr = Here()
    including: bool = False


@dataclass(frozen=True, slots=True)
class Undirected:
    """The one that the clause's tense decides: "Tuesday", "in December". Not evaluable."""

    what: Unit | Repeating
    of: TimeExpr = Here()


@dataclass(frozen=True, slots=True)
class Before:
    """The unit a period earlier than the anchor: "three weeks ago" is a week."""

    period: Period
    of: TimeExpr = Here()


@dataclass(frozen=True, slots=True)
class After:
    """The unit a period later than the anchor: "two days later" is a day."""

    period: Period
    of: TimeExpr = Here()


@dataclass(frozen=True, slots=True)
class Distant:
    """The same unit at that distance, earlier if negative: "two years ago today" is a day."""

    period: Period
    of: TimeExpr = Here()


@dataclass(frozen=True, slots=True)
class Past:
    """The stretch of that length which ends with the anchor: "the past three months"."""

    period: Period
    of: TimeExpr = Here()


@dataclass(frozen=True, slots=True)
class Coming:
    """The stretch of that length which starts with the anchor: "the next two weeks"."""

    period: Period
    of: TimeExpr = Here()


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th one inside (from 1; -1 is the last): "the first Monday of March 2024"."""

    number: int
    what: Unit | Repeating
    of: TimeExpr


@dataclass(frozen=True, slots=True)
class PartOf:
    """A part of a unit: "late 2025", "Tuesday morning"."""

    part: Part
    of: TimeExpr


@dataclass(frozen=True, slots=True)
class Elapsed:
    """What of a unit lies before the anchor's end: "earlier this year"."""

    of: TimeExpr


@dataclass(frozen=True, slots=True)
class Remaining:
    """What of a unit lies from the anchor on: "later this week"."""

    of: TimeExpr


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: "5 p.m. Tuesday"; `second` None states the minute, `minute` None the hour."""

    of: TimeExpr
    hour: int
    minute: int | None = None
    second: int | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """From the start of the one to the end of the other, both included: "5-8 October"."""

    first: TimeExpr
    last: TimeExpr


TimeExpr: TypeAlias = (
    Here
    | Date
    | Years
    | This
    | Last
    | Next
    | Undirected
    | Before
    | After
    | Distant
    | Past
    | Coming
    | Nth
    | PartOf
    | Elapsed
    | Remaining
    | Clock
    | Between
)
