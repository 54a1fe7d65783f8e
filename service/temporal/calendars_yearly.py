"""A calendar given by the first day of each year and the lengths of its months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor

from service.temporal.calendars_gregorian import CivilDay
from service.temporal.interval import Day

FIXED_TO_1970 = 719_163
"""The fixed day ("R.D.") of 1970-01-01: Reingold and Dershowitz count 0001-01-01 as 1."""


@dataclass(frozen=True, slots=True)
class YearlyCalendar:
    """What `CalendarSystem` asks for, from two functions of the year.

    `lengths` has one number a month, 0 for one that the year does not have; `mean` is the length
    of a year in days, near enough to find the year of a day.
    """

    first_day: Callable[[int], Day]
    lengths: Callable[[int], tuple[int, ...]]
    mean: float

    def to_day(self, year: int, month: int, day: int) -> Day:
        """The day number; ValueError when the month has no such day."""
        length = self.month_length(year, month)
        if not 1 <= day <= length:
            raise ValueError(f"month {month} of year {year} has days 1 to {length}, not {day}")
        return Day(self.first_day(year) + sum(self.lengths(year)[: month - 1]) + day - 1)

    def from_day(self, day: Day) -> CivilDay:
        """The civil day; works for any whole number."""
        year = floor((day - self.first_day(1)) / self.mean) + 1
        while day < self.first_day(year):
            year -= 1
        while day >= self.first_day(year + 1):
            year += 1
        left = day - self.first_day(year)
        for month, length in enumerate(self.lengths(year), start=1):
            if left < length:
                return CivilDay(year, month, left + 1)
            left -= length
        raise AssertionError(f"the months of year {year} are shorter than the year")

    def month_length(self, year: int, month: int) -> int:
        """Days in the month; ValueError for one that the year does not have."""
        lengths = self.lengths(year)
        if not 1 <= month <= len(lengths) or not lengths[month - 1]:
            raise ValueError(f"month {month} does not exist in year {year}")
        return lengths[month - 1]
