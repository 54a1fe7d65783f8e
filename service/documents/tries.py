"""Tries of a message: when the next one is due, and the list of those that were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from service.documents.dates import iso_instant
from service.documents.jsontext import Json, JsonObject, dumps, known, loads

PAUSES = (5.0, 300.0, 1800.0, 7200.0, 18_000.0, 36_000.0, 50_400.0, 72_000.0, 86_400.0)
"""Seconds between tries, as Standard Webhooks 1.0 advises: ten tries in three days."""
SPREAD = 0.1
"""How far jitter moves a pause, of its length: what failed together is not tried together."""
LONGEST_WAIT = 86_400.0
"""Seconds that a receiver may ask for by Retry-After."""
MOST_TRIES = 30
"""That are listed of one message, the last ones: a replay or a redelivery adds to the same list."""
MOST_ANSWERED = 1024
"""Characters that are kept of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try: when (seconds since 1970 UTC), how long it took, and what came of it.

    `status` and `answer` are the receiver's, `error` says why there is none.
    """

    at: float
    seconds: float
    status: int | None = None
    answer: str | None = None
    error: str | None = None
    retry_after: float | None = None

    @property
    def delivered(self) -> bool:
        """Whether the receiver took the message; a redirection is no answer."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver wants no messages any more."""
        return self.status == 410


def pause_after(
    attempts: int,
    *,
    jitter: float,
    retry_after: float | None = None,
    pauses: Sequence[float] = PAUSES,
) -> float | None:
    """Seconds until a message is tried again of which `attempts` failed; None for never.

    `jitter` is from -1 to 1. What the receiver asks for by Retry-After is not undercut.

    >>> pause_after(1, jitter=0), pause_after(2, jitter=1), pause_after(10, jitter=0)
    (5.0, 330.0, None)
    """
    if attempts > len(pauses):
        return None
    own = pauses[attempts - 1] * (1 + SPREAD * jitter)
    return max(own, min(retry_after or 0.0, LONGEST_WAIT))


def with_try(tries: str, made: Try) -> str:
    """The list `tries` with one more at its end."""
    listed = [*cast("list[Json]", loads(tries)), _document(made)]
    return dumps(listed[-MOST_TRIES:])


def without_answers(tries: str) -> str:
    """The list `tries` without what was answered; the same text when nothing was.

    >>> without_answers('[{"at":"2026-01-27","status":200,"answer":"ok"}]')
    '[{"at":"2026-01-27","status":200}]'
    """
    listed = cast("list[JsonObject]", loads(tries))
    bare = [{name: each[name] for name in each if name != "answer"} for each in listed]
    return tries if bare == listed else dumps(bare)


def _document(made: Try) -> JsonObject:
    return known(
        {
            "at": iso_instant(made.at),
            "ms": round(made.seconds * 1000),
            "status": made.status,
            "answer": None if made.answer is None else made.answer[:MOST_ANSWERED],
            "error": made.error,
        }
    )
