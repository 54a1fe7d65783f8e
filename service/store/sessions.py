"""Who is signed in, in the record's words. The record knows digests of sessions, never one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session by the digest of its secret: it opens what the key with `key_digest` opens.

    It holds no right of its own, so that it ends with its key, and with the file of an admin key.
    """

    digest: str
    key_digest: str
    created_at: float
    expires_at: float


class SessionBook(Protocol):
    """Where sessions are kept. Their `digest` finds them by one index look-up."""

    def add_session(self, new: Session) -> None:
        """Keep a session, and let go of those that were over when it began."""

    def find_session(self, digest: str) -> Session | None:
        """The session with this digest, also when it is over, or None."""

    def end_session(self, digest: str) -> bool:
        """Let go of a session; whether it was there."""
