"""The feed of a process: one thread that reads what happens, for all who follow any timeline.

It looks at a timeline when Redis says that it moved, and at all that are followed once a second
anyway: Redis only makes it quick. It runs while somebody follows, and holds no connection between
two looks.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from threading import Lock, Thread
from typing import Protocol

from service.api.updates.backlog import ROWS, Backlog, Log, Lost
from service.api.updates.rounds import Bell
from service.api.updates.window import Batch, Known, Render, Window
from service.errors import StoreUnavailableError
from service.wakeups import Wakeup

POLL_SECONDS = 1.0
"""Between two looks at all that is followed: what a lost wake-up costs at most."""
PAUSE_SECONDS = 0.02
"""Between two looks at one timeline: a busy one is told of in larger pieces, not more often."""

logger = logging.getLogger(__name__)


class Record(Log, Protocol):
    """What the feed needs of the store."""

    def find_revisions(self, timelines: Collection[str]) -> Mapping[str, int]:
        """The revision of each of these timelines that is there."""


class Ear(Protocol):
    """Hears wake-ups, in one thread."""

    def open(self) -> bool:
        """Whether it hears from now on."""

    def wait(self, seconds: float) -> Wakeup | None:
        """The next wake-up; None when none came in `seconds`, or earlier when it cannot hear."""

    def close(self) -> None:
        """Hear no more."""


class Follower:
    """Who follows a timeline, in one thread."""

    def __init__(self, feed: Feed, window: Window) -> None:
        self._feed = feed
        self._window = window
        self._bell = Bell()

    @property
    def timeline(self) -> str:
        """What is followed."""
        return self._window.timeline

    @property
    def known(self) -> Known:
        """What the process knows of the timeline now."""
        return self._window.known

    def await_news(self, seen: Known, seconds: float) -> None:
        """Wait until something came since `seen`, or so long, or until the feed stops."""
        self._window.await_news(self._bell, seen, seconds)

    def read(self, position: int) -> Batch | Lost | None:
        """What the record says after `position`; None when there is no such timeline any more."""
        return self._feed.backlog.read(self.timeline, position)

    def tend(self) -> None:
        """See to it that the feed runs: its thread may have met with a fault of ours."""
        self._feed.tend()


class Feed:
    """What the followers of a process share. Safe between threads, and after a fork."""

    backlog: Backlog
    """What its followers read who are behind."""
    _thread: Thread

    def __init__(
        self,
        record: Record,
        listen: Callable[[], Ear],
        render: Render,
        *,
        clock: Callable[[], float] = time.monotonic,
        process: Callable[[], int] = os.getpid,
    ) -> None:
        self._process = process
        self._record = record
        self._listen = listen
        self._render = render
        self._clock = clock
        self.is_closed = False
        """Whether nobody is to follow any more: the server stops."""
        self._begin()

    @contextmanager
    def follow(self, timeline: str, revision: int) -> Iterator[Follower]:
        """Follow a timeline that was at `revision` a moment ago, while inside."""
        if self._begun_in != self._process():
            self._begin()
        window, is_new = self._enter(timeline, revision)
        try:
            if is_new:
                with suppress(StoreUnavailableError):
                    self._look(window)  # what came before anybody listened
            yield Follower(self, window)
        finally:
            self._leave(window)

    def tend(self) -> None:
        """See to it that the thread runs while somebody follows."""
        with self._lock:
            if self._windows and not self.is_closed and not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="feed", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Let everyone go; nobody follows any more."""
        self.is_closed = True
        for window in tuple(self._windows.values()):
            window.end()

    def _begin(self) -> None:
        self._begun_in = self._process()
        self._lock = Lock()
        self._windows: dict[str, Window] = {}
        self._due: dict[str, float] = {}
        self.backlog = Backlog(self._record, self._render, clock=self._clock)
        self._thread = Thread()

    def _enter(self, timeline: str, revision: int) -> tuple[Window, bool]:
        with self._lock:
            window = self._windows.get(timeline)
            is_new = window is None or window.known.ended
            if window is None or is_new:
                window = self._windows[timeline] = Window(timeline, revision)
            window.followers += 1
        if self.is_closed:
            window.end()
        self.tend()
        return window, is_new

    def _leave(self, window: Window) -> None:
        with self._lock:
            window.followers -= 1
            if not window.followers and self._windows.get(window.timeline) is window:
                del self._windows[window.timeline]

    def _run(self) -> None:
        with closing(self._listen()) as ear:
            ear.open()
            poll_at = self._clock()
            while self._goes_on():
                if self._clock() >= poll_at:
                    poll_at = self._clock() + POLL_SECONDS
                    self._quietly(self._poll)
                self._quietly(self._look_at_due)
                left = min((poll_at, *self._due.values())) - self._clock()
                wakeup = ear.wait(left) if left > 0 else None
                if wakeup is not None:
                    self._hear(wakeup)

    def _goes_on(self) -> bool:
        with self._lock:
            if self._windows and not self.is_closed:
                return True
            self._thread = Thread()  # whoever comes from now on starts another one
        self.backlog.forget(older=0.0)
        return False

    def _hear(self, wakeup: Wakeup) -> None:
        window = self._windows.get(wakeup.timeline)
        if window is not None and wakeup.revision > window.known.until:
            self._due.setdefault(window.timeline, window.looked_at + PAUSE_SECONDS)

    def _poll(self) -> None:
        self.backlog.forget()
        windows = dict(self._windows)
        found = self._record.find_revisions(tuple(windows))
        for timeline, window in windows.items():
            window.age(self._clock())
            if found.get(timeline) != window.known.until:
                self._due[timeline] = 0.0

    def _look_at_due(self) -> None:
        now = self._clock()
        for timeline in [name for name, at in self._due.items() if at <= now]:
            window = self._windows.get(timeline)
            del self._due[timeline]
            if window is not None and self._look(window):
                self._due[timeline] = 0.0

    def _look(self, window: Window) -> bool:
        """Read what came since; whether there may be more at once."""
        with window.reading:
            since = window.known.until
            page = self._record.read_changes(window.timeline, after=since, limit=ROWS)
            window.looked_at = self._clock()
            if page is None:
                window.end()
                return False
            batch = self.backlog.batch(window.timeline, page, since)
            batch.view(None)  # most ask for this one: nobody need wait while another makes it
            window.add(page, batch)
        return batch.until < page.revision

    def _quietly(self, act: Callable[[], None]) -> None:
        try:
            act()
        except StoreUnavailableError as error:
            logger.debug("the record does not say what is new: %s", error)
