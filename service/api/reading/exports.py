"""Timelines in the formats of other tools, under addresses that end with the format."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from itertools import islice
from urllib.parse import urlencode

from flask import Response, request

from service.api.access.guard import the_standing
from service.api.described import routes
from service.api.examples.exports import EXAMPLES
from service.api.reading.eventsquery import read_events_query
from service.api.schemas.exports import QUERIES, SCHEMAS
from service.api.wire.answers import digest, not_modified, tagged
from service.api.wire.negotiation import alternates, choosing_query, export_address
from service.api.wire.paging import read_query
from service.api.wire.parts import the_parts
from service.api.wire.paths import TIMELINE_PATH, no_timeline
from service.api.wire.problems import ProblemError
from service.documents.exports.exported import Export, Options, Withdrawn
from service.documents.exports.feeds import MOST as MOST_OF_FEED
from service.documents.exports.formats import FORMATS, Format
from service.documents.exports.told import Told, read_event
from service.documents.jsontext import JsonObject, read_object
from service.store.base import StoredTimeline
from service.store.eventquery import EventQuery, Order
from service.store.eventrows import StoredEvent

exports = routes("exports", "The same timelines as calendars, feeds, tables and pages.")

MOST = 10_000
"""Events of one export."""
MOST_ENDINGS = 1_000
"""Withdrawn events that a calendar looks back at."""


def send_export(timeline: str, form: Format, *, besides: Collection[str] = ()) -> Response:
    """The timeline in that format, or 304; `besides` are parameters that are none of its own.

    Raises NotFoundError when there is none, ProblemError for more events than an export has.
    """
    standing = the_standing(timeline)
    if standing is None:
        raise no_timeline(timeline)
    tag = _tag(form, standing.revision, standing.state)
    return not_modified(tag) or _send(timeline, form, besides)


def _tag(form: Format, revision: int, state: int) -> str:
    """A tag that changes with all that the text depends on: its addresses name the host."""
    asked = f"{form.name} {request.host_url} {request.full_path}"
    return f'W/"{revision}-{state}-{digest(asked.encode("utf-8", "surrogatepass"))}"'


def _send(timeline: str, form: Format, besides: Collection[str]) -> Response:
    query = read_query(QUERIES[form.name](), besides=besides)
    wanted = read_events_query(query)
    standing, events = _read(timeline, wanted, form)
    export = Export(
        timeline=standing,
        events=_told(timeline, events),
        withdrawn=_withdrawn(standing, events) if form.cancels and not choosing_query() else (),
        site=request.host_url.rstrip("/"),
        here=_here(timeline, form),
        query=choosing_query(),
        options=_options(query),
    )
    response = Response(form.render(export), content_type=form.content_type)
    others = alternates(timeline, form)
    if others:
        response.headers["Link"] = others
    if form.saved:
        response.headers["Content-Disposition"] = f'inline; filename="{timeline}{form.suffix}"'
    return tagged(response, _tag(form, standing.revision, standing.state))


def _read(
    timeline: str, wanted: EventQuery, form: Format
) -> tuple[StoredTimeline, tuple[StoredEvent, ...]]:
    """The timeline with the events of the export; a feed has those that changed last."""
    if form.is_feed and wanted.top is None:
        wanted = replace(wanted, order=Order.UPDATED)
    with the_parts().store.open_events(timeline, wanted) as opened:
        if opened is None:
            raise no_timeline(timeline)
        standing, events = opened
        most = MOST_OF_FEED if form.is_feed else MOST + 1
        found = tuple(islice(events, most))
    if len(found) > MOST:
        raise ProblemError(
            "too-many-events",
            f"more than {MOST:,} events were asked for: ask for fewer by the filters",
        )
    return standing, found


def _told(timeline: str, events: tuple[StoredEvent, ...]) -> tuple[Told, ...]:
    times = the_parts().store.find_times(timeline, [each.revision for each in events])
    return tuple(
        read_event(
            read_object(each.document),
            revision=each.revision,
            changed_at=times.get(each.revision),
        )
        for each in events
    )


def _withdrawn(timeline: StoredTimeline, events: tuple[StoredEvent, ...]) -> tuple[Withdrawn, ...]:
    """The events that ended, by the revision at which the others were read."""
    there = {event.id for event in events}
    return tuple(
        Withdrawn(
            event=read_event(read_object(each.document), revision=each.revision, changed_at=each.at)
        )
        for each in the_parts().store.list_endings(timeline.name, limit=MOST_ENDINGS)
        if each.revision <= timeline.revision and each.event_id not in there
    )


def _here(timeline: str, form: Format) -> str:
    """Where this very export is read by whoever can ask for an address only."""
    asked = urlencode([each for each in request.args.items() if each[0] != "format"])
    address = export_address(timeline, form)
    return f"{address}?{asked}" if asked else address


def _options(query: JsonObject) -> Options:
    return Options(
        coarse=query.get("coarse") is True,
        bom=query.get("bom") is True,
        group=str(query.get("group", "")),
    )


def _view(form: Format) -> Callable[[str], Response]:
    """The view of one format; OpenAPI takes its name and its words."""

    def view(timeline: str) -> Response:
        return send_export(timeline, form)

    view.__name__ = f"get_timeline_{form.name.replace('.', '_')}"
    view.__doc__ = f"Read the timeline as {form.title}.\n\n{form.says}"
    return view


FORMS: Mapping[str, object] = {
    "content": {form.media_type: {"schema": SCHEMAS[name]} for name, form in FORMATS.items()}
}
"""The same answers, as the plain address describes them."""

for _form in FORMATS.values():
    exports.route(f"/v1/timelines/<timeline>{_form.suffix}", parameters=[TIMELINE_PATH])(
        exports.doc(parameters=[{"in": "query", "schema": QUERIES[_form.name]}])(
            exports.response(
                200,
                SCHEMAS[_form.name],
                content_type=_form.media_type,
                example=EXAMPLES[_form.name],
                description="The timeline.",
            )(_view(_form))
        )
    )
