"""Stretches of days with open sides: what sources' dates are compared and cut with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.temporal.calendars import GREGORIAN
from service.temporal.edtf import interval_edtf
from service.temporal.interval import Day, days
from service.timeline.model import DateClaim


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `first` to `last`, both included; None is an open side."""

    first: Day | None = None
    last: Day | None = None

    @property
    def width(self) -> float:
        """Days between the ends, 0 for one day; infinite with an open side."""
        if self.first is None or self.last is None:
            return float("inf")
        return self.last - self.first

    @property
    def place(self) -> tuple[float, float]:
        """Its ends as numbers, for comparing and sorting."""
        first = float("-inf") if self.first is None else self.first
        return first, float("inf") if self.last is None else self.last

    def meet(self, other: Stretch) -> Stretch | None:
        """The days of both; None when there are none."""
        first = max((day for day in (self.first, other.first) if day is not None), default=None)
        last = min((day for day in (self.last, other.last) if day is not None), default=None)
        if first is not None and last is not None and first > last:
            return None
        return Stretch(first, last)

    def hull(self, others: Iterable[Stretch]) -> Stretch:
        """From the first day of all to the last; open where one of them is."""
        every = (self, *others)
        firsts = [each.first for each in every if each.first is not None]
        lasts = [each.last for each in every if each.last is not None]
        return Stretch(
            min(firsts) if len(firsts) == len(every) else None,
            max(lasts) if len(lasts) == len(every) else None,
        )

    def holds(self, other: Stretch) -> bool:
        """Whether all days of `other` are in it."""
        return self.place[0] <= other.place[0] and other.place[1] <= self.place[1]


def shown(claim: DateClaim) -> Stretch:
    """The reading that is shown."""
    return Stretch(claim.start, claim.end)


def proven(claim: DateClaim) -> Stretch:
    """The bounds that the text proves."""
    return Stretch(claim.earliest, claim.latest)


def narrow(whole: Stretch, others: Iterable[Stretch]) -> Stretch:
    """`whole` cut to each of `others` in turn, passing over those that would leave nothing."""
    for other in others:
        whole = whole.meet(other) or whole
    return whole


def stretch_edtf(stretch: Stretch) -> str:
    """The stretch as EDTF writes it: "2026-01-20", "2026-01", "2026-01-20/2026-01-22", "../2026".

    >>> stretch_edtf(Stretch(Day(0), Day(30)))
    '1970-01'
    """
    if stretch.first is None and stretch.last is None:
        return ".."
    if stretch.first is not None and stretch.last is not None:
        return interval_edtf(days(stretch.first, stretch.last))
    first, last = (".." if day is None else _iso(day) for day in (stretch.first, stretch.last))
    return f"{first}/{last}"


def _iso(day: Day) -> str:
    there = GREGORIAN.from_day(day)
    return f"{there.year:04}-{there.month:02}-{there.day:02}"
