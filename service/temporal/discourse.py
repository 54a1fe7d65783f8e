"""What a text has named so far: the times that later expressions may count from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from service.temporal.interval import SECONDS_A_DAY, Day, Granularity, Interval, midnight
from service.temporal.timex import Anchor, Calendar, Relation, Resolution
from service.temporal.units import Unit, holding

PUBLICATION = "publication"
EXPRESSION = "expression"


@dataclass(frozen=True, slots=True)
class Discourse:
    """The last closed time named, the last one no longer than a week, and calendars in use.

    `named_until` is where in the text the last one ends, in code points. `period` is the last
    month, quarter or year that was named for itself, which accounts compare with the one before;
    what begins at `told_until` or later, or a quarter under way after one that is over, is a
    forecast and none of these.
    `quarter` is the last quarter that was such a period: months named between leave it.
    "Since 1990" reaches to the present: nothing goes on from its year.
    """

    named: Anchor | None = None
    named_finely: Anchor | None = None
    calendars: frozenset[Calendar] = frozenset()
    named_until: int = 0
    period: Anchor | None = None
    told_until: int | None = None
    quarter: Anchor | None = None

    def after(self, resolution: Resolution) -> Discourse:
        """The discourse once `resolution` has been read too."""
        calendars = self.calendars
        if resolution.calendar is not Calendar.GREGORIAN:
            calendars |= {resolution.calendar}
        interval = resolution.interval
        period = self._period(resolution)
        placed = interval is not None and interval.start is not None and interval.end is not None
        if interval is None or not placed or self._is_comparison(resolution):
            return self._with(calendars, period)
        if resolution.relation is Relation.SINCE and interval.granularity > Granularity.WEEK:
            return self._with(calendars, period)
        named = Anchor(EXPRESSION, _evening(interval), resolution.text)
        fine = interval.granularity <= Granularity.WEEK
        finely = named if fine else self.named_finely
        until = resolution.span.end
        quarter = _quarter(period) or self.quarter
        return Discourse(named, finely, calendars, until, period, self.told_until, quarter)

    def _with(self, calendars: frozenset[Calendar], period: Anchor | None) -> Discourse:
        """The discourse with these; itself where they are no news."""
        if period is self.period and calendars == self.calendars:
            return self
        quarter = _quarter(period) or self.quarter
        return replace(self, calendars=calendars, period=period, quarter=quarter)

    def _period(self, resolution: Resolution) -> Anchor | None:
        """The period that figures stand for from here on; a comparison does not change it."""
        interval, anchor = resolution.interval, resolution.anchor
        if interval is None:
            return self._year(resolution) if _sums_up(resolution) else self.period
        own = None if self.quarter is None else self.quarter.interval
        if own is not None and (interval.start, interval.end) == (own.start, own.end):
            return self.quarter  # "the latest quarter" comes back to it after months between
        compared = anchor is not None and anchor.kind == EXPRESSION
        if compared or interval.start is None or interval.granularity not in _PERIODS:
            return self.period
        again = self.period is not None and resolution.text.lower() == _TOLD_AGAIN
        again = again or self._is_step_before(interval)
        if again or self._is_forecast(interval) or self._is_year_before(interval, anchor):
            return self.period
        return Anchor(EXPRESSION, interval, resolution.text)

    def _is_comparison(self, resolution: Resolution) -> bool:
        """Whether it is named only beside the period that figures stand for."""
        interval, anchor = resolution.interval, resolution.anchor
        if interval is None or self.period is None or anchor is None:
            return False
        return anchor.kind == EXPRESSION and _year_before(interval, self.period.interval)

    def _is_year_before(self, interval: Interval, anchor: Anchor | None) -> bool:
        """Whether it is what the period is compared with: the same one, or all of "last year"."""
        if self.period is None:
            return False
        period = self.period.interval
        year = holding(Unit.YEAR, period.bounds[0])
        relative = anchor is not None and interval.granularity is Granularity.YEAR
        return _year_before(interval, period) or (relative and _year_before(interval, year))

    def _is_step_before(self, interval: Interval) -> bool:
        """Whether it is the month or quarter just before, "rose in May from April"."""
        if self.period is None:
            return False
        named = self.period.interval
        same = named.granularity is interval.granularity
        over = self.told_until is None or named.bounds[1] <= self.told_until
        return same and over and interval.bounds[1] == named.bounds[0]

    def _is_forecast(self, interval: Interval) -> bool:
        """Whether it is still to come, or a quarter under way where one that is over was named."""
        if self.told_until is None:
            return False
        if interval.bounds[0] >= self.told_until:
            return True
        quarter = interval.granularity is Granularity.QUARTER
        named = None if self.period is None else self.period.interval
        over = named is not None and named.granularity is Granularity.QUARTER
        over = over and named is not None and named.bounds[1] <= self.told_until
        return quarter and over and interval.bounds[1] > self.told_until

    def _year(self, resolution: Resolution) -> Anchor | None:
        """The year whose half or nine months are summed up."""
        if self.period is None:
            return None
        year = holding(Unit.YEAR, self.period.interval.bounds[0])
        return Anchor(EXPRESSION, year, resolution.text)


def _evening(interval: Interval) -> Interval:
    """A night belongs to the evening it starts on: "the next morning" is that of the day after."""
    first, last = interval.first_day, interval.last_day
    if interval.granularity is not Granularity.DAY_PART or first is None or first == last:
        return interval
    return replace(interval, end=midnight(Day(first + 1)))


_PERIODS = frozenset(
    [Granularity.MONTH, Granularity.QUARTER, Granularity.HALF_YEAR, Granularity.YEAR]
)
_TOLD_AGAIN = "the quarter"
_PARTS_OF_YEAR = frozenset(["P6M", "P9M"])


def _quarter(period: Anchor | None) -> Anchor | None:
    """The period, where it is a quarter."""
    quarterly = period is not None and period.interval.granularity is Granularity.QUARTER
    return period if quarterly else None


def _sums_up(resolution: Resolution) -> bool:
    """Whether it is most of a year or the year itself, told as an amount: "the year ended"."""
    whole = resolution.value == "P1Y" and resolution.text.lower().startswith("the ")
    return whole or resolution.value in _PARTS_OF_YEAR


def _year_before(interval: Interval, other: Interval) -> bool:
    """Whether it is the period that the other one is compared with."""
    gap = other.bounds[0] - interval.bounds[0]
    return 360 * SECONDS_A_DAY < gap < 370 * SECONDS_A_DAY
