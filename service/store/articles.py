"""Articles: taking them in, replacing them, reading them back with what was found in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace as changed
from itertools import islice
from typing import TypeAlias, cast

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    insert,
    select,
    tuple_,
    update,
)

from service.documents.jsontext import loads, splice
from service.errors import NotFoundError
from service.store import copies, timelines
from service.store.base import Added, NewArticle, StoredArticle
from service.store.clock import read_clock
from service.store.engine import pieces
from service.store.tables import article_versions, articles, event_sources, expressions, mentions
from service.timeline.model import ArticleHead, ArticleId, Image

PRESENT = and_(
    article_versions.c.article_id == articles.c.id,
    article_versions.c.version == articles.c.version,
)
"""Joins an article with the text of its present version."""

# Building a statement costs more than running it: each of the daily ones is built once.
ARTICLES = select(articles, article_versions.c.posted).join(article_versions, PRESENT)
POSTED = (
    select(articles.c.id, articles.c.received_at, article_versions.c.posted)
    .join(article_versions, PRESENT)
    .where(articles.c.id.in_(bindparam("ids", expanding=True)))
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
INSERT = insert(articles)
INSERT_VERSION = insert(article_versions)

Batch: TypeAlias = tuple[str, Sequence[NewArticle]]
"""Articles for one timeline, named first."""

UNREAD: Mapping[str, object] = {
    "reading_number": 0,
    "status": "accepted",
    "outcome": None,
    "attempts": 0,
    "claim_token": None,
    "claimed_until": 0.0,
    "level": None,
    "notices": "[]",
    "skipped": "[]",
    "problem": None,
    "signature": None,
    "credits": None,
}
"""The work state of an article (or a new version of it) that nobody has looked at."""


def add(connection: Connection, batches: Sequence[Batch]) -> tuple[tuple[Added, ...], ...]:
    """Write the articles that are not there yet; what became of each, batch by batch, in order."""
    results: dict[int, tuple[Added, ...]] = {}
    for timeline in sorted({timeline for timeline, new in batches if new}):
        own = [(at, new) for at, (name, new) in enumerate(batches) if name == timeline]
        added = iter(_add(connection, timeline, [article for _, new in own for article in new]))
        for at, new in own:
            results[at] = tuple(islice(added, len(new)))
    return tuple(results.get(at, ()) for at in range(len(batches)))


def replace(
    connection: Connection, article_id: str, new: NewArticle, expected_version: int
) -> int | None:
    """Write a new version that waits to be read; its number, or None at another version.

    The mentions stay until the new version was read, but are no longer listed. Raises
    NotFoundError when there is no such article.
    """
    here = articles.c.id == article_id
    found = connection.execute(select(articles.c.timeline).where(here)).scalar()
    if found is None:
        raise NotFoundError(f"no article '{article_id}'")
    timelines.lock(connection, found)
    old = connection.execute(select(articles).where(here)).one()
    if old.version != expected_version:
        return None
    now = read_clock(connection)
    version = expected_version + 1
    connection.execute(update(articles).where(here).values(**_said(new), **UNREAD, version=version))
    connection.execute(insert(article_versions), [_version(new, article_id, version, now)])
    connection.execute(delete(expressions).where(expressions.c.article_id == article_id))
    copies.forget(connection, article_id)
    connection.execute(
        update(mentions)
        .where(mentions.c.article_id == article_id)
        .values(position=None, document=None)
    )
    shift_status(connection, found, [(old.status, old.outcome)], ("accepted", None))
    return version


def shift_status(
    connection: Connection,
    timeline: str,
    before: Iterable[tuple[str, str | None]],
    after: tuple[str, str | None],
) -> None:
    """Move the kept counts of articles that were (status, outcome) `before` and are `after` now."""
    timelines.shift_counts(connection, timeline, count_shift(before, after))


def count_shift(
    before: Iterable[tuple[str, str | None]], after: tuple[str, str | None]
) -> dict[str, int]:
    """By how much each kept count moves for articles that were `before` and are `after` now."""
    differences: dict[str, int] = defaultdict(int)
    for state in before:
        for (status, outcome), step in ((state, -1), (after, 1)):
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


def read_head(row: Row[tuple[object, ...]]) -> ArticleHead:
    """What an event says of the article in `row`."""
    return ArticleHead(
        id=ArticleId(row.id),
        key=row.key,
        external_id=row.external_id,
        publisher=row.publisher,
        title=row.title,
        url=row.url,
        published_at=row.published_at,
        published_utc=row.published_utc,
        signature=_numbers(row.signature),
        credits=_words(row.credits),
        image=_image(row.image),
    )


def _numbers(text: str | None) -> tuple[int, ...]:
    return tuple(cast("list[int]", loads(text))) if text else ()


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(cast("list[str]", loads(text))) if text else ()


def _image(text: str | None) -> Image | None:
    return Image(**cast("dict[str, str]", loads(text))) if text else None


def _add(connection: Connection, timeline: str, new: Sequence[NewArticle]) -> list[Added]:
    now = read_clock(connection)
    timelines.open_timeline(connection, timeline, now)
    there = _find_posted(connection, [article.id for article in new])
    fresh: list[NewArticle] = []
    results: list[Added] = []
    for article in new:
        if article.id not in there:
            there[article.id] = (article.posted, now)
            fresh.append(article)
            results.append(Added(article.id, "accepted", now))
        else:
            posted, received_at = there[article.id]
            outcome = "known" if posted == article.posted else "differs"
            results.append(Added(article.id, outcome, received_at))
    _insert(connection, timeline, fresh, now)
    return results


def _find_posted(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, float]]:
    """What was posted under these ids, and when."""
    there: dict[str, tuple[str, float]] = {}
    for some in pieces(ids):
        for row in connection.execute(POSTED, {"ids": some}):
            there[row.id] = (row.posted, row.received_at)
    return there


def _insert(connection: Connection, timeline: str, fresh: Sequence[NewArticle], now: float) -> None:
    if not fresh:
        return
    rows = [
        {
            **_said(new),
            **UNREAD,
            "id": new.id,
            "timeline": timeline,
            "version": 1,
            "received_at": now,
        }
        for new in fresh
    ]
    connection.execute(INSERT, rows)
    connection.execute(INSERT_VERSION, [_version(new, new.id, 1, now) for new in fresh])
    timelines.shift_counts(connection, timeline, {"articles_accepted": len(fresh)})


def _said(new: NewArticle) -> dict[str, object]:
    return {
        "key": new.key,
        "external_id": new.external_id,
        "publisher": new.publisher,
        "title": new.title,
        "url": new.url,
        "published_at": new.published_at,
        "published_utc": new.published_utc,
        "timezone": new.timezone,
        "language": new.language,
        "characters": len(new.text),
        "image": new.image,
    }


def _version(new: NewArticle, article_id: str, version: int, now: float) -> dict[str, object]:
    return {"article_id": article_id, "version": version, "posted": new.posted, "received_at": now}


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
    )
