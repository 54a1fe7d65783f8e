"""Corrections of articles: replacing, retracting, erasing and retrying them."""

from __future__ import annotations

from flask import Response, request

from service.api.access.guard import demand
from service.api.described import routes
from service.api.examples import corrections as examples
from service.api.intake.awaited import applied, await_articles
from service.api.intake.drafts import read_draft
from service.api.intake.posted_body import PUT_BODY
from service.api.reading.articles import find_article
from service.api.schemas.articles import ArticleTaken
from service.api.schemas.corrections import RetractQuery
from service.api.wire.addresses import article_address, article_links
from service.api.wire.answers import answer, tagged
from service.api.wire.bodies import JSON, LINKED, LONGEST_ARTICLE, parse, read_body
from service.api.wire.paging import read_query
from service.api.wire.parts import received_now, the_parts
from service.api.wire.paths import ARTICLE_PATH
from service.api.wire.preconditions import IF_MATCH, article_etag, wanted_version
from service.api.wire.preferring import APPLIED, PREFER, wanted_wait
from service.corrections import Corrections
from service.documents.article import article_state
from service.documents.forms.tables import SCHEMA_ORG
from service.store.base import StoredArticle

corrections = routes("corrections", "Correcting, retracting and erasing what was posted.")

ARTICLE = "/v1/articles/<article_id>"
RETRACT = RetractQuery()
LOCATION = {"Location": {"description": "The article.", "schema": {"type": "string"}}}


@corrections.route(ARTICLE, methods=["PUT"], parameters=[ARTICLE_PATH])
@corrections.doc(requestBody=PUT_BODY, parameters=[IF_MATCH, PREFER])
@corrections.response(
    200,
    ArticleTaken,
    description=(
        "It says just that already, and nothing changed; or the new version was read while the "
        "client waited (`Prefer: wait=n`)."
    ),
    example=examples.UNCHANGED,
    headers=APPLIED,
)
@corrections.alt_response(
    202,
    schema=ArticleTaken,
    description="The new version is kept and waits to be read.",
    example=examples.REPLACED,
    headers=LOCATION,
)
@corrections.alt_response(409, response="CONFLICT")
@corrections.alt_response(412, response="PRECONDITION_FAILED")
@corrections.alt_response(428, response="PRECONDITION_REQUIRED")
def put_article(article_id: str) -> Response:
    """Replace an article by a corrected version.

    The body is the whole article, in any form that can be posted. Its external_id may be left out
    and cannot change. Until the new version was read the timeline tells the former one
    (`told_version`); afterwards it is as if only the new one had ever been posted. A retracted
    article lives again.
    """
    article = find_article(article_id)
    fits = wanted_version()
    document = parse(read_body(JSON, LINKED, limit=LONGEST_ARTICLE))
    received = received_now()
    form = SCHEMA_ORG if request.mimetype == LINKED else None
    new = read_draft(article.timeline, document, received, form=form)
    replaced = _corrections().replace(article, new, received=received, fits=fits)
    return _answer_reading(article, 202 if replaced else 200)


@corrections.route(ARTICLE, methods=["DELETE"], parameters=[ARTICLE_PATH])
@corrections.doc(parameters=[IF_MATCH, {"in": "query", "schema": RetractQuery}])
@corrections.response(200, ArticleTaken, description="It is retracted.", example=examples.RETRACTED)
@corrections.alt_response(204, description="It is erased.")
@corrections.alt_response(412, response="PRECONDITION_FAILED")
@corrections.alt_response(428, response="PRECONDITION_REQUIRED")
def delete_article(article_id: str) -> Response:
    """Retract an article, or erase it.

    With the answer the timeline is as if it had never been posted. A retracted article can still
    be read, with its versions, as `retracted`; posting or PUT gives it a further version.
    Retracting it again changes nothing and is answered alike, whatever version was meant.

    With `erase=true` it is gone: its text, its versions, its quotes in the timeline, and the events
    of its history that quoted it. Former ids of events still lead on. Posting it begins anew.
    Where keys are on, this takes the scope `admin`.
    """
    find_article(article_id)
    fits = wanted_version()
    if read_query(RETRACT)["erase"]:
        demand("admin")
        _corrections().erase(article_id, fits=fits)
        return Response(status=204)
    return _answer_state(_corrections().retract(article_id, fits=fits), 200)


@corrections.route(f"{ARTICLE}/retry", methods=["POST"], parameters=[ARTICLE_PATH])
@corrections.doc(parameters=[PREFER])
@corrections.response(
    200,
    ArticleTaken,
    description="It was tried while the client waited (`Prefer: wait=n`).",
    example=examples.UNCHANGED,
    headers=APPLIED,
)
@corrections.alt_response(
    202,
    schema=ArticleTaken,
    description="It waits to be read again.",
    example=examples.RETRIED,
    headers=LOCATION,
)
@corrections.alt_response(409, response="CONFLICT")
def retry_article(article_id: str) -> Response:
    """Have a failed article read again, with all its attempts."""
    find_article(article_id)
    return _answer_reading(_corrections().retry(article_id), 202)


def _corrections() -> Corrections:
    parts = the_parts()
    return Corrections(parts.store, parts.queue, parts.wakeups)


def _answer_reading(article: StoredArticle, status: int) -> Response:
    """The answer once the article was read, where the client would rather wait for that."""
    wait = wanted_wait()
    statuses = await_articles(article.timeline, [article.id], wait) if wait else {}
    met = applied(statuses, wait) if wait else {}
    response = _answer_state(find_article(article.id), 200 if met else status)
    response.headers.update(met)
    return response


def _answer_state(article: StoredArticle, status: int) -> Response:
    state = article_state(article)
    links = article_links(article.id, article.timeline)
    headers = {"Location": article_address(article.id)} if status == 202 else {}
    return tagged(answer({**state, "links": links}, status, headers), article_etag(article))
