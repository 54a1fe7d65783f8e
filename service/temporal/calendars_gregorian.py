"""The Gregorian calendar, and what every calendar is: functions to and from the day number.

Gregorian is proleptic with astronomical years (year 0 is 1 BCE) and has no walls.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from service.temporal.interval import Day

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)

_DAYS_TO_1970 = 719_162
_DAYS_IN_400_YEARS = 146_097
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH_STARTS = tuple(sum(_MONTH_DAYS[:month]) for month in range(12))
_LEAP_DAY = 59


@dataclass(frozen=True, slots=True, order=True)
class CivilDay:
    """Year, month (1 to 12) and day of month in some calendar."""

    year: int
    month: int
    day: int


class CalendarSystem(Protocol):
    """What the engine asks of a calendar; ValueError for what the calendar does not have."""

    def to_day(self, year: int, month: int, day: int) -> Day:
        """The day number of a civil day."""

    def from_day(self, day: Day) -> CivilDay:
        """The civil day of a day number."""

    def month_length(self, year: int, month: int) -> int:
        """Days in the month."""


class Gregorian:
    """The proleptic Gregorian calendar, astronomical years."""

    def to_day(self, year: int, month: int, day: int) -> Day:
        """The day number; ValueError when the month has no such day."""
        check_day(self, year, month, day)
        before = year - 1
        leaps = before // 4 - before // 100 + before // 400
        in_year = _MONTH_STARTS[month - 1] + (month > 2 and is_leap(year))
        return Day(before * 365 + leaps + in_year + day - 1 - _DAYS_TO_1970)

    @staticmethod
    @lru_cache(maxsize=1024)
    def from_day(day: Day) -> CivilDay:
        """The civil day; works for any whole number. A text asks for few days, many times."""
        cycles, rest = divmod(day + _DAYS_TO_1970, _DAYS_IN_400_YEARS)
        year = cycles * 400 + min(rest * 400 // _DAYS_IN_400_YEARS + 1, 400)
        first = _first_day(year)
        if day < first:
            year, first = year - 1, _first_day(year - 1)
        elif day >= _first_day(year + 1):
            year, first = year + 1, _first_day(year + 1)
        left = day - first
        if is_leap(year) and left >= _LEAP_DAY:
            if left == _LEAP_DAY:
                return CivilDay(year, 2, 29)
            left -= 1
        month = bisect_right(_MONTH_STARTS, left)
        return CivilDay(year, month, left - _MONTH_STARTS[month - 1] + 1)

    def month_length(self, year: int, month: int) -> int:
        """28 to 31; ValueError for a month outside 1 to 12."""
        check_month(month)
        return 29 if month == 2 and is_leap(year) else _MONTH_DAYS[month - 1]


def is_leap(year: int) -> bool:
    """Whether the Gregorian year (astronomical numbering) has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def weekday(day: Day) -> int:
    """0 for Monday to 6 for Sunday, as `MONDAY` ... `SUNDAY`."""
    return (day + THURSDAY) % 7


def iso_week(day: Day) -> tuple[int, int]:
    """ISO 8601 week year and week number (1 to 53) of the week that holds `day`."""
    thursday = Day(day - weekday(day) + THURSDAY)
    year = GREGORIAN.from_day(thursday).year
    return year, (thursday - GREGORIAN.to_day(year, 1, 1)) // 7 + 1


def iso_week_start(year: int, week: int) -> Day:
    """Monday of the ISO week; ValueError when the year has no such week."""
    fourth = GREGORIAN.to_day(year, 1, 4)
    monday = Day(fourth - weekday(fourth) + 7 * (week - 1))
    if iso_week(monday) != (year, week):
        raise ValueError(f"year {year} has no week {week}")
    return monday


def check_day(calendar: CalendarSystem, year: int, month: int, day: int) -> None:
    """Raises ValueError when the month of that year has no such day."""
    length = calendar.month_length(year, month)
    if not 1 <= day <= length:
        raise ValueError(f"month {month} of year {year} has days 1 to {length}, not {day}")


def check_month(month: int) -> None:
    """Raises ValueError for a month outside 1 to 12."""
    if not 1 <= month <= 12:
        raise ValueError(f"month {month} does not exist: use 1 to 12")


def _first_day(year: int) -> int:
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400
    return before * 365 + leaps - _DAYS_TO_1970


GREGORIAN = Gregorian()
