"""RQ as a doorbell: the job names, the protocol, and ringing with a budget.

SQL rows are the queue's contents. A ring enqueues a job unless one already waits in that queue;
it may be lost or doubled without harm, for the sweeper of every `python -m workers` rings again.
"""

from __future__ import annotations

import logging
from threading import Lock
from typing import Protocol

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

ARTICLES_QUEUE = "articles"
ARTICLES_JOB = "workers.jobs.work_articles"
DELIVERIES_QUEUE = "deliveries"
DELIVERIES_JOB = "workers.deliver.deliver_changes"
JOBS = {ARTICLES_QUEUE: ARTICLES_JOB, DELIVERIES_QUEUE: DELIVERIES_JOB}
"""The one job of each queue; workers refuse any other name."""

BUDGET_SECONDS = 0.25
"""What connecting to Redis may take, and each answer of it, before a ring is given up."""
JOB_SECONDS = 120
"""Wall-clock time after which RQ ends a job, above what a job allows itself (5 s of draining and
one article's CPU limit; 75 s of sending and the last receiver): it catches a job that hangs."""
FAILURE_SECONDS = 7 * 24 * 3600
"""How long RQ keeps the record of a failed job, for `rq info`; its default is a year."""

logger = logging.getLogger(__name__)


class JobQueue(Protocol):
    """What the service needs of a queue."""

    def ring(self, queue: str) -> bool:
        """Wake a worker of `queue` within 0.25 s; False when Redis could not be reached."""

    def is_reachable(self) -> bool:
        """Whether Redis answers within 0.25 s."""


class RqJobQueue:
    """The queue of RQ at `redis_url`. Connects on first use; safe between threads."""

    def __init__(self, redis_url: str, *, job_seconds: int = JOB_SECONDS) -> None:
        # Once more, at once, where an idle connection had died; the default goes on for seconds.
        self._redis = Redis.from_url(
            redis_url,
            socket_connect_timeout=BUDGET_SECONDS,
            socket_timeout=BUDGET_SECONDS,
            retry=Retry(NoBackoff(), 1, (RedisConnectionError,)),
        )
        self._job_seconds = job_seconds
        self._was_reachable = True
        self._ringing = Lock()
        self._asked: set[str] = set()

    def ring(self, queue: str) -> bool:
        """Wake a worker of `queue` within 0.25 s; False when Redis could not be reached.

        Threads that ask while another one rings leave it to that one, which rings once more.
        """
        self._asked.add(queue)
        if not self._ringing.acquire(blocking=False):
            return self._was_reachable
        try:
            reached = self._ring(queue)
            if reached and queue in self._asked:
                reached = self._ring(queue)
        finally:
            self._ringing.release()
        return reached

    def _ring(self, queue: str) -> bool:
        self._asked.discard(queue)
        try:
            self._enqueue(queue)
        except (RedisError, OSError) as error:
            return self._note(reachable=False, why=error)
        return self._note(reachable=True)

    def is_reachable(self) -> bool:
        """Whether Redis answers within 0.25 s."""
        try:
            self._redis.ping()
        except (RedisError, OSError) as error:
            return self._note(reachable=False, why=error)
        return self._note(reachable=True)

    def close(self) -> None:
        """Give back the connections; the queue can be used again (before and after a fork)."""
        self._redis.close()

    def _enqueue(self, queue: str) -> None:
        bell = Queue(queue, connection=self._redis, serializer=JSONSerializer)
        if bell.count:  # a job that has not begun will see what was committed before this look
            return
        bell.enqueue_call(
            JOBS[queue],
            timeout=self._job_seconds,
            result_ttl=0,
            failure_ttl=FAILURE_SECONDS,
            description=queue,
        )

    def _note(self, *, reachable: bool, why: Exception | None = None) -> bool:
        """Log a change only: an hour without Redis must not fill the disk."""
        if reachable != self._was_reachable:
            self._was_reachable = reachable
            if reachable:
                logger.info("redis answers again")
            else:
                logger.warning("redis cannot be reached, the sweeper will ring later: %s", why)
        return reachable
