"""Calendars that are the Gregorian one in another count of years, and the Indian national one.

Buddhist Era of Thailand (BE 2569 is 2026), Minguo of Taiwan (115 is 2026), the Japanese eras, and
the Saka era as India's Calendar Reform Committee fixed it in 1957 (its year starts on 22 March, in
leap years on 21 March). Years of the Japanese calendar are numbered as Gregorian ones, as CLDR
does; `ERAS` tells which years of which era they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.temporal.calendars_gregorian import GREGORIAN, CivilDay, is_leap
from service.temporal.calendars_yearly import YearlyCalendar
from service.temporal.interval import Day

_SAKA = 78
_MEAN_YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class Recounted:
    """The Gregorian calendar with `ahead` years added to its number."""

    ahead: int

    def to_day(self, year: int, month: int, day: int) -> Day:
        """The day number; ValueError when the month has no such day."""
        return GREGORIAN.to_day(year - self.ahead, month, day)

    def from_day(self, day: Day) -> CivilDay:
        """The civil day; works for any whole number."""
        date = GREGORIAN.from_day(day)
        return CivilDay(date.year + self.ahead, date.month, date.day)

    def month_length(self, year: int, month: int) -> int:
        """28 to 31; ValueError for a month outside 1 to 12."""
        return GREGORIAN.month_length(year - self.ahead, month)


@dataclass(frozen=True, slots=True)
class Era:
    """A Japanese era: its first and last day, the last one None while it lasts."""

    first: CivilDay
    last: CivilDay | None

    def year(self, number: int) -> int:
        """The Gregorian year that the numbered year of the era lies in."""
        return self.first.year + number - 1


# First days as the era ordinances name them (Meiji by its Gregorian day; the months of Meiji 1 to
# 5 were lunar, so no day before 1873 is converted).
ERAS: dict[str, Era] = {
    "meiji": Era(CivilDay(1868, 10, 23), CivilDay(1912, 7, 29)),
    "taisho": Era(CivilDay(1912, 7, 30), CivilDay(1926, 12, 24)),
    "showa": Era(CivilDay(1926, 12, 25), CivilDay(1989, 1, 7)),
    "heisei": Era(CivilDay(1989, 1, 8), CivilDay(2019, 4, 30)),
    "reiwa": Era(CivilDay(2019, 5, 1), None),
}


def _indian_first(year: int) -> Day:
    gregorian = year + _SAKA
    return GREGORIAN.to_day(gregorian, 3, 21 if is_leap(gregorian) else 22)


def _indian_lengths(year: int) -> tuple[int, ...]:
    return (31 if is_leap(year + _SAKA) else 30, *([31] * 5), *([30] * 6))


BUDDHIST = Recounted(543)
MINGUO = Recounted(-1911)
JAPANESE = Recounted(0)
INDIAN = YearlyCalendar(_indian_first, _indian_lengths, _MEAN_YEAR)
