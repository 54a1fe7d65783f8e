"""The page of an article: how far it came, and then its text with all that was read in it."""

from __future__ import annotations

from flask import Blueprint, Response

from service.api.pages.refusals import refuse_in_pages
from service.api.reading.articles import SETTLED, find_article
from service.api.wire.htmlpages import page, page_once
from service.api.wire.parts import received_now, the_parts
from service.documents.article import article_document
from service.documents.jsontext import JsonObject, read_object
from service.documents.pages.articleview import article_view
from service.documents.pages.shelf import counted
from service.documents.pages.shortdates import published_words
from service.store.base import StoredArticle

told = refuse_in_pages(Blueprint("told", __name__))

SOON, LATER, AT_LAST = 1, 5, 30
"""Seconds until the page looks again, for an article that has waited so long."""
MINUTE, HOUR = 60, 3_600


@told.get("/articles/<article_id>")
def get_article_page(article_id: str) -> Response:
    """See how far an article came, and every date and event read in it.

    While it waits the page looks again by itself.
    """
    article = find_article(article_id)
    read = read_object(article_document(article, links={}))
    if article.status not in SETTLED:
        return _progress(article, read)
    return page("article.html", view=article_view(read), **_head(read))


def refresh_seconds(waited: float) -> int:
    """When to look again at an article that has waited so many seconds: ever more rarely.

    >>> refresh_seconds(0.4), refresh_seconds(90), refresh_seconds(86_400)
    (1, 5, 30)
    """
    if waited < MINUTE:
        return SOON
    return LATER if waited < HOUR else AT_LAST


def _progress(article: StoredArticle, read: JsonObject) -> Response:
    seconds = refresh_seconds(received_now() - article.received_at)
    queue = _queue_words(the_parts().store.waiting())
    said = {**_head(read), "queue": queue, "seconds": counted(seconds, "second")}
    whole = page_once("progress.html", said)
    whole.headers["Refresh"] = str(seconds)
    return whole


def _head(read: JsonObject) -> dict[str, object]:
    """What every page of an article says of it."""
    return {"article": read, "published": published_words(str(read.get("published_at", "")))}


def _queue_words(waiting: int) -> str:
    return f"{counted(waiting, 'article')} in the queue." if waiting else "The queue is empty."
