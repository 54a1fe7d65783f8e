"""Timelines: their row, kept counts, revision and merge lease.

Every transaction that changes articles or events of a timeline locks its row first, so that no two
writers wait for one another crosswise, and moves the kept counts along.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Row, Select, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from service.errors import LostClaimError, StaleRevisionError
from service.store.base import StoredTimeline
from service.store.engine import read_clock
from service.store.tables import events, timelines
from service.temporal.interval import Day

ARTICLE_COUNTS = ("accepted", "processing", "processed", "failed", "nothing_to_tell")
EVENT_COUNTS = ("happening", "statement", "planned", "state")
COUNTS = (
    *(f"articles_{name}" for name in ARTICLE_COUNTS),
    *(f"events_{name}" for name in EVENT_COUNTS),
)


def open_timeline(connection: Connection, name: str, now: float) -> None:
    """Make the timeline unless it is there, and lock its row for this transaction."""
    row = {
        "name": name,
        "public": True,
        "revision": 0,
        "created_at": now,
        "updated_at": now,
        "merge_until": 0.0,
        **dict.fromkeys(COUNTS, 0),
    }
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(timelines).values(row).on_conflict_do_nothing())
    lock(connection, name)


def lock(connection: Connection, name: str) -> None:
    """Wait until no other transaction writes in this timeline (SQLite: there is none)."""
    if connection.dialect.name != "sqlite":
        row = select(timelines.c.name).where(timelines.c.name == name)
        connection.execute(row.with_for_update(key_share=True))


def shift_counts(connection: Connection, name: str, differences: Mapping[str, int]) -> None:
    """Add to the kept counts; `differences` are by column name."""
    moved = {
        column: timelines.c[column] + difference
        for column, difference in differences.items()
        if difference
    }
    if moved:
        connection.execute(update(timelines).where(timelines.c.name == name).values(moved))


def advance(connection: Connection, name: str, *, expected: int, revision: int, now: float) -> None:
    """Move the revision on from `expected`, which also locks the timeline's row.

    Raises StaleRevisionError when the timeline is elsewhere, LostClaimError when there is none.
    """
    moved: dict[str, int | float] = {"revision": revision}
    if revision != expected:
        moved["updated_at"] = now
    here = (timelines.c.name == name) & (timelines.c.revision == expected)
    if connection.execute(update(timelines).where(here).values(moved)).rowcount:
        return
    found = find_revision(connection, name)
    if found is None:
        raise LostClaimError(f"timeline '{name}' is gone: drop the work")
    raise StaleRevisionError(f"timeline '{name}' is at {found[0]}, not {expected}: merge again")


def find(connection: Connection, name: str) -> StoredTimeline | None:
    """The timeline, or None."""
    row = connection.execute(_timelines().where(timelines.c.name == name)).one_or_none()
    return None if row is None else _stored(row)


def find_revision(connection: Connection, name: str) -> tuple[int, int] | None:
    """(revision, pending articles), or None."""
    pending = timelines.c.articles_accepted + timelines.c.articles_processing
    wanted = select(timelines.c.revision, pending).where(timelines.c.name == name)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else (row[0], row[1])


def list_after(
    connection: Connection, *, limit: int, after: str | None
) -> tuple[StoredTimeline, ...]:
    """Timelines by name, strictly after `after`."""
    page = _timelines().order_by(timelines.c.name).limit(limit)
    if after is not None:
        page = page.where(timelines.c.name > after)
    return tuple(_stored(row) for row in connection.execute(page))


def take_merge_lease(connection: Connection, name: str, token: str, seconds: float) -> bool:
    """Whether `token` now holds the merge lease, for `seconds` from now."""
    now = read_clock(connection)
    free = or_(timelines.c.merge_until <= now, timelines.c.merge_token == token)
    taken = (
        update(timelines)
        .where(timelines.c.name == name, free)
        .values(merge_token=token, merge_until=now + seconds)
    )
    return connection.execute(taken).rowcount == 1


def drop_merge_lease(connection: Connection, name: str, token: str) -> None:
    """End the merge lease if `token` holds it."""
    held = (timelines.c.name == name) & (timelines.c.merge_token == token)
    connection.execute(update(timelines).where(held).values(merge_token=None, merge_until=0.0))


def _timelines() -> Select[tuple[object, ...]]:
    # Both ends of the span are one step into an index.
    own = events.c.timeline == timelines.c.name
    first = select(func.min(events.c.sort_start)).where(own).scalar_subquery()
    last = select(func.max(events.c.sort_end)).where(own).scalar_subquery()
    return select(timelines, first.label("first_day"), last.label("last_day"))


def _stored(row: Row[tuple[object, ...]]) -> StoredTimeline:
    found = row._mapping  # noqa: SLF001  # SQLAlchemy's public name for it
    return StoredTimeline(
        name=found["name"],
        title=found["title"],
        description=found["description"],
        timezone=found["timezone"],
        revision=found["revision"],
        updated_at=found["updated_at"],
        articles={name: found[f"articles_{name}"] for name in ARTICLE_COUNTS},
        events={name: found[f"events_{name}"] for name in EVENT_COUNTS},
        first_day=_day(found["first_day"]),
        last_day=_day(found["last_day"]),
    )


def _day(number: int | None) -> Day | None:
    return None if number is None else Day(number)
