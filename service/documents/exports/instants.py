"""Instants and days as feeds write them (RFC 3339)."""

from __future__ import annotations

from datetime import UTC, datetime

from service.documents.exports.told import Told
from service.temporal.publication import utc_seconds


def rfc3339(seconds: float) -> str:
    """Seconds since 1970 UTC, whole, as RFC 3339 in UTC.

    >>> rfc3339(0.5)
    '1970-01-01T00:00:00Z'
    """
    return f"{datetime.fromtimestamp(int(seconds), UTC).replace(tzinfo=None).isoformat()}Z"


def first_published(event: Told) -> str | None:
    """When the first article that tells `event` was published, as RFC 3339.

    A bare day stands for its first moment in UTC; None when no source says.
    """
    told = [utc_seconds(each.published_at) for each in event.sources if each.published_at]
    return rfc3339(min(told)) if told else None
