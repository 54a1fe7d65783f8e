"""Articles: taking them in, one or many, and reading them back."""

from __future__ import annotations

from flask import Response, request

from service.api.addresses import (
    article_address,
    article_links,
    articles_address,
    timeline_address,
)
from service.api.answers import answer, answer_read, not_modified, tagged
from service.api.batches import ARTICLE, accept_many, batch_of, lines_of
from service.api.bodies import (
    JSON,
    LONGEST_BODY,
    LONGEST_DOCUMENT,
    NDJSON,
    parse,
    read_body,
    refuse_flaw,
    too_large,
)
from service.api.described import routes
from service.api.examples import story
from service.api.paging import link_next, next_address, read_cursor, read_query, write_cursor
from service.api.parts import received_now, the_parts
from service.api.paths import ARTICLE_PATH, TIMELINE_PATH, is_id, refuse_timeline_name
from service.api.schemas.articles import ArticleList, ArticleRead, ArticleTaken, BatchTaken
from service.api.schemas.base import check
from service.api.schemas.posted import MOST_ARTICLES, ArticlePosted, ArticlesPosted, PageQuery
from service.documents.article import article_document, article_state, article_summary
from service.documents.dates import iso_instant
from service.documents.jsontext import Json, JsonObject
from service.errors import ArticleDiffersError, NotFoundError
from service.intake import Intake, draft, is_timeline_name
from service.store.base import Added, NewArticle, StoredArticle

articles = routes("articles", "What was posted, and what was read in it.")

PAGE = PageQuery()
PROCESSED = "processed"
POST_BODY = {
    "required": True,
    "description": (
        f"One article (at most {LONGEST_DOCUMENT:,} bytes), or many: an array, an object with "
        f"`articles`, or NDJSON (at most {LONGEST_BODY:,} bytes and {MOST_ARTICLES:,} articles)."
    ),
    "content": {
        JSON: {
            "schema": {
                "oneOf": [
                    ArticlePosted,
                    ArticlesPosted,
                    {"type": "array", "items": ArticlePosted, "maxItems": MOST_ARTICLES},
                ]
            },
            "examples": {
                "one": {"summary": "One article", "value": story.ARTICLE},
                "many": {"summary": "Many articles", "value": story.ARTICLES},
            },
        },
        NDJSON: {
            "schema": {"type": "string", "description": "One article a line."},
            "example": story.ARTICLE_LINES,
        },
    },
}


@articles.route("/v1/timelines/<timeline>/articles", methods=["POST"], parameters=[TIMELINE_PATH])
@articles.doc(requestBody=POST_BODY)
@articles.response(
    200,
    description="The article was known already; or, for many, a result for each.",
    schema={"oneOf": [ArticleTaken, BatchTaken]},
    example=story.BATCH_TAKEN,
)
@articles.alt_response(
    202,
    schema=ArticleTaken,
    description="The article is kept and waits to be read.",
    example=story.ARTICLE_TAKEN,
    headers={"Location": {"description": "The article.", "schema": {"type": "string"}}},
)
@articles.alt_response(409, response="CONFLICT")
def post_articles(timeline: str) -> Response:
    """Post one article or many.

    The answer comes after the commit: what was accepted reaches the timeline, whatever is killed
    or flushed afterwards. Posting the same article again is safe and answers 200. The timeline
    exists from its first article.
    """
    refuse_timeline_name(timeline)
    body = read_body(JSON, NDJSON)
    if request.mimetype == NDJSON:
        return answer(accept_many(timeline, lines_of(body)))
    document = parse(body)
    batch = batch_of(document)
    if batch is not None:
        return answer(accept_many(timeline, batch))
    if len(body) > LONGEST_DOCUMENT:
        raise too_large(f"the article is longer than {LONGEST_DOCUMENT:,} bytes")
    return _accept_one(timeline, document)


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
    if not is_timeline_name(timeline) or store.find_revision(timeline) is None:
        raise NotFoundError(f"no timeline '{timeline}': it exists from its first article")
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
@articles.response(200, ArticleRead, example=story.ARTICLE_READ)
def get_article(article_id: str) -> Response:
    """Read an article: as posted, how far it came, and every date found in it with its reasons."""
    article = _find(article_id)
    etag = f'"{article.version}-{article.reading_number}"'
    document = article_document(article, links=article_links(article.id, article.timeline))
    # Before it was processed, its state moves on without a new reading.
    known = not_modified(etag) if article.status == PROCESSED else None
    return known or tagged(answer(document), etag)


def _accept_one(timeline: str, document: Json) -> Response:
    refuse_flaw(document)
    new = draft(timeline, check(ARTICLE, document), received=received_now())
    parts = the_parts()
    (added,) = Intake(parts.store, parts.queue).accept(timeline, [new])
    if added.outcome == "differs":
        raise ArticleDiffersError(added.id, new.key)
    fresh = added.outcome == "accepted"
    state = _accepted(timeline, new, added) if fresh else article_state(_find(added.id))
    return answer(
        {**state, "links": article_links(added.id, timeline)},
        202 if fresh else 200,
        {"Location": article_address(added.id)},
    )


def _accepted(timeline: str, new: NewArticle, added: Added) -> JsonObject:
    """The state of an article that nobody has looked at, without asking the record for it."""
    state: dict[str, Json] = {
        "id": added.id,
        "timeline": timeline,
        "status": added.outcome,
        "version": 1,
        "received_at": iso_instant(added.received_at),
    }
    if new.language is not None:
        state["language"] = new.language
    return state


def _find(article_id: str) -> StoredArticle:
    article = the_parts().store.find_article(article_id) if is_id(article_id) else None
    if article is None:
        raise NotFoundError(f"no article '{article_id}'")
    return article
