"""What a process knows of a timeline that somebody follows: its latest changes, ready to be sent.

Nobody has a queue of his own. Whoever follows has a position, takes what came after it, and reads
the record once he is behind the window: a slow one costs the others nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import TypeAlias

from service.api.updates.rounds import Bell, Bells, ring_all
from service.store.changelog import ChangePage
from service.store.eventquery import EventQuery
from service.store.lineage import StoredChange

KEPT_SECONDS = 5.0
"""How long a change stays in the window: whoever did not take it by then reads the record."""
LATE_SECONDS = 60.0
"""For a ring that is on its way: who does not wait for it breaks the chain of the others."""
MOST_BYTES = 4_000_000
"""Of documents in a window, beyond its last batch."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A change as it is sent."""

    revision: int
    text: bytes


Render: TypeAlias = "Callable[[str, Sequence[StoredChange], EventQuery | None], Sequence[Frame]]"
"""The frames of a timeline's changes for those who filter by a query; None: for all others."""
Show: TypeAlias = "Callable[[Sequence[StoredChange], EventQuery | None], Sequence[Frame]]"
"""The same of one timeline."""


class View:
    """The frames of a batch for all who filter alike."""

    __slots__ = ("_frames", "_whole")

    def __init__(self, frames: Sequence[Frame]) -> None:
        self._frames = tuple(frames)
        self._whole = b"".join(frame.text for frame in frames)

    @property
    def last(self) -> int:
        """The revision of its last frame; 0 without any."""
        return self._frames[-1].revision if self._frames else 0

    def after(self, revision: int) -> bytes:
        """What is to be sent to whoever knows all up to `revision`."""
        if not self._frames or revision < self._frames[0].revision:
            return self._whole
        return b"".join(frame.text for frame in self._frames if frame.revision > revision)


class Batch:
    """Changes that were read at once: all that came after the revision `since`, up to `until`."""

    __slots__ = ("_changes", "_lock", "_show", "_views", "read_at", "since", "until")

    def __init__(
        self,
        changes: Sequence[StoredChange],
        *,
        since: int,
        until: int,
        read_at: float,
        show: Show,
    ) -> None:
        self._changes = changes
        self._show = show
        self._lock = Lock()
        self._views: dict[EventQuery | None, View] = {}
        self.since = since
        self.until = until
        self.read_at = read_at

    @property
    def size(self) -> int:
        """Characters of its documents."""
        return sum(len(change.document or "") for change in self._changes)

    def view(self, query: EventQuery | None) -> View:
        """The view of whoever filters by `query`: made by the first who asks, for all of them."""
        found = self._views.get(query)
        if found is not None:
            return found
        with self._lock:
            if query not in self._views:
                self._views[query] = View(self._show(self._changes, query))
            return self._views[query]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known at one moment: all changes after the revision `since`, up to `until`.

    `ended`: there is nothing to follow any more. `turn` counts what is worth waking somebody for,
    `falls` how often the record was found behind what was known of it (an older copy of it serves).
    """

    since: int
    until: int
    batches: tuple[Batch, ...] = ()
    ended: bool = False
    turn: int = 0
    falls: int = 0

    def news(self, position: int) -> Iterator[Batch]:
        """The batches that say something new to whoever is at `position`, which is inside."""
        return (batch for batch in self.batches if batch.until > position)


class Window:
    """The latest changes of one timeline. Safe between threads."""

    def __init__(self, timeline: str, revision: int) -> None:
        self.timeline = timeline
        self.known = Known(since=revision, until=revision)
        self.followers = 0
        self.looked_at = 0.0
        self.reading = Lock()
        """Held by whoever reads what came after `known`, and adds it."""
        self._lock = Lock()
        self._bells = Bells()

    def add(self, page: ChangePage, batch: Batch) -> None:
        """Take what was read after `known.until`."""
        before = self.known
        if not page.reaches(before.until):
            self._tell(_torn(before, page.revision))
        elif batch.until > before.until:
            self._tell(_grown(before, batch))

    def age(self, now: float) -> None:
        """Let go what everybody had time to take."""
        with self._lock:
            kept = tuple(each for each in self.known.batches if now - each.read_at < KEPT_SECONDS)
            if len(kept) < len(self.known.batches):
                self.known = _starting_at(self.known, kept)

    def end(self) -> None:
        """Tell everyone that there is nothing to follow any more."""
        self._tell(replace(self.known, ended=True, turn=self.known.turn + 1))

    def await_news(self, bell: Bell, seen: Known, seconds: float) -> None:
        """Wait at `bell` until something came since `seen`, or so long."""
        with self._lock:
            if self.known.turn != seen.turn:
                return
            self._bells.add(bell)
        if bell.await_ring(seconds):
            return
        with self._lock:
            if self._bells.drop(bell):
                return
        bell.await_ring(LATE_SECONDS)

    def _tell(self, known: Known) -> None:
        with self._lock:
            self.known = known
            bells = self._bells.take()
        ring_all(bells)


def _grown(known: Known, batch: Batch) -> Known:
    batches = [*known.batches, batch]
    room = MOST_BYTES - sum(each.size for each in batches)
    while room < 0 and len(batches) > 1:
        room += batches.pop(0).size
    grown = replace(known, until=batch.until, turn=known.turn + 1)
    return _starting_at(grown, tuple(batches))


def _starting_at(known: Known, batches: tuple[Batch, ...]) -> Known:
    since = batches[0].since if batches else known.until
    return replace(known, since=since, batches=batches)


def _torn(known: Known, revision: int) -> Known:
    """What is known where nothing joins what was known before."""
    falls = known.falls + (revision < known.until)
    return Known(since=revision, until=revision, turn=known.turn + 1, falls=falls)
