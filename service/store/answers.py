"""Requests as the record helps them: what became of articles, and answers that were given once.

An answer that is kept names articles by id and tells states, never their text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that its client may send again: whose it is, its key, and what it asks.

    `client` is empty where clients are not told apart.
    """

    timeline: str
    client: str
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was given: `headers` and `body` are JSON texts."""

    status: int
    headers: str
    body: str


@dataclass(frozen=True, slots=True)
class Begun:
    """What to do with a request that has a key.

    `outcome` is begun (`token` names this attempt), answered (`answer` is what was said), reused
    (the key came with another request) or running (another one answers it, for `seconds` at most).
    """

    outcome: str
    token: str = ""
    answer: KeptAnswer | None = None
    seconds: float = 0.0


class Answering(Protocol):
    """What the record promises to requests."""

    def read_statuses(self, ids: Sequence[str]) -> Mapping[str, str]:
        """The status of each of these articles that is there."""

    def begin_request(self, asked: Asked, *, lease: float) -> Begun:
        """Take the key for `lease` seconds, unless it was used; forget keys whose time is over."""

    def keep_answer(self, asked: Asked, token: str, answer: KeptAnswer, *, seconds: float) -> None:
        """Keep what was answered, unless the lease ran out and another attempt has the key."""

    def drop_request(self, asked: Asked, token: str) -> None:
        """Give the key back: nothing was done under it."""
