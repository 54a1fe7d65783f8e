"""Taking articles in, one or many."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, request

from service.api.access.idempotency import IDEMPOTENCY_KEY, REPLAYED_HEADER, answer_once
from service.api.described import routes
from service.api.examples import story
from service.api.intake.awaited import applied, await_articles
from service.api.intake.batches import accept_many, batch_document, batch_of, lines_of
from service.api.intake.drafts import Withdrawn, read_posted
from service.api.intake.posted_body import POST_BODY
from service.api.intake.retracting import withdraw
from service.api.reading.articles import find_article
from service.api.schemas.articles import ArticleTaken, BatchTaken
from service.api.wire.addresses import article_address, article_links
from service.api.wire.answers import answer
from service.api.wire.bodies import (
    JSON,
    LINKED,
    LONGEST_ARTICLE,
    NDJSON,
    parse,
    read_body,
    refuse_flaw,
    too_large,
)
from service.api.wire.metrics import the_metrics
from service.api.wire.parts import received_now, the_parts
from service.api.wire.paths import TIMELINE_PATH, refuse_timeline_name
from service.api.wire.preferring import APPLIED, PREFER, wanted_wait
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

LOCATION = {"Location": {"description": "The article.", "schema": {"type": "string"}}}


@posting.route(
    "/v1/timelines/<timeline>/articles",
    methods=["POST"],
    parameters=[TIMELINE_PATH],
)
@posting.doc(requestBody=POST_BODY, parameters=[PREFER, IDEMPOTENCY_KEY])
@posting.response(
    200,
    description="The article was known already, or is taken back; or, for many, a result for each.",
    schema={"oneOf": [ArticleTaken, BatchTaken]},
    example=story.BATCH_TAKEN,
    headers={**APPLIED, **REPLAYED_HEADER},
)
@posting.alt_response(
    201,
    schema=ArticleTaken,
    description="The article is kept, and was read while the client waited (`Prefer: wait=n`).",
    example=story.ARTICLE_TOLD,
    headers={**LOCATION, **APPLIED, **REPLAYED_HEADER},
)
@posting.alt_response(
    202,
    schema=ArticleTaken,
    description="The article is kept and waits to be read.",
    example=story.ARTICLE_TAKEN,
    headers={**LOCATION, **REPLAYED_HEADER},
)
@posting.alt_response(409, response="CONFLICT")
def post_articles(timeline: str) -> Response:
    """Post one article or many.

    The answer comes after the commit: what was accepted reaches the timeline, whatever is killed
    or flushed afterwards. Posting the same article again is safe and answers 200. The timeline
    exists from its first article.
    """
    refuse_timeline_name(timeline)
    body, wait = read_body(JSON, LINKED, NDJSON), wanted_wait()
    return answer_once(timeline, body, lambda: _post(timeline, body, wait), waits=wait)


def take(timeline: str, new: NewArticle) -> Added:
    """What became of one article; it is committed when this returns.

    Raises ArticleDiffersError when its name is that of another one.
    """
    parts = the_parts()
    (added,) = Intake(parts.store, parts.queue).accept(timeline, [new])
    the_metrics().posted(added.outcome)
    if added.outcome == "differs":
        raise ArticleDiffersError(added.id, new.external_id)
    return added


def _post(timeline: str, body: bytes, wait: int) -> Response:
    if request.mimetype == NDJSON:
        return _answer_many(timeline, accept_many(timeline, lines_of(body)), wait)
    document = parse(body)
    linked = request.mimetype == LINKED
    batch = _linked_batch(document) if linked else batch_of(document)
    if batch is not None:
        return _answer_many(timeline, accept_many(timeline, batch), wait)
    if len(body) > LONGEST_ARTICLE:
        raise too_large(f"the article is longer than {LONGEST_ARTICLE:,} bytes")
    return _accept_one(timeline, document, SCHEMA_ORG if linked else None, wait)


def _linked_batch(document: Json) -> Sequence[Json] | None:
    """The articles of a JSON-LD document that describes several; None for a single one."""
    refuse_flaw(document)
    articles = articles_in(document)
    return [each.value for each in articles] if len(articles) > 1 else None


def _answer_many(timeline: str, results: Sequence[JsonObject], wait: int) -> Response:
    if not wait:
        return answer(batch_document(results))
    ids = sorted({str(each["id"]) for each in results if each["status"] != "refused"})
    statuses = await_articles(timeline, ids, wait)
    told = [
        {**each, "state": statuses[str(each["id"])]} if each.get("id") in ids else each
        for each in results
    ]
    return answer(batch_document(told), headers=applied(statuses, wait))


def _accept_one(timeline: str, document: Json, form: Form | None, wait: int) -> Response:
    new = read_posted(timeline, document, received_now(), form=form)
    if isinstance(new, Withdrawn):
        return _answer_withdrawal(timeline, new)
    added = take(timeline, new)
    fresh = added.outcome == "accepted"
    status, headers = 202 if fresh else 200, {"Location": article_address(added.id)}
    state = _accepted(timeline, new, added) if fresh else article_state(find_article(added.id))
    if wait:
        met = applied(await_articles(timeline, [added.id], wait), wait)
        headers |= met
        state = article_state(find_article(added.id))
        status = 201 if fresh and met else status
    return answer({**state, "links": article_links(added.id, timeline)}, status, headers)


def _answer_withdrawal(timeline: str, withdrawn: Withdrawn) -> Response:
    gone = withdraw(timeline, withdrawn)
    state = {**article_state(gone), "links": article_links(gone.id, timeline)}
    return answer(state, headers={"Location": article_address(gone.id)})


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
