"""The tables of events: what was made of the mentions, how it is found, and what became of it.

They are of the same record, and read the same way, as those of `tables`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from service.store.columns import Counter, Key, Word, metadata

# `place` stands for an event in the tables that find it. What filters compare lies before the
# document, `searched` (the folded text of `documents.traits`) behind it. `area` is a number made of
# the timeline's name, for indexes of days, which hold nothing but numbers: an R*Tree `event_days`
# on SQLite, kept by triggers, an index of ranges on PostgreSQL. Both stand in the migrations only.
events = Table(
    "events",
    metadata,
    Column("place", Counter, Identity(), primary_key=True),
    Column("timeline", Key, ForeignKey("timelines.name"), nullable=False),
    Column("id", Key, nullable=False),
    Column("sort_start", BigInteger, nullable=False),
    Column("sort_end", BigInteger, nullable=False),
    Column("earliest", BigInteger),
    Column("latest", BigInteger),
    Column("area", Integer, nullable=False),
    Column("kind", Word, nullable=False),
    Column("status", Word, nullable=False),
    Column("basis", Word, nullable=False),
    Column("granularity", Word, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("salience", Double, nullable=False),
    Column("independent_sources", Integer, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("document", Text, nullable=False),
    Column("searched", Text, nullable=False),
    UniqueConstraint("timeline", "id"),
)
Index(None, events.c.timeline, events.c.sort_start, events.c.sort_end, events.c.id)
Index(None, events.c.timeline, events.c.sort_end)
Index(
    None,
    events.c.timeline,
    events.c.salience,
    events.c.sort_start,
    events.c.sort_end,
    events.c.id,
)
Index(None, events.c.timeline, events.c.revision, events.c.id)

# What events are found by: words and values of filters, as numbers made of timeline and term.
event_terms = Table(
    "event_terms",
    metadata,
    Column("term", BigInteger, primary_key=True),
    Column("sort_start", BigInteger, primary_key=True),
    Column("sort_end", BigInteger, primary_key=True),
    Column(
        "place",
        Counter,
        ForeignKey("events.place", ondelete="CASCADE"),
        primary_key=True,
    ),
    sqlite_with_rowid=False,
)
Index(None, event_terms.c.place)

# A mention belongs to one event.
event_sources = Table(
    "event_sources",
    metadata,
    Column("timeline", Key, primary_key=True),
    Column("mention_id", Key, primary_key=True),
    Column("event_id", Key, nullable=False),
    Column("article_id", Key, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    ForeignKeyConstraint(
        ["timeline", "mention_id"], ["mentions.timeline", "mentions.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["timeline", "event_id"], ["events.timeline", "events.id"], ondelete="CASCADE"
    ),
    sqlite_with_rowid=False,
)
Index(None, event_sources.c.timeline, event_sources.c.event_id)
Index(None, event_sources.c.article_id)

aliases = Table(
    "aliases",
    metadata,
    Column("timeline", Key, ForeignKey("timelines.name"), primary_key=True),
    Column("old_id", Key, primary_key=True),
    Column("event_id", Key, nullable=False),
    sqlite_with_rowid=False,
)
Index(None, aliases.c.timeline, aliases.c.event_id)

# `into_ids`, `merged_from`, `split_into` and `fields` are JSON lists, null in rows from before
# they were kept; `document` is the event after a creation or an update.
changes = Table(
    "changes",
    metadata,
    Column("timeline", Key, ForeignKey("timelines.name"), primary_key=True),
    Column("revision", BigInteger, primary_key=True),
    Column("at", Double, nullable=False),
    Column("type", Word, nullable=False),
    Column("event_id", Key, nullable=False),
    Column("into_ids", Text, nullable=False),
    Column("merged_from", Text),
    Column("split_into", Text),
    Column("fields", Text, nullable=False),
    Column("document", Text),
)
Index(None, changes.c.timeline, changes.c.event_id, changes.c.revision)
ENDED = "type IN ('merged', 'removed', 'split')"
Index(
    "ix_changes_ended",
    changes.c.timeline,
    changes.c.revision,
    sqlite_where=text(ENDED),
    postgresql_where=text(ENDED),
)
