"""Days in few words: "27 Jan 2026", "Tue 27 Jan 2026", and as another calendar counts them."""

from __future__ import annotations

import re

from service.documents.dates import read_iso_day
from service.documents.datewords import MONTHS, day_words, year_words
from service.documents.jsontext import JsonObject
from service.documents.pages.fields import text_of
from service.temporal.calendar_names import CALENDAR_NAMES, MONTH_NAMES
from service.temporal.calendars import GREGORIAN, system, weekday
from service.temporal.interval import Day
from service.temporal.timex import Calendar

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ZONE = re.compile(r"T(\d\d:\d\d)(?::[\d.,]+)?(Z|[+-]\d\d:\d\d)", re.IGNORECASE | re.ASCII)

Days = tuple[Day | None, Day | None]
"""First and last day, both included; None where a side is open."""


def short_day(day: Day) -> str:
    """A day as "27 Jan 2026"."""
    there = GREGORIAN.from_day(day)
    return f"{there.day} {MONTHS[there.month - 1][:3]} {year_words(there.year)}"


def short_weekday(day: Day) -> str:
    """A day as "Tue 27 Jan 2026"."""
    return f"{WEEKDAYS[weekday(day)]} {short_day(day)}"


def short_days(days: Days) -> str:
    """Days as "27 Jan 2026" or "21 to 31 Dec 2025"; empty when both sides are open."""
    first, last = days
    if first is None or last is None:
        return _open(first, last)
    if first == last:
        return short_day(first)
    one, other = GREGORIAN.from_day(first), GREGORIAN.from_day(last)
    start = short_day(first)
    if one.year == other.year:
        alike = one.month == other.month
        start = f"{one.day}" if alike else f"{one.day} {MONTHS[one.month - 1][:3]}"
    return f"{start} to {short_day(last)}"


def days_of(document: JsonObject, first: str = "earliest", last: str = "latest") -> Days:
    """The days that the fields `first` and `last` of a document give."""
    return _day(text_of(document, first)), _day(text_of(document, last))


def days_read(text: str) -> Days | None:
    """The days that a value of a document is, "2026-01-03" or two of them with "/"; else None.

    >>> days_read("in March") is None
    True
    """
    first, _, last = text.partition("/")
    days = _day(first), _day(last or first)
    return None if None in days else days


def published_words(published_at: str) -> str:
    """A publication as posted, in its own zone: "27 January 2026, 18:05 (UTC+02:00)".

    >>> published_words("2026-01-28"), published_words("2026-01-28T00:25:00Z")
    ('28 January 2026', '28 January 2026, 00:25 (UTC)')
    """
    day = _day(published_at[:10])
    if day is None:
        return published_at
    clock = ZONE.match(published_at, 10)
    if clock is None:
        return day_words(day)
    zone = "" if clock[2] in {"Z", "z", "+00:00"} else clock[2]
    return f"{day_words(day)}, {clock[1]} (UTC{zone})"


def published_day(published_at: str) -> str:
    """The day of a publication as posted, "27 Jan 2026"; empty when unknown."""
    day = _day(published_at[:10])
    return "" if day is None else short_day(day)


def calendar_of(document: JsonObject) -> Calendar:
    """The calendar that an expression counts by; an unknown one counts as the Gregorian."""
    known = {each.value: each for each in Calendar}
    return known.get(text_of(document, "calendar"), Calendar.GREGORIAN)


def calendar_name(calendar: Calendar) -> str:
    """The name in words: "Solar Hijri calendar"."""
    return CALENDAR_NAMES[calendar]


def calendar_words(days: Days, calendar: Calendar) -> str:
    """Days as `calendar` counts them: "8 Dey 1404", "Dey 1404", "1404".

    Empty where a side is open or the calendar does not reach.
    """
    first, last = days
    if first is None or last is None:
        return ""
    try:
        return _counted(first, last, calendar)
    except (ValueError, IndexError, KeyError, OverflowError):
        return ""  # tables of some calendars end


def _counted(first: Day, last: Day, calendar: Calendar) -> str:
    counts, months = system(calendar), MONTH_NAMES[calendar]
    one, other, after = (counts.from_day(each) for each in (first, last, Day(last + 1)))
    begins, ends = one.day == 1, after.day == 1
    if begins and ends and one.month == after.month == 1 and one.year == other.year:
        return str(one.year)
    if begins and ends and (one.year, one.month) == (other.year, other.month):
        return f"{months[one.month - 1]} {one.year}"
    start = f"{one.day} {months[one.month - 1]} {one.year}"
    if first == last:
        return start
    return f"{start} to {other.day} {months[other.month - 1]} {other.year}"


def _open(first: Day | None, last: Day | None) -> str:
    if first is not None:
        return f"from {short_day(first)} on"
    return "" if last is None else f"until {short_day(last)}"


def _day(text: str) -> Day | None:
    try:
        return read_iso_day(text)
    except ValueError:
        return None
