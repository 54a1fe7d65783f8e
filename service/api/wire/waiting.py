"""Requests that wait: for how many there is room, and waiting until articles are read.

Who waits listens to the wake-ups of its timeline and looks at the record now and then, so a lost
wake-up, or no Redis at all, costs a quarter of a second. No database connection is held meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from threading import BoundedSemaphore

from service.store.base import Store
from service.wakeups import Waiter, Wakeups

LOOK_SECONDS = 0.25
"""Between two looks at the record, and until a server that stops is noticed."""
PAUSE_SECONDS = 0.02
"""Between two looks that wake-ups bring about: a busy timeline wakes its waiters all the time."""
OPEN = frozenset({"accepted", "processing"})
"""States of articles that are not read yet."""


class WaitingRoom:
    """Places for requests that wait; a process has one, for all that may be waited for."""

    def __init__(self, places: int) -> None:
        self._places = BoundedSemaphore(places)
        self.is_closed = False
        """Whether everyone is to answer now: the server stops."""

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Whether there is one, while inside."""
        found = not self.is_closed and self._places.acquire(blocking=False)
        try:
            yield found
        finally:
            if found:
                self._places.release()

    def close(self) -> None:
        """Let nobody wait any more."""
        self.is_closed = True


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
    with room.place() as found, closing(wakeups.waiter()) as waiter:
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
