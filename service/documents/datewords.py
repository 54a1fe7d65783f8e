"""The date of an event in English words, as people read it."""

from __future__ import annotations

from service.temporal.calendars import GREGORIAN, CivilDay
from service.temporal.interval import Day
from service.timeline.model import Basis, DateClaim

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def date_words(claim: DateClaim) -> str:
    """What is shown, with its uncertainty.

    "27 January 2026", "probably 26 January 2026", "late December 2025", "by 27 January 2026
    (reported)", "planned, after 28 January 2026", "since late December 2025, still on 28 January
    2026".
    """
    if claim.start is None and claim.end is None:
        return "at an unknown time"
    if claim.durative:
        return _lasting(claim)
    if claim.start is None:
        return _by(claim)
    if claim.end is None:
        day = day_words(claim.start)
        return f"planned, after {day}" if claim.basis is Basis.PLANNED else f"from {day} on"
    return _once(claim, claim.start, claim.end)


def day_words(day: Day) -> str:
    """A day as "27 January 2026"."""
    there = GREGORIAN.from_day(day)
    return f"{there.day} {month_words(there)}"


def month_words(there: CivilDay) -> str:
    """A month as "January 2026"; years before 1 count as historians do ("44 BC")."""
    return f"{MONTHS[there.month - 1]} {year_words(there.year)}"


def stretch_words(start: Day, end: Day) -> str:
    """Days from `start` to `end`, both included, by the name of their unit where they have one.

    "late December 2025", "December 2025", "early 2026", "2025", "21 to 28 December 2025".
    """
    if start == end:
        return day_words(start)
    return _month_words(start, end) or _year_words(start, end) or _range_words(start, end)


def _lasting(claim: DateClaim) -> str:
    if claim.start is None:
        until = "still on" if claim.ongoing else "until"
        return f"{until} {day_words(claim.end)}" if claim.end is not None else ""
    latest = claim.start_latest if claim.start_latest is not None else claim.start
    about = "about " if claim.approximate and latest == claim.start else ""
    start = about + stretch_words(claim.start, latest)
    if claim.ongoing and claim.as_of is not None:
        return f"since {start}, still on {day_words(claim.as_of)}"
    if claim.end is None:
        return f"since {start}" if claim.latest is not None else f"from {start} on"
    if latest == claim.start:
        same = claim.start == claim.end
        return about + (day_words(claim.start) if same else _range_words(claim.start, claim.end))
    return f"{start} to {day_words(claim.end)}"


def _by(claim: DateClaim) -> str:
    end = "" if claim.end is None else day_words(claim.end)
    return f"by {end}" + (" (reported)" if claim.basis is Basis.REPORTED else "")


def _once(claim: DateClaim, start: Day, end: Day) -> str:
    told = stretch_words(start, end)
    if start != end and " to " in told:
        return "between " + told.replace(" to ", " and ")
    sure = "probably " if claim.inferred else ""
    return sure + ("about " if claim.approximate else "") + told


def _month_words(start: Day, end: Day) -> str | None:
    first, last = GREGORIAN.from_day(start), GREGORIAN.from_day(end)
    if (first.year, first.month) != (last.year, last.month):
        return None
    length = GREGORIAN.month_length(first.year, first.month)
    parts = {(1, 10): "early ", (11, 20): "mid-", (21, length): "late ", (1, length): ""}
    part = parts.get((first.day, last.day))
    return None if part is None else part + month_words(first)


def _year_words(start: Day, end: Day) -> str | None:
    first, last = GREGORIAN.from_day(start), GREGORIAN.from_day(end)
    if first.day != 1 or last.day != GREGORIAN.month_length(last.year, last.month):
        return None
    months = (first.month, last.month)
    if first.year == last.year:
        parts = {(1, 4): "early ", (5, 8): "mid-", (9, 12): "late ", (1, 12): ""}
        part = parts.get(months)
        return None if part is None else part + year_words(first.year)
    decade = months == (1, 12) and first.year % 10 == 0 and last.year == first.year + 9
    return f"the {first.year}s" if decade else None


def _range_words(start: Day, end: Day) -> str:
    first, last = GREGORIAN.from_day(start), GREGORIAN.from_day(end)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_words(end)}"
    if first.day == 1 and last.day == GREGORIAN.month_length(last.year, last.month):
        year = "" if first.year == last.year else f" {year_words(first.year)}"
        return f"{MONTHS[first.month - 1]}{year} to {month_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {day_words(end)}"
    return f"{day_words(start)} to {day_words(end)}"


def year_words(year: int) -> str:
    """A year as "2026"; years before 1 count as historians do ("44 BC")."""
    return str(year) if year > 0 else f"{1 - year} BC"
