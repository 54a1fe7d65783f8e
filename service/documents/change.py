"""A change as JSON: what became of an event at one revision (API.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from service.documents.dates import iso_instant
from service.documents.event import served_event
from service.documents.jsontext import JsonObject, dumps, splice, splice_fragment, splice_fragments
from service.documents.links import event_links


class Changed(Protocol):
    """What the document needs of a stored change."""

    @property
    def revision(self) -> int:
        """Its number in the timeline."""

    @property
    def at(self) -> float:
        """Seconds since 1970 UTC."""

    @property
    def type(self) -> str:
        """created, updated, merged, split or removed; left, where a filter is."""

    @property
    def event_id(self) -> str:
        """The event that changed."""

    @property
    def into(self) -> Sequence[str]:
        """What it became part of, or fell into."""

    @property
    def merged_from(self) -> Sequence[str]:
        """The events that ended in it."""

    @property
    def split_into(self) -> Sequence[str]:
        """The others that got a part of it."""

    @property
    def fields(self) -> Sequence[str]:
        """What an update changed."""

    @property
    def erased(self) -> bool:
        """Whether the event went with an article that was erased."""


def change_document(change: Changed, event: str | None) -> str:
    """The text of a change; `event` is the ready text of the event after it, None after its end."""
    lists = {
        "fields": change.fields,
        "into": change.into,
        "merged_from": change.merged_from,
        "split_into": change.split_into,
    }
    said: JsonObject = {
        "revision": change.revision,
        "at": iso_instant(change.at),
        "type": change.type,
        "event_id": change.event_id,
        **{name: list(values) for name, values in lists.items() if values},
        **({"erased": True} if change.erased else {}),
    }
    text = dumps(said)
    return text if event is None else splice_fragment(text, "event", event)


def told_change(change: Changed, timeline: str, document: str | None) -> str:
    """The text of a change as it is read; `document` is the stored text of the event after it."""
    if document is None:
        return change_document(change, None)
    links = event_links(change.event_id, timeline)
    return change_document(change, served_event(document, revision=change.revision, links=links))


def changes_document(
    timeline: str, changes: Sequence[str], rest: JsonObject, *, revision: int, until: int
) -> str:
    """The text of one page of the changes of a timeline; `changes` are ready texts."""
    head = dumps({"timeline": timeline, "revision": revision, "until": until})
    return splice(splice_fragments(head, {"changes": changes}), rest)


def history_document(event_id: str, changes: Sequence[str], rest: JsonObject) -> str:
    """The text of one page of an event's history; `changes` are ready texts, oldest first."""
    text = splice_fragments(dumps({"event_id": event_id}), {"history": changes})
    return splice(text, rest)
