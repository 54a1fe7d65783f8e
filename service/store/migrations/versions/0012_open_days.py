"""Events without a first or a last day are found by a term, the others by the index of days.

Whatever goes on lies around every later day, so that an index of days would find all of it with
each question; the rows of a term lie in the order that is asked for.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# An open side ends where the event stands in the order of days.
LOW, HIGH = -(2**31), 2**31 - 1
FIRST = "min(sort_start, coalesce(earliest, sort_start))"
LAST = "max(sort_start, coalesce(latest, sort_start))"
CLAMPED = [f"max({LOW}, min({HIGH}, {side}))" for side in (FIRST, LAST)]
# Boxes without an area would all be alike to the tree, which then finds nothing fast.
VALUES = ", ".join(("place", f"max({LOW}, area - 1)", "area", *CLAMPED))
PLACED = f"INSERT INTO event_days SELECT {VALUES} FROM events"  # noqa: S608  # our own names
ADDED = f"{PLACED} WHERE place = new.place;"
TAKEN = "DELETE FROM event_days WHERE place = old.place;"
MOVED = "WHEN " + " OR ".join(
    f"new.{name} IS NOT old.{name}" for name in ("sort_start", "earliest", "latest")
)
AREA = "int4range(area, area, '[]')"
DAYS = "int8range(least(earliest, sort_start), greatest(latest, sort_start), '[]')"
CHANGED = {
    "sqlite": (
        "DROP TRIGGER event_days_added",
        "DROP TRIGGER event_days_moved",
        f"CREATE TRIGGER event_days_added AFTER INSERT ON events BEGIN {ADDED} END",
        f"CREATE TRIGGER event_days_moved AFTER UPDATE ON events {MOVED} BEGIN {TAKEN} {ADDED} END",
        "DELETE FROM event_days",
        PLACED,
    ),
    "postgresql": (
        "DROP INDEX ix_events_days",
        f"CREATE INDEX ix_events_days ON events USING gist ({AREA}, {DAYS})",
    ),
}
FILLED = """INSERT INTO event_terms (term, sort_start, sort_end, place)
    SELECT :term, sort_start, sort_end, place FROM events
    WHERE timeline = :timeline AND {side} IS NULL"""


def upgrade() -> None:
    connection = op.get_bind()
    for statement in CHANGED[op.get_context().dialect.name]:
        op.execute(sa.text(statement))
    for timeline in connection.execute(sa.text("SELECT name FROM timelines")).scalars().all():
        for value, side in (("start", "earliest"), ("end", "latest")):
            given = {"term": term(timeline, value), "timeline": timeline}
            connection.execute(sa.text(FILLED.format(side=side)), given)


def downgrade() -> None:
    raise NotImplementedError("the former index of days is not kept: restore a back-up instead")


def term(timeline: str, value: str) -> int:
    """The number of the term `open`."""
    text = f"{timeline}\0open\0{value}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), signed=True)
