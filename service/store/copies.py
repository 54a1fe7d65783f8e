"""The banded index of articles: where copies of a text are looked for."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Connection, bindparam, delete, insert, select

from service.documents.jsontext import loads
from service.store.statements import insert_rows
from service.store.tables import article_bands, articles
from service.timeline.copies import Signature, are_copies, bands
from service.timeline.model import ArticleId

MOST_LOOKED_AT = 200
"""Articles that an article is compared with; the earliest ones, which originals are among."""

# Building a statement costs more than running it: each is built once.
FORGET = delete(article_bands).where(article_bands.c.article_id == bindparam("article"))
INSERT = insert(article_bands)
OWN = select(articles.c.signature).where(articles.c.id == bindparam("article"))
NEAR = (
    select(articles.c.id, articles.c.signature, articles.c.published_utc, articles.c.key)
    .where(
        articles.c.id.in_(
            select(article_bands.c.article_id).where(
                article_bands.c.timeline == bindparam("timeline"),
                article_bands.c.band.in_(bindparam("bands", expanding=True)),
            )
        )
    )
    .order_by(articles.c.published_utc, articles.c.key)
    .limit(MOST_LOOKED_AT)
)


def forget(connection: Connection, article: str) -> None:
    """Look for its copies no more."""
    connection.execute(FORGET, {"article": article})


def write(connection: Connection, timeline: str, article: str, signature: Signature) -> None:
    """Let copies of the article be found by its signature, and by no former one."""
    forget(connection, article)
    rows = [
        {"timeline": timeline, "band": band, "article_id": article} for band in bands(signature)
    ]
    insert_rows(connection, INSERT, rows)


def find_original(connection: Connection, timeline: str, article: str) -> ArticleId | None:
    """The earliest article of the timeline that this one is a copy of, or None."""
    own = _signature(connection.execute(OWN, {"article": article}).scalar())
    if not own:
        return None
    for row in connection.execute(NEAR, {"timeline": timeline, "bands": bands(own)}):
        if row.id == article:
            return None
        if are_copies(_signature(row.signature), own):
            return ArticleId(row.id)
    return None


def _signature(text: str | None) -> Signature:
    return tuple(cast("list[int]", loads(text))) if text else ()
