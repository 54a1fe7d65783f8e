"""The jobs that RQ runs, one in each work-horse: claim waiting articles, read them, commit each.

The record decides what is to be done; a job is only a chance to do it. What goes wrong with one
article is that article's; what goes wrong with the database ends the job and costs no attempt.
"""

from __future__ import annotations

import logging
import secrets
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from service import logs, wiring
from service.announcing import announce
from service.documents.jsontext import dumps
from service.egress.sending import Sender, Sending
from service.errors import (
    LostClaimError,
    ReadingFailedError,
    StoreUnavailableError,
    UnreadableArticleError,
)
from service.jobqueue import ARTICLES_QUEUE
from service.merging import Read, commit_failure, commit_reading
from service.settings import Settings
from service.stages import Stages
from service.store.base import ATTEMPTS, Claimed
from workers import limits
from workers.limits import Interrupted, StopSign, cpu_limit

CLAIM_ARTICLES = 20
CLAIM_CHARACTERS = 200_000
"""What one claim takes at most: the fork of a work-horse costs as much as a small article."""
SPENT = f"{ATTEMPTS} attempts to read it did not come to an end."
DRAIN_SECONDS = 5.0
"""After this a job ends and rings for the next one, which a fresh process takes."""

logger = logging.getLogger(__name__)


Reader: TypeAlias = Callable[[Sequence[Claimed]], Iterable[tuple[Claimed, Read]]]
"""Reads a batch with shared parsing: one reading for each claimed article, in their order."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every job of this process and its forks works with, loaded but not yet connected."""

    settings: Settings
    parts: wiring.Parts
    read: Reader
    stages: Stages = field(default_factory=Stages)
    """What a job tells of its work when it ends."""
    sender: Sending = field(default_factory=Sender)
    """The way to the receivers of webhooks."""


_workshops: list[Workshop] = []


def equip(workshop: Workshop) -> None:
    """Set up the jobs of this process; once, before it forks."""
    _workshops[:] = [workshop]


def work_articles() -> None:
    """Work on what waits for DRAIN_SECONDS and an article at most; ring if more waits then."""
    run_job(lambda workshop, sign: Shift(workshop, sign).work())


def run_job(work: Callable[[Workshop, StopSign], None]) -> None:
    """Do the work of one job with what this process was equipped with; it ends by SIGTERM."""
    workshop, sign = _workshops[-1], StopSign()
    try:
        with sign.heeded():
            work(workshop, sign)
    except Exception as error:
        # RQ logs messages and keeps them in Redis, and they may quote an article.
        logger.exception("job failed")
        raise RuntimeError(place_of(error)) from None
    workshop.parts.store.close()


class Shift:
    """The work of one job. Articles that it holds and does not finish are given back."""

    def __init__(
        self, workshop: Workshop, sign: StopSign, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        parts = workshop.parts
        self._read_batch = workshop.read
        self._lease = workshop.settings.lease_seconds
        self._cpu_seconds = workshop.settings.article_cpu_seconds
        self._store, self._queue, self._wakeups = parts.store, parts.queue, parts.wakeups
        self._stages, self._tallies = workshop.stages, parts.tallies
        self._sign = sign
        self._clock = clock
        self._until = clock() + DRAIN_SECONDS

    def work(self) -> None:
        """Claim and work until nothing waits, the time is over or a stop is asked for."""
        try:
            while self._may_go_on() and self._work_one_claim():
                pass
            if self._store.has_work():
                self._queue.ring(ARTICLES_QUEUE)
        except StoreUnavailableError as error:
            # Nothing to ring for: the sweeper looks again each second.
            logger.warning("job ends, the record is away: %s", error)
        finally:
            self._tallies.add(self._stages.take())

    def _may_go_on(self) -> bool:
        return not self._sign.is_up and self._clock() < self._until

    def _work_one_claim(self) -> bool:
        """Whether there was anything to claim."""
        token, held_from = secrets.token_hex(16), self._clock()
        claimed = self._store.claim(
            token, limit=CLAIM_ARTICLES, characters=CLAIM_CHARACTERS, lease=self._lease
        )
        if _is_full(claimed):
            self._queue.ring(ARTICLES_QUEUE)  # others may begin on the rest at once
        readings = _Readings(claimed, self._read_batch)
        held = {each.id for each in claimed}
        try:
            for each in claimed:
                if each.id in held:
                    with logs.about(article_id=each.id, timeline=each.timeline):
                        self._work_one_article(each, token, readings)
                    held.discard(each.id)
                if not held or not self._may_go_on() or self._gives_way(each):
                    break
                # The next one begins with two thirds of its lease at least, or not at all.
                if self._clock() - held_from > self._lease / 3:
                    held_from = self._clock()
                    held.intersection_update(self._store.renew(token, self._lease))
        except Interrupted:
            logger.info("asked to stop: giving back %d articles", len(held))
        finally:
            if held:
                self._stages.note("given_back", len(held))
                self._store.release(token)
        return bool(claimed)

    def _gives_way(self, read: Claimed) -> bool:
        """Whether new articles wait, for which what is only read again is put off."""
        return read.again is not None and bool(self._store.waiting(at_most=1))

    def _work_one_article(self, claimed: Claimed, token: str, readings: _Readings) -> None:
        begun = self._clock()
        try:
            read = self._read(claimed, readings)
            with cpu_limit(self._cpu_seconds):
                revision = commit_reading(self._store, claimed, token, read, stages=self._stages)
        except LostClaimError:
            self._stages.note("dropped")
            logger.info("article %s is another's now: work dropped", claimed.id)
        except StoreUnavailableError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, the neighbours go on
            self._end_attempt(claimed, token, error)
        else:
            self._stages.note(str(read.reading.outcome))
            self._announce(claimed.timeline, revision)
            logger.info("article read", extra=_done(claimed, read, self._clock() - begun))

    def _read(self, claimed: Claimed, readings: _Readings) -> Read:
        """The reading, from the shared parsing, or by itself after that failed for anyone."""
        if claimed.spent:
            raise UnreadableArticleError(SPENT)
        if readings.are_shared:
            try:
                with self._sign.interrupting(), cpu_limit(self._cpu_seconds):
                    return readings.take(claimed)
            except Exception as error:  # noqa: BLE001  # whose fault it was shows in a moment
                logger.info("reading articles together failed (%s): each alone", place_of(error))
                readings.are_shared = False
        with self._sign.interrupting(), cpu_limit(self._cpu_seconds):
            return readings.take(claimed)

    def _end_attempt(self, claimed: Claimed, token: str, error: Exception) -> None:
        """Let the article wait for its next attempt, or fail it when none would help or is left."""
        # The place and not the message: messages may quote the article.
        logger.warning(
            "article %s, attempt %d not finished: %s", claimed.id, claimed.attempt, place_of(error)
        )
        try:
            if isinstance(error, UnreadableArticleError) or claimed.attempt >= ATTEMPTS:
                self._fail(claimed, token, error)
            else:
                self._store.give_up(token, claimed.id)
                self._stages.note("unfinished")
        except LostClaimError:
            self._stages.note("dropped")
            logger.info("article %s is another's now", claimed.id)

    def _fail(self, claimed: Claimed, token: str, error: Exception) -> None:
        try:
            revision = commit_failure(self._store, claimed, token, _problem(error))
        except (LostClaimError, StoreUnavailableError):
            raise
        except Exception as second:  # noqa: BLE001  # its lease runs out: tried again, alone
            logger.error("article %s cannot be failed: %s", claimed.id, place_of(second))  # noqa: TRY400  # a trace may quote the article
        else:
            self._stages.note("failed")
            self._announce(claimed.timeline, revision)

    def _announce(self, timeline: str, revision: int) -> None:
        announce(self._store, self._queue, self._wakeups, timeline=timeline, revision=revision)


class _Readings:
    """The readings of one claim: parsed together while `are_shared`, else each by itself."""

    def __init__(self, claimed: Sequence[Claimed], read: Reader) -> None:
        self.are_shared = len(claimed) > 1
        self._together = iter(read(claimed))
        self._read = read

    def take(self, wanted: Claimed) -> Read:
        """The reading of `wanted`; ask in the order of the claim."""
        source = self._together if self.are_shared else iter(self._read((wanted,)))
        return next(read for claimed, read in source if claimed.id == wanted.id)


def _is_full(claimed: Sequence[Claimed]) -> bool:
    """Whether more may wait behind this claim; a ring too many is harmless."""
    characters = sum(len(each.posted) for each in claimed)
    return len(claimed) == CLAIM_ARTICLES or characters > CLAIM_CHARACTERS // 2


def place_of(error: Exception) -> str:
    """Which error, and where it came up; for a limit, where it struck."""
    frames = traceback.extract_tb(error.__traceback__)
    last = [each for each in frames if each.filename != limits.__file__][-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}"


def _done(claimed: Claimed, read: Read, took: float) -> dict[str, logs.Fields]:
    """What the line on a finished article says besides its words."""
    return logs.fields(
        article_id=claimed.id,
        timeline=claimed.timeline,
        version=claimed.version,
        attempt=claimed.attempt,
        outcome=read.reading.outcome,
        mentions=len(read.mentions),
        ms=round(took * 1000),
    )


def _problem(error: Exception) -> str:
    if not isinstance(error, UnreadableArticleError):
        said = isinstance(error, ReadingFailedError)
        detail = str(error) if said else f"Reading it ended in an error ({type(error).__name__})."
        error = UnreadableArticleError(detail)
    problem = {"type": f"/problems/{error.problem}", "title": error.title, "detail": str(error)}
    return dumps(problem)
