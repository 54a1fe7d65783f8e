"""The tables of those who are told of changes: subscriptions, and what was sent to them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from service.store.columns import Key, Word, metadata

# `types`, `reason` and `query` are JSON, `filter` is the JSON that was given and `query` what was
# read in it. Everything up to the revision `position` was delivered or is not asked for. `attempts`
# and `failing_since` are those of the change behind it, which is tried again at `due_at`.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("timeline", Key, ForeignKey("timelines.name"), nullable=False),
    Column("url", Text, nullable=False),
    Column("description", Text),
    Column("types", Text, nullable=False),
    Column("filter", Text),
    Column("query", Text),
    Column("format", Word, nullable=False),
    Column("status", Word, nullable=False),
    Column("reason", Text),
    Column("secret", Text, nullable=False),
    Column("former_secret", Text),
    Column("former_until", Double),
    Column("position", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Double, nullable=False),
    Column("failing_since", Double),
    Column("delivered_at", Double),
    Column("claim_token", Key),
    Column("claimed_until", Double, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("updated_at", Double, nullable=False),
    Column("created_by", Key),
)
Index(
    None,
    subscriptions.c.timeline,
    subscriptions.c.created_at,
    subscriptions.c.id,
)
ACTIVE = "status = 'active'"
Index(
    "ix_subscriptions_active",
    subscriptions.c.due_at,
    sqlite_where=text(ACTIVE),
    postgresql_where=text(ACTIVE),
)
CLAIMED = "claim_token IS NOT NULL"
Index(
    "ix_subscriptions_claim_token",
    subscriptions.c.claim_token,
    sqlite_where=text(CLAIMED),
    postgresql_where=text(CLAIMED),
)

# One row for each message, however often it was tried; no text of an article or event is in it,
# but for answers that repeat it, which go with it (`echoes`).
# What is `out_of_turn` was asked for by hand: a test, or a message once more.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Key, primary_key=True),
    Column("timeline", Key, ForeignKey("timelines.name"), nullable=False),
    Column(
        "subscription_id", Key, ForeignKey("subscriptions.id", ondelete="CASCADE"), nullable=False
    ),
    Column("type", Word, nullable=False),
    Column("revision", BigInteger),
    Column("status", Word, nullable=False),
    Column("out_of_turn", Boolean(create_constraint=False), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("tries", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("updated_at", Double, nullable=False),
)
Index(
    None,
    deliveries.c.subscription_id,
    deliveries.c.created_at,
    deliveries.c.id,
)
Index(None, deliveries.c.timeline, deliveries.c.revision)
Index(None, deliveries.c.created_at)
ASKED = "out_of_turn AND status = 'waiting'"
Index(
    "ix_deliveries_asked",
    deliveries.c.subscription_id,
    sqlite_where=text(ASKED),
    postgresql_where=text(ASKED),
)
