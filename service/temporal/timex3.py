"""TIMEX3 `value` and `mod` texts (TimeML 1.2.1, section 2.2; ISO 24617-1).

The label names the whole unit, the interval what the words denote: "late December" is labelled
2025-12 with mod END. A stretch that is no calendar unit, and a month or year of another calendar,
is written `first/last`, both days included.
"""

from __future__ import annotations

from service.temporal.calendars import GREGORIAN, MONDAY, CivilDay, iso_week, weekday
from service.temporal.interval import SECONDS_A_DAY, Day, Granularity, Interval
from service.temporal.parts import DAY_PART_CODES, Part
from service.temporal.units import Unit

PAST_REF = "PAST_REF"
PRESENT_REF = "PRESENT_REF"
FUTURE_REF = "FUTURE_REF"

_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_DATE_LETTERS = {
    Unit.DAY: "D",
    Unit.WEEK: "W",
    Unit.WEEKEND: "WE",
    Unit.MONTH: "M",
    Unit.SEASON: "SE",
    Unit.QUARTER: "Q",
    Unit.YEAR: "Y",
    Unit.DECADE: "DE",
    Unit.CENTURY: "CE",
    Unit.MILLENNIUM: "ML",
}
_IN_YEARS = {Unit.DECADE: 10, Unit.CENTURY: 100, Unit.MILLENNIUM: 1000}
_CLOCK_LETTERS = {Unit.HOUR: "H", Unit.MINUTE: "M", Unit.SECOND: "S"}


_IN_SMALLER = {Unit.FORTNIGHT: (2, "W"), Unit.HALF_YEAR: (6, "M")}
"""Units that ISO 8601 has no letter for, as so many of one that it has."""


def value_text(interval: Interval) -> str:
    """The value of an interval that is one unit of its granularity, else `first/last`."""
    if interval.start is None or interval.end is None:
        return _open(interval)
    first = GREGORIAN.from_day(Day(interval.start // SECONDS_A_DAY))
    last = GREGORIAN.from_day(Day((interval.end - 1) // SECONDS_A_DAY))
    if interval.granularity <= Granularity.HOUR:
        return _clock(first, interval)
    return _unit(interval, first, last) or days_text(interval)


def days_text(interval: Interval) -> str:
    """The first and the last day of a closed interval, `first/last`, whatever unit it may be."""
    start, end = interval.bounds
    first = GREGORIAN.from_day(Day(start // SECONDS_A_DAY))
    last = GREGORIAN.from_day(Day((end - 1) // SECONDS_A_DAY))
    return f"{_day(first)}/{_day(last)}"


def day_part_value(day: Interval, part: Part) -> str:
    """The day's value with the part's letters, 2026-01-27TMO."""
    return f"{_day(GREGORIAN.from_day(Day(day.bounds[0] // SECONDS_A_DAY)))}T{DAY_PART_CODES[part]}"


def duration_text(unit: Unit, count: str) -> str:
    """The value of an amount: P3M; `count` is digits, a decimal or X for "some".

    Counted decades and centuries are written in years, P20Y: ISO 8601 has no letters for them.
    """
    if unit in _CLOCK_LETTERS:
        half = unit is Unit.HOUR and count == "0.5"
        return "PT30M" if half else f"PT{count}{_CLOCK_LETTERS[unit]}"
    if unit in _IN_SMALLER:
        times, letter = _IN_SMALLER[unit]
        return f"P{count if count == 'X' else f'{float(count) * times:g}'}{letter}"
    if unit in _IN_YEARS and count != "X":
        return f"P{float(count) * _IN_YEARS[unit]:g}Y"
    return f"P{count}{_DATE_LETTERS[unit]}"


def _unit(  # noqa: PLR0911  # one case a granularity
    interval: Interval, first: CivilDay, last: CivilDay
) -> str | None:
    whole = first.day == 1 and last.day == GREGORIAN.month_length(last.year, last.month)
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    match interval.granularity:
        case Granularity.DAY if first == last:
            return _day(first)
        case Granularity.WEEK | Granularity.WEEKEND:
            return _week(interval)
        case Granularity.MONTH if whole and length == 1:
            return f"{_year(first.year)}-{first.month:02}"
        case Granularity.SEASON if whole and length == 3:
            return f"{_year(first.year)}-{_SEASONS[first.month]}"
        case Granularity.QUARTER if whole and length == 3 and first.month % 3 == 1:
            return f"{_year(first.year)}-Q{first.month // 3 + 1}"
        case Granularity.HALF_YEAR if whole and length == 6 and first.month % 6 == 1:
            return f"{_year(first.year)}-H{first.month // 6 + 1}"
        case _:
            return _years(interval, first, length) if whole and first.month == 1 else None


def _years(interval: Interval, first: CivilDay, length: int) -> str | None:
    match interval.granularity, length:
        case Granularity.YEAR, 12:
            return _year(first.year)
        case Granularity.DECADE, 120:
            return f"{first.year // 10:03}"
        case Granularity.CENTURY, 1200:
            return f"{first.year // 100:02}" if first.year > 0 else f"BC{-first.year // 100:02}"
        case Granularity.MILLENNIUM, 12_000:
            return f"{first.year // 1000}"
        case _:
            return None


def _week(interval: Interval) -> str | None:
    start, end = interval.bounds
    length = (end - start) // SECONDS_A_DAY
    year, week = iso_week(Day(start // SECONDS_A_DAY))
    if interval.granularity is Granularity.WEEKEND and length == 2:
        return f"{year:04}-W{week:02}-WE"
    monday = weekday(Day(start // SECONDS_A_DAY)) == MONDAY
    return f"{year:04}-W{week:02}" if monday and length == 7 else None


def _clock(date: CivilDay, interval: Interval) -> str:
    seconds = interval.bounds[0] % SECONDS_A_DAY
    hour, minute, second = seconds // 3600, seconds // 60 % 60, seconds % 60
    match interval.granularity:
        case Granularity.HOUR:
            return f"{_day(date)}T{hour:02}"
        case Granularity.MINUTE:
            return f"{_day(date)}T{hour:02}:{minute:02}"
        case _:
            return f"{_day(date)}T{hour:02}:{minute:02}:{second:02}"


def _open(interval: Interval) -> str:
    first, last = interval.first_day, interval.last_day
    start = ".." if first is None else _day(GREGORIAN.from_day(first))
    return f"{start}/{'..' if last is None else _day(GREGORIAN.from_day(last))}"


def _day(date: CivilDay) -> str:
    return f"{_year(date.year)}-{date.month:02}-{date.day:02}"


def _year(year: int) -> str:
    """TIMEX3 writes BC0044 for 44 BCE, which is the astronomical year -43."""
    return f"{year:04}" if year > 0 else f"BC{1 - year:04}"
