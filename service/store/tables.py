"""The tables of the record, the same on SQLite and PostgreSQL.

`migrations/` builds them; a test holds that both say the same. Mention and event ids do not name
their timeline, so their keys are (timeline, id); article ids do, so they stand alone. Times are
seconds since 1970 UTC by the database's clock, days are day numbers, documents canonical JSON.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from service.store.columns import Counter, Key, Word, metadata

# The counts are kept, never counted at reading. `articles_nothing_to_tell` is a part of processed.
# `state` moves with every change of counts or revision, so the two say what a reader would see.
# `life` is open, closing (gone for everyone, its rows are being removed) or closed: the row of a
# deleted timeline stays, so that one made again under its name goes on from its revision.
timelines = Table(
    "timelines",
    metadata,
    Column("name", Key, primary_key=True),
    Column("title", Text),
    Column("description", Text),
    Column("timezone", Text),
    Column("public", Boolean(create_constraint=False), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("state", BigInteger, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("updated_at", Double, nullable=False),
    Column("articles_accepted", BigInteger, nullable=False),
    Column("articles_processing", BigInteger, nullable=False),
    Column("articles_processed", BigInteger, nullable=False),
    Column("articles_failed", BigInteger, nullable=False),
    Column("articles_nothing_to_tell", BigInteger, nullable=False),
    Column("articles_retracted", BigInteger, nullable=False, server_default="0"),
    Column("events_happening", BigInteger, nullable=False),
    Column("events_statement", BigInteger, nullable=False),
    Column("events_planned", BigInteger, nullable=False),
    Column("events_state", BigInteger, nullable=False),
    Column("merge_token", Key),
    Column("merge_until", Double, nullable=False),
    Column("claimed_at", Double, nullable=False),
    Column("life", Word, nullable=False, server_default="open"),
    Column("kept_after", BigInteger, nullable=False, server_default="0"),
)
PENDING = "articles_accepted + articles_processing > 0"
Index(
    "ix_timelines_pending",
    timelines.c.claimed_at,
    timelines.c.name,
    sqlite_where=text(PENDING),
    postgresql_where=text(PENDING),
)
CLOSING = "life = 'closing'"
Index(
    "ix_timelines_closing",
    timelines.c.name,
    sqlite_where=text(CLOSING),
    postgresql_where=text(CLOSING),
)

# `place` is the order of acceptance. `claimed_until` is the moment from which the article can be
# claimed: 0 while it waits, the end of the lease while it is held, null when nothing is to do.
# `told` is the head of the version that the timeline tells while a newer one waits, as JSON;
# `told_key` is its key, by which its mentions go, where that is made of what it said.
articles = Table(
    "articles",
    metadata,
    Column("place", Counter, Identity(), primary_key=True),
    Column("id", Key, nullable=False, unique=True),
    Column("timeline", Key, ForeignKey("timelines.name"), nullable=False),
    Column("key", Text, nullable=False),
    Column("external_id", Text),
    Column("publisher", Text),
    Column("title", Text),
    Column("url", Text),
    Column("published_at", Text, nullable=False),
    Column("published_utc", BigInteger, nullable=False),
    Column("timezone", Text),
    Column("language", Text),
    Column("characters", Integer, nullable=False),
    Column("received_at", Double, nullable=False),
    Column("version", Integer, nullable=False),
    Column("reading_number", Integer, nullable=False),
    Column("status", Word, nullable=False),
    Column("outcome", Word),
    Column("attempts", Integer, nullable=False),
    Column("claim_token", Key),
    Column("claimed_until", Double),
    Column("level", Text),
    Column("notices", Text, nullable=False),
    Column("skipped", Text, nullable=False),
    Column("problem", Text),
    Column("signature", Text),
    Column("credits", Text),
    Column("told", Text),
    Column("told_key", Text),
    Column("image", Text),
)
Index(None, articles.c.timeline, articles.c.received_at, articles.c.id)
for name, columns, kept in (
    ("ix_articles_waiting", (articles.c.place,), articles.c.claimed_until),
    (
        "ix_articles_timeline_waiting",
        (articles.c.timeline, articles.c.place),
        articles.c.claimed_until,
    ),
    ("ix_articles_claim_token", (articles.c.claim_token,), articles.c.claim_token),
):
    Index(name, *columns, sqlite_where=kept.is_not(None), postgresql_where=kept.is_not(None))

# A corrected article without an external_id: its key is no longer what its id was made of.
RENAMED_ONLY = "external_id IS NULL AND version > 1"
Index(
    "ix_articles_renamed",
    articles.c.timeline,
    articles.c.key,
    sqlite_where=text(RENAMED_ONLY),
    postgresql_where=text(RENAMED_ONLY),
)
TOLD_ONLY = "told_key IS NOT NULL"
Index(
    "ix_articles_told_key",
    articles.c.timeline,
    articles.c.told_key,
    sqlite_where=text(TOLD_ONLY),
    postgresql_where=text(TOLD_ONLY),
)
RENAMED = text("articles.external_id IS NULL AND articles.version > 1")

# Where copies of an article are looked for; its own `signature` is a JSON list, as `credits` are.
article_bands = Table(
    "article_bands",
    metadata,
    Column("timeline", Key, primary_key=True),
    Column("band", Key, primary_key=True),
    Column("article_id", Key, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sqlite_with_rowid=False,
)
Index(None, article_bands.c.article_id)

# What is to be read again, apart from the articles, which stay as they are meanwhile.
rereadings = Table(
    "rereadings",
    metadata,
    Column("article_id", Key, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("timeline", Key, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("claim_token", Key),
    Column("claimed_until", Double, nullable=False),
    Column("attempts", Integer, nullable=False),
)
Index(None, rereadings.c.timeline, rereadings.c.place)
HELD = rereadings.c.claim_token.is_not(None)
Index(None, rereadings.c.claim_token, sqlite_where=HELD, postgresql_where=HELD)

# `type` says what made the version: posted, replaced or retracted (then the rest is what was).
# `html` is the page as posted (`posted` holds its hash instead), `page` what was read in it, as
# JSON: the text that all offsets count in, and the fields that were not posted.
article_versions = Table(
    "article_versions",
    metadata,
    Column("article_id", Key, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("posted", Text, nullable=False),
    Column("received_at", Double, nullable=False),
    Column("type", Word, nullable=False, server_default="posted"),
    Column("html", Text),
    Column("page", Text),
)

expressions = Table(
    "expressions",
    metadata,
    Column("article_id", Key, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("document", Text, nullable=False),
)

# `body` is the mention for merging; `document` at `position` is what the article's list says.
# `twin` names the class of mentions that nothing but their articles tells apart, `rank` sorts it.
mentions = Table(
    "mentions",
    metadata,
    Column("timeline", Key, primary_key=True),
    Column("id", Key, primary_key=True),
    Column("article_id", Key, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("body", Text, nullable=False),
    Column("position", Integer),
    Column("document", Text),
    Column("twin", Key),
    Column("rank", Key),
)
Index(None, mentions.c.article_id, mentions.c.position)
Index(
    None,
    mentions.c.timeline,
    mentions.c.twin,
    mentions.c.rank,
    mentions.c.id,
    mentions.c.article_id,
)

mention_blocks = Table(
    "mention_blocks",
    metadata,
    Column("timeline", Key, primary_key=True),
    Column("block", Key, primary_key=True),
    Column("mention_id", Key, primary_key=True),
    ForeignKeyConstraint(
        ["timeline", "mention_id"], ["mentions.timeline", "mentions.id"], ondelete="CASCADE"
    ),
    sqlite_with_rowid=False,
)
Index(None, mention_blocks.c.timeline, mention_blocks.c.mention_id)

links = Table(
    "links",
    metadata,
    Column("timeline", Key, primary_key=True),
    Column("first", Key, primary_key=True),
    Column("second", Key, primary_key=True),
    Column("weight", Double, nullable=False),
    ForeignKeyConstraint(
        ["timeline", "first"], ["mentions.timeline", "mentions.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["timeline", "second"], ["mentions.timeline", "mentions.id"], ondelete="CASCADE"
    ),
    sqlite_with_rowid=False,
)
Index(None, links.c.timeline, links.c.second)
