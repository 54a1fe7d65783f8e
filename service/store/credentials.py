"""Keys and feed tokens in the record's words. The record knows digests of secrets, never one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

FEED = frozenset({"read"})
"""What a feed token may do, in its timeline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCredential:
    """A key (id `key_...`) or a feed token (id `tok_...`) that is to be kept.

    `shown` is the beginning of the secret, by which people tell keys apart. `timeline` is the only
    one that it is for; None: all. A token always has one.
    """

    id: str
    name: str
    shown: str
    digest: str
    scopes: frozenset[str]
    timeline: str | None = None
    expires_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential(NewCredential):
    """A key or feed token as kept. `last_used_at` is coarse."""

    created_at: float = 0.0
    last_used_at: float | None = None
    revoked_at: float | None = None

    def is_live(self, now: float) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class KeyCabinet(Protocol):
    """Where keys and feed tokens are kept. Their `digest` finds them by one index look-up."""

    def add_key(self, new: NewCredential) -> Credential:
        """Keep a key."""

    def find_key(self, digest: str) -> Credential | None:
        """The key with this digest, also when it was revoked, or None."""

    def list_keys(self) -> tuple[Credential, ...]:
        """All keys, the oldest first."""

    def revoke_key(self, key_id: str) -> bool:
        """End a key; whether it was there and live."""

    def add_token(self, new: NewCredential) -> Credential | None:
        """Keep a feed token; None when its timeline is not there."""

    def find_token(self, digest: str) -> Credential | None:
        """The feed token with this digest, also when it was revoked, or None."""

    def list_tokens(
        self, timeline: str, *, limit: int, after: tuple[float, str] | None
    ) -> tuple[Credential, ...]:
        """A timeline's tokens by (created_at, id), strictly after `after`."""

    def revoke_token(self, timeline: str, token_id: str) -> bool:
        """End a timeline's feed token; whether it was there and live."""

    def note_use(self, credential_id: str) -> None:
        """Note that a key or token was used now."""
