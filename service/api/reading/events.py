"""Single events: all that is known of one, and what became of it."""

from __future__ import annotations

from flask import Response

from service.api.described import routes
from service.api.examples import story
from service.api.schemas.posted import PageQuery
from service.api.schemas.timelines import EventDetailRead, HistoryRead, MovedEvent
from service.api.wire.addresses import event_address, event_links, history_links
from service.api.wire.answers import answer, answer_read
from service.api.wire.paging import link_next, read_part, same_query
from service.api.wire.parts import the_parts
from service.api.wire.paths import EVENT_PATH, TIMELINE_PATH, is_id
from service.documents.change import history_document, told_change
from service.documents.event import explained_event, served_event
from service.documents.jsontext import known
from service.errors import NotFoundError
from service.intake import is_timeline_name

events = routes("events", "One event: its evidence, and how it came to be.")


@events.route("/v1/timelines/<timeline>/events/<event_id>", parameters=[TIMELINE_PATH, EVENT_PATH])
@events.response(200, EventDetailRead, example=story.EVENT_DETAIL)
@events.alt_response(
    308,
    schema=MovedEvent,
    description="The event became part of another one.",
    headers={"Location": {"description": "The event now.", "schema": {"type": "string"}}},
)
def get_event(timeline: str, event_id: str) -> Response:
    """Read an event with all its evidence, and how it was merged."""
    _refuse_others(timeline, event_id)
    found = the_parts().store.read_event(timeline, event_id)
    if found is None:
        raise _no_event(timeline, event_id)
    if isinstance(found, tuple):
        event, lineage = found
        text = _served(event.id, timeline, event.document, event.revision)
        return answer_read(explained_event(text, lineage))
    links = event_links(found, timeline)
    there = same_query(event_address(timeline, found))
    return answer({"id": found, "links": links}, 308, {"Location": there})


@events.route(
    "/v1/timelines/<timeline>/events/<event_id>/history", parameters=[TIMELINE_PATH, EVENT_PATH]
)
@events.doc(parameters=[{"in": "query", "schema": PageQuery}])
@events.response(200, HistoryRead, example=story.HISTORY)
def get_history(timeline: str, event_id: str) -> Response:
    """Read what became of an event, oldest first.

    An event that ended keeps its history under its former id. Changes are kept for a time that
    the operator sets, as in the change list; of those before it, an event that lives has its last.
    """
    _refuse_others(timeline, event_id)
    part = read_part(int)
    after = 0 if part.after is None else int(part.after[0])
    store = the_parts().store
    found = store.list_changes(timeline, event_id, limit=part.most, after=after)
    if not found and store.find_event(timeline, event_id) is None:
        raise _no_event(timeline, event_id)
    page, following = part.cut(found, lambda last: (last.revision,))
    text = history_document(
        event_id,
        [told_change(each, timeline, each.document) for each in page],
        known({"next": following, "links": history_links(event_id, timeline)}),
    )
    return link_next(answer_read(text), following)


def _served(event_id: str, timeline: str, document: str, revision: int) -> str:
    return served_event(document, revision=revision, links=event_links(event_id, timeline))


def _refuse_others(timeline: str, event_id: str) -> None:
    """Raise NotFoundError for what can be no address of an event."""
    if not (is_timeline_name(timeline) and is_id(event_id)):
        raise _no_event(timeline, event_id)


def _no_event(timeline: str, event_id: str) -> NotFoundError:
    return NotFoundError(f"no event '{event_id}' in timeline '{timeline}'")
