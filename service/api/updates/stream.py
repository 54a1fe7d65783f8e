"""The stream of a timeline: its changes as Server-Sent Events, while the client listens."""

from __future__ import annotations

import re
from contextlib import ExitStack

from flask import Response, request

from service.api.access.guard import the_standing
from service.api.access.lasting import may_go_on_reading
from service.api.described import routes
from service.api.examples import updates as examples
from service.api.reading.eventsquery import read_events_query
from service.api.schemas.changes import FURTHEST, StreamQuery
from service.api.updates.connections import Connection
from service.api.updates.following import the_feed
from service.api.updates.telling import Subscriber, tell
from service.api.wire.paging import read_query
from service.api.wire.parts import the_room, the_settings
from service.api.wire.paths import TIMELINE_PATH, no_timeline
from service.api.wire.waiting import Wait, too_many
from service.documents.jsontext import JsonObject
from service.errors import InvalidInputError, Violation

streams = routes("stream", "What becomes of a timeline: listen, and miss nothing.")

STREAM = StreamQuery()
EVENTS = "text/event-stream"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",  # nginx would keep events back until its buffer is full
}
ID_HEADER = "Last-Event-ID"
LAST_EVENT_ID = {
    "in": "header",
    "name": ID_HEADER,
    "description": "The `id` of the last event that the client knows. Goes before `since`.",
    "schema": {"type": "string", "pattern": "^[0-9]{1,16}$"},
}
_REVISION = re.compile(r"\d{1,16}", re.ASCII)


@streams.route("/v1/timelines/<timeline>/stream", parameters=[TIMELINE_PATH])
@streams.doc(parameters=[{"in": "query", "schema": StreamQuery}, LAST_EVENT_ID])
@streams.response(
    200,
    {"type": "string"},
    content_type=EVENTS,
    description="Server-Sent Events, without end.",
    example=examples.STREAM,
)
@streams.alt_response(503, "SERVICE_UNAVAILABLE")
def get_stream(timeline: str) -> Response:
    """Listen to what becomes of a timeline.

    Each change is an event whose `id` is its revision, whose name is its type (`created`,
    `updated`, `merged`, `split`, `removed`; `left` where a filter no longer fits) and whose data is
    the change on one line, as the change list has it. A client that comes back with the last `id`
    in Last-Event-ID, as browsers do by themselves, or in `since`, goes on right after it: nothing
    is lost, doubled or out of order.

    The first frame has an `id` and no data: where the stream begins. A comment comes every 15
    seconds, or an `id` when changes went by that the filters leave out. `reset` comes where the
    changes since then are not kept any more: read the timeline anew; the stream goes on by itself
    from the `revision` in it. A stream ends when the service stops, the timeline is gone or the key
    is revoked. Where too many wait already it is 503.
    """
    standing = the_standing(timeline)
    if standing is None:
        raise no_timeline(timeline)
    wishes = read_query(STREAM)
    query = read_events_query(wishes)
    connection, may_read = Connection(request.environ), may_go_on_reading(timeline)
    subscriber = Subscriber(
        since=_since(wishes, standing.revision),
        revision=standing.revision,
        query=None if query.is_all else query,
        heartbeat=the_settings().heartbeat_seconds,
        may_go_on=lambda: connection.is_open() and may_read(),
    )
    if request.method == "HEAD":
        return Response(headers=HEADERS, content_type=EVENTS)
    return _opened(timeline, subscriber, connection)


def _opened(timeline: str, subscriber: Subscriber, connection: Connection) -> Response:
    """The answer that goes on; what it holds is given back when the server is done with it."""
    with ExitStack() as held:
        if not held.enter_context(the_room().place(Wait.STREAM)):
            raise too_many()
        held.callback(connection.finish)
        follower = held.enter_context(the_feed().follow(timeline, subscriber.revision))
        connection.prepare(the_settings().stalled_seconds)
        pieces = tell(follower, subscriber)
        response = Response(pieces, headers=HEADERS, content_type=EVENTS)
        response.call_on_close(held.pop_all().close)
    return response


def _since(wishes: JsonObject, revision: int) -> int:
    """The revision that the client knows; the present one of whoever does not say."""
    said = request.headers.get(ID_HEADER, "").strip()
    if not said:
        return int(str(wishes.get("since", revision)))
    if not _REVISION.fullmatch(said) or int(said) > FURTHEST:
        raise InvalidInputError(
            Violation(ID_HEADER, "is no id of this stream: send the last `id` seen", "header")
        )
    return int(said)
