"""Timelines. Bodies are put together from stored texts, never parsed again."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request

from service.api.addresses import (
    event_links,
    timeline_links,
)
from service.api.answers import answer, digest, not_modified, tagged
from service.api.days import read_days
from service.api.described import routes
from service.api.examples import story
from service.api.pages import Page, PageKey, the_pages
from service.api.paging import link_next, next_address, read_cursor, read_query, write_cursor
from service.api.parts import the_parts
from service.api.paths import TIMELINE_PATH, no_timeline
from service.api.schemas.posted import TimelineQuery
from service.api.schemas.timelines import TimelineRead
from service.documents.event import served_event
from service.documents.jsontext import JsonObject
from service.documents.timeline import timeline_document
from service.intake import is_timeline_name
from service.store.base import EventQuery, StoredEvent

timelines = routes("timelines", "What happened, in order, with every date explained.")

TIMELINE_PAGE = TimelineQuery()


@timelines.route("/v1/timelines/<timeline>", parameters=[TIMELINE_PATH])
@timelines.doc(parameters=[{"in": "query", "schema": TimelineQuery}])
@timelines.response(
    200,
    TimelineRead,
    example=story.TIMELINE_READ,
    headers={
        "ETag": {"description": "Send it back in If-None-Match.", "schema": {"type": "string"}},
        "Link": {"description": "The next page (rel=next).", "schema": {"type": "string"}},
    },
)
def get_timeline(timeline: str) -> Response:
    """Read the merged timeline.

    Events come by `start`, `end` and `id`, each with all its sources. `pending` counts the
    articles that were accepted and are not told yet.
    """
    standing = the_parts().store.find_revision(timeline) if is_timeline_name(timeline) else None
    if standing is None:
        raise no_timeline(timeline)
    key = PageKey(
        timeline=timeline,
        revision=standing.revision,
        state=standing.state,
        query=request.query_string,
    )
    return not_modified(_tag(key)) or _send(key)


def _tag(key: PageKey) -> str:
    """A tag that shows the revision; it changes exactly when the page may have changed."""
    return f'W/"{key.revision}-{key.state}-{digest(key.query)}"'


def _send(key: PageKey) -> Response:
    pages = the_pages()
    page = pages.find(key)
    if page is None:
        key, page = _read(key)
        pages.keep(key, page)
    return link_next(tagged(answer(page.body), _tag(key)), page.following)


def _read(key: PageKey) -> tuple[PageKey, Page]:
    """The page as it is now, under the key of the snapshot that it was read from."""
    wanted = _wanted(read_query(TIMELINE_PAGE))
    snapshot = the_parts().store.read_page(key.timeline, wanted)
    if snapshot is None:
        raise no_timeline(key.timeline)
    timeline, found = snapshot
    page = found[: wanted.limit - 1]
    last = page[-1] if len(found) == wanted.limit else None
    following = next_address(
        None if last is None else write_cursor(last.sort_start, last.sort_end, last.id)
    )
    text = timeline_document(
        timeline,
        [_served(event, timeline.name) for event in page],
        links=timeline_links(timeline.name),
        following=following,
    )
    read = replace(key, revision=timeline.revision, state=timeline.state)
    return read, Page(text.encode(), following)


def _wanted(query: JsonObject) -> EventQuery:
    """The query of the page and of one event more, which says whether there is a next page."""
    first, last = read_days(query)
    after = read_cursor(query, int, int, str)
    return EventQuery(
        first=first,
        last=last,
        limit=int(str(query["limit"])) + 1,
        after=None if after is None else (int(after[0]), int(after[1]), str(after[2])),
    )


def _served(event: StoredEvent, timeline: str) -> str:
    links = event_links(event.id, timeline)
    return served_event(event.document, revision=event.revision, links=links)
