"""One event in full: who tells it, in which words, and why it has the date that it has."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request

from service.api.described import routes
from service.api.pages.refusals import refuse_in_pages
from service.api.wire.addresses import event_address, event_links, history_address
from service.api.wire.htmlpages import HTML, page
from service.api.wire.paging import same_query
from service.api.wire.parts import the_parts
from service.api.wire.paths import EVENT_PATH, TIMELINE_PATH, is_id
from service.documents.event import explained_event, served_event
from service.documents.jsontext import JsonObject, read_object
from service.documents.pages.belief import believe
from service.documents.pages.sources import echoes
from service.errors import NotFoundError
from service.intake import is_timeline_name

evidence = refuse_in_pages(routes("evidence", "Events with their evidence, as pages."))

TEXT = {"type": "string"}
SOURCES = "sources"
"""The part of the page that lists unfold."""
PART = {
    "in": "query",
    "name": "part",
    "description": "`sources`: only the part that tells who says it and why, to stand in a list.",
    "schema": {"type": "string", "enum": [SOURCES]},
}
MOST_ORIGINALS = 20
"""Copies of one event whose original is looked up; an event has few, and each is a look."""


@evidence.route(
    "/timelines/<timeline>/events/<event_id>", parameters=[TIMELINE_PATH, EVENT_PATH, PART]
)
@evidence.response(200, TEXT, content_type=HTML, description="The event as a page.")
@evidence.alt_response(
    308,
    schema=TEXT,
    content_type=HTML,
    description="The event became part of another one.",
    headers={"Location": {"description": "The page of the event now.", "schema": TEXT}},
)
def get_event_page(timeline: str, event_id: str) -> Response:
    """Read an event with its sources and the reasons for its date, as a page."""
    if not (is_timeline_name(timeline) and is_id(event_id)):
        raise _no_event(timeline, event_id)
    found = the_parts().store.read_event(timeline, event_id)
    if found is None:
        raise _no_event(timeline, event_id)
    if not isinstance(found, tuple):
        there = same_query(event_page_address(timeline, found))
        return Response(status=308, headers={"Location": there}, content_type=HTML)
    event, lineage = found
    links = event_links(event.id, timeline)
    text = served_event(event.document, revision=event.revision, links=links)
    return _shown(timeline, read_object(explained_event(text, lineage)))


def event_page_address(timeline: str, event_id: str) -> str:
    """Where an event is read as a page."""
    return f"/timelines/{timeline}/events/{event_id}"


def _shown(timeline: str, document: JsonObject) -> Response:
    event = believe(document, _originals(document))
    if request.args.get("part") == SOURCES:
        return page("parts/sources.html", event=event)
    return page(
        "event.html",
        event=event,
        timeline=timeline,
        data=event_address(timeline, event.id),
        history=history_address(timeline, event.id),
    )


def _originals(document: JsonObject) -> Mapping[str, str]:
    """The articles that those of an event are copies of, by id."""
    found = {}
    for each in echoes(document)[:MOST_ORIGINALS]:
        article = the_parts().store.find_article(each)
        if article is not None and article.copy_of is not None:
            found[each] = str(article.copy_of)
    return found


def _no_event(timeline: str, event_id: str) -> NotFoundError:
    return NotFoundError(f"no event '{event_id}' in timeline '{timeline}'")
