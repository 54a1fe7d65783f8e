"""A timeline in a list for people: what it is called, what it spans, how much it holds."""

from __future__ import annotations

from dataclasses import dataclass

from service.documents.dates import iso_instant
from service.documents.datewords import stretch_words
from service.documents.pages.moments import moment_words
from service.documents.timeline import TimelineState

WAITING = ("accepted", "processing")
KEPT = (*WAITING, "processed", "failed")
"""States of articles that count as there: what was retracted does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineCard:
    """What the list shows of one timeline; `span` is empty while it has no events."""

    name: str
    title: str
    description: str
    span: str
    holds: str
    waits: str
    """What is still to be read, empty when nothing is."""
    updated: str
    updated_at: str
    private: bool


def timeline_card(timeline: TimelineState) -> TimelineCard:
    """The timeline as the list shows it."""
    first, last = timeline.first_day, timeline.last_day
    return TimelineCard(
        name=timeline.name,
        title=timeline.title or timeline.name,
        description=timeline.description or "",
        span="" if first is None or last is None else stretch_words(first, last),
        holds=_holds(timeline),
        waits=_waits(sum(timeline.articles.get(state, 0) for state in WAITING)),
        updated=moment_words(timeline.updated_at),
        updated_at=iso_instant(timeline.updated_at),
        private=not timeline.public,
    )


def counted(count: int, what: str) -> str:
    """How many, in words of a list.

    >>> counted(1, "event"), counted(1200, "event")
    ('1 event', '1,200 events')
    """
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _holds(timeline: TimelineState) -> str:
    events = counted(sum(timeline.events.values()), "event")
    articles = sum(timeline.articles.get(state, 0) for state in KEPT)
    return f"{events} from {counted(articles, 'article')}"


def _waits(count: int) -> str:
    return f"{counted(count, 'article')} to be read" if count else ""
