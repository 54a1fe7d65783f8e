"""What those who are behind read of the record: by pages, each read once for all who need it.

Many come back at once when a proxy or a network did: they stand at much the same revisions, so
pages begin at round ones, and whoever begins within a page gets the rest of it.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from typing import Protocol

from service.api.updates.window import KEPT_SECONDS, Batch, Render
from service.store.changelog import ChangePage

ROWS = 100
"""Changes that are read at once."""
READERS = 4
"""Of those who wait or are behind, so many read the record at once: it is there for everybody."""
MOST_BYTES = 8_000_000
"""Of documents in the pages that are kept."""


class Log(Protocol):
    """What is read of the store."""

    def read_changes(self, timeline: str, *, after: int, limit: int) -> ChangePage | None:
        """Changes strictly after the revision `after`; None when there is no such timeline."""


@dataclass(frozen=True, slots=True)
class Lost:
    """That not all after a position can be told any more; the timeline is at `revision` now."""

    revision: int


class Backlog:
    """Pages of the past of timelines, kept for moments. Safe between threads."""

    def __init__(
        self, log: Log, render: Render, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._log = log
        self._render = render
        self._clock = clock
        self._turns = BoundedSemaphore(READERS)
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, int], Batch] = OrderedDict()
        self._size = 0

    def turn(self) -> AbstractContextManager[bool]:
        """A turn at the record, which whoever waited takes: all at once would keep others out."""
        return self._turns

    def read(self, timeline: str, position: int) -> Batch | Lost | None:
        """What came after `position`, or some of it; None when there is no such timeline.

        Raises StoreUnavailableError when the record is away.
        """
        begin = position - position % ROWS
        found = self._find(timeline, begin, position)
        if found is not None:
            return found
        with self._turns:
            return self._find(timeline, begin, position) or self._read(timeline, begin, position)

    def batch(self, timeline: str, page: ChangePage, since: int) -> Batch:
        """The page that was read after `since`, ready to be sent."""
        return Batch(
            page.changes,
            since=since,
            until=page.until,
            read_at=self._clock(),
            show=lambda changes, query: self._render(timeline, changes, query),
        )

    def forget(self, *, older: float = KEPT_SECONDS) -> None:
        """Let go the pages that were read more than so many seconds ago."""
        oldest = self._clock() - older
        with self._lock:
            while self._kept and next(iter(self._kept.values())).read_at < oldest:
                self._drop_first()

    def _find(self, timeline: str, begin: int, position: int) -> Batch | None:
        with self._lock:
            found = self._kept.get((timeline, begin))
        if found is None or found.until <= position:
            return None
        return found if self._clock() - found.read_at < KEPT_SECONDS else None

    def _read(self, timeline: str, begin: int, position: int) -> Batch | Lost | None:
        page = self._log.read_changes(timeline, after=begin, limit=ROWS)
        if page is not None and not page.reaches(begin):
            begin = position
            page = self._log.read_changes(timeline, after=begin, limit=ROWS)
        if page is None:
            return None
        if not page.reaches(position):
            return Lost(page.revision)
        batch = self.batch(timeline, page, begin)
        self._keep((timeline, begin), batch)
        return batch

    def _keep(self, key: tuple[str, int], batch: Batch) -> None:
        with self._lock:
            former = self._kept.pop(key, None)
            self._size += batch.size - (0 if former is None else former.size)
            self._kept[key] = batch
            while self._size > MOST_BYTES:
                self._drop_first()

    def _drop_first(self) -> None:
        _, dropped = self._kept.popitem(last=False)
        self._size -= dropped.size
