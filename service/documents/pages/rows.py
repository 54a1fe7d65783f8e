"""An event as one row of a list: the few words that say what it is, when, and who tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.documents.brief import best_source
from service.documents.dates import read_iso_day
from service.documents.exports.markup import one_line
from service.documents.jsontext import Json, JsonObject
from service.temporal.calendars import GREGORIAN
from service.temporal.interval import Day
from service.timeline.model import Certainty, Kind, Status

SAID: Mapping[str, str] = {
    Kind.STATEMENT: "said",
    Kind.PLANNED: "planned",
    Kind.STATE: "a state",
    Status.ONGOING: "ongoing",
    Status.PLANNED: "planned",
    Status.POSSIBLE: "possible",
    Status.CANCELLED: "cancelled",
    Status.DID_NOT_HAPPEN: "did not happen",
    Status.DISPUTED: "disputed",
    Certainty.ALLEGED: "alleged",
    Certainty.DENIED: "denied",
}
"""What a row says of an event that is no plain happening."""
OFF = frozenset({Status.CANCELLED, Status.DID_NOT_HAPPEN})
"""What became nothing."""
OPEN_DAYS = 62
"""Beginnings that are known no better than so many days belong to a year, not to a month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An event in a list.

    `day` is where it sorts; `is_open`: its month is not known. `datetime` is as HTML has it, empty
    where HTML has none; `quote` and `outlets` are what its best source says, and who all tell it.
    """

    id: str
    headline: str
    kind: str
    status: str
    labels: tuple[str, ...]
    is_off: bool
    when: str
    datetime: str
    date: JsonObject
    day: Day
    last: Day
    is_open: bool
    counts: str
    outlets: str
    quote: str
    language: str
    about: tuple[str, ...]


def read_row(event: JsonObject, *, day: Day, last: Day) -> Row:
    """The row of the event that a stored document tells, which sorts from `day` to `last`."""
    date = _object(event, "date")
    sources = [each for each in _list(event, "sources") if isinstance(each, Mapping)]
    best = best_source(sources) if sources else {}
    return Row(
        id=_text(event, "id"),
        headline=one_line(_text(event, "headline")),
        kind=_text(event, "kind"),
        status=_text(event, "status"),
        labels=_labels(event),
        is_off=_text(event, "status") in OFF,
        when=_text(date, "display"),
        datetime=_datetime(date),
        date=date,
        day=day,
        last=last,
        is_open=_is_open(date),
        counts=_counts(event),
        outlets=_outlets(sources),
        quote=one_line(_text(best, "quote")),
        language=_text(best, "language"),
        about=tuple(each for each in _list(event, "about") if isinstance(each, str)),
    )


def count_words(count: int, word: str) -> str:
    """A number of things.

    >>> count_words(1, "event"), count_words(1200, "event")
    ('1 event', '1,200 events')
    """
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _labels(event: JsonObject) -> tuple[str, ...]:
    told = (SAID.get(_text(event, name)) for name in ("kind", "status", "certainty"))
    return tuple(dict.fromkeys(each for each in told if each is not None))


def _counts(event: JsonObject) -> str:
    """How many sources, and how many of them stand on their own where that is fewer."""
    count, independent = (event.get(name) for name in ("source_count", "independent_source_count"))
    if not isinstance(count, int) or not isinstance(independent, int):
        return ""
    words = count_words(count, "source")
    return words if count == independent else f"{words}, {independent} independent"


def _outlets(sources: list[JsonObject]) -> str:
    names = ("publisher", "title", "url", "article_id")
    told = (next(filter(None, (_text(each, name) for name in names)), "") for each in sources)
    return ", ".join(dict.fromkeys(one_line(each) for each in told))


def _datetime(date: JsonObject) -> str:
    """The first known day, or the month or year that the date is, for `<time datetime>`."""
    start, end = _text(date, "start"), _text(date, "end")
    text = start or end
    if len(text) != 10 or text.startswith("0000"):
        return ""  # before year 1 and after 9999 HTML has no dates
    whole = start and date.get("granularity") in {"month", "year"} and start[:4] == end[:4]
    return text[: 7 if date.get("granularity") == "month" else 4] if whole else text


def _is_open(date: JsonObject) -> bool:
    """Whether the day on which it began, or was, may be of several months."""
    latest = "start_latest" if date.get("durative") is True else "end"
    sides = _text(date, "start"), _text(date, latest)
    if not all(sides):
        return False
    first, last = map(read_iso_day, sides)
    years = {GREGORIAN.from_day(each).year for each in (first, last)}
    return last - first >= OPEN_DAYS or (len(years) > 1 and last - first > OPEN_DAYS // 2)


def _text(document: JsonObject, name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) else ""


def _object(document: JsonObject, name: str) -> JsonObject:
    value = document.get(name)
    return value if isinstance(value, Mapping) else {}


def _list(document: JsonObject, name: str) -> list[Json]:
    value = document.get(name)
    return list(value) if isinstance(value, list | tuple) else []
