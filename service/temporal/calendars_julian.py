"""The Julian calendar and the Ethiopic one, both with a leap day every fourth year.

Source: E. M. Reingold and N. Dershowitz, Calendrical Calculations (4th edition, 2018), chapters 3
and 4. Julian years are astronomical (year 0 is 1 BC); Ethiopic ones count the era of the
Incarnation, twelve months of thirty days and a thirteenth of five or six.
"""

from __future__ import annotations

from service.temporal.calendars_yearly import FIXED_TO_1970, YearlyCalendar
from service.temporal.interval import Day

_JULIAN_EPOCH = -1 - FIXED_TO_1970
_ETHIOPIC_EPOCH = 2_796 - FIXED_TO_1970
_MEAN_YEAR = 365.25


def _julian_first(year: int) -> Day:
    return Day(_JULIAN_EPOCH + 365 * (year - 1) + (year - 1) // 4)


def _julian_lengths(year: int) -> tuple[int, ...]:
    return (31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _ethiopic_first(year: int) -> Day:
    return Day(_ETHIOPIC_EPOCH + 365 * (year - 1) + year // 4)


def _ethiopic_lengths(year: int) -> tuple[int, ...]:
    return (*([30] * 12), 6 if year % 4 == 3 else 5)


JULIAN = YearlyCalendar(_julian_first, _julian_lengths, _MEAN_YEAR)
ETHIOPIC = YearlyCalendar(_ethiopic_first, _ethiopic_lengths, _MEAN_YEAR)
