"""Dates of events and instants as JSON writes them (API.md, EDTF of ISO 8601-2:2019)."""

from __future__ import annotations

from datetime import UTC, datetime

from service.documents.datewords import date_words
from service.documents.jsontext import Json, JsonObject
from service.temporal.calendars import GREGORIAN
from service.temporal.interval import Day, Interval
from service.timeline.model import DateClaim


def date_document(claim: DateClaim) -> JsonObject:
    """The date of a mention or an event; an open side and what is false by nature are absent."""
    found: dict[str, Json] = {
        "durative": claim.durative,
        "granularity": claim.granularity.word,
        "approximate": claim.approximate,
        "basis": claim.basis.value,
        "inferred": claim.inferred,
        "confidence": round(claim.confidence, 3),
        "edtf": date_edtf(claim),
        "display": date_words(claim),
    }
    days = {
        "start": claim.start,
        "end": claim.end,
        "start_latest": claim.start_latest,
        "earliest": claim.earliest,
        "latest": claim.latest,
        "as_of": claim.as_of,
    }
    found.update({name: iso_day(day) for name, day in days.items() if day is not None})
    if claim.ongoing:
        found["ongoing"] = True
    return found


def date_edtf(claim: DateClaim) -> str:
    """The shown reading in EDTF: a day, a unit, an interval (durative) or one of a set.

    Durative: `2025-12-21~/2026-01-28`. Once within them: `[2025-12-21..2025-12-31]`.
    """
    start = _side(claim.start, approximate=claim.approximate)
    end = _side(claim.end, approximate=claim.approximate and not claim.durative)
    if claim.durative:
        return f"{start or '..'}/{end or '..'}"
    if claim.start is not None and claim.start == claim.end:
        mark = "%" if claim.inferred and claim.approximate else "?" if claim.inferred else ""
        return start.rstrip("~") + mark if mark else start
    if claim.start is None:
        return f"[..{end}]" if end else ".."
    if claim.end is None:
        return f"{start}/.."
    return _unit(claim) or f"[{start}..{end}]"


def bounds(interval: Interval) -> dict[str, Json]:
    """`earliest` and `latest` as inclusive days; an open side is absent."""
    sides = {"earliest": interval.first_day, "latest": interval.last_day}
    return {name: iso_day(day) for name, day in sides.items() if day is not None}


def interval_edtf(interval: Interval) -> str:
    """The days of `interval` in EDTF: one day, or both ends, with its qualifier."""
    mark = {(True, True): "%", (True, False): "~", (False, True): "?"}.get(
        (interval.approximate, interval.uncertain), ""
    )
    first, last = interval.first_day, interval.last_day
    start = ".." if first is None else iso_day(first) + mark
    end = ".." if last is None else iso_day(last) + mark
    return start if start == end else f"{start}/{end}"


def iso_day(day: Day) -> str:
    """`day` as YYYY-MM-DD, with EDTF's Y and sign outside the years 0 to 9999."""
    there = GREGORIAN.from_day(day)
    return f"{_year(there.year)}-{there.month:02}-{there.day:02}"


def iso_instant(seconds: float) -> str:
    """Seconds since 1970 UTC as RFC 3339 with milliseconds."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def _side(day: Day | None, *, approximate: bool) -> str:
    return "" if day is None else iso_day(day) + ("~" if approximate else "")


def _unit(claim: DateClaim) -> str | None:
    """A whole month or year by its short name; None for any other stretch."""
    if claim.start is None or claim.end is None or claim.approximate:
        return None
    first, last = GREGORIAN.from_day(claim.start), GREGORIAN.from_day(claim.end)
    if first.day != 1 or last.day != GREGORIAN.month_length(last.year, last.month):
        return None
    if (first.year, first.month) == (last.year, last.month):
        return f"{_year(first.year)}-{first.month:02}"
    whole_year = first.year == last.year and (first.month, last.month) == (1, 12)
    return _year(first.year) if whole_year else None


def _year(year: int) -> str:
    return f"{year:04}" if 0 <= year <= 9999 else f"Y{year}"
