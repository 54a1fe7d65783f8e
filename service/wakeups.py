"""Telling waiting readers that a timeline moved: Redis publish and subscribe.

A wakeup is a hint, never a record. One that is lost costs a reader one poll of the change log, so
nothing here raises when Redis is away, and nothing waits longer than it says.
"""

from __future__ import annotations

import contextlib
import json
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

if TYPE_CHECKING:
    from redis.client import PubSub

CHANNEL = "timelines:wakeups"
"""One channel for all timelines: a process needs one subscription, however many it serves."""
BUDGET_SECONDS = 0.25

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wakeup:
    """The timeline has reached this revision, or a later one."""

    timeline: str
    revision: int


class Wakeups:
    """Both ends of the channel at `redis_url`. Publishing is safe between threads."""

    def __init__(self, redis_url: str) -> None:
        self._redis = Redis.from_url(
            redis_url,
            socket_connect_timeout=BUDGET_SECONDS,
            socket_timeout=BUDGET_SECONDS,
            retry=Retry(NoBackoff(), 1, (RedisConnectionError,)),
        )

    def publish(self, timeline: str, revision: int) -> bool:
        """Tell whoever waits; False when Redis could not be reached."""
        try:
            self._redis.publish(CHANNEL, json.dumps([timeline, revision]))
        except (RedisError, OSError) as error:
            logger.debug("wakeup of %s at %d lost: %s", timeline, revision, error)
            return False
        return True

    def waiter(self) -> Waiter:
        """A subscription of its own; use it from one thread and close it."""
        return Waiter(self._redis)

    def close(self) -> None:
        """Give back the connections."""
        self._redis.close()


class Waiter:
    """One subscription, made on the first wait and made again when Redis went away."""

    def __init__(self, client: Redis) -> None:
        self._redis = client
        self._channel: PubSub | None = None

    def open(self) -> bool:
        """Subscribe now, so that what is told from here on is heard; False when Redis is away."""
        try:
            self._subscribed()
        except (RedisError, OSError) as error:
            logger.debug("waiting for wakeups failed: %s", error)
            self.close()
            return False
        return True

    def wait(self, seconds: float) -> Wakeup | None:
        """The next wakeup; None when none came in `seconds`, or Redis is away.

        After None a reader looks at the record: what was told while nobody listened is lost.
        """
        until = time.monotonic() + seconds
        try:
            while (left := until - time.monotonic()) > 0:
                message = self._subscribed().get_message(timeout=left)
                if message is not None and message["type"] == "message":
                    return _read(message["data"])
        except (RedisError, OSError, ValueError) as error:
            logger.debug("waiting for wakeups failed: %s", error)
            self.close()
            time.sleep(min(BUDGET_SECONDS, max(until - time.monotonic(), 0)))
        return None

    def close(self) -> None:
        """End the subscription; the next wait makes a new one."""
        channel, self._channel = self._channel, None
        if channel is not None:
            with contextlib.suppress(RedisError, OSError):
                channel.close()

    def _subscribed(self) -> PubSub:
        if self._channel is None:
            channel = self._redis.pubsub()  # type: ignore[no-untyped-call]  # untyped in redis
            channel.subscribe(CHANNEL)
            self._channel = channel
        return self._channel


def _read(data: bytes) -> Wakeup:
    timeline, revision = json.loads(data)
    return Wakeup(str(timeline), int(revision))
