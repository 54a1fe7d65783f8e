"""Requests that wait: for how many there is room, and waiting until articles are read.

Who waits listens to the wake-ups of its timeline and looks at the record now and then, so a lost
wake-up, or no Redis at all, costs a quarter of a second. No database connection is held meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from enum import StrEnum
from threading import BoundedSemaphore
from typing import Protocol

from flask import g, has_request_context

from service.api.wire.problems import ProblemError
from service.store.base import Store
from service.wakeups import Waiter, Wakeups

LOOK_SECONDS = 0.25
"""Between two looks at the record, and until a server that stops is noticed."""
PAUSE_SECONDS = 0.02
"""Between two looks that wake-ups bring about: a busy timeline wakes its waiters all the time."""
OPEN = frozenset({"accepted", "processing"})
"""States of articles that are not read yet."""


RETRY_SECONDS = 5
"""What a client is told to wait where there is no room."""


class Wait(StrEnum):
    """What may be waited for."""

    ARTICLES = "articles"
    """Until posted articles are read (`Prefer: wait`)."""
    CHANGES = "changes"
    """Until a timeline changes (`wait` of the change list)."""
    STREAM = "stream"
    """Changes, one after another."""


class Watch(Protocol):
    """Keeps count of who waits."""

    def waits(self, kind: str, change: int) -> None:
        """So many more wait now; fewer, where it is negative."""

    def no_room(self, kind: str) -> None:
        """One found no room."""


class WaitingRoom:
    """Places for requests that wait; a process has one, for all that may be waited for."""

    def __init__(self, places: int, watch: Watch | None = None) -> None:
        self._places = BoundedSemaphore(places)
        self._watch = watch
        self._closing: list[Callable[[], None]] = []
        self.is_closed = False
        """Whether everyone is to answer now: the server stops."""

    @contextmanager
    def place(self, kind: Wait) -> Iterator[bool]:
        """Whether there is one, while inside."""
        found = not self.is_closed and self._places.acquire(blocking=False)
        if self._watch is not None:
            if found:
                self._watch.waits(kind, 1)
            else:
                self._watch.no_room(kind)
        try:
            yield found
        finally:
            if found:
                self._places.release()
                if self._watch is not None:
                    self._watch.waits(kind, -1)

    def on_close(self, act: Callable[[], None]) -> None:
        """Let `act` wake those who do not look by themselves whether it is closed."""
        self._closing.append(act)

    def close(self) -> None:
        """Let nobody wait any more."""
        self.is_closed = True
        for act in self._closing:
            act()


def too_many() -> ProblemError:
    """The problem of a request that finds no room to wait."""
    return ProblemError(
        "too-many-waiting",
        f"no more requests can wait here now: try again in {RETRY_SECONDS} s",
        headers={"Retry-After": str(RETRY_SECONDS)},
    )


@contextmanager
def by_wish() -> Iterator[None]:
    """What is done inside is waiting that the client asked for, and no time that we took."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        if has_request_context():
            g.waited = g.get("waited", 0.0) + time.perf_counter() - begun


def waited() -> float:
    """Seconds that the request at hand waited by its client's wish."""
    return float(g.get("waited", 0.0))


def await_read(
    room: WaitingRoom,
    store: Store,
    wakeups: Wakeups,
    *,
    timeline: str,
    ids: Sequence[str],
    seconds: float,
) -> Mapping[str, str]:
    """The status of each article once none is open, or when the time or the room is at its end."""
    until = time.monotonic() + seconds
    with room.place(Wait.ARTICLES) as found, by_wish(), closing(wakeups.waiter()) as waiter:
        if found:
            waiter.open()
        while True:
            statuses = store.read_statuses(ids)
            left = until - time.monotonic()
            if not found or left <= 0 or room.is_closed or is_read(statuses):
                return statuses
            _doze(waiter, timeline, min(left, LOOK_SECONDS))


def is_read(statuses: Mapping[str, str]) -> bool:
    """Whether none of these articles is still to be read."""
    return OPEN.isdisjoint(statuses.values())


def _doze(waiter: Waiter, timeline: str, seconds: float) -> None:
    """Wait until the timeline moves, or so long."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        wakeup = waiter.wait(left)
        if wakeup is not None and wakeup.timeline == timeline:
            time.sleep(min(PAUSE_SECONDS, max(until - time.monotonic(), 0)))
            return
