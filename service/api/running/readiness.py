"""Whether the service can work, and what of it does not: each with what an operator can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.documents.jsontext import Json, JsonObject
from service.errors import StoreUnavailableError
from service.settings import Settings
from service.store.vitals import Vitals
from service.tallies import LATELY_SECONDS
from service.wiring import Parts

LEAST_BYTES = 200_000_000
"""Free on the disk of a SQLite record: below this it is nearly full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was looked at; `workers` is None when Redis, where they tell, is away.

    `unsent` says that webhooks are due and nobody who sends was heard of.
    """

    redis: bool
    workers: int | None
    vitals: Vitals
    pageless: int = 0
    unsent: bool = False


@dataclass(frozen=True, slots=True)
class Weakness:
    """A part that does not do its work, what that means, and what to do."""

    part: str
    says: str
    cure: str


def look(parts: Parts) -> Seen:
    """The state of the service; StoreUnavailableError, with the cure, when it cannot work."""
    try:
        parts.store.ping()
        vitals = parts.store.vitals()
        is_due = parts.store.has_deliveries()
    except StoreUnavailableError as error:
        cure = "" if "migrate" in str(error) else ": start it, or look at TIMELINES_DATABASE_URL"
        raise StoreUnavailableError(f"{error}{cure}") from error
    told = parts.tallies.read() if parts.queue.is_reachable() else None
    workers = None if told is None else told.workers
    pageless = 0 if told is None else told.pageless
    return Seen(
        redis=told is not None,
        workers=workers,
        vitals=vitals,
        pageless=pageless,
        unsent=is_due and told is not None and not told.senders,
    )


def weaknesses(seen: Seen, settings: Settings) -> Iterator[Weakness]:
    """What is degraded, the gravest first."""
    vitals = seen.vitals
    if not seen.redis:
        yield Weakness(
            "redis",
            "redis does not answer: articles are accepted and kept, and read when it is back",
            "start it, or look at TIMELINES_REDIS_URL",
        )
    if seen.workers == 0:
        yield Weakness(
            "workers",
            f"no worker was heard of for {LATELY_SECONDS} s: articles are kept and not read",
            "start `timelines worker`, or look at its log",
        )
    if seen.unsent:
        yield Weakness(
            "senders",
            f"webhooks are due and no worker that sends was heard of for {LATELY_SECONDS} s",
            "start `timelines worker` with TIMELINES_DELIVERY_WORKERS of 1 or more",
        )
    if seen.pageless:
        yield Weakness(
            "pages",
            f"{seen.pageless} of {seen.workers} workers cannot read pages of HTML",
            "install the extra there: pip install 'event-timelines[html]'",
        )
    if vitals.free_bytes is not None and vitals.free_bytes < LEAST_BYTES:
        yield Weakness(
            "disk",
            f"{vitals.free_bytes / 1e6:,.0f} MB are free beside the record",
            f"free {LEAST_BYTES / 1e6:,.0f} MB or more: a full disk refuses articles",
        )
    if (vitals.oldest_seconds or 0) > settings.late_seconds:
        yield Weakness(
            "queue",
            f"an article has waited for {vitals.oldest_seconds:,.0f} s",
            "start more workers (TIMELINES_WORKERS), or look at their log",
        )


def readiness(seen: Seen, settings: Settings) -> JsonObject:
    """The document of `/readyz`."""
    found = list(weaknesses(seen, settings))
    document: dict[str, Json] = {
        "status": "degraded" if found else "ready",
        "record": "reachable",
        "redis": "reachable" if seen.redis else "unreachable",
        "waiting": seen.vitals.waiting,
        "degraded": [{"part": each.part, "says": each.says, "cure": each.cure} for each in found],
    }
    if seen.workers is not None:
        document["workers"] = seen.workers
    if seen.vitals.oldest_seconds is not None:
        document["oldest_waiting_seconds"] = round(seen.vitals.oldest_seconds, 3)
    return document
