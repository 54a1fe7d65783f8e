"""Subscriptions: their rows, made, read, changed and ended under the lock of their row."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    Update,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)

from service.documents.jsontext import dumps, loads
from service.errors import HistoryGoneError, TooManySubscriptionsError
from service.store import timelines as timeline_rows
from service.store.changerows import REACH
from service.store.clock import read_clock
from service.store.eventquery import EventQuery
from service.store.querytext import read_query, write_query
from service.store.subscribing import (
    ACTIVE,
    DISABLED,
    NewSubscription,
    Subscription,
    SubscriptionChange,
)
from service.store.tables import timelines
from service.store.updatetables import subscriptions

# Building a statement costs more than running it: each is built once.
_OPEN = (
    select(subscriptions)
    .join(timelines, timelines.c.name == subscriptions.c.timeline)
    .where(timelines.c.life == "open", timelines.c.name == bindparam("at_timeline"))
)
ONE = _OPEN.where(subscriptions.c.id == bindparam("at_id"))
LOCKED = ONE.with_for_update(of=subscriptions)
_ORDER = (subscriptions.c.created_at, subscriptions.c.id)
_FIRST = _OPEN.order_by(*_ORDER).limit(bindparam("most"))
_REST = _FIRST.where(tuple_(*_ORDER) > tuple_(bindparam("after_at"), bindparam("after_id")))
HOW_MANY = select(func.count()).where(subscriptions.c.timeline == bindparam("at_timeline"))
MAKE = insert(subscriptions)
_HERE = and_(
    subscriptions.c.timeline == bindparam("at_timeline"), subscriptions.c.id == bindparam("at_id")
)
END = delete(subscriptions).where(_HERE)

FRESH: Mapping[str, object] = {"attempts": 0, "failing_since": None}
"""A message with no attempt behind it."""
UNCLAIMED: Mapping[str, object] = {"claim_token": None, "claimed_until": 0.0}
"""What makes whoever sends now lose its claim, so that it writes nothing over this change."""

CODED = frozenset({"types", "query"})
"""Columns that are not kept as they are said."""
PLAIN = tuple(each.name for each in subscriptions.c if each.name not in {*CODED, *UNCLAIMED})


def add(connection: Connection, new: NewSubscription, *, most: int) -> Subscription | None:
    """Keep a subscription; None when its timeline is not there. TooManySubscriptionsError."""
    timeline_rows.lock(connection, new.timeline)
    revision = timeline_rows.find_revision(connection, new.timeline)
    if revision is None:
        return None
    if connection.execute(HOW_MANY, {"at_timeline": new.timeline}).scalar_one() >= most:
        raise TooManySubscriptionsError(new.timeline, most)
    row = _made(new, position=revision, now=read_clock(connection))
    connection.execute(MAKE, row)
    return find(connection, new.timeline, row["id"])


def find(connection: Connection, timeline: str, subscription_id: str) -> Subscription | None:
    """The subscription, or None."""
    return _first(connection, ONE, timeline, subscription_id)


def list_after(
    connection: Connection, timeline: str, *, limit: int, after: tuple[float, str] | None
) -> tuple[Subscription, ...]:
    """A timeline's subscriptions by (created_at, id), strictly after `after`."""
    asked: dict[str, object] = {"at_timeline": timeline, "most": limit}
    if after is None:
        return tuple(map(subscription, connection.execute(_FIRST, asked)))
    asked |= {"after_at": after[0], "after_id": after[1]}
    return tuple(map(subscription, connection.execute(_REST, asked)))


def change(
    connection: Connection, timeline: str, subscription_id: str, changed: SubscriptionChange
) -> Subscription | None:
    """Write what is named in `changed`; None when the subscription is not there."""
    found = _first(connection, LOCKED, timeline, subscription_id)
    if found is None:
        return None
    now = read_clock(connection)
    columns: dict[str, Any] = {**_columns(changed), "updated_at": now}
    if changed.get("status", found.status) != DISABLED:
        columns["reason"] = None
    if _starts_anew(found, changed):
        columns |= {**FRESH, "due_at": now}
    if changed.get("url", found.url) != found.url:
        columns |= UNCLAIMED
    return _write(connection, found, columns)


def remove(connection: Connection, timeline: str, subscription_id: str) -> bool:
    """End a subscription with its deliveries; whether it was there."""
    ended = connection.execute(END, {"at_timeline": timeline, "at_id": subscription_id})
    return bool(ended.rowcount)


def rotate(
    connection: Connection, timeline: str, subscription_id: str, *, secret: str, seconds: float
) -> Subscription | None:
    """Sign with `secret` from now on, and with the present one too for so long."""
    found = _first(connection, LOCKED, timeline, subscription_id)
    if found is None:
        return None
    now = read_clock(connection)
    former = {"former_secret": found.secret, "former_until": now + seconds}
    return _write(connection, found, {"secret": secret, **former, "updated_at": now})


def replay(
    connection: Connection, timeline: str, subscription_id: str, since: int
) -> Subscription | None:
    """Go back to the revision `since`. HistoryGoneError when not all after it is kept."""
    found = _first(connection, LOCKED, timeline, subscription_id)
    if found is None:
        return None
    refuse_gone(connection, timeline, since=since)
    now = read_clock(connection)
    # Who sends now keeps the claim: it is one message at a time, and its outcome moves no position
    # but the one that it began from.
    back = {"position": since, "due_at": now, "updated_at": now}
    return _write(connection, found, {**back, **FRESH})


def refuse_gone(connection: Connection, timeline: str, *, since: int) -> None:
    """Raise HistoryGoneError unless all that came after the revision `since` is kept."""
    reach = connection.execute(REACH, {"at_name": timeline}).one()
    if not reach.kept_after <= since <= reach.revision:
        raise HistoryGoneError(timeline, since=since, revision=reach.revision)


def subscription(row: Row[Any]) -> Subscription:
    """The subscription in `row`."""
    said = {name: getattr(row, name) for name in PLAIN}
    types = tuple(cast("list[str]", loads(row.types)))
    query = None if row.query is None else read_query(row.query)
    return Subscription(**said, types=types, query=query)


def _made(new: NewSubscription, *, position: int, now: float) -> dict[str, Any]:
    """A row that was never told anything."""
    return {
        "id": f"sub_{secrets.token_hex(10)}",
        "timeline": new.timeline,
        "url": new.url,
        "description": new.description,
        "types": dumps(new.types),
        "filter": new.filter,
        "query": _query(new.query),
        "format": new.format,
        "status": ACTIVE,
        "reason": None,
        "secret": new.secret,
        "former_secret": None,
        "former_until": None,
        "position": position,
        "due_at": now,
        "delivered_at": None,
        "created_at": now,
        "updated_at": now,
        "created_by": new.created_by,
        **FRESH,
        **UNCLAIMED,
    }


def _starts_anew(found: Subscription, changed: SubscriptionChange) -> bool:
    """Whether what failed until now is no sign any more: it is told again, or told elsewhere."""
    woken = found.status != ACTIVE and changed.get("status") == ACTIVE
    return woken or changed.get("url", found.url) != found.url


def _columns(changed: SubscriptionChange) -> dict[str, Any]:
    columns: dict[str, Any] = {**changed}
    if "types" in changed:
        columns["types"] = dumps(changed["types"])
    if "query" in changed:
        columns["query"] = _query(changed["query"])
    return columns


def _query(query: EventQuery | None) -> str | None:
    return None if query is None else write_query(query)


def _first(
    connection: Connection, statement: Select[Any], timeline: str, subscription_id: str
) -> Subscription | None:
    here = {"at_timeline": timeline, "at_id": subscription_id}
    row = connection.execute(statement, here).one_or_none()
    return None if row is None else subscription(row)


def _write(
    connection: Connection, found: Subscription, columns: Mapping[str, Any]
) -> Subscription | None:
    values = {f"to_{name}": value for name, value in columns.items()}
    here = {"at_timeline": found.timeline, "at_id": found.id}
    connection.execute(_update(tuple(sorted(columns))), {**here, **values})
    return find(connection, found.timeline, found.id)


@cache
def _update(columns: tuple[str, ...]) -> Update:
    values: dict[str, BindParameter[Any]] = {name: bindparam(f"to_{name}") for name in columns}
    return update(subscriptions).where(_HERE).values(values)
