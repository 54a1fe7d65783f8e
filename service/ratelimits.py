"""Token buckets: how much each caller may ask for, shared through Redis.

A process draws a hundredth of a bucket at once and pays single requests from that, so that most of
them cost no round trip. What it drew is gone from the bucket: together no more is let through.
Redis holds no record here: when it is away, or knows no scripts, each process counts for itself
until it is back. Nothing here raises, and a Redis that hangs delays one request in a while.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf
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
DRAWN_SHARE = 100
"""The part of a quota that a process draws at once; of a smaller quota it draws one by one."""
PREFIX = "timelines:limits:"

# The clock is Redis's own, so that the clocks of several processes need not agree.
SCRIPT = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local quota, rate = tonumber(ARGV[1]), tonumber(ARGV[2])
local most, owed = tonumber(ARGV[3]), tonumber(ARGV[4])
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local at = tonumber(kept[2]) or now
local left = math.min(quota, (tonumber(kept[1]) or quota) + math.max(0, now - at) * rate)
local taken = owed + math.max(0, math.min(most, math.floor(left)))
left = left - taken
redis.call('HSET', KEYS[1], 'left', string.format('%.6f', left), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((quota - left) / rate * 1000) + 1000)
return {taken, string.format('%.6f', left)}
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

    def take(self, who: str, rate: Rate) -> Grant:
        """Take one from the bucket of `who`, if there is one in it."""

    def owe(self, who: str, rate: Rate, cost: int) -> Grant:
        """Take `cost` from the bucket of `who` in any case; what it lacks is waited for."""


class LocalBuckets:
    """The buckets of one process; those not asked for the longest are forgotten, that is: full."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def take(self, who: str, rate: Rate) -> Grant:
        """Take one from the bucket of `who`, if there is one in it."""
        return self._change(who, rate, 1, least=1.0)

    def owe(self, who: str, rate: Rate, cost: int) -> Grant:
        """Take `cost` from the bucket of `who` in any case; what it lacks is waited for."""
        return self._change(who, rate, cost, least=-inf)

    def _change(self, who: str, rate: Rate, cost: int, *, least: float) -> Grant:
        with self._lock:
            now = self._clock()
            left, at = self._kept.pop((rate.name, who), (float(rate.quota), now))
            left = min(float(rate.quota), left + max(0.0, now - at) * rate.each_second)
            allowed = left >= least
            left -= cost if allowed else 0
            self._kept[rate.name, who] = (left, now)
            while len(self._kept) > MOST_BUCKETS:
                self._kept.popitem(last=False)
        return Grant(rate, allowed, left)


class _Purse:
    """What a process drew and has not spent, and what was left in the bucket at that moment."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()

    def pay(self, who: str, rate: Rate) -> float | None:
        """Pay one; what is left after it, or None when there is none."""
        with self._lock:
            drawn, behind = self._kept.get((rate.name, who), (0, 0.0))
            if not drawn:
                return None
            self._kept[rate.name, who] = (drawn - 1, behind)
            return behind + drawn - 1

    def keep(self, who: str, rate: Rate, drawn: int, behind: float) -> None:
        """Add what was drawn; `behind` is left in the bucket."""
        with self._lock:
            before, _ = self._kept.pop((rate.name, who), (0, 0.0))
            self._kept[rate.name, who] = (before + drawn, behind)
            while len(self._kept) > MOST_BUCKETS:
                self._kept.popitem(last=False)


class RedisRateLimits:
    """The buckets in the Redis at `redis_url`. Connects on first use; safe between threads."""

    def __init__(self, redis_url: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis = Redis.from_url(
            redis_url,
            socket_connect_timeout=BUDGET_SECONDS,
            socket_timeout=BUDGET_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._script = self._redis.register_script(SCRIPT)
        self._clock = clock
        self._local = LocalBuckets(clock)
        self._purse = _Purse()
        self._away_until = 0.0
        self._was_away = False

    def take(self, who: str, rate: Rate) -> Grant:
        """Take one from the bucket of `who`, if there is one in it."""
        left = self._purse.pay(who, rate)
        if left is not None:
            return Grant(rate, allowed=True, left=left)
        found = self._draw(who, rate, most=max(1, rate.quota // DRAWN_SHARE))
        if found is None:
            return self._local.take(who, rate)
        taken, behind = found
        self._purse.keep(who, rate, max(0, taken - 1), behind)
        return Grant(rate, taken > 0, behind + max(0, taken - 1))

    def owe(self, who: str, rate: Rate, cost: int) -> Grant:
        """Take `cost` from the bucket of `who` in any case; what it lacks is waited for."""
        found = self._draw(who, rate, owed=cost)
        if found is None:
            return self._local.owe(who, rate, cost)
        return Grant(rate, allowed=True, left=found[1])

    def close(self) -> None:
        """Give back the connections."""
        self._redis.close()

    def _draw(
        self, who: str, rate: Rate, *, most: int = 0, owed: int = 0
    ) -> tuple[int, float] | None:
        """How many came out of the shared bucket and what is left in it; None without Redis."""
        if self._clock() < self._away_until:
            return None
        asked = (rate.quota, rate.each_second, most, owed)
        try:
            said = self._script(keys=[f"{PREFIX}{rate.name}:{who}"], args=asked)
        except (RedisError, OSError) as error:
            self._leave(error)
            return None
        if self._was_away:
            self._was_away = False
            logger.info("limits are shared through redis again")
        taken, left = cast("tuple[int, bytes]", said)
        return taken, float(left)

    def _leave(self, error: Exception) -> None:
        """Count alone for a while; a line for the change only, whatever the outage lasts."""
        self._away_until = self._clock() + AWAY_SECONDS
        if not self._was_away:
            self._was_away = True
            logger.warning("limits are counted by this process alone: %s", type(error).__name__)
