"""Events: reading them in order, finding one, writing what a merge changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, tuple_, update

from service.store.base import EventQuery, EventRow, StoredEvent
from service.store.engine import pieces
from service.store.tables import aliases, event_sources, events
from service.temporal.interval import Day
from service.timeline.model import Event, EventId

ORDER = (events.c.sort_start, events.c.sort_end, events.c.id)
"""The one order of events: no other column, so that a page is one step into the index."""


def list_page(connection: Connection, timeline: str, query: EventQuery) -> tuple[StoredEvent, ...]:
    """Events that overlap the query's days, in their order, strictly after `query.after`."""
    page = select(events).where(events.c.timeline == timeline).order_by(*ORDER).limit(query.limit)
    if query.after is not None:
        page = page.where(tuple_(*ORDER) > tuple_(*query.after))
    if query.first is not None:
        page = page.where(or_(events.c.latest.is_(None), events.c.latest >= query.first))
    if query.last is not None:
        page = page.where(or_(events.c.earliest.is_(None), events.c.earliest <= query.last))
    return tuple(_stored(row) for row in connection.execute(page))


def find(connection: Connection, timeline: str, event_id: str) -> StoredEvent | EventId | None:
    """The event, or the id it answers under now, or None."""
    seen: set[str] = set()
    wanted = event_id
    while wanted not in seen:
        seen.add(wanted)
        here = (events.c.timeline == timeline) & (events.c.id == wanted)
        row = connection.execute(select(events).where(here)).one_or_none()
        if row is not None:
            return _stored(row) if wanted == event_id else EventId(wanted)
        old = (aliases.c.timeline == timeline) & (aliases.c.old_id == wanted)
        wanted = connection.execute(select(aliases.c.event_id).where(old)).scalar() or wanted
    return None


def read_kinds(connection: Connection, timeline: str, ids: Collection[str]) -> dict[str, str]:
    """The kind of each of these events that is there."""
    kinds: dict[str, str] = {}
    for some in pieces(sorted(ids)):
        these = (events.c.timeline == timeline) & events.c.id.in_(some)
        for row in connection.execute(select(events.c.id, events.c.kind).where(these)):
            kinds[row.id] = row.kind
    return kinds


def remove(connection: Connection, timeline: str, ids: Sequence[str]) -> None:
    """Delete events; which mentions they had goes with them."""
    for some in pieces(ids):
        these = (events.c.timeline == timeline) & events.c.id.in_(some)
        connection.execute(delete(events).where(these))


def write(
    connection: Connection,
    timeline: str,
    rows: Sequence[tuple[EventRow, int]],
    there: Collection[str],
) -> None:
    """Write events with their revisions over those that are `there` already."""
    values = [_values(timeline, row, revision) for row, revision in rows]
    new = [each for each in values if each["id"] not in there]
    old = [
        {f"new_{name}": value for name, value in each.items()}
        for each in values
        if each["id"] in there
    ]
    if new:
        connection.execute(insert(events), new)
    if old:
        names = [column.name for column in events.c if column.name not in {"timeline", "id"}]
        here = (events.c.timeline == bindparam("new_timeline")) & (
            events.c.id == bindparam("new_id")
        )
        change = (
            update(events).where(here).values({name: bindparam(f"new_{name}") for name in names})
        )
        connection.execute(change, old)


def write_sources(connection: Connection, timeline: str, written: Sequence[Event]) -> None:
    """Make each event's members exactly those it now has."""
    rows = [
        {
            "timeline": timeline,
            "mention_id": mention.id,
            "event_id": event.id,
            "article_id": mention.article_id,
        }
        for event in written
        for mention in event.mentions
    ]
    own = event_sources.c.timeline == timeline
    for ids in pieces(event.id for event in written):
        connection.execute(delete(event_sources).where(own, event_sources.c.event_id.in_(ids)))
    # A mention may have come from an event that still stands.
    for moved in pieces(row["mention_id"] for row in rows):
        connection.execute(delete(event_sources).where(own, event_sources.c.mention_id.in_(moved)))
    if rows:
        connection.execute(insert(event_sources), rows)


def write_aliases(
    connection: Connection,
    timeline: str,
    new: Sequence[tuple[EventId, EventId]],
    living: Sequence[str],
) -> None:
    """Let old ids answer under new ones; an id that lives again is no alias any more."""
    for some in pieces([*(old for old, _ in new), *living]):
        these = (aliases.c.timeline == timeline) & aliases.c.old_id.in_(some)
        connection.execute(delete(aliases).where(these))
    if new:
        rows = [{"timeline": timeline, "old_id": old, "event_id": now} for old, now in new]
        connection.execute(insert(aliases), rows)


def _values(timeline: str, row: EventRow, revision: int) -> dict[str, object]:
    return {
        "timeline": timeline,
        "id": row.id,
        "sort_start": row.sort_start,
        "sort_end": row.sort_end,
        "earliest": row.earliest,
        "latest": row.latest,
        "kind": row.kind,
        "revision": revision,
        "document": row.document,
    }


def _stored(row: Row[tuple[object, ...]]) -> StoredEvent:
    return StoredEvent(
        id=EventId(row.id),
        sort_start=Day(row.sort_start),
        sort_end=Day(row.sort_end),
        revision=row.revision,
        document=row.document,
    )
