"""The RQ side of the workers: a forking worker that hears rings and runs nothing else.

Whoever can write to Redis can name any importable function in a job. Here a job can only be one
of `jobqueue.JOBS`, without callbacks and webhooks, and its data are JSON.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry
from rq import Worker
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import WorkerStatus

from service.children import die_with
from service.embedded import is_answering
from service.jobqueue import DELIVERIES_QUEUE, JOBS
from service.tallies import PAGELESS, SENDING, RedisTallies, Tallies

if TYPE_CHECKING:
    from redis.client import Pipeline
    from rq import Queue

WORKER_TTL = 20
"""Seconds; RQ looks after its registries when a wait for jobs ends, every WORKER_TTL - 15 s."""
MONITORING_SECONDS = 5
MAINTENANCE_SECONDS = 15
CONNECT_SECONDS = 1.0
IDLE_SECONDS = 2
"""What an idle worker gets to sign off when it is asked to stop; then the kernel ends it."""
HORSE_SECONDS = 1
"""What a horse gets to give back its claims: native code may not hear the request at all."""

logger = logging.getLogger(__name__)


class RingJob(Job):
    """A job that runs one of our functions or fails, whatever Redis says about it."""

    @property
    def func(self) -> Callable[..., object]:
        """The function of this job's name; PermissionError when it is none of ours."""
        name = str(self.func_name)
        if name not in JOBS.values() or self.instance is not None:
            raise PermissionError(f"job '{name}' is refused: use {' or '.join(JOBS.values())}")
        found: Callable[..., object] = super().func
        return found

    # RQ runs callbacks in the worker itself, for jobs it finds abandoned too.
    @property
    def success_callback(self) -> None:
        """None: our jobs have no callbacks."""

    @property
    def failure_callback(self) -> None:
        """None: our jobs have no callbacks."""

    @property
    def stopped_callback(self) -> None:
        """None: our jobs have no callbacks."""

    def send_webhooks(self, *_args: object, **_options: object) -> None:
        """Nothing: RQ's webhooks are unsigned and would call any address."""


class BellWorker(Worker):
    """RQ's forking worker for one queue, without threads, whose horses know when to stop."""

    job_class = RingJob
    max_connection_wait_time = 2.0
    tallies: Tallies | None = None
    """Where this worker tells that it lives."""

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """As RQ, and told to whoever watches; a horse is not a worker."""
        super().heartbeat(timeout, pipeline)
        if self.tallies is not None and os.getpid() == self.pid:
            self.tallies.beat(self._told_name())

    def register_death(self) -> None:
        """As RQ, and told at once."""
        super().register_death()  # type: ignore[no-untyped-call]  # untyped in RQ
        if self.tallies is not None:
            self.tallies.leave(self._told_name())

    def _told_name(self) -> str:
        """The name under which it tells of itself: what it does, and whether it reads pages."""
        if DELIVERIES_QUEUE in self.queue_names():
            return self.name + SENDING
        return self.name if find_spec("trafilatura") else self.name + PAGELESS

    def subscribe(self) -> None:
        """Nothing: a thread that listens for remote commands must not live where we fork."""

    def unsubscribe(self) -> None:
        """Nothing, as `subscribe`."""

    def handle_warm_shutdown_request(self) -> None:
        """Ask the horse to give back its claims, instead of waiting for all its work."""
        if self.horse_pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.horse_pid, signal.SIGTERM)
            signal.alarm(HORSE_SECONDS)  # ends RQ's present wait for the horse early

    def _shutdown(self) -> None:
        """Stop for certain: RQ raises an Exception, which logging and others may swallow."""
        if self.get_state() == WorkerStatus.BUSY:
            super()._shutdown()  # type: ignore[no-untyped-call]  # untyped in RQ
            return
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(IDLE_SECONDS)
        raise SystemExit(0)

    def maintain_heartbeats(self, job: Job) -> None:
        """As RQ, after each wait for the horse; kills one that did not heed the stop."""
        if self._stop_requested:
            self.kill_horse()
        else:
            super().maintain_heartbeats(job)

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Fork a horse that is asked to stop when this worker dies."""
        self._worker_pid = os.getpid()
        super().fork_work_horse(job, queue)

    def setup_work_horse_signals(self) -> None:
        """As RQ: the horse ignores Ctrl-C and dies by SIGTERM, unless the job says otherwise."""
        super().setup_work_horse_signals()  # type: ignore[no-untyped-call]  # untyped in RQ
        die_with(self._worker_pid)


def listen(queue: str, redis_url: str, log_level: str) -> None:
    """Work on the jobs of `queue` until SIGTERM; waits for Redis as long as it takes."""
    _wait_for(redis_url)
    connection = Redis.from_url(
        redis_url,
        socket_connect_timeout=CONNECT_SECONDS,  # RQ sets the other, above its longest wait
        retry=Retry(NoBackoff(), 1, (RedisConnectionError,)),
    )
    worker = BellWorker(
        [queue],
        connection=connection,
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL,
        job_monitoring_interval=MONITORING_SECONDS,
        maintenance_interval=MAINTENANCE_SECONDS,
        log_job_description=False,
    )
    worker.tallies = RedisTallies(redis_url)
    # RQ writes five lines a job at INFO.
    worker.work(logging_level="DEBUG" if log_level == "DEBUG" else "WARNING", with_scheduler=False)


def _wait_for(redis_url: str) -> None:
    if not is_answering(redis_url):
        logger.warning("redis cannot be reached, waiting for it")
    while not is_answering(redis_url):
        time.sleep(0.2)
