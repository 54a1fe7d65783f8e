"""The Hebrew calendar by its fixed arithmetic.

Source: E. M. Reingold and N. Dershowitz, Calendrical Calculations (4th edition, 2018), chapter 8.
Months are numbered from Tishrei as CLDR does: Adar I, which leap years have, is 6, Adar is 7.
"""

from __future__ import annotations

from functools import lru_cache

from service.temporal.calendars_yearly import FIXED_TO_1970, YearlyCalendar
from service.temporal.interval import Day

_EPOCH = -1_373_427 - FIXED_TO_1970
_MONTHS_IN_19_YEARS = 235
_PARTS_A_DAY = 25_920
_MEAN_YEAR = 365.2468
_LONG, _SHORT = 5, 3


@lru_cache(maxsize=1024)
def first_day(year: int) -> Day:
    """1 Tishrei of the year of the world."""
    return Day(_EPOCH + _elapsed(year) + _delay(year))


def _elapsed(year: int) -> int:
    """Days to the mean new moon of Tishrei, put off so that no Sunday, Wednesday, Friday is hit."""
    months = (_MONTHS_IN_19_YEARS * year - 234) // 19
    day = 29 * months + (12_084 + 13_753 * months) // _PARTS_A_DAY
    return day + (3 * (day + 1) % 7 < 3)


def _delay(year: int) -> int:
    """Two days or one more, where a year would else be too long or too short."""
    if _elapsed(year + 1) - _elapsed(year) == 356:
        return 2
    return 1 if _elapsed(year) - _elapsed(year - 1) == 382 else 0


@lru_cache(maxsize=1024)
def _lengths(year: int) -> tuple[int, ...]:
    length = first_day(year + 1) - first_day(year)
    heshvan = 30 if length % 10 == _LONG else 29
    kislev = 29 if length % 10 == _SHORT else 30
    adar_i = 30 if length > 380 else 0
    return (30, heshvan, kislev, 29, 30, adar_i, 29, 30, 29, 30, 29, 30, 29)


HEBREW = YearlyCalendar(first_day, _lengths, _MEAN_YEAR)
