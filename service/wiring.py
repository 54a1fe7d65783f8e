"""The parts of a running service, built from its settings; nothing connects before first use."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.egress.sending import Sender
from service.egress.targets import Policy
from service.jobqueue import JobQueue, RqJobQueue
from service.ratelimits import LocalBuckets, RateLimits, RedisRateLimits
from service.settings import Settings
from service.store.base import Store
from service.store.sql import SqlStore
from service.tallies import RedisTallies, Tallies
from service.wakeups import Wakeups


@dataclass(frozen=True, slots=True)
class Parts:
    """What the API and the workers are given: record, bell, wake-ups, tallies, limits."""

    store: Store
    queue: JobQueue
    wakeups: Wakeups
    tallies: Tallies
    limits: RateLimits = field(default_factory=LocalBuckets)


def build(settings: Settings) -> Parts:
    """The parts that `settings` name. Build them after a fork, or close the store before one."""
    return Parts(
        store=SqlStore(settings.sql_url),
        queue=RqJobQueue(settings.redis_url),
        wakeups=Wakeups(settings.redis_url),
        tallies=RedisTallies(settings.redis_url),
        limits=RedisRateLimits(settings.redis_url),
    )


def build_sender(settings: Settings) -> Sender:
    """The way out that `settings` leave open; it connects when something is sent."""
    return Sender(policy=webhook_policy(settings), seconds=settings.webhook_seconds)


def webhook_policy(settings: Settings) -> Policy:
    """Where `settings` let webhooks go."""
    return Policy(ports=settings.webhook_ports, loopback=settings.allow_loopback_webhooks)
