"""Event documents (API.md) as the typed values that all exports read.

What a document of an older version leaves out is empty here; nothing is ever made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from service.documents.brief import best_source
from service.documents.datewords import MONTHS
from service.documents.jsontext import Json, JsonObject
from service.temporal.publication import utc_seconds

_DAY = re.compile(r"Y?(-?\d+)-(\d\d)-(\d\d)", re.ASCII)


class CivilDate(NamedTuple):
    """A day of the proleptic Gregorian calendar; year 0 is 1 BC."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """When an event was, as its document says; an open side is None."""

    start: CivilDate | None
    end: CivilDate | None
    start_latest: CivilDate | None
    durative: bool
    ongoing: bool
    approximate: bool
    inferred: bool
    edtf: str
    display: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One sentence of one article; a text that is not known is empty."""

    article_id: str
    publisher: str
    title: str
    url: str
    published_at: str
    quote: str
    attributed_to: str

    @property
    def outlet(self) -> str:
        """Who tells it, by the best name there is."""
        return self.publisher or self.title or self.url or self.article_id

    @property
    def published_day(self) -> str:
        """The day of publication as posted, in words; empty when unknown."""
        day = read_day(self.published_at[:10])
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The picture of an event."""

    url: str
    alt: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event with when it changed last, in seconds since 1970 UTC.

    `best` is the source to quote when one is enough; `conflicts` are sentences; `document` is what
    all of it was read from.
    """

    id: str
    headline: str
    kind: str
    status: str
    certainty: str
    date: Date
    sources: tuple[Source, ...]
    best: Source | None
    conflicts: tuple[str, ...]
    participants: tuple[str, ...]
    places: tuple[str, ...]
    picture: Picture | None
    revision: int
    changed_at: float
    document: JsonObject

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who tells it, each once."""
        return tuple(dict.fromkeys(each.outlet for each in self.sources))

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where it can be read, each article once."""
        return tuple(dict.fromkeys(each.url for each in self.sources if each.url))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is out of the ordinary: no happening, not happened, not asserted."""
        usual = {"happening", "happened", "ongoing", "asserted", ""}
        said = dict.fromkeys((self.kind, self.status, self.certainty))
        return tuple(each.replace("_", " ") for each in said if each not in usual)


def read_event(document: JsonObject, *, revision: int, changed_at: float | None) -> Told:
    """The event that `document` (as stored) tells.

    When it changed is None where the record no longer knows: then it counts from its latest source.
    """
    told = _objects(document, "sources")
    sources = tuple(map(_source, told))
    names = {each.article_id: each.outlet for each in reversed(sources)}
    return Told(
        id=_text(document, "id"),
        headline=_text(document, "headline"),
        kind=_text(document, "kind"),
        status=_text(document, "status"),
        certainty=_text(document, "certainty"),
        date=_date(_object(document, "date")),
        sources=sources,
        best=_source(best_source(told)) if told else None,
        conflicts=tuple(_conflict(each, names) for each in _objects(document, "conflicts")),
        participants=_texts(document, "participants"),
        places=_texts(document, "places"),
        picture=_picture(_object(document, "image")),
        revision=revision,
        changed_at=_last_published(sources) if changed_at is None else changed_at,
        document=document,
    )


def read_day(text: str) -> CivilDate | None:
    """The day that a document writes as YYYY-MM-DD (Y and a sign beyond 0 to 9999), else None.

    >>> read_day("Y-43-03-15")
    CivilDate(year=-43, month=3, day=15)
    """
    found = _DAY.fullmatch(text)
    return CivilDate(*map(int, found.groups())) if found else None


def _date(document: JsonObject) -> Date:
    return Date(
        start=read_day(_text(document, "start")),
        end=read_day(_text(document, "end")),
        start_latest=read_day(_text(document, "start_latest")),
        durative=document.get("durative") is True,
        ongoing=document.get("ongoing") is True,
        approximate=document.get("approximate") is True,
        inferred=document.get("inferred") is True,
        edtf=_text(document, "edtf"),
        display=_text(document, "display"),
    )


def _source(document: JsonObject) -> Source:
    return Source(
        article_id=_text(document, "article_id"),
        publisher=_text(document, "publisher"),
        title=_text(document, "title"),
        url=_text(document, "url"),
        published_at=_text(document, "published_at"),
        quote=_text(document, "quote"),
        attributed_to=_text(document, "attributed_to"),
    )


def _last_published(sources: Sequence[Source]) -> float:
    told = [utc_seconds(each.published_at) for each in sources if each.published_at]
    return max(told, default=0)


def _conflict(document: JsonObject, names: Mapping[str, str]) -> str:
    values = [
        f"{_text(each, 'value')} ({', '.join(_who(each, names))})"
        for each in _objects(document, "values")
    ]
    return f"Sources differ on {_text(document, 'field').replace('_', ' ')}: {'; '.join(values)}"


def _who(value: JsonObject, names: Mapping[str, str]) -> Sequence[str]:
    ids = _texts(value, "article_ids")
    return tuple(dict.fromkeys(names.get(each, each) for each in ids))


def _picture(document: JsonObject) -> Picture | None:
    url = _text(document, "url")
    if not url:
        return None
    return Picture(url=url, alt=_text(document, "alt"), credit=_text(document, "credit"))


def _text(document: JsonObject, name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) else ""


def _texts(document: JsonObject, name: str) -> tuple[str, ...]:
    return tuple(each for each in _list(document, name) if isinstance(each, str))


def _object(document: JsonObject, name: str) -> JsonObject:
    value = document.get(name)
    return value if isinstance(value, Mapping) else {}


def _objects(document: JsonObject, name: str) -> tuple[JsonObject, ...]:
    return tuple(each for each in _list(document, name) if isinstance(each, Mapping))


def _list(document: JsonObject, name: str) -> Sequence[Json]:
    value = document.get(name)
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()
