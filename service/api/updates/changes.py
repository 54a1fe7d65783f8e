"""The changes of a timeline as a list: what became of it since a revision."""

from __future__ import annotations

from flask import Response

from service.api.described import routes
from service.api.examples import updates
from service.api.reading.eventsquery import read_events_query
from service.api.schemas.changes import ChangesQuery, ChangesRead
from service.api.updates.awaiting import await_view
from service.api.wire.addresses import changes_address, changes_links
from service.api.wire.answers import answer
from service.api.wire.paging import link_next, read_query, same_query
from service.api.wire.parts import the_parts
from service.api.wire.paths import TIMELINE_PATH, no_timeline
from service.documents.change import changes_document, told_change
from service.documents.jsontext import known
from service.store.changeviews import View, read_view

changes = routes("updates", "What became of a timeline: ask now and then, and miss nothing.")

CHANGES = ChangesQuery()


@changes.route("/v1/timelines/<timeline>/changes", parameters=[TIMELINE_PATH])
@changes.doc(parameters=[{"in": "query", "schema": ChangesQuery}])
@changes.response(
    200,
    ChangesRead,
    example=updates.CHANGES,
    headers={
        "Link": {
            "description": "What is there now beyond `until` (rel=next).",
            "schema": {"type": "string"},
        }
    },
)
@changes.alt_response(410, "GONE")
@changes.alt_response(503, "SERVICE_UNAVAILABLE")
def list_changes(timeline: str) -> Response:
    """Read what became of a timeline since a revision.

    Each change is of one event and has a revision of its own, without a gap. Who puts each `event`
    in place by its id and takes away what merged, split, was removed or `left` holds the timeline
    as it is at `until`. With filters it is what the same filters show of the timeline: an event
    that comes to fit is told with its `event`, one that fits no longer has `left`.

    `wait=30` lets an answer without a change come when there is one, or after 30 seconds: ask again
    with `since` = `until`, and nothing is missed. Where too many wait already it is 503.

    Changes are kept 90 days, and the last 10,000 of a timeline for longer, unless the operator
    chose otherwise. `since` before that is 410: read the timeline anew, and go on from the
    `revision` of its first page.
    """
    wishes = read_query(CHANGES)
    query, limit = read_events_query(wishes), int(str(wishes["limit"]))
    log = the_parts().store

    def read(since: int) -> View:
        view = read_view(log, timeline, since=since, limit=limit, query=query)
        if view is None:
            raise no_timeline(timeline)
        return view

    view = read(int(str(wishes["since"])))
    if view.is_empty and wishes["wait"]:
        view = await_view(timeline, view, query, seconds=int(str(wishes["wait"])), read=read)
    return _send(timeline, view)


def _send(timeline: str, view: View) -> Response:
    following = None
    if not view.is_whole:
        following = same_query(changes_address(timeline), since=str(view.until))
    text = changes_document(
        timeline,
        [told_change(each, timeline, each.document) for each in view.changes],
        known({"next": following, "links": changes_links(timeline)}),
        revision=view.revision,
        until=view.until,
    )
    response = link_next(answer(text), following)
    # What is new since a revision is asked for once: no cache could give it again.
    response.headers["Cache-Control"] = "no-store"
    return response
