"""Other date finders in the form that `dates.py` takes, as far as they are installed here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dateparser.search import search_dates


def dateparser_search(text: str, reference: dt.date) -> Iterator[tuple[int, int, str, str]]:
    """The search of dateparser over English text: past preferred, the day as grain."""
    settings = {
        "RELATIVE_BASE": dt.datetime.combine(reference, dt.time()),
        "PREFER_DATES_FROM": "past",
    }
    position = 0
    for found, moment in search_dates(text, languages=["en"], settings=settings) or ():
        start = text.find(found, position)
        if start >= 0:
            position = start + len(found)
            yield start, position, "DATE", moment.date().isoformat()
