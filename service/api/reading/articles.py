"""Articles as they are read back: one with all that was found in it, or a list of them."""

from __future__ import annotations

from flask import Response

from service.api.described import routes
from service.api.examples import story
from service.api.schemas.articles import ArticleList, ArticleRead
from service.api.schemas.posted import ArticleQuery, PageQuery
from service.api.wire.addresses import article_links, articles_address, timeline_address
from service.api.wire.answers import answer, answer_read, not_modified, tagged
from service.api.wire.paging import link_next, next_address, read_cursor, read_query, write_cursor
from service.api.wire.parts import the_parts
from service.api.wire.paths import ARTICLE_PATH, TIMELINE_PATH, is_id, no_article
from service.api.wire.preconditions import article_etag
from service.documents.article import article_document, article_summary
from service.documents.jsontext import Json, splice
from service.documents.jsontext import known as known_fields
from service.store.base import StoredArticle

articles = routes("articles", "What was posted, and what was read in it.")

PAGE = PageQuery()
DETAILS = ArticleQuery()
SETTLED = frozenset({"processed", "failed", "retracted"})
"""States that an article leaves only with another version or another reading."""


@articles.route("/v1/timelines/<timeline>/articles", parameters=[TIMELINE_PATH])
@articles.doc(parameters=[{"in": "query", "schema": PageQuery}])
@articles.response(200, ArticleList, example=story.ARTICLE_LIST)
def list_articles(timeline: str) -> Response:
    """List the articles of a timeline.

    In the order of their receipt, without text and findings.
    """
    query = read_query(PAGE)
    store, limit = the_parts().store, int(str(query["limit"]))
    after = read_cursor(query, float, str)
    found = store.list_articles(
        timeline,
        limit=limit + 1,
        after=None if after is None else (float(after[0]), str(after[1])),
    )
    page = found[:limit]
    more = len(found) > limit
    following = next_address(
        write_cursor(float(page[-1].received_at), page[-1].id) if more else None
    )
    document: dict[str, Json] = {
        "articles": [
            article_summary(each, links=article_links(each.id, timeline)) for each in page
        ],
        "links": {"self": articles_address(timeline), "timeline": timeline_address(timeline)},
    }
    if following is not None:
        document["next"] = following
    return link_next(answer_read(document), following)


@articles.route("/v1/articles/<article_id>", parameters=[ARTICLE_PATH])
@articles.doc(parameters=[{"in": "query", "schema": ArticleQuery}])
@articles.response(200, ArticleRead, example=story.ARTICLE_READ)
def get_article(article_id: str) -> Response:
    """Read an article: as posted, how far it came, and every date found in it with its reasons.

    A retracted one is there with its text, and tells nothing. The ETag names version and reading;
    a correction sends it back in If-Match. Of one that was posted as HTML `text` is what was read
    in the page.
    """
    wanted = read_query(DETAILS).get("include")
    article = find_article(article_id)
    etag = article_etag(article)
    document = article_document(article, links=article_links(article.id, article.timeline))
    # Until then its state moves on without a new reading.
    known = not_modified(etag) if article.status in SETTLED else None
    if known is None and wanted == "html":
        document = splice(document, known_fields({"html": the_parts().store.find_html(article.id)}))
    return known or tagged(answer(document), etag)


def find_article(article_id: str) -> StoredArticle:
    """The article; NotFoundError when there is none."""
    article = the_parts().store.find_article(article_id) if is_id(article_id) else None
    if article is None:
        raise no_article(article_id)
    return article
