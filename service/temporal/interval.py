"""The line of time: points, granularities and half-open intervals.

A point is a whole number of civil seconds of the proleptic Gregorian calendar, counted from
1970-01-01T00:00:00 of whatever place the clock hangs in; a day number is that divided by 86,400.
Neither has a wall at year 1 or 9999. Only `calendars`, `edtf` and `timex3` read or print them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import NewType

Point = NewType("Point", int)
"""Civil seconds since 1970-01-01T00:00:00, any place's clock."""

Day = NewType("Day", int)
"""Days since 1970-01-01 of the proleptic Gregorian calendar."""

SECONDS_A_DAY = 86_400


class Granularity(IntEnum):
    """How fine a statement of time is, from fine to coarse; compare with `<`."""

    SECOND = 1
    MINUTE = 2
    HOUR = 3
    DAY_PART = 4
    DAY = 5
    WEEKEND = 6
    WEEK = 7
    MONTH_PART = 8
    MONTH = 9
    SEASON = 10
    QUARTER = 11
    HALF_YEAR = 12
    YEAR_PART = 13
    YEAR = 14
    DECADE = 15
    CENTURY = 16
    MILLENNIUM = 17

    @property
    def word(self) -> str:
        """The spelling in JSON and tables: `month_part` for MONTH_PART."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A half-open stretch [start, end) of the line; a side that is None is open.

    `approximate` and `uncertain` are the EDTF qualifiers `~` and `?`. Raises ValueError when it
    would be empty or has no side at all.
    """

    start: Point | None
    end: Point | None
    granularity: Granularity
    approximate: bool = False
    uncertain: bool = False

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise ValueError("an interval needs a start or an end")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError(f"interval [{self.start}, {self.end}) is empty: end must be later")

    @property
    def first_day(self) -> Day | None:
        """The day that holds the start, included."""
        return None if self.start is None else day_of(self.start)

    @property
    def last_day(self) -> Day | None:
        """The day that holds the last second, included."""
        return None if self.end is None else day_of(Point(self.end - 1))

    @property
    def bounds(self) -> tuple[Point, Point]:
        """Start and end; ValueError when a side is open."""
        if self.start is None or self.end is None:
            raise ValueError("the interval is open on one side")
        return self.start, self.end

    def contains(self, point: Point) -> bool:
        """Whether `point` lies in [start, end)."""
        return (self.start is None or self.start <= point) and (
            self.end is None or point < self.end
        )

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share at least one second."""
        return _before(self.start, other.end) and _before(other.start, self.end)

    def stated(self, granularity: Granularity, *, approximate: bool) -> Interval:
        """The same stretch, as a statement of that granularity says it."""
        if self.granularity is granularity and self.approximate is approximate:
            return self
        return replace(self, granularity=granularity, approximate=approximate)

    def cut(self, *, until: Point) -> Interval:
        """This interval without what lies from `until` on; unchanged if nothing would remain."""
        if self.end is not None and self.end <= until:
            return self
        if self.start is not None and self.start >= until:
            return self
        return replace(self, end=until)


def day_of(point: Point) -> Day:
    """The day that holds `point`."""
    return Day(point // SECONDS_A_DAY)


def midnight(day: Day) -> Point:
    """The first second of `day`."""
    return Point(day * SECONDS_A_DAY)


def instant(point: Point) -> Interval:
    """The second that begins at `point`."""
    return Interval(start=point, end=Point(point + 1), granularity=Granularity.SECOND)


def days(first: Day, last: Day, granularity: Granularity = Granularity.DAY) -> Interval:
    """The interval from `first` to `last`, both days included."""
    return Interval(start=midnight(first), end=midnight(Day(last + 1)), granularity=granularity)


def _before(start: Point | None, end: Point | None) -> bool:
    return start is None or end is None or start < end
