"""The feed of the application at hand, which streams and long polls share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import Flask, current_app

from service.api.updates.feed import Feed
from service.api.updates.frames import change_frame
from service.api.updates.window import Frame
from service.api.wire.waiting import WaitingRoom
from service.documents.change import told_change
from service.store.changelog import ChangeLog
from service.store.changeviews import view_changes
from service.store.eventquery import EventQuery
from service.store.lineage import StoredChange
from service.wiring import Parts

EXTENSION = "timelines-feed"


def register_feed(app: Flask, parts: Parts, room: WaitingRoom) -> None:
    """Give `app` a feed, which ends when nobody is to wait any more."""

    def render(
        timeline: str, changes: Sequence[StoredChange], query: EventQuery | None
    ) -> Sequence[Frame]:
        return frames_of(parts.store, timeline, changes, query=query)

    feed = app.extensions[EXTENSION] = Feed(parts.store, parts.wakeups.waiter, render)
    room.on_close(feed.close)


def the_feed() -> Feed:
    """The feed of the application at hand."""
    return cast("Feed", current_app.extensions[EXTENSION])


def frames_of(
    log: ChangeLog, timeline: str, changes: Sequence[StoredChange], *, query: EventQuery | None
) -> tuple[Frame, ...]:
    """The changes as frames, as a reader of `query` is told of them."""
    seen = view_changes(log, timeline, changes, query)
    return tuple(
        change_frame(each.revision, each.type, told_change(each, timeline, each.document))
        for each in seen
    )
