"""Reading a timeline: pages put together from stored texts, which are never parsed again."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request

from service.api.access.guard import the_standing
from service.api.described import routes
from service.api.examples import story
from service.api.reading.eventsquery import read_events_query, refuse_paging_of_top
from service.api.reading.exports import FORMS, send_export
from service.api.reading.pages import Page, PageKey, the_pages
from service.api.schemas.posted import DEFAULT_LIMIT
from service.api.schemas.timelinequery import TimelineQuery
from service.api.schemas.timelines import BriefTimelineRead, TimelineRead
from service.api.wire.addresses import event_links, timeline_address, timeline_links
from service.api.wire.answers import answer, digest, not_modified, tagged
from service.api.wire.compression import IDENTITY, is_worthwhile, marked, packed, the_coding
from service.api.wire.cursors import read_place, write_place
from service.api.wire.negotiation import alternates, chosen_format, vary
from service.api.wire.paging import next_address, read_query, same_query, write_links
from service.api.wire.parts import the_parts
from service.api.wire.paths import TIMELINE_PATH, no_timeline
from service.documents.brief import brief_event
from service.documents.event import served_event
from service.documents.jsontext import JsonObject
from service.documents.timeline import timeline_document
from service.store.eventquery import EventQuery, key_of
from service.store.eventrows import StoredEvent

timelines = routes("timelines", "What happened, in order, with every date explained.")

TIMELINE_PAGE = TimelineQuery()


@timelines.route("/v1/timelines/<timeline>", parameters=[TIMELINE_PATH])
@timelines.doc(parameters=[{"in": "query", "schema": TimelineQuery}], responses={200: FORMS})
@timelines.response(
    200,
    {"anyOf": [TimelineRead, BriefTimelineRead]},
    example=story.TIMELINE_READ,
    headers={
        "ETag": {"description": "Send it back in If-None-Match.", "schema": {"type": "string"}},
        "Link": {
            "description": "The next page (rel=next), the first one (rel=first), and the same "
            "events in other formats (rel=alternate).",
            "schema": {"type": "string"},
        },
    },
)
def get_timeline(timeline: str) -> Response:
    """Read the merged timeline.

    Events come in `order`, each with all its sources (`view=brief`: with the best quote). All
    filters must fit at once. `pending` counts the articles that were accepted and are not told
    yet; `counts` and `span` are those of the whole timeline. A page that the timeline moved under
    goes on after the last event seen, and says so (`moved_from`).

    `format` or Accept give all events asked for in the format of another tool, with the parameters
    of the address that ends so (`/v1/timelines/{timeline}.ics`).
    """
    form = chosen_format(timeline)
    if form is not None:
        return vary(send_export(timeline, form, besides=("format",)))
    standing = the_standing(timeline)
    if standing is None:
        raise no_timeline(timeline)
    key = PageKey(
        timeline=timeline,
        revision=standing.revision,
        state=standing.state,
        query=request.query_string,
    )
    return vary(not_modified(_tag(key)) or _send(key))


def timeline_relations(timeline: str, *, following: str | None = None) -> dict[str, str | None]:
    """What the Link header of a timeline names besides its other formats."""
    return {
        "next": following,
        "first": same_query(timeline_address(timeline), cursor=None),
    }


def _tag(key: PageKey) -> str:
    """A tag that shows the revision; it changes exactly when the page may have changed."""
    return f'W/"{key.revision}-{key.state}-{digest(key.query)}"'


def _send(key: PageKey) -> Response:
    key, page = _packed(key, the_coding())
    response = tagged(answer(page.body), _tag(key))
    response.headers["Link"] = page.links
    return marked(response, key.coding)


def _packed(plain: PageKey, coding: str) -> tuple[PageKey, Page]:
    """The page in a coding: compressed once, sent as often as it is asked for."""
    pages = the_pages()
    key = replace(plain, coding=coding)
    page = pages.find(key)
    if page is not None:
        return key, page
    plain, page = _plain(plain)
    if coding == IDENTITY or not is_worthwhile(len(page.body)):
        return plain, page
    key, page = replace(plain, coding=coding), replace(page, body=packed(page.body, coding))
    pages.keep(key, page)
    return key, page


def _plain(key: PageKey) -> tuple[PageKey, Page]:
    pages = the_pages()
    page = pages.find(key)
    if page is None:
        key, page = _read(key)
        pages.keep(key, page)
    return key, page


def _read(key: PageKey) -> tuple[PageKey, Page]:
    """The page as it is now, under the key of the snapshot that it was read from."""
    query = read_query(TIMELINE_PAGE)
    refuse_paging_of_top(query)
    wanted, began = _wanted(query)
    snapshot = the_parts().store.read_page(key.timeline, wanted)
    if snapshot is None:
        raise no_timeline(key.timeline)
    timeline, found = snapshot
    page = found if wanted.top is not None else found[: wanted.limit - 1]
    began = timeline.revision if began is None else began
    following = None
    if len(page) < len(found):
        following = next_address(write_place(began, key_of(wanted.order, page[-1])))
    links = timeline_relations(timeline.name, following=following)
    text = timeline_document(
        timeline,
        [_served(event, timeline.name, brief=query["view"] == "brief") for event in page],
        links=timeline_links(timeline.name),
        following=following,
        moved_from=None if began == timeline.revision else began,
    )
    read = replace(key, revision=timeline.revision, state=timeline.state)
    said = ", ".join(filter(None, (write_links(links), alternates(timeline.name))))
    return read, Page(text.encode(), said)


def _wanted(query: JsonObject) -> tuple[EventQuery, int | None]:
    """The query of a page and one event more, which tells of a next; the first page's revision."""
    wanted = read_events_query(query)
    place = read_place(query, wanted.order)
    limit = int(str(query.get("limit", DEFAULT_LIMIT)))
    if place is None:
        return replace(wanted, limit=limit + 1), None
    return replace(wanted, limit=limit + 1, after=place.after), place.revision


def _served(event: StoredEvent, timeline: str, *, brief: bool) -> str:
    links = event_links(event.id, timeline)
    text = brief_event(event.document) if brief else event.document
    return served_event(text, revision=event.revision, links=links)
