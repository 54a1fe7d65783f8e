"""Moments in words, for people."""

from __future__ import annotations

from datetime import UTC, datetime

from service.documents.datewords import MONTHS


def moment_words(seconds: float) -> str:
    """Seconds since 1970 UTC as people write a moment.

    >>> moment_words(1_772_292_000.0)
    '28 February 2026, 15:20 UTC'
    """
    at = datetime.fromtimestamp(seconds, UTC)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H:%M} UTC"
