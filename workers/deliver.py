"""The job that sends webhooks: claim who is to be told something now, tell all of them at once.

Each subscription is told in order, by one thread, one message at a time, so a slow receiver holds
up itself alone. The record decides what is to be sent; a job is only a chance to do it.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from service.documents.tries import PAUSES
from service.errors import StoreUnavailableError
from service.jobqueue import DELIVERIES_QUEUE
from service.store.delivering import Held
from workers.courier import Courier, Told
from workers.jobs import Workshop, place_of, run_job
from workers.limits import StopSign

THREAD = "courier"
"""The name of a thread that talks to a receiver."""
THREADS = 32
"""Receivers that one job talks to at once."""
MOST_FAILING = 16
"""Of them such as did not take their last message: they may be slow to fail again."""
DRAIN_SECONDS = 60.0
"""After this a job takes up no failing receivers any more, and ends when no thread is at work."""
LAST_SECONDS = 75.0
"""After this it claims nothing; the last receiver gets the time that each of them has."""
LOOK_SECONDS = 0.05
"""Between two looks for work while threads wait for receivers."""
RING_SECONDS = 1.0
"""Between two rings for others while all threads are taken."""
GRACE_SECONDS = 0.4
"""What a receiver that is about to answer gets when the job is asked to stop."""
LEASE = 4 / 3
"""For how much longer than one try may take its subscription is held."""

logger = logging.getLogger(__name__)


def deliver_changes() -> None:
    """Send what is due until nothing is, or the time is over; ring if more is due then."""
    run_job(lambda workshop, sign: Dispatch(workshop, sign).work())


@dataclass(frozen=True, slots=True)
class Over:
    """The thread of this name has ended; `error` says why when it could not go on."""

    held: Held
    name: str
    error: Exception | None = None


class Dispatch:
    """The work of one job. Subscriptions that it holds when it is asked to stop are given back."""

    def __init__(
        self, workshop: Workshop, sign: StopSign, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        settings, parts = workshop.settings, workshop.parts
        self._store, self._queue, self._tallies = parts.store, parts.queue, parts.tallies
        self._stages = workshop.stages
        self._lease = settings.webhook_seconds * LEASE
        self._patience = settings.webhook_seconds + LOOK_SECONDS
        self._courier = Courier(
            store=parts.store,
            sender=workshop.sender,
            lease=self._lease,
            pauses=settings.webhook_pauses or PAUSES,
        )
        self._sign = sign
        self._clock = clock
        self._begun = clock()
        self._rung = self._begun - RING_SECONDS
        self._told: SimpleQueue[Told | Over] = SimpleQueue()
        self._busy: dict[str, Held] = {}
        """What threads hold, by their names: the token of the claim, and whose it is."""
        self._ending = threading.Event()

    def work(self) -> None:
        """Claim and send until nothing is due, the time is over or a stop is asked for."""
        try:
            while self._may_claim() and (self._claim() or self._busy):
                self._listen(LOOK_SECONDS)
            self._ending.set()
            if not self._sign.is_up and self._store.has_deliveries():
                self._queue.ring(DELIVERIES_QUEUE)
            self._await_threads()
            self._give_back()
        except StoreUnavailableError as error:
            # What is on its way is sent again when its lease is over, under the same id.
            logger.warning("job ends, the record is away: %s", error)
        finally:
            self._ending.set()
            self._tallies.add(self._stages.take())

    def _may_claim(self) -> bool:
        if self._sign.is_up:
            return False
        past = self._clock() - self._begun
        return past < DRAIN_SECONDS or (past < LAST_SECONDS and bool(self._busy))

    def _claim(self) -> bool:
        """Whether there was anything to claim; each that was has its thread now."""
        failing = self._failing_room()
        if not self._store.has_deliveries(failing=failing > 0):
            return False
        room = THREADS - len(self._busy)
        if room == 0:
            self._ring_others()
            return False
        # One token for each claim: a thread whose lease ran out must not pass for another one.
        token = secrets.token_hex(16)
        claimed = self._store.claim_deliveries(
            token, limit=room, failing=failing, lease=self._lease
        )
        for each in claimed:
            name = f"{token} {each.subscription.id}"
            self._busy[name] = each
            work = (name, token, each)
            threading.Thread(target=self._tell, args=work, name=THREAD, daemon=True).start()
        return bool(claimed)

    def _failing_room(self) -> int:
        if self._clock() - self._begun >= DRAIN_SECONDS:
            return 0
        failing = sum(each.subscription.attempts > 0 for each in self._busy.values())
        return max(MOST_FAILING - failing, 0)

    def _ring_others(self) -> None:
        now = self._clock()
        if now - self._rung >= RING_SECONDS:
            self._rung = now
            self._queue.ring(DELIVERIES_QUEUE)

    def _tell(self, name: str, token: str, held: Held) -> None:
        """What a thread does. Nothing leaves it: the main thread is told."""
        error: Exception | None = None
        try:
            for told in self._courier.tour(token, held, self._goes_on):
                self._told.put(told)
        except Exception as found:  # noqa: BLE001  # whatever it is, the other receivers go on
            error = found
        self._told.put(Over(held, name, error))

    def _goes_on(self) -> bool:
        is_over = self._sign.is_up or self._ending.is_set()
        return not is_over and self._clock() - self._begun < DRAIN_SECONDS

    def _await_threads(self) -> None:
        """Let what is on its way arrive; when a stop is asked for, only if it is about to."""
        until = self._clock() + self._patience
        while self._busy and self._clock() < until:
            if self._sign.is_up:
                until = min(until, self._clock() + GRACE_SECONDS)
            self._listen(LOOK_SECONDS)

    def _give_back(self) -> None:
        for name in tuple(self._busy):
            self._stages.delivery("given_back")
            self._store.release_deliveries(name.partition(" ")[0])

    def _listen(self, seconds: float) -> None:
        """Count what the threads tell; the first word of them is waited for."""
        try:
            told = self._told.get(timeout=seconds)
            while True:
                self._note(told)
                told = self._told.get_nowait()
        except Empty:
            return

    def _note(self, told: Told | Over) -> None:
        if isinstance(told, Told):
            self._stages.delivery(told.outcome)
            self._stages.took("send", told.seconds)
            if told.lag is not None:
                self._stages.took("lag", told.lag)
            return
        self._busy.pop(told.name, None)
        if isinstance(told.error, StoreUnavailableError):
            raise told.error
        if told.error is not None:
            # Its lease runs out, and somebody tries again.
            logger.error(
                "subscription %s cannot be told: %s",
                told.held.subscription.id,
                place_of(told.error),
            )
