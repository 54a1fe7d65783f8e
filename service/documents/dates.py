"""Dates of events and instants as JSON writes them (API.md, EDTF of ISO 8601-2:2019)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

from service.documents.datewords import date_words
from service.documents.jsontext import Json, JsonObject, known
from service.temporal.calendars import GREGORIAN
from service.temporal.edtf import interval_edtf
from service.temporal.interval import Day, Interval, days
from service.timeline.model import DateClaim, Mention

SIDES = ("start", "end", "start_latest", "earliest", "latest")
"""The days of a claim, in the order in which a document gives them."""

_DAY = re.compile(r"Y?(-?\d+)-(\d\d)-(\d\d)")


def date_document(claim: DateClaim) -> JsonObject:
    """The date of an event or a mention; an open side and what is false by nature are absent."""
    sides = {name: getattr(claim, name) for name in SIDES}
    return known(
        {
            **{name: None if day is None else iso_day(day) for name, day in sides.items()},
            "durative": claim.durative,
            "ongoing": claim.ongoing or None,
            "as_of": None if claim.as_of is None else iso_day(claim.as_of),
            "edtf": date_edtf(claim),
            "granularity": claim.granularity.word,
            "approximate": claim.approximate,
            "basis": claim.basis.value,
            "inferred": claim.inferred,
            "confidence": round(claim.confidence, 3),
            "display": date_words(claim),
        }
    )


def told_date_document(mention: Mention) -> JsonObject:
    """The date of a mention with the plain sentences that say how it was found."""
    return {**date_document(mention.date), "derivation": list(mention.derivation)}


def date_edtf(claim: DateClaim) -> str:
    """The shown reading in EDTF: a day, a unit, an interval (durative) or one of a set.

    Durative: `2025-12-21~/2026-01-28`. Once within them: `[2025-12-21..2025-12-31]`.
    """
    if claim.durative:
        start = _side(claim.start) + ("~" if claim.approximate and claim.start is not None else "")
        return f"{start}/{_side(claim.end)}"
    if claim.end is None:
        return f"{_side(claim.start)}/.."
    if claim.start is None:
        return f"[..{_side(claim.end)}]"
    once = days(claim.start, claim.end)
    text = interval_edtf(once, one_of=True)
    mark = {(True, True): "%", (True, False): "?", (False, True): "~"}.get(
        (claim.inferred, claim.approximate), ""
    )
    return text if text.startswith("[") else text + mark


def bounds(interval: Interval) -> dict[str, Json]:
    """`earliest` and `latest` as inclusive days; an open side is absent."""
    sides = {"earliest": interval.first_day, "latest": interval.last_day}
    return {name: iso_day(day) for name, day in sides.items() if day is not None}


@lru_cache(maxsize=4096)
def iso_day(day: Day) -> str:
    """`day` as YYYY-MM-DD, with EDTF's Y and sign outside the years 0 to 9999."""
    there = GREGORIAN.from_day(day)
    year = f"{there.year:04}" if 0 <= there.year <= 9999 else f"Y{there.year}"
    return f"{year}-{there.month:02}-{there.day:02}"


@lru_cache(maxsize=4096)
def read_iso_day(text: str) -> Day:
    """The day that `iso_day` writes so; raises ValueError for any other text.

    >>> read_iso_day("1970-01-02"), read_iso_day("Y-1-12-31") < 0
    (1, True)
    """
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(f"'{text}' is no day of a document: use YYYY-MM-DD")
    year, month, of_month = map(int, found.groups())
    return GREGORIAN.to_day(year, month, of_month)


def iso_instant(seconds: float) -> str:
    """Seconds since 1970 UTC as RFC 3339 with milliseconds."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def _side(day: Day | None) -> str:
    return ".." if day is None else iso_day(day)
