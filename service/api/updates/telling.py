"""What one subscriber is sent, piece by piece: every change after its position, none twice.

A piece is what one write puts on the wire. Whoever asks for the next one is ready to send it, so a
slow client holds one piece and nothing else.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from service.api.updates.backlog import Lost
from service.api.updates.feed import Follower
from service.api.updates.frames import beat, opening, reset
from service.api.updates.window import Batch, Known
from service.errors import StoreUnavailableError
from service.store.eventquery import EventQuery

PIECE = 16_384
"""Bytes of one write at most: a client has its time for each."""
PATIENCE_SECONDS = 1.0
"""After which the record is asked again when it was away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """What one stream is to tell: changes after the revision `since`, of events that fit `query`.

    The timeline was at `revision` when it was asked for. `may_go_on` is asked at each heartbeat,
    `heartbeat` seconds apart, the first one earlier.
    """

    since: int
    revision: int
    query: EventQuery | None
    heartbeat: float
    may_go_on: Callable[[], bool]
    clock: Callable[[], float] = time.monotonic


def tell(follower: Follower, subscriber: Subscriber) -> Iterator[bytes]:
    """The pieces of a stream; it ends when the subscriber may not go on, or nothing follows."""
    return _Telling(follower, subscriber).pieces()


class _Telling:
    """One stream: how far it was told, and how far its client knows that."""

    def __init__(self, follower: Follower, subscriber: Subscriber) -> None:
        self._follower = follower
        self._wishes = subscriber
        self._position = self._noted = min(subscriber.since, subscriber.revision)
        self._falls = follower.known.falls
        self._is_away = False

    def pieces(self) -> Iterator[bytes]:
        """All that is to be sent."""
        wishes, follower = self._wishes, self._follower
        yield opening(self._position)
        if wishes.since > wishes.revision:
            yield self._reset(wishes.revision)
        # Those who come at once, when a network comes back, are not to be looked after at once.
        beat_at = wishes.clock() + wishes.heartbeat * random.uniform(0.5, 1)  # noqa: S311  # no secret
        while not (known := follower.known).ended:
            for text in self._news(known):
                yield from _cut(text)
            if wishes.clock() >= beat_at:
                if not wishes.may_go_on():
                    return
                follower.tend()
                yield self._beat()
                beat_at = wishes.clock() + wishes.heartbeat
            follower.await_news(known, min(beat_at - wishes.clock(), self._patience()))

    def _news(self, known: Known) -> Iterator[bytes]:
        """All that is known beyond the position, or a part of what only the record knows."""
        if known.falls != self._falls and self._position > known.until:
            yield self._reset(known.until)
        self._falls = known.falls
        if self._position < known.since:
            yield from self._behind()
            return
        for batch in known.news(self._position):
            yield self._told(batch)

    def _behind(self) -> Iterator[bytes]:
        self._is_away = False
        try:
            found = self._follower.read(self._position)
        except StoreUnavailableError:
            self._is_away = True
            return
        if found is None or not self._goes_on(found):
            self._is_away = True  # so is the timeline, as the feed will see
        elif isinstance(found, Lost):
            yield self._reset(found.revision)
        else:
            yield self._told(found)

    def _goes_on(self, found: Batch | Lost) -> bool:
        return isinstance(found, Lost) or found.until > self._position

    def _told(self, batch: Batch) -> bytes:
        """What the batch says to this client, which knows all of it then; may be empty."""
        view = batch.view(self._wishes.query)
        text = view.after(self._position)
        self._position = batch.until
        self._noted = view.last if text else self._noted
        return text

    def _reset(self, revision: int) -> bytes:
        self._position = self._noted = revision
        return reset(self._follower.timeline, revision)

    def _beat(self) -> bytes:
        text = beat(self._position, self._noted)
        self._noted = self._position
        return text

    def _patience(self) -> float:
        """For how long nothing but news can change anything."""
        if self._position >= self._follower.known.since:
            return self._wishes.heartbeat
        return PATIENCE_SECONDS if self._is_away else 0.0


def _cut(text: bytes) -> Iterator[bytes]:
    return (text[at : at + PIECE] for at in range(0, len(text), PIECE))
