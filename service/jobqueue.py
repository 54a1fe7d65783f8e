"""RQ as a doorbell: the job names, the protocol, and ringing with a budget.

SQL rows are the queue's contents. A ring enqueues a job unless one already waits in that queue;
it may be lost or doubled without harm, for the sweeper of every `python -m workers` rings again.
"""

from __future__ import annotations

from typing import Protocol

ARTICLES_QUEUE = "articles"
ARTICLES_JOB = "workers.jobs.work_articles"
JOBS = {ARTICLES_QUEUE: ARTICLES_JOB}
"""The one job of each queue; workers refuse any other name."""


class JobQueue(Protocol):
    """What the service needs of a queue."""

    def ring(self, queue: str) -> bool:
        """Wake a worker of `queue` within 0.25 s; False when Redis could not be reached."""

    def is_reachable(self) -> bool:
        """Whether Redis answers within 0.25 s."""
