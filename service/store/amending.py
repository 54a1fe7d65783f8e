"""New versions of articles that are there: replacing them, trying them again, listing versions."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from service.documents.jsontext import read_object
from service.errors import NotFoundError
from service.store import copies, rereading, timelines
from service.store.amendments import Replaced, StoredVersion
from service.store.articles import PRESENT, shift_status
from service.store.base import NewArticle
from service.store.clock import read_clock
from service.store.heads import keep_told
from service.store.tables import RENAMED, article_versions, articles, expressions, mentions
from service.store.tables import timelines as timeline_rows

MARKUP = 4
"""Characters of a page for one that counts as text: most of it is markup, and reading it costs."""
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
    "told": None,
    "told_key": None,
}
"""The work state of an article (or a new version of it) that nobody has looked at."""

# Building a statement costs more than running it: each is built once.
HERE = articles.c.id == bindparam("article")
FIND = (
    select(articles, article_versions.c.posted, article_versions.c.html, article_versions.c.page)
    .join(article_versions, PRESENT)
    .where(HERE)
)
TIMELINE = (
    select(articles.c.timeline)
    .join(timeline_rows, timeline_rows.c.name == articles.c.timeline)
    .where(HERE, timeline_rows.c.life == "open")
)
WITH_KEY = select(articles.c.id, articles.c.version).where(
    articles.c.timeline == bindparam("timeline"),
    articles.c.key == bindparam("key"),
    articles.c.id != bindparam("besides"),
)
BY_ID = WITH_KEY.where(articles.c.id == bindparam("natural"))
BY_NAME = WITH_KEY.where(RENAMED)
BY_TOLD = select(articles.c.id, articles.c.version).where(
    articles.c.timeline == bindparam("timeline"),
    articles.c.told_key == bindparam("key"),
    articles.c.id != bindparam("besides"),
)
FORGET_EXPRESSIONS = delete(expressions).where(expressions.c.article_id == bindparam("article"))
UNLIST_MENTIONS = (
    update(mentions)
    .where(mentions.c.article_id == bindparam("article"))
    .values(position=None, document=None)
)
INSERT_VERSION = insert(article_versions)
VERSIONS = (
    select(article_versions, articles.c.timeline)
    .join(articles, articles.c.id == article_versions.c.article_id)
    .where(article_versions.c.article_id == bindparam("article"))
    .order_by(article_versions.c.version)
)
VERSIONS_AFTER = VERSIONS.where(article_versions.c.version > bindparam("after")).limit(
    bindparam("most")
)
ONE_VERSION = VERSIONS.where(article_versions.c.version == bindparam("number"))
RETRY = (
    update(articles)
    .where(HERE, articles.c.status == "failed")
    .values(status="accepted", attempts=0, claimed_until=0.0, problem=None)
)


def replace(
    connection: Connection, article_id: str, new: NewArticle, expected_version: int
) -> Replaced:
    """Write a new version that waits to be read; see `amendments.Amending`."""
    old = lock(connection, article_id)
    if old.version != expected_version:
        return Replaced("stale", old.id, old.version)
    if old.posted == new.posted and old.status != "retracted":
        return Replaced("known", old.id, old.version)
    asked = {"timeline": old.timeline, "key": new.key, "besides": article_id}
    for same, values in ((BY_ID, {"natural": new.id}), (BY_NAME, {}), (BY_TOLD, {})):
        twin = connection.execute(same, {**asked, **values}).first()
        if twin is not None:
            return Replaced("taken", twin.id, twin.version)
    version = expected_version + 1
    now = read_clock(connection)
    write_version(connection, article_id, new, version=version, now=now, by="replaced")
    return Replaced("replaced", old.id, version)


def retry(connection: Connection, article_id: str) -> bool:
    """Let a failed article wait again; whether it had failed."""
    old = lock(connection, article_id)
    if not connection.execute(RETRY, {"article": article_id}).rowcount:
        return False
    rereading.forget(connection, article_id)
    shift_status(connection, old.timeline, [("failed", None)], ("accepted", None))
    return True


def lock(connection: Connection, article_id: str) -> Row[tuple[object, ...]]:
    """The article with its present text, its timeline locked; NotFoundError when there is none."""
    timeline = connection.execute(TIMELINE, {"article": article_id}).scalar()
    if timeline is not None:
        timelines.lock(connection, timeline)
        found = connection.execute(FIND, {"article": article_id}).one_or_none()
        if found is not None:
            return found
    raise NotFoundError(f"no article '{article_id}'")


def write_version(
    connection: Connection, article_id: str, new: NewArticle, *, version: int, now: float, by: str
) -> None:
    """Give an article of a locked timeline a new version that waits to be read.

    Its mentions stay until that was read, under the head that they were told with, but are no
    longer listed.
    """
    old = connection.execute(FIND, {"article": article_id}).one()
    told = keep_told(old)
    waiting = {
        **said(new),
        **UNREAD,
        "told": told,
        "told_key": read_object(told)["key"] if told and new.external_id is None else None,
        "version": version,
    }
    connection.execute(update(articles).where(articles.c.id == article_id).values(waiting))
    row = version_row(new, article_id, version=version, now=now, by=by)
    connection.execute(INSERT_VERSION, [row])
    unlist(connection, article_id)
    shift_status(connection, old.timeline, [(old.status, old.outcome)], ("accepted", None))


def unlist(connection: Connection, article_id: str) -> None:
    """Let the article show nothing that was found in a former version."""
    rereading.forget(connection, article_id)
    connection.execute(FORGET_EXPRESSIONS, {"article": article_id})
    connection.execute(UNLIST_MENTIONS, {"article": article_id})
    copies.forget(connection, article_id)


def said(new: NewArticle) -> dict[str, object]:
    """What the columns of an article say of a version."""
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
        "characters": len(new.text) or len(new.html or "") // MARKUP,
        "image": new.image,
    }


def version_row(
    new: NewArticle, article_id: str, *, now: float, version: int = 1, by: str = "posted"
) -> dict[str, object]:
    """The row of one version."""
    return {
        "article_id": article_id,
        "version": version,
        "posted": new.posted,
        "received_at": now,
        "type": by,
        "html": new.html,
        "page": None,
    }


def list_versions(
    connection: Connection, article_id: str, *, limit: int, after: int
) -> tuple[StoredVersion, ...]:
    """The versions of an article by number, strictly after `after`."""
    asked = {"article": article_id, "after": after, "most": limit}
    return tuple(_version(row) for row in connection.execute(VERSIONS_AFTER, asked))


def find_version(connection: Connection, article_id: str, version: int) -> StoredVersion | None:
    """One version, or None."""
    asked = {"article": article_id, "number": version}
    row = connection.execute(ONE_VERSION, asked).one_or_none()
    return None if row is None else _version(row)


def _version(row: Row[tuple[object, ...]]) -> StoredVersion:
    return StoredVersion(
        article_id=row.article_id,
        timeline=row.timeline,
        version=row.version,
        type=row.type,
        received_at=row.received_at,
        posted=row.posted,
        page=row.page,
    )
