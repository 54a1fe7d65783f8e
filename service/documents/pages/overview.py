"""A whole list at a glance: how much happened in each month, from the first to the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.documents.datewords import MONTHS
from service.documents.pages.groups import Month, Year
from service.documents.pages.rows import count_words

LONGEST_GAP = 3
"""Months without events that are drawn one by one; more of them are one gap."""
LOWEST, HIGHEST = 6.0, 100.0
"""Percent of the height that the fewest and the most events take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """A month, or a gap of several where `months` is more than one.

    `target` is the id of its place in the list, empty where nothing is; `year` is named with its
    first bin.
    """

    target: str = ""
    name: str = ""
    words: str = ""
    year: str = ""
    height: float = 0.0
    months: int = 1


def overview(years: Sequence[Year]) -> tuple[Bin, ...]:
    """The months of a list that goes by date, forth or back, in its own order."""
    months = [(year, month) for year in years for month in year.months]
    most = max((month.count for _, month in months), default=0)
    return tuple(_bins(months, most))


def _bins(months: Sequence[tuple[Year, Month]], most: int) -> Iterator[Bin]:
    before: int | None = None
    named = ""
    for year, month in months:
        if before is not None:
            yield from _gap(abs(month.number - before) - 1)
        before = month.number
        yield Bin(
            target=month.id,
            name="?" if month.is_open else MONTHS[month.number % 12][:3],
            words=f"{_title(year, month)}: {count_words(month.count, 'event')}",
            year="" if year.title == named else year.title,
            height=round(LOWEST + (HIGHEST - LOWEST) * month.count / most, 1),
        )
        named = year.title


def _title(year: Year, month: Month) -> str:
    return f"{year.title}, month not known" if month.is_open else month.title


def _gap(months: int) -> Iterator[Bin]:
    if months > LONGEST_GAP:
        yield Bin(months=months, words=count_words(months, "month"))
        return
    for _ in range(months):
        yield Bin()
