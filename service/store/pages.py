"""Pages of HTML: the original of an article, and what a reading found in it."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, bindparam, select, update

from service.documents.jsontext import canonical, known
from service.store.base import Claimed
from service.store.tables import article_versions, articles

PRESENT_HTML = (
    select(article_versions.c.html)
    .join(articles, articles.c.id == article_versions.c.article_id)
    .where(
        articles.c.id == bindparam("article"),
        article_versions.c.version == articles.c.version,
    )
)


def find_html(connection: Connection, article_id: str) -> str | None:
    """The page of the article's present version, as posted; None when it has none."""
    return connection.execute(PRESENT_HTML, {"article": article_id}).scalar()


def keep_page(connection: Connection, claimed: Claimed, page: str) -> None:
    """Keep what was read in the page, and what it says of its article (the claim's head)."""
    connection.execute(
        update(article_versions)
        .where(
            article_versions.c.article_id == claimed.id,
            article_versions.c.version == claimed.version,
        )
        .values(page=page)
    )
    head = claimed.head
    connection.execute(
        update(articles)
        .where(articles.c.id == claimed.id)
        .values(
            title=head.title,
            publisher=head.publisher,
            url=head.url,
            published_at=head.published_at,
            published_utc=head.published_utc,
            image=None if head.image is None else canonical(known(asdict(head.image))),
        )
    )
