"""What workers tell of themselves: that they live, what they did and how long each step took.

Redis keeps it, which is no record: what is lost there is a gap in a graph. So nothing here raises
when Redis is away, and nothing takes longer than its budget.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

COUNTS = "timelines:tallies"
"""A hash: the name of a count, and how far it is."""
BEATS = "timelines:workers"
"""A sorted set: the name of a worker, and when it was last heard of by Redis's clock."""
BUDGET_SECONDS = 0.25
PAGELESS = ":pageless"
"""How the name of a worker ends that cannot read pages."""
SENDING = ":sending"
"""How the name of a worker ends that sends messages and reads no articles."""
LATELY_SECONDS = 20
"""A worker that was not heard of for so long is taken for gone; an idle one tells each 5 s."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What the workers told: their counts since Redis began, and how many of them live.

    `workers` read articles; `pageless` are those of them that cannot read pages of HTML. `senders`
    send messages to subscribers.
    """

    counts: Mapping[str, int]
    workers: int
    pageless: int = 0
    senders: int = 0


class Tallies(Protocol):
    """What the service needs of the place where workers tell."""

    def add(self, counts: Mapping[str, int]) -> bool:
        """Add to the counts within 0.25 s; False when Redis could not be reached."""

    def beat(self, worker: str) -> bool:
        """Note that `worker` lives; False when Redis could not be reached."""

    def leave(self, worker: str) -> None:
        """Note that `worker` ended."""

    def read(self) -> Told | None:
        """What was told, or None when Redis did not answer within 0.25 s."""


class RedisTallies:
    """Tallies in the Redis at `redis_url`. Connects on first use; safe between threads."""

    def __init__(self, redis_url: str) -> None:
        self._redis = Redis.from_url(
            redis_url,
            socket_connect_timeout=BUDGET_SECONDS,
            socket_timeout=BUDGET_SECONDS,
            retry=Retry(NoBackoff(), 1, (RedisConnectionError,)),
        )

    def add(self, counts: Mapping[str, int]) -> bool:
        """Add to the counts, all in one round; False when Redis could not be reached."""
        together = self._redis.pipeline(transaction=False)
        for name, step in counts.items():
            together.hincrby(COUNTS, name, step)
        try:
            together.execute()
        except (RedisError, OSError) as error:
            logger.debug("%d tallies lost: %s", len(counts), error)
            return False
        return True

    def beat(self, worker: str) -> bool:
        """Note that `worker` lives, and forget those long gone."""
        try:
            now, _ = self._redis.time()
            together = self._redis.pipeline(transaction=False)
            together.zadd(BEATS, {worker: now})
            together.zremrangebyscore(BEATS, "-inf", now - LATELY_SECONDS)
            together.execute()
        except (RedisError, OSError) as error:
            logger.debug("beat of %s lost: %s", worker, error)
            return False
        return True

    def leave(self, worker: str) -> None:
        """Note that `worker` ended."""
        try:
            self._redis.zrem(BEATS, worker)
        except (RedisError, OSError) as error:
            logger.debug("end of %s not told: %s", worker, error)

    def read(self) -> Told | None:
        """What was told, in one round, or None when Redis could not be reached."""
        together = self._redis.pipeline(transaction=False)
        together.time()
        together.zrange(BEATS, 0, -1, withscores=True)
        together.hgetall(COUNTS)
        try:
            (now, _), beats, counts = together.execute()
        except (RedisError, OSError) as error:
            logger.debug("tallies cannot be read: %s", error)
            return None
        living = [worker.decode() for worker, at in beats if at > now - LATELY_SECONDS]
        senders = sum(worker.endswith(SENDING) for worker in living)
        return Told(
            {name.decode(): int(count) for name, count in counts.items()},
            workers=len(living) - senders,
            pageless=sum(worker.endswith(PAGELESS) for worker in living),
            senders=senders,
        )

    def close(self) -> None:
        """Give back the connections."""
        self._redis.close()
