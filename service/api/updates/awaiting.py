"""The long poll: an answer that waits for the first change, as a stream does for each."""

from __future__ import annotations

import time
from collections.abc import Callable

from service.api.access.lasting import may_go_on_reading
from service.api.updates.feed import Follower
from service.api.updates.following import the_feed
from service.api.updates.window import Known
from service.api.wire.parts import the_room
from service.api.wire.paths import no_timeline
from service.api.wire.waiting import Wait, by_wish, too_many
from service.store.changeviews import View
from service.store.eventquery import EventQuery


def await_view(
    timeline: str, view: View, query: EventQuery, *, seconds: float, read: Callable[[int], View]
) -> View:
    """The first view after the empty `view` that is not empty; the last one when time is over.

    `read` gives the view after a revision. Raises ProblemError where there is no room, and
    NotFoundError when the timeline went, or was closed to the caller.
    """
    until = time.monotonic() + seconds
    may_go_on, feed = may_go_on_reading(timeline), the_feed()
    with the_room().place(Wait.CHANGES) as found, by_wish():
        if not found:
            raise too_many()
        with feed.follow(timeline, view.revision) as follower:
            while view.is_empty and not follower.known.ended and time.monotonic() < until:
                _await_news(follower, None if query.is_all else query, view.until, until=until)
                with feed.backlog.turn():
                    view = read(view.until)
    if not may_go_on():
        raise no_timeline(timeline)
    return view


def _await_news(
    follower: Follower, query: EventQuery | None, position: int, *, until: float
) -> None:
    """Wait for something after `position` that a reader of `query` is told, or may be told."""
    known = follower.known
    while not known.ended and not _tells(known, query, position):
        left = until - time.monotonic()
        if left <= 0:
            return
        position = max(position, known.until)
        follower.await_news(known, left)
        known = follower.known


def _tells(known: Known, query: EventQuery | None, position: int) -> bool:
    if position < known.since:
        return True  # the record knows
    return any(batch.view(query).after(position) for batch in known.news(position))
