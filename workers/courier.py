"""A courier's way through what one subscription is to be told: read, send, keep what came of it."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import BoundedSemaphore

from service import logs
from service.delivering import Backlog, Outgoing, asked_for, outcome
from service.documents.tries import PAUSES, Try
from service.egress.sending import Sending
from service.egress.targets import EgressError
from service.errors import NotFoundError
from service.store.base import Store
from service.store.delivering import Held, Sent

MESSAGES = 20
"""That are sent to one subscription before others have their turn."""
TOUR_SECONDS = 2.0
"""After which no further message is begun: what is erased by then is not sent."""
TOGETHER = 4
"""Threads that use the record at once: they wait for receivers, it is done in no time."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one message; `lag` is how long after its change it was delivered at once."""

    outcome: str
    seconds: float
    lag: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """Sends to subscriptions that are held; safe between threads. Times are in seconds."""

    store: Store
    sender: Sending
    lease: float
    pauses: Sequence[float] = PAUSES
    clock: Callable[[], float] = time.time
    jitter: Callable[[], float] = field(default=lambda: random.uniform(-1, 1))  # noqa: S311  # spreads load
    record: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(TOGETHER))

    def tour(self, token: str, held: Held, go_on: Callable[[], bool]) -> Iterator[Told]:
        """Tell `held` what it is to be told, in order, while that is the turn of it.

        The subscription is given back at the end, or when `go_on` says no after a message.
        """
        backlog, begun = Backlog(self.store), time.monotonic()
        now: Held | None = held
        for left in reversed(range(MESSAGES)):
            if now is None:
                return
            of = now.subscription
            with self.record:
                found = self._next(backlog, now)
            came = self._send(found) if isinstance(found, Outgoing) else found
            may_stay = left and time.monotonic() - begun < TOUR_SECONDS and go_on()
            lease = self.lease if may_stay else None
            with self.record:
                if isinstance(came, int):
                    now = self.store.pass_changes(token, of, came, lease=lease)
                    continue
                now = self.store.settle_delivery(token, of, came[0], lease=lease)
            yield came[1]

    def _next(self, backlog: Backlog, held: Held) -> Outgoing | int | tuple[Sent, Told]:
        """The message, the position up to which there is none, or why it cannot be said."""
        asked = held.asked
        if asked is None:
            return backlog.next(held)
        try:
            return asked_for(self.store, held.subscription, asked)
        except NotFoundError as error:
            made = Try(at=self.clock(), seconds=0.0, error=f"history-gone: {error}")
            sent = Sent(id=asked.id, type=asked.type, revision=asked.revision, made=made)
            return sent, Told("failed", 0.0)

    def _send(self, message: Outgoing) -> tuple[Sent, Told]:
        """What came of the message, for the record and for whoever counts."""
        made = self._try(message)
        sent = outcome(message, made, jitter=self.jitter(), pauses=self.pauses)
        if made.delivered:
            told = Told("delivered", made.seconds, self._lag(message))
        else:
            told = Told("failed" if sent.reason is None else "disabled", made.seconds)
        level = logging.WARNING if told.outcome == "disabled" else logging.INFO
        logger.log(level, "message %s", told.outcome, extra=_said(message, made))
        return sent, told

    def _try(self, message: Outgoing) -> Try:
        at, begun = self.clock(), time.monotonic()
        try:
            answer = self.sender.send(message.of.url, message.body, message.headers(at))
        except EgressError as error:
            took = time.monotonic() - begun
            return Try(at=at, seconds=took, error=f"{error.kind}: {error}")
        return Try(
            at=at,
            seconds=answer.seconds,
            status=answer.status,
            answer=answer.excerpt,
            retry_after=answer.retry_after,
        )

    def _lag(self, message: Outgoing) -> float | None:
        """None for what was late by its owner's wish, or for a receiver that failed."""
        of = message.of
        fresh = message.position is not None and not of.attempts and message.at >= of.updated_at
        return self.clock() - message.at if fresh else None


def _said(message: Outgoing, made: Try) -> dict[str, logs.Fields]:
    """What the line on a message says: no address, no text."""
    of = message.of
    return logs.fields(
        delivery_id=message.id,
        subscription_id=of.id,
        timeline=of.timeline,
        type=message.type,
        revision=message.revision,
        status=made.status,
        error=None if made.error is None else made.error.partition(":")[0],
        attempt=of.attempts + 1,
        ms=round(made.seconds * 1000),
    )
