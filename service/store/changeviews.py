"""Changes as a reader with a filter sees them: what comes in, what goes on, and what has left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from service.documents.jsontext import JsonObject, read_object
from service.store.changelog import ChangeLog
from service.store.eventfits import fits
from service.store.eventquery import EventQuery
from service.store.lineage import StoredChange

LEFT = "left"
"""The type of a change by which an event no longer fits; it carries no event."""


def view_changes(
    log: ChangeLog, timeline: str, changes: Sequence[StoredChange], query: EventQuery | None
) -> tuple[StoredChange, ...]:
    """Those of `changes` that a reader of `query` is told, in their order, as they are told."""
    if query is None or query.is_all:
        return tuple(changes)
    asked = [each for each in changes if needs_former(each, query)]
    former = log.read_former(timeline, asked) if asked else {}
    seen = (view_change(each, query, former) for each in changes)
    return tuple(each for each in seen if each is not None)


def needs_former(change: StoredChange, query: EventQuery | None) -> bool:
    """Whether it depends on what the event was before how a reader of `query` is told of it."""
    return not (query is None or query.is_all or _fits(query, change.document))


def view_change(
    change: StoredChange, query: EventQuery | None, former: Mapping[int, str | None]
) -> StoredChange | None:
    """The change as a reader of `query` is told of it, None when it is not told at all.

    `former` is what `ChangeLog.read_former` says, at least where `needs_former`. An event that fits
    after the change is told with it, so that one that comes into the view is there; one that did
    before it, or may have, is told to have `left` it, or to have ended.
    """
    if not needs_former(change, query) or query is None:
        return change
    was = former.get(change.revision, "")
    if was is None or (was and not _fits(query, was)):
        return None
    return change if change.document is None else replace(change, type=LEFT, document=None)


def _fits(query: EventQuery, document: str | None) -> bool:
    return document is not None and fits(query, _read(document))


@lru_cache(maxsize=64)
def _read(document: str) -> JsonObject:
    # Many readers ask the same of one event, one after another.
    return read_object(document)
