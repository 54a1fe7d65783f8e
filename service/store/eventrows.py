"""Events as they cross the door of the record: on their way in, and as they are read back."""

from __future__ import annotations

from dataclasses import dataclass

from service.documents.traits import Traits
from service.temporal.interval import Day
from service.timeline.model import EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event as stored: its sort key, its members and its document without revision and links.

    `sort_start` and `sort_end` order events by day; an open start sorts by its end.
    """

    id: EventId
    sort_start: Day
    sort_end: Day
    earliest: Day | None
    latest: Day | None
    traits: Traits
    document: str
    changed_fields: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What it is, as told."""
        return self.traits.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event as read back."""

    id: EventId
    sort_start: Day
    sort_end: Day
    salience: float
    revision: int
    document: str
