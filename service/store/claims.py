"""Claims: who may work on which article until when.

An article waits when its `claimed_until` has come: 0 from the start or when given back, the end of
the lease when its worker never returned. An attempt counts from the claim; giving back uncounts it.
Failing an article takes its mentions away, so that is a commit (`merges`), never done here.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    Connection,
    Double,
    Integer,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    update,
)

from service.errors import LostClaimError
from service.store import rereading
from service.store import timelines as timeline_rows
from service.store.articles import PRESENT, shift_status
from service.store.base import Claimed
from service.store.choosing import ClaimRow, choose, claimed_from
from service.store.clock import DATABASE_NOW, read_clock
from service.store.tables import PENDING, article_versions, articles, rereadings, timelines
from service.timeline.model import ArticleId

# Building a statement costs more than running it: each of the daily ones is built once.
IS_FREE = articles.c.claimed_until <= bindparam("now")
IS_HELD = articles.c.claim_token == bindparam("token")
WAITING = select(func.count()).select_from(
    select(articles.c.place)
    .where(articles.c.claimed_until <= DATABASE_NOW)
    .limit(bindparam("at_most", type_=Integer))
    .subquery()
)
ANY = select(
    or_(
        exists().where(articles.c.claimed_until <= DATABASE_NOW),
        exists().where(rereadings.c.claimed_until <= DATABASE_NOW),
    )
)
# Timelines take turns, so that a large delivery to one does not hold up the others.
NEXT_TIMELINE = (
    select(timelines.c.name)
    .where(text(PENDING), exists().where(articles.c.timeline == timelines.c.name, IS_FREE))
    .order_by(timelines.c.claimed_at, timelines.c.name)
    .limit(1)
)
TURN_TAKEN = (
    update(timelines)
    .where(timelines.c.name == bindparam("at_name"))
    .values(claimed_at=bindparam("now"))
)
WAITING_IN = (
    select(
        articles,
        article_versions.c.posted,
        article_versions.c.html,
        article_versions.c.received_at.label("came_at"),
        func.coalesce(articles.c.timezone, timelines.c.timezone).label("zone"),
    )
    .join(article_versions, PRESENT)
    .join(timelines, timelines.c.name == articles.c.timeline)
    # Closed between the choice of it and its lock: nothing waits there any more.
    .where(articles.c.timeline == bindparam("timeline"), IS_FREE, timelines.c.life == "open")
    .order_by(articles.c.place)
    .limit(bindparam("at_most", type_=Integer))
    # Skipped: what its holder is renewing this very moment (SQLite has no such moment).
    .with_for_update(of=articles, skip_locked=True)
)
HOLD = (
    update(articles)
    .where(articles.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        status="processing",
        claim_token=bindparam("token"),
        claimed_until=bindparam("until"),
        attempts=articles.c.attempts + 1,
    )
)
RENEW = (
    update(articles)
    .where(IS_HELD)
    .values(claimed_until=DATABASE_NOW + bindparam("lease", type_=Double))
)
HELD_IDS = select(articles.c.id).where(IS_HELD).order_by(articles.c.place)


def claim(
    connection: Connection, token: str, *, limit: int, characters: int, lease: float
) -> tuple[Claimed, ...]:
    """Claim the oldest waiting articles of one timeline for `lease` seconds.

    When none waits, some that are to be read again.
    Of the timelines where articles wait, the one whose last claim lies longest back is chosen.
    """
    now = read_clock(connection)
    timeline = connection.execute(NEXT_TIMELINE, {"now": now}).scalar()
    if timeline is None:
        return rereading.claim(connection, token, limit=limit, characters=characters, lease=lease)
    timeline_rows.lock(connection, timeline)
    connection.execute(TURN_TAKEN, {"at_name": timeline, "now": now})
    asked = {"timeline": timeline, "now": now, "at_most": limit}
    batch = choose(connection.execute(WAITING_IN, asked).all(), characters)
    if batch:
        _hold(connection, token, batch, now + lease)
    return tuple(claimed_from(row) for row in batch)


def renew(connection: Connection, token: str, lease: float) -> tuple[ArticleId, ...]:
    """Hold on to what `token` still holds; the ids, oldest first."""
    connection.execute(RENEW, {"token": token, "lease": lease})
    ids = connection.execute(HELD_IDS, {"token": token}).scalars()
    return (*map(ArticleId, ids), *rereading.renew(connection, token, lease))


def release(connection: Connection, token: str) -> int:
    """Give back what `token` still holds, as if it had not been claimed; how many."""
    held = articles.c.claim_token == token
    given = 0
    names = connection.execute(select(articles.c.timeline).where(held).distinct()).scalars().all()
    for timeline in sorted(names):
        timeline_rows.lock(connection, timeline)
        back = update(articles).where(held, articles.c.timeline == timeline)
        count = connection.execute(
            back.values(**_free(), attempts=articles.c.attempts - 1)
        ).rowcount
        shift_status(connection, timeline, [("processing", None)] * count, ("accepted", None))
        given += count
    return given + rereading.release(connection, token)


def give_up(connection: Connection, token: str, article_id: str) -> None:
    """End the attempt, which counts: the article waits again.

    Raises LostClaimError when `token` no longer holds the article.
    """
    held = (articles.c.id == article_id) & (articles.c.claim_token == token)
    timeline = connection.execute(select(articles.c.timeline).where(held)).scalar()
    if timeline is not None:
        timeline_rows.lock(connection, timeline)
        if connection.execute(update(articles).where(held).values(_free())).rowcount:
            shift_status(connection, timeline, [("processing", None)], ("accepted", None))
            return
    if not rereading.give_up(connection, token, article_id):
        raise LostClaimError(f"article {article_id} is no longer held by this claim: drop the work")


def _hold(connection: Connection, token: str, batch: Sequence[ClaimRow], until: float) -> None:
    these = [row.id for row in batch]
    connection.execute(HOLD, {"ids": these, "token": token, "until": until})
    before = [(row.status, row.outcome) for row in batch]
    shift_status(connection, batch[0].timeline, before, ("processing", None))


def _free() -> dict[str, object]:
    return {"status": "accepted", "claim_token": None, "claimed_until": 0.0}
