"""Deleting a timeline: gone at once, then removed piece by piece with room between for others.

Whoever deletes removes for a moment; what is left then, or was left by a process that was killed,
the sweeper of every `python -m workers` goes on with.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from service.store.base import Store

PAUSE = 0.004
"""Seconds between two pieces: writers of a SQLite file look for their turn each millisecond."""


def remove_timeline(
    store: Store,
    timeline: str,
    *,
    seconds: float,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> bool:
    """Remove a closing timeline for `seconds` at most, one piece at least; whether it is done."""
    until = clock() + seconds
    while not store.clear_timeline(timeline):
        if clock() > until:
            return False
        pause(PAUSE)
    return True


def remove_leftover(store: Store, *, seconds: float) -> None:
    """Go on with the removal of one timeline that is closing, if there is one."""
    timeline = store.find_closing()
    if timeline is not None:
        remove_timeline(store, timeline, seconds=seconds)
