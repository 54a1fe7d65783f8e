"""Feasts and named days of the Gregorian year that move: where they fall in a year.

Easter after the Gregorian reckoning (Meeus, Astronomical Algorithms, chapter 8); public holidays of
the United States by the Uniform Monday Holiday Act and 5 U.S.C. 6103.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.temporal.calendars import GREGORIAN, weekday
from service.temporal.interval import Day

_MONDAY, _TUESDAY, _THURSDAY, _SUNDAY = 0, 1, 3, 6


@dataclass(frozen=True, slots=True)
class FromEaster:
    """So many days after Easter Sunday."""

    days: int


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The n-th such weekday of a month (-1 the last), and so many days after it."""

    month: int
    weekday: int
    number: int
    days: int = 0


_RULES: dict[str, FromEaster | NthWeekday] = {
    "Easter": FromEaster(0),
    "Easter Monday": FromEaster(1),
    "Good Friday": FromEaster(-2),
    "Maundy Thursday": FromEaster(-3),
    "Holy Saturday": FromEaster(-1),
    "Palm Sunday": FromEaster(-7),
    "Ash Wednesday": FromEaster(-46),
    "Ascension Day": FromEaster(39),
    "Pentecost": FromEaster(49),
    "Whit Monday": FromEaster(50),
    "Martin Luther King Day": NthWeekday(1, _MONDAY, 3),
    "Presidents' Day": NthWeekday(2, _MONDAY, 3),
    "Mother's Day": NthWeekday(5, _SUNDAY, 2),
    "Memorial Day": NthWeekday(5, _MONDAY, -1),
    "Father's Day": NthWeekday(6, _SUNDAY, 3),
    "Labor Day": NthWeekday(9, _MONDAY, 1),
    "Columbus Day": NthWeekday(10, _MONDAY, 2),
    "Election Day": NthWeekday(11, _MONDAY, 1, days=1),
    "Thanksgiving": NthWeekday(11, _THURSDAY, 4),
    "Black Friday": NthWeekday(11, _THURSDAY, 4, days=1),
    "Cyber Monday": NthWeekday(11, _THURSDAY, 4, days=4),
}
FEASTS = tuple(_RULES)
"""The names of the moving days; a day is known by its place in this list."""


def feast_day(name: str, year: int) -> Day:
    """The day of the feast in that year; KeyError for a name that is not in `FEASTS`."""
    rule = _RULES[name]
    if isinstance(rule, FromEaster):
        return Day(easter(year) + rule.days)
    return Day(_nth_weekday(rule, year) + rule.days)


def easter(year: int) -> Day:
    """Easter Sunday of the Gregorian calendar.

    >>> GREGORIAN.from_day(easter(2026))
    CivilDay(year=2026, month=4, day=5)
    """
    golden, century = year % 19, year // 100
    epact = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    full_moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    to_sunday = (year + year // 4 + full_moon + 2 - century + century // 4) % 7
    march = full_moon - to_sunday
    month = 3 + (march + 40) // 44
    return GREGORIAN.to_day(year, month, march + 28 - 31 * (month // 4))


def _nth_weekday(rule: NthWeekday, year: int) -> int:
    if rule.number < 0:
        last = GREGORIAN.to_day(year, rule.month, GREGORIAN.month_length(year, rule.month))
        return last - (weekday(last) - rule.weekday) % 7
    first = GREGORIAN.to_day(year, rule.month, 1)
    return first + (rule.weekday - weekday(first)) % 7 + 7 * (rule.number - 1)
