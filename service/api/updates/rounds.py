"""Waking many threads at once, and yet a few at a time.

A thousand threads that wake in one moment fight for the interpreter and each waits long. So a few
are woken, and each wakes the next before it does its own work: all are awake as soon, none is in
the way of another.
"""

from __future__ import annotations

from collections import deque
from threading import Lock

AT_ONCE = 4
"""Threads that are woken by whoever rings; each of them wakes one more, and so on."""


class Bell:
    """What one thread waits at."""

    __slots__ = ("_lock", "_rest")

    def __init__(self) -> None:
        self._lock = Lock()
        self._lock.acquire()
        self._rest: deque[Bell] = deque()

    def ring(self, rest: deque[Bell]) -> None:
        """Wake the thread that waits here; it wakes the `rest` with others."""
        self._rest = rest
        self._lock.release()

    def await_ring(self, seconds: float) -> bool:
        """Whether it rang in time; whoever waited has woken the next one then."""
        if not self._lock.acquire(timeout=max(seconds, 0.0)):
            return False
        rest, self._rest = self._rest, deque()
        ring_one(rest)
        return True


class Bells:
    """The bells at which somebody waits now. Not safe between threads: guard it."""

    def __init__(self) -> None:
        self._waiting: dict[Bell, None] = {}

    def add(self, bell: Bell) -> None:
        """Let `bell` ring the next time."""
        self._waiting[bell] = None

    def drop(self, bell: Bell) -> bool:
        """Let `bell` ring no more; False when it is too late for that: it rings, or is about to."""
        return self._waiting.pop(bell, bell) is None

    def take(self) -> deque[Bell]:
        """All of them, which are to ring now, in the order in which they came."""
        found, self._waiting = deque(self._waiting), {}
        return found


def ring_all(bells: deque[Bell]) -> None:
    """Wake whoever waits at `bells`, a few at a time."""
    for _ in range(AT_ONCE):
        ring_one(bells)


def ring_one(bells: deque[Bell]) -> None:
    """Wake the next one, if there is any."""
    try:
        bell = bells.popleft()
    except IndexError:
        return
    bell.ring(bells)
