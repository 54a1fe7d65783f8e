"""An article for people: its text in paragraphs, with all that was read in it where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from service.documents.jsontext import JsonObject
from service.documents.pages.readings import DateRead, EventRead, dates_read, events_read
from service.documents.pages.runs import Mark, cut, marks_within, paragraphs

DATE, CLAUSE, SKIPPED = "date", "clause", "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a paragraph.

    `date` is what was read there, `leads` that it is its first piece; `tells` is the innermost
    event whose clause it belongs to, and `notes` those whose clause ends with it.
    """

    text: str
    date: DateRead | None = None
    leads: bool = False
    tells: EventRead | None = None
    notes: tuple[EventRead, ...] = ()
    skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """What the page of an article shows of it as read."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    dates: tuple[DateRead, ...]
    events: tuple[EventRead, ...]
    notices: tuple[str, ...]
    skipped: tuple[str, ...]
    """Why parts of it were left out, each reason once."""


def article_view(article: JsonObject) -> ArticleView:
    """The view of a parsed article document."""
    dates, events = dates_read(article), events_read(article)
    text = str(article.get("text") or "")
    places = paragraphs(text)
    marks = tuple(_marks(article, dates, events))
    read: dict[str, DateRead | EventRead] = {each.key: each for each in dates}
    read |= {each.key: each for each in events}
    told = [
        tuple(_pieces(text[start:end], own, read, offset=start))
        for (start, end), own in zip(places, marks_within(places, marks), strict=True)
    ]
    return ArticleView(
        paragraphs=tuple(_settled(told)),
        dates=dates,
        events=events,
        notices=tuple(str(each["says"]) for each in _list(article, "notices")),
        skipped=tuple(dict.fromkeys(str(each["why"]) for each in _list(article, "skipped"))),
    )


def _marks(
    article: JsonObject, dates: Sequence[DateRead], events: Sequence[EventRead]
) -> Iterator[Mark]:
    """What is marked in the text; what the title tells stands in the list alone."""
    for date, found in zip(dates, _list(article, "expressions"), strict=True):
        yield _mark(found, DATE, date.key)
    for event, found in zip(events, _list(article, "mentions"), strict=True):
        if not event.in_title:
            yield _mark(cast("JsonObject", found["clause"]), CLAUSE, event.key)
    for left in _list(article, "skipped"):
        yield _mark(left, SKIPPED, "")


def _mark(place: JsonObject, kind: str, key: str) -> Mark:
    start, end = (int(cast("int", place[name])) for name in ("start", "end"))
    return Mark(start, end, kind, key)


def _pieces(
    text: str, marks: Iterable[Mark], read: dict[str, DateRead | EventRead], *, offset: int
) -> Iterator[Piece]:
    """The runs of a paragraph with what was read in them, the innermost where several meet."""
    for run in cut(text, marks, offset=offset):
        found = {mark.kind: mark for mark in run.marks}
        date, clause = found.get(DATE), found.get(CLAUSE)
        ends = [read[mark.key] for mark in run.ends if mark.kind == CLAUSE]
        yield Piece(
            text=run.text,
            date=None if date is None else cast("DateRead", read[date.key]),
            tells=None if clause is None else cast("EventRead", read[clause.key]),
            notes=tuple(cast("list[EventRead]", ends)),
            skipped=SKIPPED in found,
        )


def _settled(told: Sequence[Sequence[Piece]]) -> Iterator[tuple[Piece, ...]]:
    """The paragraphs, with one piece that leads for each date and one note for each event.

    A clause that goes on in another paragraph has its note where it ends at last.
    """
    last = {note.key: at for at, some in enumerate(told) for piece in some for note in piece.notes}
    led: set[str] = set()
    for at, some in enumerate(told):
        settled = []
        for piece in some:
            leads = piece.date is not None and piece.date.key not in led
            led |= {piece.date.key} if piece.date is not None else set()
            notes = tuple(note for note in piece.notes if last[note.key] == at)
            settled.append(replace(piece, leads=leads, notes=notes))
        yield tuple(settled)


def _list(document: JsonObject, name: str) -> Sequence[JsonObject]:
    return cast("Sequence[JsonObject]", document.get(name) or ())
