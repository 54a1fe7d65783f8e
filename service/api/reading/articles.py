"""Articles as they are read back: one with all that was found in it, or a list of them."""

from __future__ import annotations

from flask import Response

from service.api.described import routes
from service.api.examples import story
from service.api.schemas.articles import ArticleList, ArticleRead
from service.api.schemas.posted import ArticleQuery, PageQuery
from service.api.wire.addresses import article_links, articles_address, timeline_address
from service.api.wire.answers import answer, answer_read, not_modified, tagged
from service.api.wire.paging import link_next, read_part, read_query
from service.api.wire.parts import the_parts
from service.api.wire.paths import ARTICLE_PATH, TIMELINE_PATH, is_id, no_article
from service.api.wire.preconditions import article_etag
from service.documents.article import article_document, article_summary
from service.documents.jsontext import known as known_fields
from service.documents.jsontext import splice
from service.store.base import StoredArticle

articles = routes("articles", "What was posted, and what was read in it.")

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
    part = read_part(float, str)
    after = part.after
    found = the_parts().store.list_articles(
        timeline,
        limit=part.most,
        after=None if after is None else (float(after[0]), str(after[1])),
    )
    page, following = part.cut(found, lambda last: (float(last.received_at), last.id))
    document = {
        "articles": [
            article_summary(each, links=article_links(each.id, timeline)) for each in page
        ],
        **known_fields({"next": following}),
        "links": {"self": articles_address(timeline), "timeline": timeline_address(timeline)},
    }
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
