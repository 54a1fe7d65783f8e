"""An event in full, ready to be shown: its evidence, what sources differ on, how it was merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.documents.exports.markup import one_line
from service.documents.jsontext import JsonObject
from service.documents.pages.fields import (
    number_of,
    object_of,
    objects_of,
    text_of,
    texts_of,
)
from service.documents.pages.shortdates import (
    calendar_of,
    days_of,
    days_read,
    published_day,
    short_day,
    short_days,
)
from service.documents.pages.sources import Article, articles, outlet_of
from service.documents.pages.why import beside
from service.temporal.timex import Calendar

USUAL = frozenset({"happening", "happened", "ongoing", "asserted", ""})
"""What needs no word: an event is taken for one that happened unless something else is said."""
COMPARED = {
    "about": "about ",
    "more_than": "more than ",
    "at_least": "at least ",
    "less_than": "less than ",
    "at_most": "at most ",
}
LONG_NUMBER = re.compile(r"(?<![\d.])\d{4,}(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Value:
    """One side of a conflict, with those who hold it."""

    words: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What sources differ on, side by side."""

    field: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A figure that a source gives: "more than 3,000", of what, as of when, and who says so."""

    words: str
    of: str
    as_of: str
    outlet: str
    attributed_to: str


@dataclass(frozen=True, slots=True)
class Join:
    """Two sources that were taken for one event, and how alike they are, 0 to 1."""

    first: str
    second: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """An event with all that lets a reader believe it, or not.

    `beside` is its date in a calendar that a source of it counts by, empty without one; `told` how
    many articles tell it.
    """

    id: str
    headline: str
    labels: tuple[str, ...]
    when: str
    edtf: str
    confidence: float
    beside: str
    articles: tuple[Article, ...]
    told: str
    conflicts: tuple[Conflict, ...]
    figures: tuple[Count, ...]
    joins: tuple[Join, ...]
    former_ids: tuple[str, ...]
    places: tuple[str, ...]
    participants: tuple[str, ...]
    about: tuple[str, ...]
    fulfilled_by: str


def believe(event: JsonObject, originals: Mapping[str, str]) -> Belief:
    """All that the document of a single event says of why; see `articles` for `originals`."""
    date = object_of(event, "date")
    names = {
        text_of(each, "article_id"): outlet_of(each)
        for each in reversed(objects_of(event, "sources"))
    }
    told = articles(event, originals)
    return Belief(
        id=text_of(event, "id"),
        headline=one_line(text_of(event, "headline")),
        labels=_labels(event),
        when=text_of(date, "display"),
        edtf=text_of(date, "edtf"),
        confidence=number_of(date, "confidence") or 0.0,
        beside=_beside(event),
        articles=told,
        told=_told(told),
        conflicts=tuple(_conflict(each, names) for each in objects_of(event, "conflicts")),
        figures=tuple(_count(each, names) for each in objects_of(event, "figures")),
        joins=tuple(_joins(event)),
        former_ids=texts_of(event, "former_ids"),
        places=texts_of(event, "places"),
        participants=texts_of(event, "participants"),
        about=texts_of(event, "about"),
        fulfilled_by=text_of(event, "fulfilled_by"),
    )


def with_thousands(text: str) -> str:
    """`text` with long numbers in groups of three.

    >>> with_thousands("more than 3000 (person, killed)")
    'more than 3,000 (person, killed)'
    """
    return LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", text)


def _told(articles_of_it: Sequence[Article]) -> str:
    """How many articles there are, and how many of them stand on their own."""
    many, alone = len(articles_of_it), sum(each.is_independent for each in articles_of_it)
    if many == 1:
        return "one article"
    return f"{many} articles, {alone} of them independent"


def _labels(event: JsonObject) -> tuple[str, ...]:
    """What is out of the ordinary about an event, in words."""
    said = dict.fromkeys(text_of(event, name) for name in ("kind", "status", "certainty"))
    return tuple(each.replace("_", " ") for each in said if each not in USUAL)


def _beside(event: JsonObject) -> str:
    """The event's days in the first other calendar that dates a source of it."""
    dated = (
        each for one in objects_of(event, "sources") for each in objects_of(one, "expressions")
    )
    used = {calendar_of(each) for each in dated} - {Calendar.GREGORIAN}
    days = days_of(object_of(event, "date"), "start", "end")
    words = (beside(days, each) for each in sorted(used))
    return next((each for each in words if each), "")


def _conflict(document: JsonObject, names: Mapping[str, str]) -> Conflict:
    field = text_of(document, "field")
    return Conflict(
        field.replace("_", " "),
        tuple(_value(each, field, names) for each in objects_of(document, "values")),
    )


def _value(document: JsonObject, field: str, names: Mapping[str, str]) -> Value:
    said = one_line(text_of(document, "value"))
    held = (names.get(each, each) for each in texts_of(document, "article_ids"))
    return Value(_value_words(said, field), tuple(dict.fromkeys(held)))


def _value_words(said: str, field: str) -> str:
    """A value as people write it: dates in words, numbers with commas."""
    days = days_read(said)
    if days is not None:
        return short_days(days)
    if field == "figures":
        return with_thousands(said)
    return said.replace("_", " ") if field == "status" else said


def _count(document: JsonObject, names: Mapping[str, str]) -> Count:
    unit = text_of(document, "unit")
    said = COMPARED.get(text_of(document, "comparator"), "")
    least, most = number_of(document, "value"), number_of(document, "max")
    numbers = " to ".join(f"{each:,}" for each in (least, most) if each is not None)
    about = (text_of(document, "what"), text_of(document, "scope"))
    as_of = days_of(document, "as_of", "as_of")[0]
    article = text_of(document, "article_id")
    return Count(
        words=f"{said}{numbers}" + ("" if unit in {"count", ""} else f" {unit}"),
        of=", ".join(one_line(each) for each in about if each),
        as_of="" if as_of is None else short_day(as_of),
        outlet=names.get(article, article),
        attributed_to=one_line(text_of(document, "attributed_to")),
    )


def _joins(event: JsonObject) -> Iterator[Join]:
    """How the sources were joined; a pair whose sources are not there is left out."""
    sources = objects_of(event, "sources")
    for each in objects_of(event, "joined_by"):
        pair = each.get("sources")
        weight = number_of(each, "weight")
        if not isinstance(pair, list) or weight is None:
            continue
        ends = [sources[at] for at in pair if isinstance(at, int) and 0 <= at < len(sources)]
        if len(ends) == len(pair) == 2:
            yield Join(_said_by(ends[0]), _said_by(ends[1]), weight)


def _said_by(source: JsonObject) -> str:
    """A source in few words: its outlet, its day, and how it begins."""
    day = published_day(text_of(source, "published_at"))
    when = f", {day}" if day else ""
    quote = one_line(text_of(source, "quote"))
    short = quote if len(quote) <= 60 else f"{quote[:60].rpartition(' ')[0] or quote[:60]} …"
    return f"{outlet_of(source)}{when}: “{short}”"
