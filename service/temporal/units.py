"""Calendar units, repeating units and amounts of time, and where they lie on the line.

A `Unit` or a `Repeating` has no place until it is told near which day; a `Period` never has one.
Weeks run from Monday to Sunday, those of the Solar Hijri calendar from Saturday to Friday with the
weekend at their end; a winter belongs to the year it starts in; decades and centuries
are counted as people write them (the 1990s, 1901 to 2000).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from service.temporal.calendars import GREGORIAN, MONDAY, SATURDAY, system, weekday
from service.temporal.feasts import FEASTS, feast_day
from service.temporal.interval import Day, Granularity, Interval, Point, days
from service.temporal.timex import Calendar


class Unit(StrEnum):
    """A unit that people count in."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    MILLENNIUM = "millennium"

    @property
    def granularity(self) -> Granularity:
        """The granularity of a statement of one such unit."""
        return Granularity.WEEK if self is Unit.FORTNIGHT else Granularity[self.name]


class Cycle(StrEnum):
    """What comes round again: by the week or by the year."""

    WEEKDAY = "weekday"
    MONTH = "month"
    MONTH_DAY = "month_day"
    DAY_OF_MONTH = "day_of_month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    FEAST = "feast"
    WEEK = "week"
    WEEKEND = "weekend"
    ANY_MONTH = "any_month"
    YEAR = "year"
    FISCAL_YEAR = "fiscal_year"


@dataclass(frozen=True, slots=True)
class Repeating:
    """A named unit that comes round: Tuesdays, Decembers, the 7ths of December, winters.

    `number` is the weekday (0 Monday), month, season (0 spring to 3 winter), quarter, half, day
    of month or place in `FEASTS`; `day` is the day of month for MONTH_DAY. `weekday` is what the
    text says it falls on. A `southern` season is that of the other hemisphere.
    Quarters and half-years are those of a year that `starts` with that month; `number` is that
    month for a FISCAL_YEAR.
    WEEK, WEEKEND, ANY_MONTH and YEAR are every such unit of the calendar; their `number` is 0.
    """

    cycle: Cycle
    number: int
    day: int = 0
    calendar: Calendar = Calendar.GREGORIAN
    weekday: int | None = None
    southern: bool = False
    starts: int = 1


@dataclass(frozen=True, slots=True)
class Period:
    """An amount of time off the line: three weeks; `approximate` for "about" and round numbers.

    `calendar` is the one whose weeks, months and years are counted.
    """

    unit: Unit
    count: int
    approximate: bool = False
    calendar: Calendar = Calendar.GREGORIAN

    def __neg__(self) -> Period:
        """The same amount the other way."""
        return Period(self.unit, -self.count, self.approximate, self.calendar)


_SECONDS = {Unit.SECOND: 1, Unit.MINUTE: 60, Unit.HOUR: 3600}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.FORTNIGHT: 14, Unit.WEEKEND: 7}
_MONTHS = {Unit.MONTH: 1, Unit.SEASON: 3, Unit.QUARTER: 3, Unit.HALF_YEAR: 6}
_YEARS = {Unit.YEAR: 1, Unit.DECADE: 10, Unit.CENTURY: 100, Unit.MILLENNIUM: 1000}
_CYCLE_UNITS = {
    Cycle.WEEKDAY: Unit.DAY,
    Cycle.MONTH_DAY: Unit.DAY,
    Cycle.DAY_OF_MONTH: Unit.DAY,
    Cycle.MONTH: Unit.MONTH,
    Cycle.SEASON: Unit.SEASON,
    Cycle.QUARTER: Unit.QUARTER,
    Cycle.HALF_YEAR: Unit.HALF_YEAR,
    Cycle.FEAST: Unit.DAY,
    Cycle.WEEK: Unit.WEEK,
    Cycle.WEEKEND: Unit.WEEKEND,
    Cycle.ANY_MONTH: Unit.MONTH,
    Cycle.YEAR: Unit.YEAR,
    Cycle.FISCAL_YEAR: Unit.YEAR,
}
_EVERY = frozenset([Cycle.WEEK, Cycle.WEEKEND, Cycle.ANY_MONTH, Cycle.YEAR])
_YEARS_TO_LEAP = 9
_TWELVE_MONTHS = frozenset([Calendar.GREGORIAN, Calendar.SOLAR_HIJRI])


def unit_of(what: Unit | Repeating) -> Unit:
    """The unit that one occurrence fills: a day for Tuesdays, a month for Decembers."""
    return what if isinstance(what, Unit) else _CYCLE_UNITS[what.cycle]


def is_clock(unit: Unit) -> bool:
    """Whether the unit is finer than a day."""
    return unit in _SECONDS


def holding(unit: Unit, point: Point, calendar: Calendar = Calendar.GREGORIAN) -> Interval:
    """The `unit` of the calendar that holds `point`; for a weekend the one of that week."""
    if unit in _SECONDS:
        start = point - point % _SECONDS[unit]
        return _clock(start, unit)
    day = Day(point // 86_400)
    if unit in _DAYS:
        return _of_week(unit, day, calendar)
    date = system(calendar).from_day(day)
    if unit in _YEARS:
        return years(unit, _year_start(unit, date.year), calendar)
    if unit is Unit.SEASON:
        return _season_holding(date.year, date.month)
    length = _MONTHS[unit]
    return months(unit, date.year, (date.month - 1) // length * length + 1, calendar)


def months(unit: Unit, year: int, month: int, calendar: Calendar = Calendar.GREGORIAN) -> Interval:
    """The month, quarter, season or half-year that starts with `month`."""
    first = system(calendar).to_day(year, month, 1)
    if unit is Unit.MONTH:
        return days(
            first, Day(first + system(calendar).month_length(year, month) - 1), unit.granularity
        )
    year, month = _add_months(year, month, _MONTHS[unit])
    return days(first, Day(system(calendar).to_day(year, month, 1) - 1), unit.granularity)


def years(unit: Unit, first: int, calendar: Calendar = Calendar.GREGORIAN) -> Interval:
    """The year, decade, century or millennium that starts with the year `first`."""
    start = system(calendar).to_day(first, 1, 1)
    until = system(calendar).to_day(first + _YEARS[unit], 1, 1)
    return days(start, Day(until - 1), unit.granularity)


def shifted(interval: Interval, period: Period) -> Interval:
    """The `period.unit` at that distance from the start of `interval`; earlier if negative.

    Two weeks on from a Tuesday is a whole week, two days on is one day; hours keep the clock.
    """
    start, _ = interval.bounds
    unit = period.unit
    if unit in _SECONDS:
        moved = start + period.count * _SECONDS[unit]
        return _clock(moved - moved % _SECONDS[unit], unit)
    day = moved_day(Day(start // 86_400), period)
    whole = Unit.WEEK if unit is Unit.FORTNIGHT else unit
    return holding(whole, Point(day * 86_400), period.calendar)


def moved_day(day: Day, period: Period) -> Day:
    """The day at that distance; the 31st becomes the last day of a shorter month."""
    unit = period.unit
    if unit in _DAYS:
        return Day(day + period.count * _DAYS[unit])
    if unit in _SECONDS:
        return Day(day + period.count * _SECONDS[unit] // 86_400)
    count = period.count * (_YEARS[unit] * 12 if unit in _YEARS else _MONTHS[unit])
    calendar = system(period.calendar)
    date = calendar.from_day(day)
    year, month = _add_months(date.year, date.month, count)
    return calendar.to_day(year, month, min(date.day, calendar.month_length(year, month)))


def moved_seconds(period: Period) -> int:
    """The length of a period of hours, minutes or seconds, at least one second."""
    return max(period.count * _SECONDS[period.unit], 1)


def neighbours(
    what: Unit | Repeating, anchor: Interval
) -> tuple[Interval, Interval | None, Interval]:
    """The last one strictly before the anchor, the one that holds its start, the first after it.

    Raises ValueError for a day that never comes, such as a 31 June.
    """
    start, end = anchor.bounds
    if isinstance(what, Unit):
        return _units(Unit.WEEK if what is Unit.FORTNIGHT else what, start, end)
    if what.cycle in _EVERY:
        return _units(_CYCLE_UNITS[what.cycle], start, end, what.calendar)
    if what.cycle is Cycle.WEEKDAY:
        return _weekdays(what.number, start, end)
    return _dates(what, start, end)


def within_year(  # noqa: PLR0911  # one case a cycle
    what: Repeating, year: int, calendar: Calendar = Calendar.GREGORIAN
) -> Interval | None:
    """The occurrence that belongs to `year`; None for 29 February of a common year."""
    match what.cycle:
        case Cycle.MONTH:
            return months(Unit.MONTH, year, what.number, calendar)
        case Cycle.MONTH_DAY:
            return _date(year, what.number, what.day, calendar)
        case Cycle.SEASON:
            if calendar is not Calendar.GREGORIAN:
                return months(Unit.SEASON, year, what.number * 3 + 1, calendar)
            turned = (what.number + 2 * what.southern) % 4
            return months(Unit.SEASON, year, turned * 3 + 3, calendar)
        case Cycle.QUARTER:
            return months(Unit.QUARTER, year, _shifted_month(what, 3), calendar)
        case Cycle.HALF_YEAR:
            return months(Unit.HALF_YEAR, year, _shifted_month(what, 6), calendar)
        case Cycle.FISCAL_YEAR:
            return _twelve_months(year, what.number)
        case Cycle.FEAST:
            found = feast_day(FEASTS[what.number], year)
            return days(found, found)
        case _:
            raise ValueError(f"{what.cycle.value} does not come once a year")


def unit_near(unit: Unit, anchor: Interval, count: int) -> Interval:
    """The one of `neighbours` of a unit that lies at -1, 0 or 1, without finding the others."""
    start, end = anchor.bounds
    unit = Unit.WEEK if unit is Unit.FORTNIGHT else unit
    whole = holding(unit, Point(end - 1) if count > 0 else start)
    return shifted(whole, Period(unit, count)) if count else whole


def _shifted_month(what: Repeating, length: int) -> int:
    """The month that a quarter or half-year starts with, in a year that starts when it does."""
    return (what.starts - 1 + length * (what.number - 1)) % 12 + 1


def _twelve_months(year: int, month: int) -> Interval:
    first, until = (GREGORIAN.to_day(each, month, 1) for each in (year, year + 1))
    return days(first, Day(until - 1), Granularity.YEAR)


def _clock(start: int, unit: Unit) -> Interval:
    return Interval(
        start=Point(start), end=Point(start + _SECONDS[unit]), granularity=unit.granularity
    )


def _of_week(unit: Unit, day: Day, calendar: Calendar) -> Interval:
    """The day, the week that holds it, or the last two days of that week."""
    if unit is Unit.DAY:
        return days(day, day)
    begins = SATURDAY if calendar is Calendar.SOLAR_HIJRI else MONDAY
    first = day - (weekday(day) - begins) % 7
    if unit is Unit.WEEKEND:
        return days(Day(first + 5), Day(first + 6), Granularity.WEEKEND)
    return days(Day(first), Day(first + 6), Granularity.WEEK)


def _year_start(unit: Unit, year: int) -> int:
    size = _YEARS[unit]
    return (year - 1) // size * size + 1 if size > 10 else year // size * size


def _season_holding(year: int, month: int) -> Interval:
    year, month = (year - 1, 12) if month < 3 else (year, month // 3 * 3)
    return months(Unit.SEASON, year, month)


def _add_months(year: int, month: int, count: int) -> tuple[int, int]:
    years_on, index = divmod(month - 1 + count, 12)
    return year + years_on, index + 1


def _units(
    unit: Unit, start: Point, end: Point, calendar: Calendar = Calendar.GREGORIAN
) -> tuple[Interval, Interval, Interval]:
    first, last = holding(unit, start, calendar), holding(unit, Point(end - 1), calendar)
    back, on = Period(unit, -1, calendar=calendar), Period(unit, 1, calendar=calendar)
    return shifted(first, back), first, shifted(last, on)


def _weekdays(number: int, start: Point, end: Point) -> tuple[Interval, Interval | None, Interval]:
    first, last = Day(start // 86_400), Day((end - 1) // 86_400)
    before = Day(first - 1 - (weekday(Day(first - 1)) - number) % 7)
    after = Day(last + 1 + (number - weekday(Day(last + 1))) % 7)
    inside = Day(first + (number - weekday(first)) % 7)
    return (
        days(before, before),
        days(inside, inside) if inside <= last else None,
        days(after, after),
    )


def _dates(what: Repeating, start: Point, end: Point) -> tuple[Interval, Interval | None, Interval]:
    """As `neighbours`; near both ends of the anchor, which may be many years long."""
    first, last = Day(start // 86_400), Day((end - 1) // 86_400)
    near_start = _occurrences(what, first)
    near_end = near_start if last == first else _occurrences(what, last)
    before = [each for each in near_start if each.bounds[1] <= start]
    after = [each for each in near_end if each.bounds[0] >= end]
    if not before or not after:
        raise ValueError(f"no {what.cycle.value} like that near the anchor")
    inside = (each for each in near_start if each.bounds[1] > start and each.bounds[0] < end)
    return before[-1], next(inside, None), after[0]


def _reach(what: Repeating) -> int:
    """So many years on either side hold the occurrence before and the one after."""
    if (what.number, what.day) == (2, 29) or what.day == 30:
        return _YEARS_TO_LEAP
    plain = what.calendar in _TWELVE_MONTHS and what.cycle in {Cycle.MONTH, Cycle.MONTH_DAY}
    return 1 if plain else 2


@lru_cache(maxsize=256)
def _occurrences(what: Repeating, near: Day) -> tuple[Interval, ...]:
    """Those around a day, in order; kept, for one expression asks for them several times."""
    date = system(what.calendar).from_day(near)
    if what.cycle is Cycle.DAY_OF_MONTH:
        found = [
            _date(*_add_months(date.year, date.month, count), what.number, what.calendar)
            for count in (range(-3, 4) if what.weekday is None else range(-30, 31))
        ]
        if what.weekday is not None:
            found = [each for each in found if each and _falls_on(each, what.weekday)]
    else:
        reach = _reach(what)
        found = [
            within_year(what, date.year + count, what.calendar)
            for count in range(-reach, reach + 1)
        ]
    return tuple(each for each in found if each is not None)


def _falls_on(day: Interval, number: int) -> bool:
    return weekday(Day(day.bounds[0] // 86_400)) == number


def _date(year: int, month: int, day: int, calendar: Calendar) -> Interval | None:
    if day > system(calendar).month_length(year, month):
        return None
    found = system(calendar).to_day(year, month, day)
    return days(found, found)
