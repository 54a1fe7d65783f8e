"""What an event can be chosen by: read off its document, so that both never differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from service.documents.dates import read_iso_day
from service.documents.folding import fold
from service.documents.jsontext import JsonObject
from service.temporal.interval import Day

MOST_SEARCHED = 20_000
"""Characters of an event's folded text that `q` looks at."""
FIELD_END = " | "
"""Between two fields of the searched text: no phrase reaches across, for no word holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """The values that filters and orders compare.

    `publishers` are folded, `languages` primary language subtags. `text` are the folded headline,
    participants, places, publishers and quotes, each between two FIELD_END.
    """

    kind: str
    status: str
    basis: str
    granularity: str
    confidence: float
    salience: float
    sources: int
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    text: str = ""


def traits_of(document: JsonObject, *, text: bool = True) -> Traits:
    """The traits of an event from its document; `text` is what takes time, and can be left out."""
    date = cast("JsonObject", document["date"])
    told = cast("list[JsonObject]", document["sources"])
    return Traits(
        kind=str(document["kind"]),
        status=str(document["status"]),
        basis=str(date["basis"]),
        granularity=str(date["granularity"]),
        confidence=float(str(date["confidence"])),
        salience=float(str(document["salience"])),
        sources=int(str(document["independent_source_count"])),
        publishers=_sorted(publisher_key(name) for name in _values(told, "publisher")),
        languages=_sorted(primary_language(tag) for tag in _values(told, "language")),
        text=_searched(document, told) if text else "",
    )


def days_of(document: JsonObject) -> tuple[Day | None, Day | None]:
    """First and last day of an event, both included, as filters take them; an open side is None.

    They are those that are shown; where one is open, the bound that the text proves stands for it.
    """
    date = cast("Mapping[str, str]", document["date"])
    first, last = _day(date, "start", "earliest"), _day(date, "end", "latest")
    return first, last if first is None or last is None else max(first, last)


def publisher_key(name: str) -> str:
    """The name of an outlet as it is compared; one without any word is compared as it is."""
    return fold(name) or name.strip()


def primary_language(tag: str) -> str:
    """The language of a BCP 47 tag: `en` of `en-GB`."""
    return tag.partition("-")[0].lower()


def _day(date: Mapping[str, str], *names: str) -> Day | None:
    return next((read_iso_day(date[name]) for name in names if name in date), None)


def _searched(document: JsonObject, told: list[JsonObject]) -> str:
    fields = (
        str(document["headline"]),
        *cast("list[str]", document.get("participants", ())),
        *cast("list[str]", document.get("places", ())),
        *_values(told, "publisher"),
        *_values(told, "quote"),
    )
    folded = dict.fromkeys(found for text in fields if (found := fold(text)))
    whole = FIELD_END.join(("", *folded, ""))
    return whole if len(whole) <= MOST_SEARCHED else whole[:MOST_SEARCHED].rpartition(" ")[0] + " "


def _values(told: list[JsonObject], name: str) -> Iterator[str]:
    return (str(each[name]) for each in told if each.get(name))


def _sorted(values: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
