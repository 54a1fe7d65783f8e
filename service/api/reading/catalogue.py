"""Timelines as things: listing, making, naming and deleting them."""

from __future__ import annotations

from typing import cast

from flask import Response

from service.api.access.guard import the_caller
from service.api.described import routes
from service.api.examples import catalogue as examples
from service.api.schemas.base import check
from service.api.schemas.posted import PageQuery, TimelinePosted
from service.api.schemas.timelines import TimelineClosing, TimelineList, TimelineSummary
from service.api.wire.addresses import timeline_address, timeline_links
from service.api.wire.answers import answer, answer_read
from service.api.wire.bodies import JSON, read_document
from service.api.wire.paging import link_next, read_part
from service.api.wire.parts import the_parts
from service.api.wire.paths import TIMELINE_PATH, no_timeline, refuse_timeline_name
from service.documents.jsontext import JsonObject, known
from service.documents.timeline import timeline_summary
from service.intake import TIMELINE_LIMITS, is_timeline_name, refuse_faults
from service.removing import remove_timeline
from service.store.base import StoredTimeline
from service.store.shelf import TimelineTraits
from service.temporal.publication import read_zone

catalogue = routes("catalogue", "Timelines as things: listing, making, naming, deleting them.")

TRAITS = TimelinePosted()
TIMELINES = "/v1/timelines"
REMOVE_SECONDS = 2.0
"""What a DELETE spends on removing before it leaves the rest to the workers."""


@catalogue.route(TIMELINES)
@catalogue.doc(parameters=[{"in": "query", "schema": PageQuery}])
@catalogue.response(200, TimelineList, example=examples.LIST)
def list_timelines() -> Response:
    """List the timelines, by name.

    Where keys are on: the public ones, and the private ones that the key may read.
    """
    part = read_part(str)
    found = the_parts().store.list_timelines(
        limit=part.most,
        after=None if part.after is None else str(part.after[0]),
        reader=the_caller().reader,
    )
    page, following = part.cut(found, lambda last: (last.name,))
    document = {
        "timelines": [_summary(each) for each in page],
        **known({"next": following}),
        "links": {"self": TIMELINES},
    }
    return link_next(answer_read(document), following)


@catalogue.route("/v1/timelines/<timeline>", methods=["PUT"], parameters=[TIMELINE_PATH])
@catalogue.doc(
    requestBody={
        "required": True,
        "content": {JSON: {"schema": TimelinePosted, "example": examples.TRAITS}},
    }
)
@catalogue.response(
    200, TimelineSummary, description="It says exactly this now.", example=examples.SUMMARY
)
@catalogue.alt_response(
    201,
    schema=TimelineSummary,
    description="It was made.",
    example=examples.SUMMARY,
    headers={"Location": {"description": "The timeline.", "schema": {"type": "string"}}},
)
@catalogue.alt_response(409, response="CONFLICT")
def put_timeline(timeline: str) -> Response:
    """Make a timeline, or say anew what it says of itself.

    The body replaces all of title, description, timezone and `public`: what is left out is taken
    away, and `public` is true. The same body again changes nothing. A new `timezone` counts for
    articles that are read from then on; those that were read keep their days.
    """
    refuse_timeline_name(timeline)
    traits = _read_traits()
    store = the_parts().store
    made = store.put_timeline(timeline, traits)
    found = store.find_timeline(timeline)
    if found is None:
        raise no_timeline(timeline)
    headers = {"Location": timeline_address(timeline)} if made else {}
    return answer(_summary(found), 201 if made else 200, headers)


@catalogue.route("/v1/timelines/<timeline>", methods=["DELETE"], parameters=[TIMELINE_PATH])
@catalogue.response(204, description="It is gone, with its articles, events and history.")
@catalogue.alt_response(
    202,
    schema=TimelineClosing,
    description="It is gone for every reader; the rest of a large one is still being removed.",
    example=examples.CLOSING,
)
def delete_timeline(timeline: str) -> Response:
    """Delete a timeline with its articles, their versions, its events and their history.

    Nobody reads or finds it from the moment of the answer, and articles that are being read for
    it are dropped. Until all of it is removed (the workers go on with what takes longer than two
    seconds) posting to its name is answered 409 `timeline-closing`. A timeline made again under the
    name goes on from the next revision, so that no revision and no ETag comes twice.
    """
    parts = the_parts()
    revision = parts.store.close_timeline(timeline) if is_timeline_name(timeline) else None
    if revision is None:
        raise no_timeline(timeline)
    parts.wakeups.publish(timeline, revision)
    if remove_timeline(parts.store, timeline, seconds=REMOVE_SECONDS):
        return Response(status=204)
    return answer({"timeline": timeline, "status": "closing"}, 202)


def _read_traits() -> TimelineTraits:
    fields = check(TRAITS, read_document())
    refuse_faults(fields, TIMELINE_LIMITS)
    said = {name: cast("str | None", fields.get(name)) for name in TIMELINE_LIMITS}
    if said["timezone"] is not None:
        read_zone(said["timezone"])
    return TimelineTraits(**said, public=bool(fields["public"]))


def _summary(timeline: StoredTimeline) -> JsonObject:
    return {**timeline_summary(timeline), "links": timeline_links(timeline.name)}
