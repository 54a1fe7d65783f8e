"""Taking articles in, one or many."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, request

from service.api.addresses import article_address, article_links
from service.api.answers import answer
from service.api.articles import find_article
from service.api.batches import accept_many, batch_of, lines_of
from service.api.bodies import (
    JSON,
    LINKED,
    LONGEST_ARTICLE,
    NDJSON,
    parse,
    read_body,
    refuse_flaw,
    too_large,
)
from service.api.described import routes
from service.api.drafts import read_draft
from service.api.examples import story
from service.api.parts import received_now, the_parts
from service.api.paths import TIMELINE_PATH, refuse_timeline_name
from service.api.posted_body import POST_BODY
from service.api.schemas.articles import ArticleTaken, BatchTaken
from service.documents.article import article_state
from service.documents.dates import iso_instant
from service.documents.forms.form import Form
from service.documents.forms.linked import articles_in
from service.documents.forms.tables import SCHEMA_ORG
from service.documents.jsontext import Json, JsonObject
from service.errors import ArticleDiffersError
from service.intake import Intake
from service.store.base import Added, NewArticle

posting = routes("posting", "Taking articles in, one or many.")


@posting.route("/v1/timelines/<timeline>/articles", methods=["POST"], parameters=[TIMELINE_PATH])
@posting.doc(requestBody=POST_BODY)
@posting.response(
    200,
    description="The article was known already; or, for many, a result for each.",
    schema={"oneOf": [ArticleTaken, BatchTaken]},
    example=story.BATCH_TAKEN,
)
@posting.alt_response(
    202,
    schema=ArticleTaken,
    description="The article is kept and waits to be read.",
    example=story.ARTICLE_TAKEN,
    headers={"Location": {"description": "The article.", "schema": {"type": "string"}}},
)
@posting.alt_response(409, response="CONFLICT")
def post_articles(timeline: str) -> Response:
    """Post one article or many.

    The answer comes after the commit: what was accepted reaches the timeline, whatever is killed
    or flushed afterwards. Posting the same article again is safe and answers 200. The timeline
    exists from its first article.
    """
    refuse_timeline_name(timeline)
    body = read_body(JSON, LINKED, NDJSON)
    if request.mimetype == NDJSON:
        return answer(accept_many(timeline, lines_of(body)))
    document = parse(body)
    linked = request.mimetype == LINKED
    batch = _linked_batch(document) if linked else batch_of(document)
    if batch is not None:
        return answer(accept_many(timeline, batch))
    if len(body) > LONGEST_ARTICLE:
        raise too_large(f"the article is longer than {LONGEST_ARTICLE:,} bytes")
    return _accept_one(timeline, document, SCHEMA_ORG if linked else None)


def _linked_batch(document: Json) -> Sequence[Json] | None:
    """The articles of a JSON-LD document that describes several; None for a single one."""
    refuse_flaw(document)
    articles = articles_in(document)
    return [each.value for each in articles] if len(articles) > 1 else None


def _accept_one(timeline: str, document: Json, form: Form | None) -> Response:
    new = read_draft(timeline, document, received_now(), form=form)
    parts = the_parts()
    (added,) = Intake(parts.store, parts.queue).accept(timeline, [new])
    if added.outcome == "differs":
        raise ArticleDiffersError(added.id, new.external_id)
    fresh = added.outcome == "accepted"
    state = _accepted(timeline, new, added) if fresh else article_state(find_article(added.id))
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
        "version": added.version,
        "received_at": iso_instant(added.received_at),
    }
    if new.language is not None:
        state["language"] = new.language
    return state
