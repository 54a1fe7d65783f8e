"""What was read in an article, in words: each date with its reasons, each event that it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from service.documents.dates import read_iso_day
from service.documents.datewords import day_words, stretch_words
from service.documents.jsontext import JsonObject
from service.documents.pages.shortdates import calendar_of, days_of
from service.documents.pages.why import beside

KINDS: Mapping[str, str] = {
    "DURATION": "a length of time",
    "SET": "again and again",
}
"""What an expression without days of its own says, by its type."""
STATUSES: Mapping[str, str] = {
    "planned": "planned",
    "possible": "possible",
    "cancelled": "called off",
    "did_not_happen": "did not happen",
    "disputed": "disputed",
    "ongoing": "going on",
}
"""What is worth saying of how far something came."""

_OTHER_WAY = re.compile(r"'([^']*[\u0590-\u08ff][^']*)'")
"""What a sentence quotes of a script that runs from the right: it keeps its own order there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRead:
    """An expression of time and what was read in it; `key` names it on the page."""

    key: str
    text: str
    words: str
    reasons: tuple[str, ...]
    others: tuple[str, ...]
    """Other readings, the likelier first."""
    beside: str
    """The same as the source's own calendar counts it; empty for the Gregorian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRead:
    """A clause that tells of something; `event_id` is None while it belongs to no event."""

    key: str
    number: int
    event_id: str | None
    text: str
    words: str
    label: str
    """"planned", "did not happen", "said"; empty for what simply happened."""
    reasons: tuple[str, ...]
    in_title: bool


def dates_read(article: JsonObject) -> tuple[DateRead, ...]:
    """The expressions of a parsed article document, in order."""
    return tuple(
        DateRead(
            key=f"d{number}",
            text=str(each["text"]),
            words=expression_words(each),
            reasons=tuple(_sentence(str(step["says"])) for step in _list(each, "derivation")),
            others=tuple(_others(each)),
            beside=beside(days_of(each), calendar_of(each)),
        )
        for number, each in enumerate(_list(article, "expressions"), 1)
    )


def events_read(article: JsonObject) -> tuple[EventRead, ...]:
    """The mentions of a parsed article document, in order."""
    return tuple(_event(each, number) for number, each in enumerate(_list(article, "mentions"), 1))


def expression_words(expression: JsonObject) -> str:
    """What was read in an expression: its days, or what kind of time it is."""
    days = _days_words(expression)
    if days is not None:
        return days
    anchor = cast("JsonObject", expression.get("anchor") or {})
    if anchor.get("kind") == "event":
        return f"hangs on when this was: '{anchor.get('text')}'"
    return KINDS.get(str(expression["type"]), "no day could be told")


def status_label(kind: str, status: str) -> str:
    """What tells a mention or an event from one that simply happened; empty for that.

    >>> status_label("happening", "planned"), status_label("statement", "happened")
    ('planned', 'said')
    """
    label = STATUSES.get(status, "")
    return label or ("said" if kind == "statement" else "")


def _event(mention: JsonObject, number: int) -> EventRead:
    quote, start = str(mention["quote"]), _whole(mention, "start")
    clause, date = _inner(mention, "clause"), _inner(mention, "date")
    told = quote[_whole(clause, "start") - start : _whole(clause, "end") - start]
    event_id = mention.get("event_id")
    return EventRead(
        key=f"m{number}",
        number=number,
        event_id=None if event_id is None else str(event_id),
        text=" ".join((told or quote).split()),
        words=str(date["display"]),
        label=status_label(str(mention["kind"]), str(mention["status"])),
        reasons=tuple(_sentence(each) for each in cast("Sequence[str]", date["derivation"])),
        in_title=mention.get("in") == "title",
    )


def _others(expression: JsonObject) -> Iterator[str]:
    """Readings besides the one that is shown, with how likely each is."""
    for each in _list(expression, "candidates"):
        words = _days_words(each)
        if words is not None and each.get("edtf") != expression.get("edtf"):
            yield f"{words} ({round(100 * float(cast('float', each['confidence'])))} %)"


def _days_words(reading: JsonObject) -> str | None:
    first, last = reading.get("earliest"), reading.get("latest")
    if first is not None and last is not None:
        return stretch_words(read_iso_day(str(first)), read_iso_day(str(last)))
    if first is not None:
        return f"from {day_words(read_iso_day(str(first)))} on"
    return None if last is None else f"until {day_words(read_iso_day(str(last)))}"


def _sentence(says: str) -> str:
    """A reason as a sentence stands among others.

    >>> _sentence("by the day before"), _sentence("'Tuesday' is the last one.")
    ('By the day before.', "'Tuesday' is the last one.")
    """
    said = _OTHER_WAY.sub("'\u2068\\1\u2069'", says[:1].upper() + says[1:])
    return said if said.endswith((".", "?", "!")) else f"{said}."


def _list(document: JsonObject, name: str) -> Sequence[JsonObject]:
    return cast("Sequence[JsonObject]", document.get(name) or ())


def _inner(document: JsonObject, name: str) -> JsonObject:
    return cast("JsonObject", document[name])


def _whole(document: JsonObject, name: str) -> int:
    return int(cast("int", document[name]))
