"""The days between which a timeline is asked for: `from` and `to` of a query."""

from __future__ import annotations

from service.documents.jsontext import JsonObject
from service.errors import InvalidInputError, Violation
from service.temporal.edtf import read_edtf
from service.temporal.interval import Day, Interval

LONGEST = 32
FURTHEST = 10**12
"""Days from 1970 in either direction that the store is asked for."""


def read_days(query: JsonObject) -> tuple[Day | None, Day | None]:
    """First and last day, both included, of what `from_` and `to` name; None where not given.

    A month or year stands for its first day in `from` and its last in `to`. Raises
    InvalidInputError for what is neither, and for an end before its start.
    """
    first, last = _read(query, "from_"), _read(query, "to")
    start = None if first is None else first.first_day
    end = None if last is None else last.last_day
    if start is not None and end is not None and start > end:
        raise InvalidInputError(Violation("to", "ends before `from` begins", "query"))
    return start, end


def _read(query: JsonObject, name: str) -> Interval | None:
    text = query.get(name)
    if text is None:
        return None
    try:
        found = read_edtf(str(text)[:LONGEST])
    except ValueError:
        found = None
    if found is not None and found.start is not None and found.end is not None:
        days = (found.start // 86_400, found.end // 86_400)
        if max(map(abs, days)) < FURTHEST and "/" not in str(text):
            return found
    raise InvalidInputError(
        Violation(
            name.rstrip("_"),
            "is no day, month or year: use 2026-01-27, 2026-01 or 2026",
            "query",
        )
    )
