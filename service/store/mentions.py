"""Mentions with their blocks and links: reading a neighbourhood, writing what a merge changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
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


def read_neighbourhood(
    connection: Connection, timeline: str, article_id: str, blocks: Sequence[str]
) -> Neighbourhood:
    """All that this article's present mentions, and new ones with these blocks, can touch.

    Raises NotFoundError when there is no such timeline.
    """
    found = timelines.find_revision(connection, timeline)
    if found is None:
        raise NotFoundError(f"no timeline '{timeline}'")
    own = _read_own(connection, article_id)
    near = _with_linked(connection, timeline, own | _read_sharing(connection, timeline, blocks))
    members = _read_members(connection, timeline, _read_events_of(connection, timeline, near))
    ids = near.union(*members.values())
    read = sorted(_read_mentions(connection, timeline, ids), key=lambda mention: mention.order)
    place = {mention.id: mention.order for mention in read}
    return Neighbourhood(
        revision=found[0],
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
    there = {mention.id for mention in _read_mentions(connection, timeline, added)}
    _insert_mentions(connection, timeline, [each for each in plan.added if each.id not in there])
    _update_bodies(connection, timeline, [each for each in plan.added if each.id in there])
    _list(connection, timeline, listed)
    _write_blocks(connection, timeline, there, plan.blocks)
    _write_links(connection, timeline, plan)


def _read_own(connection: Connection, article_id: str) -> set[MentionId]:
    own = select(mentions.c.id).where(mentions.c.article_id == article_id)
    return {MentionId(row.id) for row in connection.execute(own)}


def _read_sharing(connection: Connection, timeline: str, blocks: Sequence[str]) -> set[MentionId]:
    found: set[MentionId] = set()
    for some in pieces(sorted(set(blocks))):
        here = (mention_blocks.c.timeline == timeline) & mention_blocks.c.block.in_(some)
        shared = select(mention_blocks.c.mention_id).where(here).distinct()
        found.update(MentionId(row.mention_id) for row in connection.execute(shared))
    return found


def _with_linked(
    connection: Connection, timeline: str, ids: Collection[MentionId]
) -> set[MentionId]:
    """The whole connected components that hold `ids`, vetoed links included."""
    found, fresh = set(ids), set(ids)
    while fresh:
        reached: set[MentionId] = set()
        for some in pieces(sorted(fresh)):
            for side, far in ((links.c.first, links.c.second), (links.c.second, links.c.first)):
                ends = select(far).where(links.c.timeline == timeline, side.in_(some)).distinct()
                reached.update(MentionId(end) for end in connection.execute(ends).scalars())
        fresh = reached - found
        found |= fresh
    return found


def _read_events_of(connection: Connection, timeline: str, ids: Collection[str]) -> set[str]:
    found: set[str] = set()
    for some in pieces(sorted(ids)):
        here = (event_sources.c.timeline == timeline) & event_sources.c.mention_id.in_(some)
        of_some = select(event_sources.c.event_id).where(here).distinct()
        found.update(row.event_id for row in connection.execute(of_some))
    return found


def _read_members(
    connection: Connection, timeline: str, ids: Collection[str]
) -> dict[str, set[MentionId]]:
    members: dict[str, set[MentionId]] = defaultdict(set)
    for some in pieces(sorted(ids)):
        here = (event_sources.c.timeline == timeline) & event_sources.c.event_id.in_(some)
        for row in connection.execute(select(event_sources).where(here)):
            members[row.event_id].add(MentionId(row.mention_id))
    return members


def _read_mentions(
    connection: Connection, timeline: str, ids: Collection[str]
) -> Iterable[Mention]:
    for some in pieces(sorted(ids)):
        here = (mentions.c.timeline == timeline) & mentions.c.id.in_(some)
        for row in connection.execute(select(mentions.c.body).where(here)):
            yield decode_mention(row.body)


def _read_links(connection: Connection, timeline: str, ids: Collection[str]) -> Iterable[Link]:
    for some in pieces(sorted(ids)):
        here = (links.c.timeline == timeline) & links.c.first.in_(some)
        for row in connection.execute(select(links).where(here)):
            if row.second in ids:
                yield Link(MentionId(row.first), MentionId(row.second), row.weight)


def _read_heads(connection: Connection, ids: Collection[str]) -> tuple[ArticleHead, ...]:
    heads = [
        read_head(row)
        for some in pieces(sorted(ids))
        for row in connection.execute(select(articles).where(articles.c.id.in_(some)))
    ]
    return tuple(sorted(heads, key=lambda head: head.id))


def _delete_mentions(connection: Connection, timeline: str, ids: Sequence[MentionId]) -> None:
    # Blocks, links and memberships go with their mention.
    for some in pieces(ids):
        these = (mentions.c.timeline == timeline) & mentions.c.id.in_(some)
        connection.execute(delete(mentions).where(these))


def _insert_mentions(connection: Connection, timeline: str, new: Sequence[Mention]) -> None:
    if new:
        rows = [
            {
                "timeline": timeline,
                "id": mention.id,
                "article_id": mention.article_id,
                "body": encode_mention(mention),
            }
            for mention in new
        ]
        connection.execute(insert(mentions), rows)


def _update_bodies(connection: Connection, timeline: str, old: Sequence[Mention]) -> None:
    if old:
        rows = [{"mention": mention.id, "new": encode_mention(mention)} for mention in old]
        change = update(mentions).where(_one(timeline)).values(body=bindparam("new"))
        connection.execute(change, rows)


def _list(connection: Connection, timeline: str, listed: Sequence[tuple[str, str]]) -> None:
    if listed:
        rows = [
            {"mention": mention_id, "at": position, "says": document}
            for position, (mention_id, document) in enumerate(listed)
        ]
        change = update(mentions).where(_one(timeline))
        placed = change.values(position=bindparam("at"), document=bindparam("says"))
        connection.execute(placed, rows)


def _one(timeline: str) -> ColumnElement[bool]:
    return (mentions.c.timeline == timeline) & (mentions.c.id == bindparam("mention"))


def _write_blocks(
    connection: Connection,
    timeline: str,
    changed: Collection[str],
    blocks: Sequence[tuple[MentionId, str]],
) -> None:
    for some in pieces(sorted(changed)):
        old = (mention_blocks.c.timeline == timeline) & mention_blocks.c.mention_id.in_(some)
        connection.execute(delete(mention_blocks).where(old))
    rows = [
        {"timeline": timeline, "block": block, "mention_id": mention_id}
        for mention_id, block in sorted(set(blocks))
    ]
    if rows:
        connection.execute(insert(mention_blocks), rows)


def _write_links(connection: Connection, timeline: str, plan: MergePlan) -> None:
    pair = tuple_(links.c.first, links.c.second)
    gone = [(link.first, link.second) for link in (*plan.links_removed, *plan.links_added)]
    for some in pieces(gone):
        connection.execute(delete(links).where(links.c.timeline == timeline, pair.in_(some)))
    rows = [
        {"timeline": timeline, "first": link.first, "second": link.second, "weight": link.weight}
        for link in plan.links_added
    ]
    if rows:
        connection.execute(insert(links), rows)
