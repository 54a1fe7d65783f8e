"""A timeline as JSON: its state and one page of its events (API.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from service.documents.dates import iso_day, iso_instant
from service.documents.jsontext import JsonObject, dumps, known, splice, splice_fragments
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
    def public(self) -> bool:
        """Whether everyone may read it."""

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
    pending = sum(timeline.articles.get(state, 0) for state in ("accepted", "processing"))
    return known(
        {
            "timeline": timeline.name,
            "title": timeline.title,
            "description": timeline.description,
            "timezone": timeline.timezone,
            "public": timeline.public,
            "revision": timeline.revision,
            "updated_at": iso_instant(timeline.updated_at),
            "pending": pending,
            "counts": {"articles": dict(timeline.articles), "events": dict(timeline.events)},
            "span": _span(timeline),
        }
    )


def timeline_document(
    timeline: TimelineState,
    events: Sequence[str],
    *,
    links: JsonObject,
    following: str | None,
    moved_from: int | None = None,
) -> str:
    """The text of one page: `events` are ready event texts, `following` the address of the next.

    `moved_from` is the revision of the first page when the timeline changed since.
    """
    text = splice_fragments(dumps(timeline_summary(timeline)), {"events": events})
    return splice(text, known({"moved_from": moved_from, "next": following, "links": links}))


def _span(timeline: TimelineState) -> JsonObject | None:
    if timeline.first_day is None or timeline.last_day is None:
        return None
    return {"start": iso_day(timeline.first_day), "end": iso_day(timeline.last_day)}
