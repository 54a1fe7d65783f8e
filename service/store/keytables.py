"""The tables of keys, feed tokens and sessions, in the same metadata as all others."""

from __future__ import annotations

from sqlalchemy import Column, Double, ForeignKey, Index, Table, Text

from service.store.columns import Key, Word, metadata

# A secret of 256 random bits is kept as its SHA-256 only; `shown` is its beginning, for people.
# `scopes` are words by comma. A key outlives the timeline that it is for, a token goes with it.
api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("shown", Word, nullable=False),
    Column("digest", Key, nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("timeline", Key),
    Column("created_at", Double, nullable=False),
    Column("last_used_at", Double),
    Column("expires_at", Double),
    Column("revoked_at", Double),
)
feed_tokens = Table(
    "feed_tokens",
    metadata,
    Column("id", Key, primary_key=True),
    Column("timeline", Key, ForeignKey("timelines.name"), nullable=False),
    Column("name", Text, nullable=False),
    Column("shown", Word, nullable=False),
    Column("digest", Key, nullable=False, unique=True),
    Column("created_at", Double, nullable=False),
    Column("last_used_at", Double),
    Column("expires_at", Double),
    Column("revoked_at", Double),
)
Index(None, feed_tokens.c.timeline, feed_tokens.c.created_at, feed_tokens.c.id)
# Nothing but digests: `key_digest` is that of the key, in `api_keys` or in the operator's file.
sessions = Table(
    "sessions",
    metadata,
    Column("digest", Key, primary_key=True),
    Column("key_digest", Key, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
)
Index(None, sessions.c.expires_at)
