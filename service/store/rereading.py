"""Reading again what was read: a queue beside the articles, which stay as they are meanwhile.

A row waits from `claimed_until` 0, or from the end of the lease of a worker that never returned.
What is new goes first, so this is claimed only when nothing else waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import (
    Connection,
    Double,
    Integer,
    bindparam,
    case,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from service.store import timelines as timeline_rows
from service.store.amendments import Marked
from service.store.articles import PRESENT
from service.store.base import Claimed
from service.store.choosing import ClaimRow, choose, claimed_from
from service.store.clock import DATABASE_NOW, read_clock
from service.store.tables import article_versions, articles, rereadings, timelines
from service.timeline.model import ArticleId

READ = ("processed", "failed")
MARKED_AT_ONCE = 1_000

# Building a statement costs more than running it: each is built once.
IS_FREE = rereadings.c.claimed_until <= bindparam("now")
IS_HELD = rereadings.c.claim_token == bindparam("token")
HERE = rereadings.c.article_id == bindparam("article")
TO_MARK = (
    select(articles.c.id, articles.c.place, articles.c.timeline)
    .where(articles.c.place > bindparam("after"), articles.c.status.in_(READ))
    .order_by(articles.c.place)
    .limit(MARKED_AT_ONCE)
    # None is erased before its mark is written (SQLite has no such moment).
    .with_for_update(read=True, key_share=True)
)
MARK = {
    "sqlite": sqlite.insert(rereadings).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(rereadings).on_conflict_do_nothing(),
}
NEXT_TIMELINE = (
    select(rereadings.c.timeline)
    .where(IS_FREE)
    .order_by(rereadings.c.timeline, rereadings.c.place)
    .limit(1)
)
WAITING_IN = (
    select(
        *(column for column in articles.c if column.name != "attempts"),
        rereadings.c.attempts,
        article_versions.c.posted,
        article_versions.c.html,
        article_versions.c.received_at.label("came_at"),
        func.coalesce(articles.c.timezone, timelines.c.timezone).label("zone"),
    )
    .join(rereadings, rereadings.c.article_id == articles.c.id)
    .join(article_versions, PRESENT)
    .join(timelines, timelines.c.name == articles.c.timeline)
    .where(rereadings.c.timeline == bindparam("timeline"), IS_FREE, timelines.c.life == "open")
    .order_by(rereadings.c.place)
    .limit(bindparam("at_most", type_=Integer))
    .with_for_update(of=rereadings, skip_locked=True)
)
HOLD = (
    update(rereadings)
    .where(rereadings.c.article_id.in_(bindparam("ids", expanding=True)))
    .values(
        claim_token=bindparam("token"),
        claimed_until=bindparam("until"),
        attempts=rereadings.c.attempts + 1,
    )
)
RENEW = (
    update(rereadings)
    .where(IS_HELD)
    .values(claimed_until=DATABASE_NOW + bindparam("lease", type_=Double))
)
HELD = select(rereadings.c.place, rereadings.c.article_id).where(IS_HELD)
FREE = update(rereadings).values(claim_token=None, claimed_until=0.0)
RELEASE = FREE.where(IS_HELD).values(
    attempts=case((rereadings.c.attempts > 0, rereadings.c.attempts - 1), else_=0)
)
GIVE_UP = FREE.where(HERE, IS_HELD)
END = delete(rereadings).where(HERE, IS_HELD)
FORGET = delete(rereadings).where(HERE)
FORGET_MANY = delete(rereadings).where(
    rereadings.c.article_id.in_(bindparam("ids", expanding=True))
)
LEFT = select(rereadings.c.place).limit(bindparam("at_most", type_=Integer))
LEFT_IN = LEFT.where(rereadings.c.timeline == bindparam("timeline"))


def mark(
    connection: Connection, timeline: str | None, *, after: int, failed_only: bool
) -> Marked | None:
    """Let some articles that were read be read again, those behind the place `after`.

    None when there are none. Those that wait for it already are marked as well, and stay in place.
    """
    chosen = TO_MARK if timeline is None else TO_MARK.where(articles.c.timeline == timeline)
    if failed_only:
        chosen = chosen.where(articles.c.status == "failed")
    found = connection.execute(chosen, {"after": after}).all()
    if not found:
        return None
    rows = [
        {"article_id": row.id, "place": row.place, "timeline": row.timeline}
        | {"claimed_until": 0.0, "attempts": 0}
        for row in found
    ]
    connection.execute(MARK[connection.dialect.name], rows)
    return Marked(len(found), found[-1].place)


def claim(
    connection: Connection, token: str, *, limit: int, characters: int, lease: float
) -> tuple[Claimed, ...]:
    """Claim articles of one timeline to be read again, for `lease` seconds."""
    now = read_clock(connection)
    timeline = connection.execute(NEXT_TIMELINE, {"now": now}).scalar()
    if timeline is None:
        return ()
    timeline_rows.lock(connection, timeline)
    asked = {"timeline": timeline, "now": now, "at_most": limit}
    found = cast("Sequence[ClaimRow]", connection.execute(WAITING_IN, asked).all())
    # Marked while they were corrected or retracted: what is new will be read, the rest is gone.
    passed = [row.id for row in found if row.status not in READ]
    connection.execute(FORGET_MANY, {"ids": passed})
    batch = choose([row for row in found if row.status in READ], characters)
    held = {"ids": [row.id for row in batch], "token": token, "until": now + lease}
    connection.execute(HOLD, held)
    return tuple(claimed_from(row, again=(row.status, row.outcome)) for row in batch)


def renew(connection: Connection, token: str, lease: float) -> tuple[ArticleId, ...]:
    """Hold on to what `token` still holds; the ids, oldest first."""
    connection.execute(RENEW, {"token": token, "lease": lease})
    held = sorted(tuple(row) for row in connection.execute(HELD, {"token": token}))
    return tuple(ArticleId(article) for _, article in held)


def release(connection: Connection, token: str) -> int:
    """Give back what `token` still holds, as if it had not been claimed; how many."""
    return connection.execute(RELEASE, {"token": token}).rowcount


def give_up(connection: Connection, token: str, article_id: str) -> bool:
    """End the attempt, which counts; False when `token` does not hold the article for this."""
    return bool(connection.execute(GIVE_UP, {"article": article_id, "token": token}).rowcount)


def end(connection: Connection, token: str, article_id: str) -> bool:
    """Take the article off the queue; False when `token` does not hold it for this."""
    return bool(connection.execute(END, {"article": article_id, "token": token}).rowcount)


def forget(connection: Connection, article_id: str) -> None:
    """Take the article off the queue, whoever holds it: it is read anew, or not at all."""
    connection.execute(FORGET, {"article": article_id})


def count_left(connection: Connection, timeline: str | None, at_most: int) -> int:
    """How many are still to be read again, held ones among them, counted up to `at_most`."""
    some = LEFT if timeline is None else LEFT_IN
    asked = {"at_most": at_most} | ({} if timeline is None else {"timeline": timeline})
    counted = select(func.count()).select_from(some.subquery())
    return connection.execute(counted, asked).scalar_one()
