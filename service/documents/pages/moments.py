"""Moments in words, for people: when something was published, or changed."""

from __future__ import annotations

from datetime import UTC, datetime

from service.documents.datewords import MONTHS


def moment_words(seconds: float) -> str:
    """Seconds since 1970 UTC as people write a moment.

    >>> moment_words(1_772_292_000.0)
    '28 February 2026, 15:20 UTC'
    """
    return f"{_words(datetime.fromtimestamp(seconds, UTC))} UTC"


def published_words(published_at: str) -> str:
    """A date of publication as it was posted, in words; as it is where it is none.

    >>> published_words("2026-01-27T18:05:00+02:00"), published_words("2026-01-27")
    ('27 January 2026, 18:05 (UTC+02:00)', '27 January 2026')
    """
    try:
        at = datetime.fromisoformat(published_at)
    except ValueError:
        return published_at
    if len(published_at) <= len("2026-01-27"):
        return _day(at)
    return f"{_words(at)} ({at.tzname()})" if at.tzinfo is not None else _words(at)


def _words(at: datetime) -> str:
    return f"{_day(at)}, {at:%H:%M}"


def _day(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"
