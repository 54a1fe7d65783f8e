"""How finely a date is known, as the leading parts of a civil date: never more than its event says.

A stretch of days is exactly a day, a month or a year, or lies within one; parts are (2026, 1, 27),
(2026, 1), (2026,) or, for what crosses years, ().
"""

from __future__ import annotations

from calendar import monthrange
from typing import TypeAlias

from service.documents.exports.told import CivilDate, Date

Parts: TypeAlias = tuple[int, ...]
"""Year, month and day as far as they are known."""

LAST_DAY = 31


def exact(first: CivilDate, last: CivilDate) -> Parts | None:
    """The unit that is exactly the days from `first` to `last`, both included; None without one.

    >>> exact(CivilDate(2025, 12, 1), CivilDate(2025, 12, 31))
    (2025, 12)
    """
    if first == last:
        return tuple(first)
    if first.day != 1 or last.day != _length(last):
        return None
    if first[:2] == last[:2]:
        return first[:2]
    whole = first.year == last.year and (first.month, last.month) == (1, 12)
    return first[:1] if whole else None


def holding(first: CivilDate, last: CivilDate) -> Parts:
    """The finest unit that holds all days from `first` to `last`; () when none does.

    >>> holding(CivilDate(2025, 12, 21), CivilDate(2025, 12, 31))
    (2025, 12)
    """
    if first == last:
        return tuple(first)
    for fine in (2, 1):
        if first[:fine] == last[:fine]:
            return first[:fine]
    return ()


def ends(first: CivilDate, last: CivilDate) -> tuple[Parts, Parts]:
    """Both ends of a stretch, each as fine as it is meant: whole months and years by their parts.

    >>> ends(CivilDate(2026, 1, 1), CivilDate(2026, 4, 30))
    ((2026, 1), (2026, 4))
    """
    if first.day != 1 or last.day != _length(last):
        return tuple(first), tuple(last)
    fine = 1 if (first.month, last.month) == (1, 12) else 2
    return first[:fine], last[:fine]


def begun(date: Date) -> Parts:
    """When something that lasted began, as finely as is known; its open side is ()."""
    if date.start is None:
        return ()
    latest = date.start_latest or date.start
    return holding(date.start, latest) or date.start[:1]


def span(date: Date) -> tuple[Parts, Parts]:
    """Where a bar for `date` begins and ends, in parts; () where it has no end of its own.

    A side that is not known to the day lies in the month in which it can begin at the earliest.
    """
    if date.durative:
        return _opening(date) or tuple(date.end or ()), tuple(date.end or ())
    if date.start is None or date.end is None:
        return tuple(date.start or date.end or ()), ()
    unit = exact(date.start, date.end)
    return (unit, ()) if unit else ends(date.start, date.end)


def _opening(date: Date) -> Parts:
    if date.start is None:
        return ()
    latest = date.start_latest or date.start
    return exact(date.start, latest) or date.start[:2]


def is_coarse(date: Date) -> bool:
    """Whether the beginning may lie anywhere in more than a month, or in one of several months.

    What is open on the side that would place it is coarse too: it has no days of its own.
    """
    if date.start is None:
        return True
    last = (date.start_latest or date.start) if date.durative else date.end
    return last is None or _distance(date.start, last) >= LAST_DAY


def _distance(first: CivilDate, last: CivilDate) -> int:
    """Days from `first` to `last`, exact up to two months."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 1:
        return 2 * LAST_DAY
    return last.day - first.day + (_length(first) if months else 0)


def _length(day: CivilDate) -> int:
    """Days of the month of `day`; leap years go on before 1 and after 9999 as they do between."""
    return monthrange(2000 + day.year % 400, day.month)[1]
