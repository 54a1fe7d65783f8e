"""Articles that are to tell nothing any more: retracted (kept, and named so) or erased (gone)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from service.errors import LostClaimError, NotFoundError
from service.store import echoes, mentions, merges, repeats, timelines
from service.store.amending import UNREAD, lock, unlist
from service.store.amendments import Traces, Withdrawal
from service.store.articles import count_shift
from service.store.clock import read_clock
from service.store.engine import Database, pieces
from service.store.eventrows import EventRow
from service.store.eventtables import changes
from service.store.tables import article_versions, articles
from service.timeline.plan import MergePlan

LOOKED_AT = 2_000
"""Change rows that are searched for an article at once, in a transaction that only reads."""

HERE = changes.c.timeline == bindparam("at_timeline")
QUOTING = changes.c.document.contains(bindparam("article"), autoescape=False)
AFTER = HERE & (changes.c.revision > bindparam("after")) & QUOTING
FIRST = select(func.min(changes.c.revision)).where(HERE, changes.c.revision > bindparam("after"))
TRACES = select(changes.c.revision).where(AFTER, changes.c.revision <= bindparam("until"))
BLANK = update(changes).values(document=None)
BLANK_THESE = BLANK.where(HERE, changes.c.revision.in_(bindparam("revisions", expanding=True)))
LATER = select(changes.c.revision).where(AFTER)
INSERT_VERSION = insert(article_versions)


def withdraw(
    connection: Connection,
    of: Withdrawal,
    *,
    plan: MergePlan,
    rows: Sequence[EventRow],
    expected_revision: int,
) -> int:
    """Write it all, or raise StaleRevisionError or LostClaimError and write nothing."""
    old = _lock(connection, of)
    now = read_clock(connection)
    after = None if of.traces else ("retracted", None)
    revision = expected_revision + len(plan.changes)
    timelines.advance(
        connection,
        of.timeline,
        expected=expected_revision,
        revision=revision,
        now=now,
        differences=count_shift([(old.status, old.outcome)], after),
    )
    mentions.write(connection, of.timeline, plan, ())
    merges.write_events(connection, of.timeline, plan, rows, expected_revision)
    merges.write_changes(connection, of.timeline, plan, rows, now=now, revision=expected_revision)
    if of.traces is None:
        _retract(connection, old, now)
    else:
        _erase(connection, of, of.traces)
    return revision


def find_traces(database: Database, timeline: str, article_id: str) -> Traces:
    """The change rows that quote the article, found piece by piece, each its own transaction."""
    with database.reading() as connection:
        until = timelines.find_revision(connection, timeline) or 0
    found: list[int] = []
    after = 0
    while after < until:
        asked = {"at_timeline": timeline, "article": article_id, "after": after}
        with database.reading() as connection:
            # Of what is no longer kept whole there are a few rows far apart.
            first = connection.execute(FIRST, asked).scalar()
            after = until if first is None else min(first - 1 + LOOKED_AT, until)
            found += connection.execute(TRACES, {**asked, "until": after}).scalars()
    return Traces(tuple(found), until)


def _lock(connection: Connection, of: Withdrawal) -> Row[tuple[object, ...]]:
    try:
        old = lock(connection, of.article_id)
    except NotFoundError as error:
        raise LostClaimError(f"article {of.article_id} is gone: look again") from error
    if old.version != of.version:
        raise LostClaimError(f"article {of.article_id} is at version {old.version}: look again")
    return old


def _retract(connection: Connection, old: Row[tuple[object, ...]], now: float) -> None:
    version = old.version + 1
    ended = {**UNREAD, "status": "retracted", "claimed_until": None, "version": version}
    connection.execute(update(articles).where(articles.c.id == old.id).values(ended))
    row = {
        "article_id": old.id,
        "version": version,
        "posted": old.posted,
        "received_at": now,
        "type": "retracted",
        "html": old.html,
        "page": old.page,
    }
    connection.execute(INSERT_VERSION, [row])
    unlist(connection, old.id)


def _erase(connection: Connection, of: Withdrawal, traces: Traces) -> None:
    repeats.forget(connection, of.timeline, of.article_id)
    # Versions, expressions and bands go with their article.
    connection.execute(delete(articles).where(articles.c.id == of.article_id))
    here = {"at_timeline": of.timeline}
    since = {**here, "article": of.article_id, "after": traces.until}
    revisions = (*traces.revisions, *connection.execute(LATER, since).scalars())
    for some in pieces(revisions):
        connection.execute(BLANK_THESE, {**here, "revisions": some})
    echoes.forget(connection, of.timeline, revisions)
