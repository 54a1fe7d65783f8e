"""The table of answers that are kept for requests with an Idempotency-Key."""

from __future__ import annotations

from sqlalchemy import Column, Double, Index, Integer, Table, Text

from service.store.columns import Key, metadata

# Without `status` the request still runs, under a lease until `until`; else this was answered, and
# is kept until then.
kept_answers = Table(
    "kept_answers",
    metadata,
    Column("timeline", Key, primary_key=True),
    Column("client", Key, primary_key=True),
    Column("key", Key, primary_key=True),
    Column("fingerprint", Key, nullable=False),
    Column("token", Key, nullable=False),
    Column("until", Double, nullable=False),
    Column("status", Integer),
    Column("headers", Text),
    Column("body", Text),
    sqlite_with_rowid=False,
)
Index(None, kept_answers.c.until)
