"""Removing a timeline: closed for everyone by one short write, then cleared piece by piece.

One transaction over everything would keep every other timeline of a SQLite file waiting for as
long as it takes. Nothing reads or writes a timeline that is closing, so the pieces need no order
but that of the foreign keys.
"""

from __future__ import annotations

from typing import cast

from sqlalchemy import Connection, Delete, Table, bindparam, delete, select, tuple_, update

from service.store import timelines as timeline_rows
from service.store.answertable import kept_answers
from service.store.columns import metadata
from service.store.keytables import api_keys
from service.store.tables import articles, timelines
from service.store.timelines import COUNTS, HERE, NAMED
from service.store.updatetables import deliveries, subscriptions

PIECE = 500
"""Rows that one transaction removes from one table."""
PIECE_OF_ARTICLES = 25
"""Articles; each has its texts and its expressions with it."""
CLOSE = (
    update(timelines)
    .where(HERE)
    .values(
        life="closing",
        revision=timelines.c.revision + 1,
        kept_after=timelines.c.revision + 1,
        state=timelines.c.state + 1,
        title=None,
        description=None,
        timezone=None,
        merge_token=None,
        merge_until=0.0,
        **dict.fromkeys(COUNTS, 0),
    )
)
CLOSED = update(timelines).where(NAMED, timelines.c.life == "closing").values(life="closed")
GONE = select(timelines.c.revision).where(NAMED, timelines.c.life == "closing")
CLOSING = select(timelines.c.name).where(timelines.c.life == "closing").limit(1)


def close(connection: Connection, name: str) -> int | None:
    """Let the timeline be gone; its last revision, also when it was closing; None without one."""
    timeline_rows.lock(connection, name)
    connection.execute(CLOSE, {"at_name": name})
    return cast("int | None", connection.execute(GONE, {"at_name": name}).scalar())


def clear(connection: Connection, name: str) -> bool:
    """Remove one piece of a closing timeline; whether nothing is left of it."""
    timeline_rows.lock(connection, name)
    if connection.execute(GONE, {"at_name": name}).scalar() is None:
        return True
    for statement in PIECES:
        if connection.execute(statement, {"timeline": name}).rowcount:
            return False
    connection.execute(CLOSED, {"at_name": name})
    return True


def _piece(table: Table) -> Delete:
    most = PIECE_OF_ARTICLES if table is articles else PIECE
    key = tuple_(*table.primary_key.columns)
    some = (
        select(*table.primary_key.columns)
        .where(table.c.timeline == bindparam("timeline"))
        .limit(most)
    )
    return delete(table).where(key.in_(some))


FIRST = (kept_answers, deliveries, subscriptions)
"""What goes first: a timeline that is gone tells nobody any more."""
OWNED = (
    *FIRST,
    *(
        table
        for table in reversed(metadata.sorted_tables)
        if "timeline" in table.columns and table not in {api_keys, *FIRST}
    ),
)
"""What belongs to a timeline, rows that name others before those others."""
PIECES = tuple(map(_piece, OWNED))
