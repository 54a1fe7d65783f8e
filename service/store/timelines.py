"""Timelines: their row, kept counts, revision and merge lease.

Every transaction that changes articles or events of a timeline locks its row first, so that no two
writers wait for one another crosswise, and moves the kept counts along.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    Update,
    and_,
    bindparam,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from service.errors import LostClaimError, StaleRevisionError, TimelineClosingError
from service.store.base import StoredTimeline
from service.store.clock import DATABASE_NOW, read_clock
from service.store.eventtables import events
from service.store.shelf import Reader, TimelineTraits
from service.store.statements import ask
from service.store.tables import articles, timelines
from service.temporal.interval import Day

ARTICLE_COUNTS = ("accepted", "processing", "processed", "failed", "nothing_to_tell", "retracted")
EVENT_COUNTS = ("happening", "statement", "planned", "state")
COUNTS = (
    *(f"articles_{name}" for name in ARTICLE_COUNTS),
    *(f"events_{name}" for name in EVENT_COUNTS),
)


def _timelines() -> Select[tuple[object, ...]]:
    # Both ends of the span are one step into an index.
    own = events.c.timeline == timelines.c.name
    first = select(func.min(events.c.sort_start)).where(own).scalar_subquery()
    last = select(func.max(events.c.sort_end)).where(own).scalar_subquery()
    return select(timelines, first.label("first_day"), last.label("last_day"))


# Building a statement costs more than running it: each is built once.
NAMED = timelines.c.name == bindparam("at_name")
HERE = and_(NAMED, timelines.c.life == "open")
ALL = _timelines()
ONE = ALL.where(HERE)
REVISION = select(timelines.c.revision).where(HERE)
PENDING = timelines.c.articles_accepted + timelines.c.articles_processing
STANDING = select(timelines.c.revision, PENDING, timelines.c.state, timelines.c.public).where(HERE)
HOME = (
    select(timelines.c.name, timelines.c.public)
    .join(articles, articles.c.timeline == timelines.c.name)
    .where(articles.c.id == bindparam("article"), timelines.c.life == "open")
)
MERGER = select(timelines.c.merge_token).where(HERE, timelines.c.merge_until > DATABASE_NOW)
LIFE = select(timelines.c.life).where(NAMED).with_for_update(key_share=True)
AGAIN = ("life", "state", "created_at", "updated_at", "claimed_at")
"""What a timeline that is made again begins with; its revision and who may read it stay."""


def _open(insert: Any) -> Any:  # noqa: ANN401  # two classes of SQLAlchemy with the same methods
    made = insert(timelines)
    fresh = {name: made.excluded[name] for name in AGAIN}
    return made.on_conflict_do_update(
        index_elements=[timelines.c.name],
        set_={**fresh, "state": timelines.c.state + 1},
        where=timelines.c.life == "closed",
    )


OPEN = {"sqlite": _open(sqlite.insert), "postgresql": _open(postgresql.insert)}
MADE_AT = select(timelines.c.created_at).where(HERE)
TRAITS = ("title", "description", "timezone", "public")
SAID = select(*(timelines.c[name] for name in TRAITS)).where(HERE)
SAY = (
    update(timelines)
    .where(HERE)
    .values({name: bindparam(f"is_{name}") for name in TRAITS} | {"state": timelines.c.state + 1})
)
TAKE_LEASE = (
    update(timelines)
    .where(
        HERE,
        or_(
            timelines.c.merge_until <= bindparam("now"),
            timelines.c.merge_token == bindparam("token"),
        ),
    )
    .values(merge_token=bindparam("token"), merge_until=bindparam("until"))
)
DROP_LEASE = (
    update(timelines)
    .where(HERE, timelines.c.merge_token == bindparam("token"))
    .values(merge_token=None, merge_until=0.0)
)


def open_timeline(connection: Connection, name: str, now: float) -> None:
    """Make the timeline unless it is there, and lock its row for this transaction.

    Raises TimelineClosingError while one of that name is being removed.
    """
    life = ask(connection, LIFE, at_name=name).scalar()
    if life in {None, "closed"}:
        connection.execute(OPEN[connection.dialect.name], _fresh(name, now))
        life = ask(connection, LIFE, at_name=name).scalar()
    if life != "open":
        raise TimelineClosingError(name)


def put(connection: Connection, name: str, traits: TimelineTraits) -> bool:
    """Make the timeline or give it exactly these traits; whether it was made by this.

    Its state moves only where something changes. Raises TimelineClosingError.
    """
    now = read_clock(connection)
    open_timeline(connection, name, now)
    here = {"at_name": name}
    wanted = [getattr(traits, each) for each in TRAITS]
    if list(connection.execute(SAID, here).one()) != wanted:
        said = {f"is_{each}": value for each, value in zip(TRAITS, wanted, strict=True)}
        connection.execute(SAY, {**here, **said})
    return connection.execute(MADE_AT, here).scalar() == now


def lock(connection: Connection, name: str) -> None:
    """Wait until no other transaction writes in this timeline (SQLite: there is none)."""
    if connection.dialect.name != "sqlite":
        connection.execute(LIFE, {"at_name": name})


def shift_counts(connection: Connection, name: str, differences: Mapping[str, int]) -> None:
    """Add to the kept counts; `differences` are by column name."""
    moved = _moved(differences)
    if moved:
        values = {f"by_{column}": step for column, step in moved.items()}
        connection.execute(_shift(tuple(moved)), {"at_name": name, **values})


def advance(
    connection: Connection,
    name: str,
    *,
    expected: int,
    revision: int,
    now: float,
    differences: Mapping[str, int],
) -> None:
    """Move revision and counts on from `expected`, which also locks the timeline's row.

    Raises StaleRevisionError when the timeline is elsewhere, LostClaimError when there is none.
    """
    moved = _moved(differences)
    values: dict[str, object] = {f"by_{column}": step for column, step in moved.items()}
    values |= {"at_name": name, "expected": expected, "to_revision": revision, "now": now}
    advanced = connection.execute(_advance(tuple(moved), changed=revision != expected), values)
    if advanced.rowcount:
        return
    found = find_revision(connection, name)
    if found is None:
        raise LostClaimError(f"timeline '{name}' is gone: drop the work")
    raise StaleRevisionError(f"timeline '{name}' is at {found}, not {expected}: merge again")


def find(connection: Connection, name: str) -> StoredTimeline | None:
    """The timeline, or None."""
    row = connection.execute(ONE, {"at_name": name}).one_or_none()
    return None if row is None else _stored(row)


def find_revision(connection: Connection, name: str) -> int | None:
    """Its revision, or None."""
    return connection.execute(REVISION, {"at_name": name}).scalar()


def list_after(
    connection: Connection, *, limit: int, after: str | None, reader: Reader
) -> tuple[StoredTimeline, ...]:
    """Timelines by name, strictly after `after`, that `reader` may read."""
    page = ALL.where(timelines.c.life == "open").order_by(timelines.c.name).limit(limit)
    if after is not None:
        page = page.where(timelines.c.name > after)
    if not reader.all_private:
        page = page.where(or_(timelines.c.public, timelines.c.name == reader.own))
    return tuple(_stored(row) for row in connection.execute(page))


def take_merge_lease(connection: Connection, name: str, token: str, seconds: float) -> bool:
    """Whether `token` now holds the merge lease, for `seconds` from now."""
    now = read_clock(connection)
    values = {"at_name": name, "token": token, "now": now, "until": now + seconds}
    return connection.execute(TAKE_LEASE, values).rowcount == 1


def drop_merge_lease(connection: Connection, name: str, token: str) -> None:
    """End the merge lease if `token` holds it."""
    connection.execute(DROP_LEASE, {"at_name": name, "token": token})


def _fresh(name: str, now: float) -> dict[str, object]:
    return {
        "name": name,
        "public": True,
        "revision": 0,
        "state": 0,
        "created_at": now,
        "updated_at": now,
        "merge_until": 0.0,
        "claimed_at": now,
        "life": "open",
        **dict.fromkeys(COUNTS, 0),
    }


def _moved(differences: Mapping[str, int]) -> dict[str, int]:
    return {column: differences[column] for column in sorted(differences) if differences[column]}


@cache
def _shift(columns: tuple[str, ...]) -> Update:
    shifted = {column: timelines.c[column] + bindparam(f"by_{column}") for column in columns}
    return update(timelines).where(HERE).values({**shifted, "state": timelines.c.state + 1})


@cache
def _advance(columns: tuple[str, ...], *, changed: bool) -> Update:
    moved: dict[str, BindParameter[object]] = {"revision": bindparam("to_revision")}
    if changed:
        moved["updated_at"] = bindparam("now")
    # A reading that says what is known leaves all that a reader sees, and so the state.
    made = _shift(columns) if columns or changed else update(timelines).where(HERE)
    return made.where(timelines.c.revision == bindparam("expected")).values(moved)


def _stored(row: Row[tuple[object, ...]]) -> StoredTimeline:
    found = row._mapping  # noqa: SLF001  # SQLAlchemy's public name for it
    return StoredTimeline(
        name=found["name"],
        title=found["title"],
        description=found["description"],
        timezone=found["timezone"],
        public=found["public"],
        revision=found["revision"],
        state=found["state"],
        updated_at=found["updated_at"],
        articles={name: found[f"articles_{name}"] for name in ARTICLE_COUNTS},
        events={name: found[f"events_{name}"] for name in EVENT_COUNTS},
        first_day=_day(found["first_day"]),
        last_day=_day(found["last_day"]),
    )


def _day(number: int | None) -> Day | None:
    return None if number is None else Day(number)
