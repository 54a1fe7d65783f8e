"""What came of messages: kept with their tries, and what follows for their subscription.

Each is one transaction under the lock of the subscription's row, and only while the token holds it.
A position that its owner changed while a message was on its way stays: the outcome of that message
is none of what is asked for now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Update,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    update,
)

from service.documents.messages import EVENT
from service.documents.tries import Try, with_try
from service.store import deliveryclaims, echoes
from service.store.clock import read_clock
from service.store.delivering import Held, Sent
from service.store.deliveryclaims import HELD, IS_BEHIND, REVISION
from service.store.subscribing import (
    ACTIVE,
    DELIVERED,
    DISABLED,
    FAILED,
    PAUSED,
    WAITING,
    Subscription,
)
from service.store.subscriptions import UNCLAIMED
from service.store.updatetables import deliveries, subscriptions

PIECE = 500
"""Deliveries that one transaction lets go."""
MOST_COUNTED = 100_000
"""Subscriptions are counted up to here."""

# Building a statement costs more than running it: each is built once.
OWN = and_(
    subscriptions.c.id == bindparam("at_id"), subscriptions.c.claim_token == bindparam("at_token")
)
# No key is changed, so that messages asked for by hand need not wait for this lock.
MINE = HELD.where(OWN).with_for_update(of=subscriptions, key_share=True)
FRESH = HELD.where(subscriptions.c.id == bindparam("at_id"))
KNOWN = select(deliveries.c.tries, deliveries.c.attempts).where(
    deliveries.c.id == bindparam("delivery")
)
MAKE = insert(deliveries)
KEEP = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"))
    .values(
        status=bindparam("to_status"),
        out_of_turn=bindparam("to_out_of_turn"),
        attempts=bindparam("to_attempts"),
        tries=bindparam("to_tries"),
        updated_at=bindparam("now"),
    )
)
SUPERSEDE = (
    update(deliveries)
    .where(
        deliveries.c.subscription_id == bindparam("at_id"),
        deliveries.c.status == WAITING,
        deliveries.c.out_of_turn.is_(False),
        deliveries.c.revision <= bindparam("to_position"),
    )
    .values(status=FAILED, updated_at=bindparam("now"))
)
OLD = delete(deliveries).where(
    deliveries.c.id.in_(
        select(deliveries.c.id)
        .where(deliveries.c.created_at < bindparam("before"))
        .order_by(deliveries.c.created_at)
        .limit(PIECE)
    )
)


def _moved(**values: Any) -> Update:  # noqa: ANN401  # columns and their new values
    return update(subscriptions).where(subscriptions.c.id == bindparam("at_id")).values(**values)


MOVE = _moved(
    position=bindparam("to_position"), attempts=0, failing_since=None, due_at=bindparam("now")
)
# Who took a message that was asked for by hand is there again: what waits is tried at once.
TOOK = _moved(delivered_at=bindparam("now"), due_at=bindparam("now"))
WAIT = _moved(
    attempts=subscriptions.c.attempts + 1,
    failing_since=func.coalesce(subscriptions.c.failing_since, bindparam("now")),
    due_at=bindparam("due"),
)
DISABLE = _moved(status=DISABLED, reason=bindparam("why"), updated_at=bindparam("now")).where(
    subscriptions.c.status == ACTIVE
)
RENEW = _moved(claimed_until=bindparam("until"))
GIVE_BACK = _moved(**UNCLAIMED)


def settle(
    connection: Connection, token: str, of: Subscription, sent: Sent, *, lease: float | None
) -> Held | None:
    """Keep what came of a message; what is to be sent next to a subscription held further."""
    row = _mine(connection, token, of)
    if row is None:
        return None
    now = read_clock(connection)
    _keep(connection, of, sent, now)
    here = {"at_id": of.id, "now": now}
    if sent.made.delivered:
        connection.execute(TOOK, here)
    if sent.reason is not None:
        connection.execute(DISABLE, {**here, "why": sent.reason})
    if sent.position is not None and row.position == of.position:
        if sent.made.delivered:
            _move(connection, row, sent.position, now)
        else:
            connection.execute(WAIT, {**here, "due": now + (sent.pause or 0.0)})
    return _next(connection, of, now, lease)


def pass_on(
    connection: Connection, token: str, of: Subscription, position: int, *, lease: float | None
) -> Held | None:
    """Move a subscription on, unless its position was changed; what is to be sent next to it."""
    row = _mine(connection, token, of)
    if row is None:
        return None
    now = read_clock(connection)
    if row.position == of.position:
        _move(connection, row, position, now)
    return _next(connection, of, now, lease)


def trim(connection: Connection, *, seconds: float) -> bool:
    """Let one piece of old deliveries go; whether none is left."""
    before = read_clock(connection) - seconds
    return connection.execute(OLD, {"before": before}).rowcount < PIECE


def _mine(connection: Connection, token: str, of: Subscription) -> Row[Any] | None:
    return connection.execute(MINE, {"at_id": of.id, "at_token": token}).one_or_none()


def _keep(connection: Connection, of: Subscription, sent: Sent, now: float) -> None:
    """The message's row with one more try, made with the first one."""
    made = _kept(connection, of, sent)
    known = connection.execute(KNOWN, {"delivery": sent.id}).one_or_none()
    attempts = 1 if known is None else known.attempts + 1
    tries = with_try("[]" if known is None else known.tries, made)
    status, asked = _status(sent), sent.position is None
    if known is not None:
        told = {"to_status": status, "to_out_of_turn": asked, "to_attempts": attempts}
        connection.execute(KEEP, {**told, "to_tries": tries, "delivery": sent.id, "now": now})
        return
    row = {
        "id": sent.id,
        "timeline": of.timeline,
        "subscription_id": of.id,
        "type": sent.type,
        "revision": sent.revision,
        "status": status,
        "out_of_turn": asked,
        "attempts": attempts,
        "tries": tries,
        "created_at": now,
        "updated_at": now,
    }
    connection.execute(MAKE, row)


def _kept(connection: Connection, of: Subscription, sent: Sent) -> Try:
    """The try without its answer, where that could repeat what was erased meanwhile."""
    tells = sent.type.startswith(EVENT) and sent.revision is not None
    if not tells or echoes.may_keep(connection, of.timeline, sent.revision or 0):
        return sent.made
    return replace(sent.made, answer=None)


def _status(sent: Sent) -> str:
    if sent.made.delivered:
        return DELIVERED
    again = sent.position is not None and sent.reason is None
    return WAITING if again else FAILED


def _move(connection: Connection, row: Row[Any], position: int, now: float) -> None:
    here = {"at_id": row.id, "to_position": position, "now": now}
    connection.execute(MOVE, here)
    if row.attempts:
        # What failed may be none of what is asked for by now; it is never tried again then.
        connection.execute(SUPERSEDE, here)


def _next(connection: Connection, of: Subscription, now: float, lease: float | None) -> Held | None:
    row = connection.execute(FRESH, {"at_id": of.id}).one_or_none()
    found = None if row is None else deliveryclaims.held(connection, row, now)
    if found is not None and lease is not None and (found.is_due or found.asked is not None):
        connection.execute(RENEW, {"at_id": of.id, "until": now + lease})
        return found
    connection.execute(GIVE_BACK, {"at_id": of.id})
    return None


_BY_STATUS = (
    select(subscriptions.c.status, (IS_BEHIND & (subscriptions.c.status == ACTIVE)).label("behind"))
    .where(REVISION.is_not(None))
    .limit(MOST_COUNTED)
    .subquery()
)
COUNTS = select(
    *(
        func.coalesce(func.sum(case((_BY_STATUS.c.status == each, 1), else_=0)), 0)
        for each in (ACTIVE, PAUSED, DISABLED)
    ),
    func.coalesce(func.sum(case((_BY_STATUS.c.behind, 1), else_=0)), 0),
)
COUNTED = (ACTIVE, PAUSED, DISABLED, "behind")


def counted(row: tuple[object, ...]) -> Mapping[str, int]:
    """The counts in the row of COUNTS."""
    return {name: int(str(count)) for name, count in zip(COUNTED, row, strict=True)}
