"""Claims of subscriptions: to whom something is to be sent now, by whom, until when."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
    text,
    update,
)

from service.store import deliverylog
from service.store import subscriptions as subscription_rows
from service.store.clock import DATABASE_NOW, read_clock
from service.store.delivering import Held
from service.store.subscribing import ACTIVE
from service.store.tables import timelines
from service.store.updatetables import ACTIVE as ACTIVE_ONLY
from service.store.updatetables import ASKED, deliveries, subscriptions

# Building a statement costs more than running it: each is built once.
IS_OPEN = and_(timelines.c.name == subscriptions.c.timeline, timelines.c.life == "open")
# No join: there may be many timelines and few subscriptions, and a planner cannot know.
REVISION = select(timelines.c.revision).where(IS_OPEN).correlate(subscriptions).scalar_subquery()
IS_BEHIND = subscriptions.c.position < REVISION
WAIT_OUT_OF_TURN = select(deliveries.c.subscription_id).where(text(ASKED))


def _in_turn(now: ColumnElement[float]) -> ColumnElement[bool]:
    return and_(
        text(ACTIVE_ONLY),
        subscriptions.c.due_at <= now,
        subscriptions.c.claimed_until <= now,
        IS_BEHIND,
    )


def _asked(now: ColumnElement[float]) -> ColumnElement[bool]:
    return and_(
        subscriptions.c.id.in_(WAIT_OUT_OF_TURN),
        subscriptions.c.claimed_until <= now,
        REVISION.is_not(None),
    )


_IDS = select(subscriptions.c.id)
IS_WELL = subscriptions.c.attempts == 0
_ANY_ASKED = exists(_IDS.where(_asked(DATABASE_NOW)))
ANY = select(or_(exists(_IDS.where(_in_turn(DATABASE_NOW))), _ANY_ASKED))
ANY_WELL = select(or_(exists(_IDS.where(_in_turn(DATABASE_NOW), IS_WELL)), _ANY_ASKED))
FOLLOWED = select(
    exists(
        _IDS.where(
            subscriptions.c.timeline == bindparam("timeline"),
            subscriptions.c.status == ACTIVE,
            IS_BEHIND,
        )
    )
)
_NOW: ColumnElement[float] = bindparam("now")


def _claimable(which: ColumnElement[bool]) -> Select[tuple[str]]:
    # Skipped: what another one is claiming this very moment (SQLite has no such moment).
    some = _IDS.where(which, subscriptions.c.id.not_in(bindparam("but", expanding=True)))
    ordered = some.order_by(subscriptions.c.due_at)
    return ordered.limit(bindparam("most", type_=Integer)).with_for_update(
        of=subscriptions, skip_locked=True, key_share=True
    )


OUT_OF_TURN = _claimable(_asked(_NOW))
WELL = _claimable(and_(_in_turn(_NOW), IS_WELL))
FAILING = _claimable(and_(_in_turn(_NOW), subscriptions.c.attempts > 0))
HOLD = (
    update(subscriptions)
    .where(subscriptions.c.id.in_(bindparam("ids", expanding=True)))
    .values(claim_token=bindparam("token"), claimed_until=bindparam("until"))
)
RELEASE = (
    update(subscriptions)
    .where(subscriptions.c.claim_token == bindparam("token"))
    .values(subscription_rows.UNCLAIMED)
)
HELD = select(subscriptions, timelines.c.revision).join(timelines, IS_OPEN)
HELD_ONES = HELD.where(subscriptions.c.id.in_(bindparam("ids", expanding=True)))
NEXT_ASKED = (
    select(deliveries)
    .where(deliveries.c.subscription_id == bindparam("subscription"), text(ASKED))
    .order_by(deliveries.c.updated_at, deliveries.c.id)
    .limit(1)
)


def claim(
    connection: Connection, token: str, *, limit: int, failing: int, lease: float
) -> tuple[Held, ...]:
    """Hold subscriptions to which something is to be sent, the most urgent first."""
    now = read_clock(connection)
    ids: list[str] = []
    for statement, most in ((OUT_OF_TURN, limit), (WELL, limit), (FAILING, failing)):
        room = min(most, limit - len(ids))
        asked = {"now": now, "most": room, "but": list(ids)}
        if room > 0:
            ids.extend(row.id for row in connection.execute(statement, asked))
    if not ids:
        return ()
    connection.execute(HOLD, {"ids": ids, "token": token, "until": now + lease})
    rows = {row.id: row for row in connection.execute(HELD_ONES, {"ids": ids})}
    return tuple(held(connection, rows[each], now) for each in ids if each in rows)


def held(connection: Connection, row: Row[Any], now: float) -> Held:
    """The subscription in `row`, which has its timeline's revision behind its own columns."""
    found = subscription_rows.subscription(row)
    asked = connection.execute(NEXT_ASKED, {"subscription": found.id}).one_or_none()
    revision = cast("int", row.revision)
    turn = found.status == ACTIVE and found.due_at <= now and found.position < revision
    return Held(
        subscription=found,
        now=now,
        revision=revision,
        is_due=turn,
        asked=None if asked is None else deliverylog.stored(asked),
    )


def release(connection: Connection, token: str) -> int:
    """Give back what `token` still holds; how many."""
    return connection.execute(RELEASE, {"token": token}).rowcount
