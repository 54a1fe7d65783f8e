"""Asking the record how it does: what waits and since when, its room, its kept counts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import cast

from sqlalchemy import Select, func, select

from service.store.articles import PRESENT
from service.store.claims import WAITING
from service.store.clock import DATABASE_NOW
from service.store.engine import Database
from service.store.tables import article_versions, articles, timelines
from service.store.timelines import ARTICLE_COUNTS, COUNTS, EVENT_COUNTS
from service.store.vitals import MOST_TIMELINES, Totals, Vitals

# What is held at this moment is stepped over: as many as workers hold, never the backlog.
OLDEST = (
    select(DATABASE_NOW - article_versions.c.received_at)
    .select_from(articles.join(article_versions, PRESENT))
    .where(articles.c.claimed_until <= DATABASE_NOW)
    .order_by(articles.c.place)
    .limit(1)
)


def read_vitals(database: Database, *, at_most: int) -> Vitals:
    """How the record does now; what waits is counted up to `at_most`."""
    waiting = cast("tuple[int]", database.look_up(WAITING, at_most=at_most))
    oldest = cast("tuple[float] | None", database.look_up(OLDEST))
    return Vitals(
        waiting=waiting[0],
        oldest_seconds=None if oldest is None else max(oldest[0], 0.0),
        free_bytes=_free_bytes(database),
    )


def read_totals(database: Database) -> Totals:
    """The kept counts, summed."""
    row = cast("tuple[int, ...]", database.look_up(TOTALS))
    found = dict(zip(COUNTS, map(int, row[1:]), strict=True))
    return Totals(
        timelines=row[0],
        articles={name: found[f"articles_{name}"] for name in ARTICLE_COUNTS},
        events={name: found[f"events_{name}"] for name in EVENT_COUNTS},
    )


def _totals() -> Select[tuple[int, ...]]:
    kept = select(*(timelines.c[name] for name in COUNTS)).where(timelines.c.life == "open")
    some = kept.limit(MOST_TIMELINES).subquery()
    sums = (func.coalesce(func.sum(some.c[name]), 0) for name in COUNTS)
    return select(func.count(), *sums).select_from(some)


TOTALS = _totals()


def _free_bytes(database: Database) -> int | None:
    if database.url.get_backend_name() != "sqlite":
        return None
    return shutil.disk_usage(Path(str(database.url.database)).parent).free
