"""Sessions in SQL: `sessions.SessionBook` and its statements."""

from __future__ import annotations

from sqlalchemy import BindParameter, bindparam, delete, insert, select

from service.store.engine import Database
from service.store.keytables import sessions
from service.store.sessions import Session

DIGEST: BindParameter[str] = bindparam("digest")
BEGUN: BindParameter[float] = bindparam("begun")
ADDED = insert(sessions)
OVER = delete(sessions).where(sessions.c.expires_at <= BEGUN)
BY_DIGEST = select(sessions).where(sessions.c.digest == DIGEST)
ENDED = delete(sessions).where(sessions.c.digest == DIGEST)


class SqlSessions:
    """The part of `SqlStore` that keeps sessions; each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_session(self, new: Session) -> None:
        """Keep a session, and let go of those that were over when it began."""
        row = {
            "digest": new.digest,
            "key_digest": new.key_digest,
            "created_at": new.created_at,
            "expires_at": new.expires_at,
        }
        with self._database.writing() as connection:
            connection.execute(OVER, {"begun": new.created_at})
            connection.execute(ADDED, row)

    def find_session(self, digest: str) -> Session | None:
        """The session with this digest, also when it is over, or None."""
        with self._database.reading() as connection:
            row = connection.execute(BY_DIGEST, {"digest": digest}).one_or_none()
        if row is None:
            return None
        return Session(
            digest=row.digest,
            key_digest=row.key_digest,
            created_at=row.created_at,
            expires_at=row.expires_at,
        )

    def end_session(self, digest: str) -> bool:
        """Let go of a session; whether it was there."""
        with self._database.writing() as connection:
            return bool(connection.execute(ENDED, {"digest": digest}).rowcount)
