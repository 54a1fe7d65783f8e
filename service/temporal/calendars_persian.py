"""The official calendar of Iran, whose months Afghanistan names in its own words.

It is astronomical: the year starts on the day of the March equinox when that falls before noon of
Iran Standard Time (mean time of 52.5 degrees east, UTC+3:30), else on the day after. Source of the
rule and of the table it is tested against: Calendar Center, Institute of Geophysics, University of
Tehran.
"""

from __future__ import annotations

from functools import lru_cache
from math import floor

from service.temporal.calendars_gregorian import GREGORIAN, CivilDay, check_day, check_month
from service.temporal.equinox import march_equinox
from service.temporal.interval import Day

_IRAN_NOON_UT = (12 - 3.5) / 24
_HIJRA = 621


class SolarHijri:
    """The official calendar of Iran, astronomical; months as well of Afghanistan."""

    def to_day(self, year: int, month: int, day: int) -> Day:
        """The day number; ValueError when the month has no such day."""
        check_day(self, year, month, day)
        in_year = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
        return Day(nowruz(year) + in_year + day - 1)

    def from_day(self, day: Day) -> CivilDay:
        """The civil day; ValueError where no equinox is known (years -1620 to 2378)."""
        year = GREGORIAN.from_day(day).year - _HIJRA
        if day < nowruz(year):
            year -= 1
        left = day - nowruz(year)
        month = left // 31 if left < 186 else 6 + (left - 186) // 30
        start = 31 * min(month, 6) + 30 * max(month - 6, 0)
        return CivilDay(year, month + 1, left - start + 1)

    def month_length(self, year: int, month: int) -> int:
        """31, 30 or 29; ValueError for a month outside 1 to 12."""
        check_month(month)
        if month == 12:
            return nowruz(year + 1) - nowruz(year) - 336
        return 31 if month <= 6 else 30


@lru_cache(maxsize=4096)
def nowruz(year: int) -> Day:
    """1 Farvardin of the Solar Hijri `year`."""
    moment = march_equinox(year + _HIJRA)
    return Day(floor(moment + 1 - _IRAN_NOON_UT))


SOLAR_HIJRI = SolarHijri()
