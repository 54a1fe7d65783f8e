"""Articles: reading them back with what was found in them, and the counts that are kept of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace as changed

from sqlalchemy import Connection, Row, Select, and_, bindparam, select, tuple_

from service.documents.jsontext import splice
from service.store import copies, timelines
from service.store.base import StoredArticle
from service.store.eventtables import event_sources
from service.store.heads import told_version
from service.store.tables import article_versions, articles, expressions, mentions
from service.timeline.model import ArticleId

PRESENT = and_(
    article_versions.c.article_id == articles.c.id,
    article_versions.c.version == articles.c.version,
)
"""Joins an article with the text of its present version."""

# Building a statement costs more than running it: each of the daily ones is built once.
ARTICLES = select(articles, article_versions.c.posted, article_versions.c.page).join(
    article_versions, PRESENT
)
TWIN = mentions.alias("twin")
EXPRESSIONS = (
    select(expressions.c.article_id, expressions.c.document)
    .where(expressions.c.article_id.in_(bindparam("ids", expanding=True)))
    .order_by(expressions.c.article_id, expressions.c.position)
)
MENTIONS = (
    select(mentions.c.article_id, mentions.c.id, mentions.c.document, event_sources.c.event_id)
    .outerjoin(
        event_sources,
        and_(
            event_sources.c.timeline == mentions.c.timeline,
            event_sources.c.mention_id == mentions.c.id,
        ),
    )
    .where(
        mentions.c.article_id.in_(bindparam("ids", expanding=True)),
        mentions.c.document.is_not(None),
    )
    .order_by(mentions.c.article_id, mentions.c.position)
)
# A mention that its event does not list for its many twins goes where they went.
AS_TWIN = (
    select(mentions.c.article_id, mentions.c.id, event_sources.c.event_id)
    .join(TWIN, and_(TWIN.c.timeline == mentions.c.timeline, TWIN.c.twin == mentions.c.twin))
    .join(
        event_sources,
        and_(
            event_sources.c.timeline == TWIN.c.timeline,
            event_sources.c.mention_id == TWIN.c.id,
        ),
    )
    .where(mentions.c.article_id.in_(bindparam("ids", expanding=True)))
    .distinct()
)


def shift_status(
    connection: Connection,
    timeline: str,
    before: Iterable[tuple[str, str | None]],
    after: tuple[str, str | None],
) -> None:
    """Move the kept counts of articles that were (status, outcome) `before` and are `after` now."""
    timelines.shift_counts(connection, timeline, count_shift(before, after))


def count_shift(
    before: Iterable[tuple[str, str | None]], after: tuple[str, str | None] | None
) -> dict[str, int]:
    """By how much each kept count moves for articles that were `before` and are `after` now.

    Without an `after` they are gone.
    """
    differences: dict[str, int] = defaultdict(int)
    for state in before:
        moves = ((state, -1),) if after is None else ((state, -1), (after, 1))
        for (status, outcome), step in moves:
            differences[f"articles_{status}"] += step
            if outcome == "nothing_to_tell":
                differences["articles_nothing_to_tell"] += step
    return differences


def find(connection: Connection, article_id: str) -> StoredArticle | None:
    """The article, or None."""
    found = _read(connection, ARTICLES.where(articles.c.id == article_id))
    if not found:
        return None
    (one,) = found
    return changed(one, copy_of=copies.find_original(connection, one.timeline, one.id))


def list_after(
    connection: Connection, timeline: str, *, limit: int, after: tuple[float, str] | None
) -> tuple[StoredArticle, ...]:
    """Articles of a timeline by (received_at, id), strictly after `after`."""
    order = (articles.c.received_at, articles.c.id)
    page = ARTICLES.where(articles.c.timeline == timeline).order_by(*order).limit(limit)
    if after is not None:
        page = page.where(tuple_(*order) > tuple_(*after))
    return _read(connection, page)


def _read(connection: Connection, page: Select[tuple[object, ...]]) -> tuple[StoredArticle, ...]:
    rows = connection.execute(page).all()
    ids = [row.id for row in rows]
    said = _read_expressions(connection, ids)
    told = _read_mentions(connection, ids)
    return tuple(_stored(row, said.get(row.id, ()), told.get(row.id, ())) for row in rows)


def _read_expressions(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(EXPRESSIONS, {"ids": ids}):
        found[row.article_id].append(row.document)
    return found


def _read_mentions(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    rows = connection.execute(MENTIONS, {"ids": ids}).all()
    unlisted = sorted({row.article_id for row in rows if row.event_id is None})
    homes: dict[str, str] = {}
    if unlisted:
        shared = connection.execute(AS_TWIN, {"ids": unlisted})
        homes = {row.id: row.event_id for row in shared}
    for row in rows:
        home = row.event_id or homes.get(row.id)
        found[row.article_id].append(splice(row.document, {"event_id": home} if home else {}))
    return found


def _stored(
    row: Row[tuple[object, ...]], said: Sequence[str], told: Sequence[str]
) -> StoredArticle:
    return StoredArticle(
        id=ArticleId(row.id),
        timeline=row.timeline,
        key=row.key,
        posted=row.posted,
        status=row.status,
        outcome=row.outcome,
        version=row.version,
        reading_number=row.reading_number,
        attempts=row.attempts,
        received_at=row.received_at,
        language=row.language,
        level=row.level,
        expressions=tuple(said),
        mentions=tuple(told),
        notices=row.notices,
        skipped=row.skipped,
        problem=row.problem,
        page=row.page,
        told_version=told_version(row),
    )
