"""Changes as a reader with a filter sees them: what comes in, what goes on, and what has left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from service.documents.jsontext import JsonObject, read_object
from service.errors import HistoryGoneError
from service.store.changelog import ChangeLog, ChangePage
from service.store.eventfits import fits
from service.store.eventquery import EventQuery
from service.store.lineage import StoredChange

LEFT = "left"
"""The type of a change by which an event no longer fits; it carries no event."""


LOOKED_AT = 200
"""Changes that are read at once where a filter is."""
MOST_LOOKED_AT = 2_000
"""Changes that one answer looks at where a filter is, however few of them it tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The changes that a reader is told after a revision.

    With those it is told all up to the revision `until`, where the next view goes on; `revision`
    is the timeline's last.
    """

    revision: int
    until: int
    changes: tuple[StoredChange, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to tell now."""
        return self.until >= self.revision

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell before the next change."""
        return self.is_whole and not self.changes


def read_view(
    log: ChangeLog, timeline: str, *, since: int, limit: int, query: EventQuery | None = None
) -> View | None:
    """Up to `limit` changes after `since` as a reader of `query` is told of them.

    There may be fewer though more follow, for a filter is not looked for without end. None without
    such a timeline; raises HistoryGoneError when it cannot tell all that came after `since`.
    """
    everything = query is None or query.is_all
    view = View(revision=since, until=since, changes=())
    for _ in range(1 if everything else MOST_LOOKED_AT // LOOKED_AT):
        most = limit if everything else LOOKED_AT
        page = log.read_changes(timeline, after=view.until, limit=most)
        if page is None:
            return None
        if not page.reaches(view.until):
            if view.until == since:
                raise HistoryGoneError(timeline, since=since, revision=page.revision)
            break
        view = _longer(view, page, view_changes(log, timeline, page.changes, query), limit)
        if view.is_whole or len(view.changes) == limit:
            break
    return view


def _longer(view: View, page: ChangePage, seen: Sequence[StoredChange], limit: int) -> View:
    """The view with what is seen of one page more, up to `limit`."""
    changes = (*view.changes, *seen)
    until = page.until if len(changes) <= limit else changes[limit - 1].revision
    return View(revision=page.revision, until=until, changes=changes[:limit])


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
