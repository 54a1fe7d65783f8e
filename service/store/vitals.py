"""What operators watch in the record, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MOST_TIMELINES = 100_000
"""Timelines whose kept counts are summed: a twentieth of a second on a small machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """How the record does. `waiting` is counted up to a bound.

    `oldest_seconds` is how long the first in line has waited, None when none waits; `free_bytes`
    what is left on the disk of a SQLite file, None for a database elsewhere.
    """

    waiting: int
    oldest_seconds: float | None
    free_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The kept counts of all timelines together, of MOST_TIMELINES at most."""

    timelines: int
    articles: Mapping[str, int]
    events: Mapping[str, int]
