"""Mentions with their blocks and links: writing what a merge changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    bindparam,
    delete,
    insert,
    select,
    tuple_,
    update,
)

from service.store.codec import encode_mention
from service.store.engine import pieces
from service.store.statements import insert_rows
from service.store.tables import links, mention_blocks, mentions
from service.timeline.model import Mention, MentionId
from service.timeline.plan import MergePlan
from service.timeline.twins import rank, twin_key

IDS: BindParameter[object] = bindparam("ids", expanding=True)


def _of(column: Column[str]) -> ColumnElement[bool]:
    """In one timeline, with `column` among some ids."""
    return (column.table.c.timeline == bindparam("timeline")) & column.in_(IDS)


# Building a statement costs more than running it: each is built once.
THERE = select(mentions.c.id).where(_of(mentions.c.id))
DELETE = delete(mentions).where(_of(mentions.c.id))
INSERT = insert(mentions)
ONE = update(mentions).where(
    mentions.c.timeline == bindparam("at_timeline"), mentions.c.id == bindparam("mention")
)
REWRITE = ONE.values(body=bindparam("new"), twin=bindparam("as_twin"), rank=bindparam("at_rank"))
PLACE = ONE.values(position=bindparam("at"), document=bindparam("says"))
DELETE_BLOCKS = delete(mention_blocks).where(_of(mention_blocks.c.mention_id))
INSERT_BLOCKS = insert(mention_blocks)
DELETE_LINKS = delete(links).where(
    links.c.timeline == bindparam("timeline"),
    tuple_(links.c.first, links.c.second).in_(bindparam("pairs", expanding=True)),
)
INSERT_LINKS = insert(links)


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
    _write_blocks(connection, timeline, there.union(plan.unblocked), plan.blocks)
    _write_links(connection, timeline, plan)


def _find_there(connection: Connection, timeline: str, ids: Collection[str]) -> set[str]:
    return {
        each
        for some in pieces(sorted(ids))
        for each in connection.execute(THERE, {"timeline": timeline, "ids": some}).scalars()
    }


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
                "twin": twin_key(mention),
                "rank": rank(mention),
            }
        )
    insert_rows(connection, INSERT, rows)


def _update_bodies(connection: Connection, timeline: str, old: Sequence[Mention]) -> None:
    rows = [
        {
            "at_timeline": timeline,
            "mention": mention.id,
            "new": encode_mention(mention),
            "as_twin": twin_key(mention),
            "at_rank": rank(mention),
        }
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
    insert_rows(connection, INSERT_BLOCKS, rows)


def _write_links(connection: Connection, timeline: str, plan: MergePlan) -> None:
    gone = [(link.first, link.second) for link in (*plan.links_removed, *plan.links_added)]
    for some in pieces(gone):
        connection.execute(DELETE_LINKS, {"timeline": timeline, "pairs": some})
    rows = [
        {"timeline": timeline, "first": link.first, "second": link.second, "weight": link.weight}
        for link in plan.links_added
    ]
    insert_rows(connection, INSERT_LINKS, rows)
