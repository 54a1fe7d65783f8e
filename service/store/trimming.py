"""Letting old changes go, piece by piece: one short transaction each, of one timeline.

What is left up to `kept_after` is the last change of every event that lived then: so that it is
still known what an event was before its first kept change, when an event changed last, and what one
was that ended since. All after it is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from service.store import echoes
from service.store import timelines as timeline_rows
from service.store.changerows import HERE, REACH
from service.store.clock import DATABASE_NOW, read_clock
from service.store.engine import Database
from service.store.eventtables import changes
from service.store.lineage import DOCUMENTED
from service.store.tables import timelines

PIECE = 200
"""Changes that one transaction looks at."""

_first_kept = exists().where(
    changes.c.timeline == timelines.c.name,
    changes.c.revision == timelines.c.kept_after + 1,
    changes.c.at < DATABASE_NOW - bindparam("seconds"),
)

# Building a statement costs more than running it: each is built once.
AGED = (
    select(timelines.c.name)
    .where(
        timelines.c.life == "open",
        timelines.c.revision - timelines.c.kept_after > bindparam("rows"),
        _first_kept,
    )
    .limit(1)
)
NEXT = (
    select(changes.c.revision, changes.c.at, changes.c.type, changes.c.event_id)
    .where(
        changes.c.timeline == HERE,
        changes.c.revision > bindparam("after"),
        changes.c.revision <= bindparam("until"),
    )
    .order_by(changes.c.revision)
)
DROP = delete(changes).where(
    changes.c.timeline == HERE,
    changes.c.revision.in_(bindparam("revisions", expanding=True)),
)
DROP_FORMER = (
    delete(changes)
    .where(
        changes.c.timeline == HERE,
        changes.c.event_id.in_(bindparam("events", expanding=True)),
        changes.c.revision <= bindparam("after"),
    )
    .returning(changes.c.revision)
)
KEEP = (
    update(timelines)
    .where(timelines.c.name == bindparam("at_name"))
    .values(kept_after=bindparam("until"))
)


class Kept(NamedTuple):
    """What is kept: the changes of so many last seconds, and so many last rows of each timeline."""

    seconds: float
    rows: int


def trim(database: Database, kept: Kept) -> bool:
    """Let one piece of one timeline go; whether there was none."""
    with database.reading() as connection:
        name = connection.execute(AGED, kept._asdict()).scalar()
    if name is None:
        return True
    with database.writing() as connection:
        _trim(connection, name, kept)
    return False


def _trim(connection: Connection, name: str, kept: Kept) -> None:
    timeline_rows.lock(connection, name)
    reach = connection.execute(REACH, {"at_name": name}).one_or_none()
    if reach is None:
        return
    after = reach.kept_after
    here = {"timeline": name, "after": after}
    furthest = min(after + PIECE, reach.revision - kept.rows)
    before = read_clock(connection) - kept.seconds
    rows = connection.execute(NEXT, {**here, "until": furthest})
    old = tuple(takewhile(lambda row: row.at < before, rows))
    if old:
        _drop(connection, here, old)
        connection.execute(KEEP, {"at_name": name, "until": old[-1].revision})


def _drop(connection: Connection, here: dict[str, object], old: Sequence[Any]) -> None:
    # `old` are rows of NEXT.
    last = {row.event_id: row for row in old}
    staying = {row.revision for row in last.values() if row.type in DOCUMENTED}
    former = connection.execute(DROP_FORMER, {**here, "events": list(last)}).scalars().all()
    going = [row.revision for row in old if row.revision not in staying]
    connection.execute(DROP, {"timeline": here["timeline"], "revisions": going})
    echoes.forget(connection, str(here["timeline"]), (*former, *going))
