"""Where an event lies on a scale of days, and how surely: the shapes that a page draws.

A point is one day. A bar is solid while something lasted. Soft is where it may have been: the days
of which it was one, a beginning or an end that is known no better, what sources leave open.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.documents.dates import read_iso_day
from service.documents.jsontext import JsonObject
from service.temporal.interval import Day


class Shape(StrEnum):
    """What is drawn."""

    POINT = "point"
    BAR = "bar"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape at `at`, so wide: both in percent of the scale. Points are `at` their middle."""

    shape: Shape
    at: float
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Axis:
    """The days that a scale shows, both ends included."""

    first: Day
    last: Day

    def place(self, day: float) -> float:
        """Where the beginning of `day` is, in percent; beyond the axis it is its end.

        >>> Axis(10, 13).place(11), Axis(10, 13).place(99)
        (25.0, 100.0)
        """
        share = 100 * (day - self.first) / (self.last + 1 - self.first)
        return round(min(100.0, max(0.0, share)), 1)


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a date document; an open side is None."""

    start: Day | None
    end: Day | None
    start_latest: Day | None
    earliest: Day | None
    latest: Day | None


def marks(date: JsonObject, axis: Axis) -> tuple[Mark, ...]:
    """The shapes of a date document on `axis`, what is soft first; none where nothing is known.

    >>> week = Axis(read_iso_day("2026-01-05"), read_iso_day("2026-01-11"))
    >>> marks({"start": "2026-01-08", "end": "2026-01-11"}, week)
    (Mark(shape=<Shape.SOFT: 'soft'>, at=42.9, width=57.1),)
    """
    days = _Days(*(_day(date, name) for name in _Days.__slots__))
    if days.start is None and days.end is None:
        return ()
    found = _lasting(days, axis) if date.get("durative") is True else _once(days, axis)
    return tuple(mark for mark in found if mark is not None)


def _lasting(days: _Days, axis: Axis) -> tuple[Mark | None, ...]:
    """A bar for what is sure to have lasted, between ends that may be soft."""
    start, end = days.start, days.end
    begun = days.start_latest if days.start_latest is not None else start
    ended = end if end is not None else begun
    if begun is None or ended is None or begun > ended:
        # Only one end is known, or nothing is sure between them.
        return (_stretch(Shape.SOFT, axis, start, end),)
    before = None if begun == start else _stretch(Shape.SOFT, axis, start, Day(begun - 1))
    is_over = end is not None and days.latest == end
    after = None if is_over else _stretch(Shape.SOFT, axis, Day(ended + 1), days.latest)
    return before, after, _stretch(Shape.BAR, axis, begun, ended)


def _once(days: _Days, axis: Axis) -> tuple[Mark | None, ...]:
    """A point for a day that is shown, on what it may be instead."""
    start, end = days.start, days.end
    if start is None or end is None or start != end:
        return (_stretch(Shape.SOFT, axis, start, end),)
    is_sure = days.earliest == days.latest == start
    around = None if is_sure else _stretch(Shape.SOFT, axis, days.earliest, days.latest)
    return around, _point(axis, start)


def _point(axis: Axis, day: Day) -> Mark | None:
    if not axis.first <= day <= axis.last:
        return None
    return Mark(Shape.POINT, axis.place(day + 0.5))


def _stretch(shape: Shape, axis: Axis, first: Day | None, last: Day | None) -> Mark | None:
    """`shape` over the days from `first` to `last` that the axis shows; an open side is its end."""
    begin = 0.0 if first is None else axis.place(first)
    end = 100.0 if last is None else axis.place(last + 1)
    return Mark(shape, begin, round(end - begin, 1)) if end > begin else None


def _day(date: JsonObject, name: str) -> Day | None:
    text = date.get(name)
    return read_iso_day(text) if isinstance(text, str) else None
