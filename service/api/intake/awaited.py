"""Answers that wait for articles to be read, as far as the client and the room allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.api.wire.parts import the_parts, the_room
from service.api.wire.waiting import await_read, is_read


def await_articles(timeline: str, ids: Sequence[str], seconds: int) -> Mapping[str, str]:
    """The status of each article of the timeline, once none is to be read or the time is over."""
    parts = the_parts()
    return await_read(
        the_room(), parts.store, parts.wakeups, timeline=timeline, ids=ids, seconds=seconds
    )


def applied(statuses: Mapping[str, str], wait: int) -> dict[str, str]:
    """The header that says that the client's preference was met, when it was."""
    return {"Preference-Applied": f"wait={wait}"} if is_read(statuses) else {}
