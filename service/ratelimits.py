"""Token buckets: how much each caller may ask for, shared through Redis.

Redis holds no record here: when it is away, or knows no scripts, each process counts for itself
until it is back. Nothing here raises, and a Redis that hangs delays one request in a while.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from threading import Lock
from typing import Protocol, cast

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

BUDGET_SECONDS = 0.1
"""What connecting to Redis may take, and its answer."""
AWAY_SECONDS = 2.0
"""How long Redis is left alone after it failed."""
MOST_BUCKETS = 10_000
"""Buckets that one process keeps by itself."""
PREFIX = "timelines:limits:"

# The clock is Redis's own, so that the clocks of several processes need not agree.
SCRIPT = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local quota, rate, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local at = tonumber(kept[2]) or now
local left = math.min(quota, (tonumber(kept[1]) or quota) + math.max(0, now - at) * rate)
local taken = left >= 1 or ARGV[4] == '1'
if taken then left = left - cost end
redis.call('HSET', KEYS[1], 'left', string.format('%.6f', left), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((quota - left) / rate * 1000) + 1000)
return {taken and 1 or 0, string.format('%.6f', left)}
"""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rate:
    """A policy by its name: `quota` in `seconds`, which may also come all at once."""

    name: str
    quota: int
    seconds: int = 60

    @property
    def each_second(self) -> float:
        """What comes back each second."""
        return self.quota / self.seconds


@dataclass(frozen=True, slots=True)
class Grant:
    """Whether a request may go on, and how its caller's bucket stands after it."""

    rate: Rate
    allowed: bool
    left: float
    """Below 0 after something large, which is taken at once and paid for by waiting."""

    @property
    def remaining(self) -> int:
        """How many may follow at once."""
        return max(0, int(self.left))

    @property
    def full_seconds(self) -> int:
        """Seconds until the bucket is full again."""
        return max(0, ceil((self.rate.quota - self.left) / self.rate.each_second))

    @property
    def retry_seconds(self) -> int:
        """Seconds until one more may come."""
        return max(1, ceil((1 - self.left) / self.rate.each_second))


class RateLimits(Protocol):
    """What the API needs of its limits."""

    def take(self, who: str, rate: Rate, *, cost: int = 1, owed: bool = False) -> Grant:
        """Take `cost` from the bucket of `who` when there is 1 in it; `owed`: in any case."""


class LocalBuckets:
    """The buckets of one process; those not asked for the longest are forgotten, that is: full."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def take(self, who: str, rate: Rate, *, cost: int = 1, owed: bool = False) -> Grant:
        """Take `cost` from the bucket of `who` when there is 1 in it; `owed`: in any case."""
        with self._lock:
            now = self._clock()
            left, at = self._kept.pop((rate.name, who), (float(rate.quota), now))
            left = min(float(rate.quota), left + max(0.0, now - at) * rate.each_second)
            allowed = owed or left >= 1
            left -= cost if allowed else 0
            self._kept[rate.name, who] = (left, now)
            while len(self._kept) > MOST_BUCKETS:
                self._kept.popitem(last=False)
        return Grant(rate, allowed, left)


class RedisRateLimits:
    """The buckets in the Redis at `redis_url`. Connects on first use; safe between threads."""

    def __init__(self, redis_url: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis = Redis.from_url(
            redis_url,
            socket_connect_timeout=BUDGET_SECONDS,
            socket_timeout=BUDGET_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._take = self._redis.register_script(SCRIPT)
        self._clock = clock
        self._local = LocalBuckets(clock)
        self._away_until = 0.0
        self._was_away = False

    def take(self, who: str, rate: Rate, *, cost: int = 1, owed: bool = False) -> Grant:
        """Take `cost` from the bucket of `who` when there is 1 in it; `owed`: in any case."""
        if self._clock() >= self._away_until:
            try:
                return self._ask(who, rate, cost=cost, owed=owed)
            except (RedisError, OSError) as error:
                self._leave(error)
        return self._local.take(who, rate, cost=cost, owed=owed)

    def close(self) -> None:
        """Give back the connections."""
        self._redis.close()

    def _ask(self, who: str, rate: Rate, *, cost: int, owed: bool) -> Grant:
        asked = (rate.quota, rate.each_second, cost, int(owed))
        allowed, left = cast(
            "tuple[int, bytes]", self._take(keys=[f"{PREFIX}{rate.name}:{who}"], args=asked)
        )
        if self._was_away:
            self._was_away = False
            logger.info("limits are shared through redis again")
        return Grant(rate, bool(allowed), float(left))

    def _leave(self, error: Exception) -> None:
        """Count alone for a while; a line for the change only, whatever the outage lasts."""
        self._away_until = self._clock() + AWAY_SECONDS
        if not self._was_away:
            self._was_away = True
            logger.warning("limits are counted by this process alone: %s", type(error).__name__)
