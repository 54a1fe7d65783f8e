"""Timelines, articles with their work state, readings, mentions, events and change rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.String(256).with_variant(sa.String(256, collation="C"), "postgresql")
WORD = sa.String(32)
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# What SQLite's planner is told of each index: rows, then rows alike in its first column, in its
# first two and so on (sqlite.org/fileformat2.html, section 2.6.3). Without this it takes "ten rows
# a timeline" for granted and reads a whole timeline rather than a few dozen keys of it. A table
# without row ids names its key after itself. PostgreSQL gathers its own.
STATISTICS = {
    ("timelines", "sqlite_autoindex_timelines_1"): "100 1",
    ("timelines", "ix_timelines_pending"): "10 1 1",
    ("articles", "sqlite_autoindex_articles_1"): "100000 1",
    ("articles", "ix_articles_timeline_received_at_id"): "100000 50000 20 1",
    ("articles", "ix_articles_waiting"): "1000 1",
    ("articles", "ix_articles_timeline_waiting"): "1000 500 1",
    ("articles", "ix_articles_claim_token"): "20 20",
    ("article_versions", "sqlite_autoindex_article_versions_1"): "100000 1 1",
    ("expressions", "sqlite_autoindex_expressions_1"): "1000000 10 1",
    ("mentions", "sqlite_autoindex_mentions_1"): "1000000 500000 1",
    ("mentions", "ix_mentions_article_id_position"): "1000000 10 1",
    ("mention_blocks", "mention_blocks"): "9000000 4500000 20 1",
    ("mention_blocks", "ix_mention_blocks_timeline_mention_id"): "9000000 4500000 9",
    ("links", "links"): "2000000 1000000 3 1",
    ("links", "ix_links_timeline_second"): "2000000 1000000 3",
    ("events", "sqlite_autoindex_events_1"): "700000 350000 1",
    ("events", "ix_events_timeline_sort_start_sort_end_id"): "700000 350000 30 10 1",
    ("events", "ix_events_timeline_sort_end"): "700000 350000 30",
    ("event_sources", "event_sources"): "1000000 500000 1",
    ("event_sources", "ix_event_sources_timeline_event_id"): "1000000 500000 2",
    ("event_sources", "ix_event_sources_article_id"): "1000000 10",
    ("aliases", "aliases"): "200000 100000 1",
    ("changes", "sqlite_autoindex_changes_1"): "2000000 1000000 1",
    ("changes", "ix_changes_timeline_event_id_revision"): "2000000 1000000 3 1",
}


def upgrade() -> None:
    timelines()
    articles()
    readings()
    mentions()
    events()
    history()
    if op.get_context().dialect.name == "sqlite":
        statistics()


def downgrade() -> None:
    for name in (
        *("changes", "aliases", "event_sources", "events", "links", "mention_blocks"),
        *("mentions", "expressions", "article_versions", "articles", "timelines"),
    ):
        op.drop_table(name)


def timelines() -> None:
    op.create_table(
        "timelines",
        sa.Column("name", KEY, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("timezone", sa.Text),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("state", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("updated_at", sa.Double, nullable=False),
        sa.Column("articles_accepted", sa.BigInteger, nullable=False),
        sa.Column("articles_processing", sa.BigInteger, nullable=False),
        sa.Column("articles_processed", sa.BigInteger, nullable=False),
        sa.Column("articles_failed", sa.BigInteger, nullable=False),
        sa.Column("articles_nothing_to_tell", sa.BigInteger, nullable=False),
        sa.Column("events_happening", sa.BigInteger, nullable=False),
        sa.Column("events_statement", sa.BigInteger, nullable=False),
        sa.Column("events_planned", sa.BigInteger, nullable=False),
        sa.Column("events_state", sa.BigInteger, nullable=False),
        sa.Column("merge_token", KEY),
        sa.Column("merge_until", sa.Double, nullable=False),
        sa.Column("claimed_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_timelines"),
    )
    pending = sa.text("articles_accepted + articles_processing > 0")
    op.create_index(
        "ix_timelines_pending",
        "timelines",
        ["claimed_at", "name"],
        sqlite_where=pending,
        postgresql_where=pending,
    )


def articles() -> None:
    op.create_table(
        "articles",
        sa.Column("place", COUNTER, sa.Identity(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("published_at", sa.Text, nullable=False),
        sa.Column("published_utc", sa.BigInteger, nullable=False),
        sa.Column("timezone", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("characters", sa.Integer, nullable=False),
        sa.Column("received_at", sa.Double, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("reading_number", sa.Integer, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("outcome", WORD),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("claim_token", KEY),
        sa.Column("claimed_until", sa.Double),
        sa.Column("level", sa.Text),
        sa.Column("notices", sa.Text, nullable=False),
        sa.Column("skipped", sa.Text, nullable=False),
        sa.Column("problem", sa.Text),
        sa.PrimaryKeyConstraint("place", name="pk_articles"),
        sa.UniqueConstraint("id", name="uq_articles_id"),
        sa.ForeignKeyConstraint(["timeline"], ["timelines.name"], name="fk_articles_timeline"),
    )
    op.create_index(
        "ix_articles_timeline_received_at_id", "articles", ["timeline", "received_at", "id"]
    )
    for name, columns, kept in (
        ("ix_articles_waiting", ["place"], "claimed_until IS NOT NULL"),
        ("ix_articles_timeline_waiting", ["timeline", "place"], "claimed_until IS NOT NULL"),
        ("ix_articles_claim_token", ["claim_token"], "claim_token IS NOT NULL"),
    ):
        where = sa.text(kept)
        op.create_index(name, "articles", columns, sqlite_where=where, postgresql_where=where)


def readings() -> None:
    op.create_table(
        "article_versions",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("posted", sa.Text, nullable=False),
        sa.Column("received_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "version", name="pk_article_versions"),
        of_article("article_versions"),
    )
    op.create_table(
        "expressions",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "position", name="pk_expressions"),
        of_article("expressions"),
    )


def mentions() -> None:
    op.create_table(
        "mentions",
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("position", sa.Integer),
        sa.Column("document", sa.Text),
        sa.PrimaryKeyConstraint("timeline", "id", name="pk_mentions"),
        of_article("mentions"),
    )
    op.create_index("ix_mentions_article_id_position", "mentions", ["article_id", "position"])
    op.create_table(
        "mention_blocks",
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("block", KEY, nullable=False),
        sa.Column("mention_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("timeline", "block", "mention_id", name="pk_mention_blocks"),
        of_scoped("mention_blocks", "mention_id", "mentions"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_mention_blocks_timeline_mention_id", "mention_blocks", ["timeline", "mention_id"]
    )
    op.create_table(
        "links",
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("first", KEY, nullable=False),
        sa.Column("second", KEY, nullable=False),
        sa.Column("weight", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("timeline", "first", "second", name="pk_links"),
        of_scoped("links", "first", "mentions"),
        of_scoped("links", "second", "mentions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_links_timeline_second", "links", ["timeline", "second"])


def events() -> None:
    op.create_table(
        "events",
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("sort_start", sa.BigInteger, nullable=False),
        sa.Column("sort_end", sa.BigInteger, nullable=False),
        sa.Column("earliest", sa.BigInteger),
        sa.Column("latest", sa.BigInteger),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("timeline", "id", name="pk_events"),
        sa.ForeignKeyConstraint(["timeline"], ["timelines.name"], name="fk_events_timeline"),
    )
    op.create_index(
        "ix_events_timeline_sort_start_sort_end_id",
        "events",
        ["timeline", "sort_start", "sort_end", "id"],
    )
    op.create_index("ix_events_timeline_sort_end", "events", ["timeline", "sort_end"])
    op.create_table(
        "event_sources",
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("mention_id", KEY, nullable=False),
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("article_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("timeline", "mention_id", name="pk_event_sources"),
        of_scoped("event_sources", "mention_id", "mentions"),
        of_scoped("event_sources", "event_id", "events"),
        of_article("event_sources"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_sources_timeline_event_id", "event_sources", ["timeline", "event_id"])
    op.create_index("ix_event_sources_article_id", "event_sources", ["article_id"])


def history() -> None:
    op.create_table(
        "aliases",
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("old_id", KEY, nullable=False),
        sa.Column("event_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("timeline", "old_id", name="pk_aliases"),
        sa.ForeignKeyConstraint(["timeline"], ["timelines.name"], name="fk_aliases_timeline"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "changes",
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("type", WORD, nullable=False),
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("into_ids", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("document", sa.Text),
        sa.PrimaryKeyConstraint("timeline", "revision", name="pk_changes"),
        sa.ForeignKeyConstraint(["timeline"], ["timelines.name"], name="fk_changes_timeline"),
    )
    op.create_index(
        "ix_changes_timeline_event_id_revision", "changes", ["timeline", "event_id", "revision"]
    )


def statistics() -> None:
    op.execute("ANALYZE")
    op.execute("DELETE FROM sqlite_stat1")
    known = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
    rows = [{"tbl": tbl, "idx": idx, "stat": stat} for (tbl, idx), stat in STATISTICS.items()]
    op.bulk_insert(known, rows)


def of_article(table: str) -> sa.ForeignKeyConstraint:
    """The rows go with their article."""
    return sa.ForeignKeyConstraint(
        ["article_id"], ["articles.id"], name=f"fk_{table}_article_id", ondelete="CASCADE"
    )


def of_scoped(table: str, column: str, whole: str) -> sa.ForeignKeyConstraint:
    """The rows go with their mention or event, whose key is (timeline, id)."""
    return sa.ForeignKeyConstraint(
        ["timeline", column],
        [f"{whole}.timeline", f"{whole}.id"],
        name=f"fk_{table}_timeline_{column}",
        ondelete="CASCADE",
    )
