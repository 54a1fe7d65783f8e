"""Mentions with their blocks and links: reading a neighbourhood, writing what a merge changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    insert,
    select,
    tuple_,
    update,
)

from service.errors import NotFoundError
from service.store import timelines
from service.store.articles import read_head
from service.store.codec import decode_mention, encode_mention
from service.store.engine import pieces
from service.store.tables import articles, event_sources, links, mention_blocks, mentions
from service.timeline.model import ArticleHead, EventId, Link, Mention, MentionId
from service.timeline.plan import MergePlan, Neighbourhood

IDS: BindParameter[object] = bindparam("ids", expanding=True)


def _of(column: Column[str]) -> ColumnElement[bool]:
    """In one timeline, with `column` among some ids."""
    return (column.table.c.timeline == bindparam("timeline")) & column.in_(IDS)


# Building a statement costs more than running it: each is built once.
OWN = select(mentions.c.id).where(mentions.c.article_id == bindparam("article"))
SHARING = select(mention_blocks.c.mention_id).where(_of(mention_blocks.c.block)).distinct()
SECONDS = select(links.c.second).where(_of(links.c.first)).distinct()
FIRSTS = select(links.c.first).where(_of(links.c.second)).distinct()
EVENTS_OF = select(event_sources.c.event_id).where(_of(event_sources.c.mention_id)).distinct()
MEMBERS = select(event_sources).where(_of(event_sources.c.event_id))
BODIES = select(mentions.c.body).where(_of(mentions.c.id))
THERE = select(mentions.c.id).where(_of(mentions.c.id))
LINKS = select(links).where(_of(links.c.first))
HEADS = select(articles).where(articles.c.id.in_(IDS))
DELETE = delete(mentions).where(_of(mentions.c.id))
INSERT = insert(mentions)
ONE = update(mentions).where(
    mentions.c.timeline == bindparam("at_timeline"), mentions.c.id == bindparam("mention")
)
REWRITE = ONE.values(body=bindparam("new"))
PLACE = ONE.values(position=bindparam("at"), document=bindparam("says"))
DELETE_BLOCKS = delete(mention_blocks).where(_of(mention_blocks.c.mention_id))
INSERT_BLOCKS = insert(mention_blocks)
DELETE_LINKS = delete(links).where(
    links.c.timeline == bindparam("timeline"),
    tuple_(links.c.first, links.c.second).in_(bindparam("pairs", expanding=True)),
)
INSERT_LINKS = insert(links)


def read_neighbourhood(
    connection: Connection, timeline: str, article_id: str, blocks: Sequence[str]
) -> Neighbourhood:
    """All that this article's present mentions, and new ones with these blocks, can touch.

    Raises NotFoundError when there is no such timeline.
    """
    revision = timelines.find_revision(connection, timeline)
    if revision is None:
        raise NotFoundError(f"no timeline '{timeline}'")
    own = _read_own(connection, article_id)
    near = _with_linked(connection, timeline, own | _read_sharing(connection, timeline, blocks))
    members = _read_members(connection, timeline, _read_events_of(connection, timeline, near))
    ids = near.union(*members.values())
    read = sorted(_read_mentions(connection, timeline, ids), key=lambda mention: mention.order)
    place = {mention.id: mention.order for mention in read}
    return Neighbourhood(
        revision=revision,
        mentions=tuple(read),
        links=tuple(sorted(_read_links(connection, timeline, ids))),
        events=tuple(
            (EventId(event_id), tuple(sorted(members[event_id], key=place.__getitem__)))
            for event_id in sorted(members)
        ),
        heads=_read_heads(connection, {mention.article_id for mention in read}),
    )


def write(
    connection: Connection,
    timeline: str,
    plan: MergePlan,
    listed: Sequence[tuple[str, str]],
) -> None:
    """Write the plan's mentions, blocks and links; `listed` are the article's own documents.

    A mention that is both removed and added is written over, so that its links stay.
    """
    added = {mention.id for mention in plan.added}
    _delete_mentions(connection, timeline, [each for each in plan.removed if each not in added])
    there = _find_there(connection, timeline, added)
    places = {each: (at, document) for at, (each, document) in enumerate(listed)}
    new = [each for each in plan.added if each.id not in there]
    _insert_mentions(connection, timeline, new, places)
    _update_bodies(connection, timeline, [each for each in plan.added if each.id in there])
    fresh = {each.id for each in new}
    _list(connection, timeline, {each: at for each, at in places.items() if each not in fresh})
    _write_blocks(connection, timeline, there, plan.blocks)
    _write_links(connection, timeline, plan)


def _read_own(connection: Connection, article_id: str) -> set[MentionId]:
    return set(map(MentionId, connection.execute(OWN, {"article": article_id}).scalars()))


def _read_sharing(connection: Connection, timeline: str, blocks: Sequence[str]) -> set[MentionId]:
    return set(map(MentionId, _column(connection, SHARING, timeline, set(blocks))))


def _with_linked(
    connection: Connection, timeline: str, ids: Collection[MentionId]
) -> set[MentionId]:
    """The whole connected components that hold `ids`, vetoed links included."""
    found, fresh = set(ids), set(ids)
    while fresh:
        reached = {
            MentionId(end)
            for ends in (SECONDS, FIRSTS)
            for end in _column(connection, ends, timeline, fresh)
        }
        fresh = reached - found
        found |= fresh
    return found


def _read_events_of(connection: Connection, timeline: str, ids: Collection[str]) -> set[str]:
    return set(_column(connection, EVENTS_OF, timeline, ids))


def _read_members(
    connection: Connection, timeline: str, ids: Collection[str]
) -> dict[str, set[MentionId]]:
    members: dict[str, set[MentionId]] = defaultdict(set)
    for some in pieces(sorted(ids)):
        for row in connection.execute(MEMBERS, {"timeline": timeline, "ids": some}):
            members[row.event_id].add(MentionId(row.mention_id))
    return members


def _read_mentions(
    connection: Connection, timeline: str, ids: Collection[str]
) -> Iterable[Mention]:
    return map(decode_mention, _column(connection, BODIES, timeline, ids))


def _find_there(connection: Connection, timeline: str, ids: Collection[str]) -> set[str]:
    return set(_column(connection, THERE, timeline, ids))


def _read_links(connection: Connection, timeline: str, ids: Collection[str]) -> Iterable[Link]:
    for some in pieces(sorted(ids)):
        for row in connection.execute(LINKS, {"timeline": timeline, "ids": some}):
            if row.second in ids:
                yield Link(MentionId(row.first), MentionId(row.second), row.weight)


def _column(
    connection: Connection, of: Select[Any], timeline: str, ids: Collection[str]
) -> Iterator[str]:
    for some in pieces(sorted(ids)):
        yield from connection.execute(of, {"timeline": timeline, "ids": some}).scalars()


def _read_heads(connection: Connection, ids: Collection[str]) -> tuple[ArticleHead, ...]:
    heads = [
        read_head(row)
        for some in pieces(sorted(ids))
        for row in connection.execute(HEADS, {"ids": some})
    ]
    return tuple(sorted(heads, key=lambda head: head.id))


def _delete_mentions(connection: Connection, timeline: str, ids: Sequence[MentionId]) -> None:
    # Blocks, links and memberships go with their mention.
    for some in pieces(ids):
        connection.execute(DELETE, {"timeline": timeline, "ids": some})


def _insert_mentions(
    connection: Connection,
    timeline: str,
    new: Sequence[Mention],
    places: Mapping[str, tuple[int, str]],
) -> None:
    rows = []
    for mention in new:
        position, document = places.get(mention.id, (None, None))
        rows.append(
            {
                "timeline": timeline,
                "id": mention.id,
                "article_id": mention.article_id,
                "body": encode_mention(mention),
                "position": position,
                "document": document,
            }
        )
    if rows:
        connection.execute(INSERT, rows)


def _update_bodies(connection: Connection, timeline: str, old: Sequence[Mention]) -> None:
    rows = [
        {"at_timeline": timeline, "mention": mention.id, "new": encode_mention(mention)}
        for mention in old
    ]
    if rows:
        connection.execute(REWRITE, rows)


def _list(connection: Connection, timeline: str, places: Mapping[str, tuple[int, str]]) -> None:
    rows = [
        {"at_timeline": timeline, "mention": mention_id, "at": position, "says": document}
        for mention_id, (position, document) in places.items()
    ]
    if rows:
        connection.execute(PLACE, rows)


def _write_blocks(
    connection: Connection,
    timeline: str,
    changed: Collection[str],
    blocks: Sequence[tuple[MentionId, str]],
) -> None:
    for some in pieces(sorted(changed)):
        connection.execute(DELETE_BLOCKS, {"timeline": timeline, "ids": some})
    rows = [
        {"timeline": timeline, "block": block, "mention_id": mention_id}
        for mention_id, block in sorted(set(blocks))
    ]
    if rows:
        connection.execute(INSERT_BLOCKS, rows)


def _write_links(connection: Connection, timeline: str, plan: MergePlan) -> None:
    gone = [(link.first, link.second) for link in (*plan.links_removed, *plan.links_added)]
    for some in pieces(gone):
        connection.execute(DELETE_LINKS, {"timeline": timeline, "pairs": some})
    rows = [
        {"timeline": timeline, "first": link.first, "second": link.second, "weight": link.weight}
        for link in plan.links_added
    ]
    if rows:
        connection.execute(INSERT_LINKS, rows)
