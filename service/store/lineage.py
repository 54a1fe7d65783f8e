"""How an event came to be: its former ids, what holds its sources together, and its changes."""

from __future__ import annotations

from dataclasses import dataclass

from service.timeline.model import EventId, Link, MentionId

DOCUMENTED = frozenset({"created", "updated"})
"""Changes whose row carries the event as it is after them."""
MOST_FORMER = 200
"""Former ids that are listed, those that lead there in the fewest steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """What an event is made of.

    `former_ids` answer under it now, sorted; `members` stand in the order of the document's
    sources; `links` are those among them.
    """

    former_ids: tuple[EventId, ...]
    members: tuple[MentionId, ...]
    links: frozenset[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChange:
    """One change of one event, as its commit wrote it.

    `at` is in seconds since 1970 UTC; `document` is the event after a creation or an update, None
    after its end. The lists are those of `timeline.plan.Change`, `fields` what an update changed.
    """

    revision: int
    at: float
    type: str
    event_id: EventId
    into: tuple[EventId, ...] = ()
    merged_from: tuple[EventId, ...] = ()
    split_into: tuple[EventId, ...] = ()
    fields: tuple[str, ...] = ()
    document: str | None = None

    @property
    def erased(self) -> bool:
        """Whether the event had a source that was erased since, so that its text went too."""
        return self.document is None and self.type in DOCUMENTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The end of an event that is not there any more.

    `revision` and `at` (seconds since 1970 UTC) are those of its last end, `document` the event as
    it was before.
    """

    event_id: EventId
    revision: int
    at: float
    document: str
