"""What was sent to a subscription and what came of it: read, and asked for once more."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, tuple_, update

from service.documents.messages import EVENT, TEST
from service.store import subscriptions as subscription_rows
from service.store.clock import read_clock
from service.store.subscribing import WAITING, StoredDelivery
from service.store.tables import timelines
from service.store.updatetables import deliveries
from service.timeline.ids import delivery_id

# Building a statement costs more than running it: each is built once.
_OPEN = (
    select(deliveries)
    .join(timelines, timelines.c.name == deliveries.c.timeline)
    .where(timelines.c.life == "open")
)
ONE = _OPEN.where(deliveries.c.id == bindparam("delivery"))
HOME = (
    select(timelines.c.name, timelines.c.public)
    .join(deliveries, deliveries.c.timeline == timelines.c.name)
    .where(deliveries.c.id == bindparam("delivery"), timelines.c.life == "open")
)
_ORDER = (deliveries.c.created_at, deliveries.c.id)
_OWN = (
    _OPEN.where(
        timelines.c.name == bindparam("at_timeline"),
        deliveries.c.subscription_id == bindparam("subscription"),
    )
    .order_by(*(each.desc() for each in _ORDER))
    .limit(bindparam("most"))
)
_BEFORE = tuple_(*_ORDER) < tuple_(bindparam("after_at"), bindparam("after_id"))
_STATUS = deliveries.c.status == bindparam("is_status")
PAGES = {
    (False, False): _OWN,
    (False, True): _OWN.where(_BEFORE),
    (True, False): _OWN.where(_STATUS),
    (True, True): _OWN.where(_STATUS, _BEFORE),
}
"""By whether a status is asked for, and whether something came before this page."""
MAKE = insert(deliveries)
ASK = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"))
    .values(out_of_turn=True, status=WAITING, updated_at=bindparam("now"))
)


def find(connection: Connection, delivery: str) -> StoredDelivery | None:
    """The delivery, or None."""
    row = connection.execute(ONE, {"delivery": delivery}).one_or_none()
    return None if row is None else stored(row)


def list_after(
    connection: Connection,
    timeline: str,
    subscription_id: str,
    *,
    status: str | None,
    limit: int,
    after: tuple[float, str] | None,
) -> tuple[StoredDelivery, ...]:
    """Deliveries by (created_at, id) falling, strictly after `after`."""
    asked: dict[str, object] = {
        "at_timeline": timeline,
        "subscription": subscription_id,
        "most": limit,
    }
    if status is not None:
        asked["is_status"] = status
    if after is not None:
        asked |= {"after_at": after[0], "after_id": after[1]}
    page = PAGES[status is not None, after is not None]
    return tuple(map(stored, connection.execute(page, asked)))


def ask_test(
    connection: Connection, timeline: str, subscription_id: str, nonce: str
) -> StoredDelivery | None:
    """Have a test message sent out of turn; None when the subscription is not there."""
    if subscription_rows.find(connection, timeline, subscription_id) is None:
        return None
    now = read_clock(connection)
    made = delivery_id(subscription_id, TEST, nonce)
    row = {
        "id": made,
        "timeline": timeline,
        "subscription_id": subscription_id,
        "type": TEST,
        "revision": None,
        "status": WAITING,
        "out_of_turn": True,
        "attempts": 0,
        "tries": "[]",
        "created_at": now,
        "updated_at": now,
    }
    connection.execute(MAKE, row)
    return find(connection, made)


def ask_again(connection: Connection, delivery: str) -> StoredDelivery | None:
    """Have a message sent once more, out of turn; None when it is not there.

    Raises HistoryGoneError when its change is not kept any more.
    """
    found = find(connection, delivery)
    if found is None:
        return None
    if found.revision is not None and found.type.startswith(EVENT):
        subscription_rows.refuse_gone(connection, found.timeline, since=found.revision - 1)
    connection.execute(ASK, {"delivery": delivery, "now": read_clock(connection)})
    return find(connection, delivery)


def stored(row: Row[Any]) -> StoredDelivery:
    """The delivery in `row`."""
    said = {each.name: getattr(row, each.name) for each in deliveries.c}
    return StoredDelivery(**said)
