"""A timeline as JSON: its state and one page of its events (API.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from service.documents.dates import iso_day, iso_instant
from service.documents.jsontext import Json, JsonObject, dumps, splice, splice_fragments
from service.temporal.interval import Day


class TimelineState(Protocol):
    """What the document needs of a stored timeline."""

    @property
    def name(self) -> str:
        """The name in the address."""

    @property
    def title(self) -> str | None:
        """For people; None when nobody gave one."""

    @property
    def description(self) -> str | None:
        """For people; None when nobody gave one."""

    @property
    def timezone(self) -> str | None:
        """The IANA zone of its outlets; None when nobody gave one."""

    @property
    def revision(self) -> int:
        """The number of its last change."""

    @property
    def updated_at(self) -> float:
        """Seconds since 1970 UTC of its last change."""

    @property
    def articles(self) -> Mapping[str, int]:
        """Counts by state."""

    @property
    def events(self) -> Mapping[str, int]:
        """Counts by kind."""

    @property
    def first_day(self) -> Day | None:
        """The first day of its events; None without events."""

    @property
    def last_day(self) -> Day | None:
        """The last day of its events; None without events."""


def timeline_summary(timeline: TimelineState) -> JsonObject:
    """The timeline without its events: what a list of timelines shows."""
    found: dict[str, Json] = {
        "timeline": timeline.name,
        "revision": timeline.revision,
        "updated_at": iso_instant(timeline.updated_at),
        "pending": timeline.articles.get("accepted", 0) + timeline.articles.get("processing", 0),
        "counts": {"articles": dict(timeline.articles), "events": dict(timeline.events)},
    }
    labels = {
        "title": timeline.title,
        "description": timeline.description,
        "timezone": timeline.timezone,
    }
    found.update({name: text for name, text in labels.items() if text is not None})
    if timeline.first_day is not None and timeline.last_day is not None:
        found["span"] = {"start": iso_day(timeline.first_day), "end": iso_day(timeline.last_day)}
    return found


def timeline_document(
    timeline: TimelineState, events: Sequence[str], *, links: JsonObject, following: str | None
) -> str:
    """The text of one page: `events` are ready event texts, `following` the address of the next."""
    text = dumps({**timeline_summary(timeline), "links": links})
    if following is not None:
        text = splice(text, {"next": following})
    return splice_fragments(text, {"events": events})
