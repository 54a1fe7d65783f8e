"""What an event was and how it came to be: change rows, aliases, members and their links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import BindParameter, Connection, Row, bindparam, select

from service.documents.jsontext import loads
from service.store.codec import decode_mention
from service.store.engine import pieces
from service.store.eventtables import aliases, changes, event_sources
from service.store.lineage import MOST_FORMER, Lineage, StoredChange
from service.store.tables import links, mentions
from service.timeline.model import EventId, Link, MentionId

HERE: BindParameter[str] = bindparam("timeline")
EVENT: BindParameter[str] = bindparam("event")

_former = (
    select(aliases.c.old_id)
    .where(aliases.c.timeline == HERE, aliases.c.event_id == EVENT)
    .cte("former", recursive=True)
)
_former = _former.union(
    select(aliases.c.old_id).where(
        aliases.c.timeline == HERE, aliases.c.event_id == _former.c.old_id
    )
)

# Building a statement costs more than running it: each is built once.
FORMER = select(_former.c.old_id).limit(MOST_FORMER)
MEMBERS = (
    select(mentions.c.body)
    .join(
        event_sources,
        (event_sources.c.timeline == mentions.c.timeline)
        & (event_sources.c.mention_id == mentions.c.id),
    )
    .where(event_sources.c.timeline == HERE, event_sources.c.event_id == EVENT)
)
LINKS = select(links).where(
    links.c.timeline == HERE, links.c.first.in_(bindparam("ids", expanding=True))
)
CHANGES = (
    select(changes)
    .where(
        changes.c.timeline == HERE,
        changes.c.event_id == EVENT,
        changes.c.revision > bindparam("after"),
    )
    .order_by(changes.c.revision)
    .limit(bindparam("most"))
)


def read_lineage(connection: Connection, timeline: str, event: str) -> Lineage:
    """The lineage of an event that is there."""
    of = {"timeline": timeline, "event": event}
    told = map(decode_mention, connection.execute(MEMBERS, of).scalars())
    members = tuple(each.id for each in sorted(told, key=lambda mention: mention.order))
    return Lineage(
        former_ids=tuple(map(EventId, sorted(connection.execute(FORMER, of).scalars()))),
        members=members,
        links=_links(connection, timeline, members),
    )


def list_changes(
    connection: Connection, timeline: str, event: str, *, limit: int, after: int
) -> tuple[StoredChange, ...]:
    """The changes of an event by revision, strictly after the revision `after`."""
    asked = {"timeline": timeline, "event": event, "after": after, "most": limit}
    return tuple(stored_change(row) for row in connection.execute(CHANGES, asked))


def stored_change(row: Row[tuple[object, ...]]) -> StoredChange:
    """The change of a row of `changes`."""
    return StoredChange(
        revision=row.revision,
        at=row.at,
        type=row.type,
        event_id=EventId(row.event_id),
        into=_ids(row.into_ids),
        merged_from=_ids(row.merged_from),
        split_into=_ids(row.split_into),
        fields=_texts(row.fields),
        document=row.document,
    )


def _links(connection: Connection, timeline: str, members: Sequence[MentionId]) -> frozenset[Link]:
    inside = frozenset(members)
    found = set()
    for some in pieces(members):
        for row in connection.execute(LINKS, {"timeline": timeline, "ids": some}):
            if row.second in inside:
                found.add(Link(MentionId(row.first), MentionId(row.second), row.weight))
    return frozenset(found)


def _ids(text: str | None) -> tuple[EventId, ...]:
    return tuple(map(EventId, _texts(text)))


def _texts(text: str | None) -> tuple[str, ...]:
    return tuple(cast("list[str]", loads(text))) if text else ()
