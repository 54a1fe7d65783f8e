"""Keys and feed tokens in SQL: `credentials.KeyCabinet` over the statements of `keys`."""

from __future__ import annotations

from service.store import keys
from service.store.credentials import Credential, NewCredential
from service.store.engine import Database


class SqlKeys:
    """The part of `SqlStore` that keeps keys; each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_key(self, new: NewCredential) -> Credential:
        """Keep a key."""
        with self._database.writing() as connection:
            return keys.add_key(connection, new)

    def find_key(self, digest: str) -> Credential | None:
        """The key with this digest, or None."""
        with self._database.reading() as connection:
            row = connection.execute(keys.KEY_BY_DIGEST, {"digest": digest}).one_or_none()
            return None if row is None else keys.credential(row)

    def list_keys(self) -> tuple[Credential, ...]:
        """All keys, the oldest first."""
        with self._database.reading() as connection:
            return keys.list_keys(connection)

    def revoke_key(self, key_id: str) -> bool:
        """End a key; whether it was there and live."""
        with self._database.writing() as connection:
            return keys.revoke_key(connection, key_id)

    def add_token(self, new: NewCredential) -> Credential | None:
        """Keep a feed token; None when its timeline is not there."""
        with self._database.writing() as connection:
            return keys.add_token(connection, new)

    def find_token(self, digest: str) -> Credential | None:
        """The feed token with this digest, or None."""
        with self._database.reading() as connection:
            row = connection.execute(keys.TOKEN_BY_DIGEST, {"digest": digest}).one_or_none()
            return None if row is None else keys.credential(row)

    def list_tokens(
        self, timeline: str, *, limit: int, after: tuple[float, str] | None
    ) -> tuple[Credential, ...]:
        """A timeline's tokens by (created_at, id), strictly after `after`."""
        with self._database.reading() as connection:
            return keys.list_tokens(connection, timeline, limit=limit, after=after)

    def revoke_token(self, timeline: str, token_id: str) -> bool:
        """End a timeline's feed token; whether it was there and live."""
        with self._database.writing() as connection:
            return keys.revoke_token(connection, timeline, token_id)

    def note_use(self, credential_id: str) -> None:
        """Note that a key or token was used now."""
        with self._database.writing() as connection:
            keys.note_use(connection, credential_id)
