"""Events: finding one, writing what a merge changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from service.store import eventterms
from service.store.engine import pieces
from service.store.eventrows import EventRow, StoredEvent
from service.store.eventtables import aliases, event_sources, events
from service.store.eventterms import Found, area
from service.store.statements import insert_rows
from service.temporal.interval import Day
from service.timeline.model import Event, EventId

COLUMNS = tuple(
    events.c[name] for name in ("id", "sort_start", "sort_end", "salience", "revision", "document")
)
"""What is read of an event."""

TIMELINE: BindParameter[str] = bindparam("timeline")
IDS: BindParameter[object] = bindparam("ids", expanding=True)

# Building a statement costs more than running it: each of the daily ones is built once.
ONE = select(*COLUMNS).where(events.c.timeline == TIMELINE, events.c.id == bindparam("one"))
ALIAS = select(aliases.c.event_id).where(
    aliases.c.timeline == TIMELINE, aliases.c.old_id == bindparam("one")
)
KINDS = select(events.c.id, events.c.kind).where(
    events.c.timeline == TIMELINE, events.c.id.in_(IDS)
)
DELETE = delete(events).where(events.c.timeline == TIMELINE, events.c.id.in_(IDS))
INSERT = insert(events).values(
    {column.name: bindparam(column.name) for column in events.c if column.name != "place"}
)
UPDATE = (
    update(events)
    .where(
        events.c.timeline == bindparam("new_timeline"),
        events.c.id == bindparam("new_id"),
    )
    .values(
        {
            column.name: bindparam(f"new_{column.name}")
            for column in events.c
            if column.name not in {"place", "timeline", "id"}
        }
    )
)
DELETE_MEMBERS = delete(event_sources).where(
    event_sources.c.timeline == TIMELINE, event_sources.c.event_id.in_(IDS)
)
DELETE_SOURCES = delete(event_sources).where(
    event_sources.c.timeline == TIMELINE, event_sources.c.mention_id.in_(IDS)
)
INSERT_SOURCES = insert(event_sources)
DELETE_ALIASES = delete(aliases).where(aliases.c.timeline == TIMELINE, aliases.c.old_id.in_(IDS))
INSERT_ALIASES = insert(aliases)


def find(connection: Connection, timeline: str, event_id: str) -> StoredEvent | EventId | None:
    """The event, or the id it answers under now, or None."""
    seen: set[str] = set()
    wanted = event_id
    while wanted not in seen:
        seen.add(wanted)
        here = {"timeline": timeline, "one": wanted}
        row = connection.execute(ONE, here).one_or_none()
        if row is not None:
            return stored(row) if wanted == event_id else EventId(wanted)
        wanted = connection.execute(ALIAS, here).scalar() or wanted
    return None


def read_kinds(connection: Connection, timeline: str, ids: Collection[str]) -> dict[str, str]:
    """The kind of each of these events that is there."""
    kinds: dict[str, str] = {}
    for some in pieces(sorted(ids)):
        for row in connection.execute(KINDS, {"timeline": timeline, "ids": some}):
            kinds[row.id] = row.kind
    return kinds


def remove(connection: Connection, timeline: str, ids: Sequence[str]) -> None:
    """Delete events; which mentions they had goes with them."""
    for some in pieces(ids):
        connection.execute(DELETE, {"timeline": timeline, "ids": some})


def write(
    connection: Connection,
    timeline: str,
    rows: Sequence[tuple[EventRow, int]],
    there: Collection[str],
) -> None:
    """Write events with their revisions over those that are `there` already."""
    values = [row_values(timeline, row, revision) for row, revision in rows]
    new = [each for each in values if each["id"] not in there]
    old = [
        {f"new_{name}": value for name, value in each.items()}
        for each in values
        if each["id"] in there
    ]
    insert_rows(connection, INSERT, new)
    if old:
        connection.execute(UPDATE, old)
    eventterms.write(connection, timeline, [_found(row) for row, _ in rows], there)


def write_sources(
    connection: Connection, timeline: str, written: Sequence[Event], there: Collection[str]
) -> None:
    """Make each event's members exactly those it now has; `there` are events that had some."""
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
    for ids in pieces(event.id for event in written if event.id in there):
        connection.execute(DELETE_MEMBERS, {"timeline": timeline, "ids": ids})
    # A mention may have come from an event that still stands.
    for moved in pieces(row["mention_id"] for row in rows):
        connection.execute(DELETE_SOURCES, {"timeline": timeline, "ids": moved})
    insert_rows(connection, INSERT_SOURCES, rows)


def write_aliases(
    connection: Connection,
    timeline: str,
    new: Sequence[tuple[EventId, EventId]],
    living: Sequence[str],
) -> None:
    """Let old ids answer under new ones; an id that lives again is no alias any more."""
    for some in pieces([*(old for old, _ in new), *living]):
        connection.execute(DELETE_ALIASES, {"timeline": timeline, "ids": some})
    if new:
        rows = [{"timeline": timeline, "old_id": old, "event_id": now} for old, now in new]
        connection.execute(INSERT_ALIASES, rows)


def row_values(timeline: str, row: EventRow, revision: int) -> dict[str, object]:
    """What a row of `events` holds of an event, but for its place."""
    return {
        "timeline": timeline,
        "id": row.id,
        "sort_start": row.sort_start,
        "sort_end": row.sort_end,
        "earliest": row.earliest,
        "latest": row.latest,
        "area": area(timeline),
        "kind": row.traits.kind,
        "status": row.traits.status,
        "basis": row.traits.basis,
        "granularity": row.traits.granularity,
        "confidence": row.traits.confidence,
        "salience": row.traits.salience,
        "independent_sources": row.traits.sources,
        "revision": revision,
        "document": row.document,
        "searched": row.traits.text,
    }


def _found(row: EventRow) -> Found:
    days = (row.sort_start, row.sort_end, row.earliest, row.latest)
    return Found(row.id, *days, row.traits)


def stored(row: Row[tuple[object, ...]]) -> StoredEvent:
    """The event of a row of COLUMNS."""
    return StoredEvent(
        id=EventId(row.id),
        sort_start=Day(row.sort_start),
        sort_end=Day(row.sort_end),
        salience=row.salience,
        revision=row.revision,
        document=row.document,
    )
