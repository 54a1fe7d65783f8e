"""What events are found by: the traits that filters compare, words, days and further orders.

All of it follows from how an article is read, so what was read before is read again: its mentions
and events go, each with a change row, and its articles wait for the workers.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.String(256).with_variant(sa.String(256, collation="C"), "postgresql")
WORD = sa.String(32)
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATISTICS = (
    ("events", "sqlite_autoindex_events_1", "700000 350000 1"),
    ("events", "ix_events_timeline_sort_start_sort_end_id", "700000 350000 30 10 1"),
    ("events", "ix_events_timeline_sort_end", "700000 350000 30"),
    ("events", "ix_events_timeline_salience_sort_start_sort_end_id", "700000 350000 700 2 2 1"),
    ("events", "ix_events_timeline_revision_id", "700000 350000 1 1"),
    ("event_terms", "event_terms", "30000000 3000 30 10 1"),
    ("event_terms", "ix_event_terms_place", "30000000 40"),
    ("event_sources", "event_sources", "1000000 500000 1"),
    ("event_sources", "ix_event_sources_timeline_event_id", "1000000 500000 2"),
    ("event_sources", "ix_event_sources_article_id", "1000000 10"),
)
NOW = {
    "sqlite": "((julianday('now') - 2440587.5) * 86400.0)",
    "postgresql": "(extract(epoch FROM clock_timestamp())::double precision)",
}

# The revisions of a timeline stay gapless: each event that goes has its own.
REMOVED = """INSERT INTO changes (timeline, revision, at, type, event_id, into_ids, fields)
    SELECT events.timeline,
        timelines.revision + row_number() OVER (PARTITION BY events.timeline ORDER BY events.id),
        {now}, 'removed', events.id, '[]', '[]'
    FROM events JOIN timelines ON timelines.name = events.timeline"""
EMPTIED = """UPDATE timelines SET
    revision = revision + (SELECT count(*) FROM events WHERE events.timeline = timelines.name),
    state = state + 1, updated_at = {now},
    articles_accepted = articles_accepted + articles_processed,
    articles_processed = 0, articles_nothing_to_tell = 0,
    events_happening = 0, events_statement = 0, events_planned = 0, events_state = 0
    WHERE articles_processed > 0"""
WAITING = """UPDATE articles
    SET status = 'accepted', outcome = NULL, attempts = 0, claimed_until = 0
    WHERE status = 'processed'"""
DERIVED = ("links", "mention_blocks", "mentions", "aliases")

# The days of an event and its place in the order of days, so that who looks from a day that both
# lie around finds it. Whole days in 32 bits: a side that is open or further away lies at their end.
LOW, HIGH = -(2**31), 2**31 - 1
FIRST = f"max({LOW}, min({HIGH}, new.sort_start, coalesce(new.earliest, {LOW})))"
LAST = f"max({LOW}, min({HIGH}, max(new.sort_start, coalesce(new.latest, {HIGH}))))"
PLACED = "INSERT INTO event_days VALUES (new.place, new.area, new.area"
ADDED = f"{PLACED}, {FIRST}, {LAST});"
TAKEN = "DELETE FROM event_days WHERE place = old.place;"
MADE = "(place, area_low, area_high, first_day, last_day)"
MOVED = "WHEN " + " OR ".join(
    f"new.{name} IS NOT old.{name}" for name in ("sort_start", "earliest", "latest")
)
AREA = "int4range(area, area, '[]')"
FROM = "CASE WHEN earliest IS NULL THEN NULL ELSE least(earliest, sort_start) END"
UNTIL = "CASE WHEN latest IS NULL THEN NULL ELSE greatest(latest, sort_start) END"
RANGES = f"({AREA}, int8range({FROM}, {UNTIL}, '[]'))"
DAYS = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE event_days USING rtree_i32{MADE}",
        f"CREATE TRIGGER event_days_added AFTER INSERT ON events BEGIN {ADDED} END",
        f"CREATE TRIGGER event_days_taken AFTER DELETE ON events BEGIN {TAKEN} END",
        f"CREATE TRIGGER event_days_moved AFTER UPDATE ON events {MOVED} BEGIN {TAKEN} {ADDED} END",
    ),
    "postgresql": (f"CREATE INDEX ix_events_days ON events USING gist {RANGES}",),
}


def upgrade() -> None:
    dialect = op.get_context().dialect.name
    for statement in (REMOVED, EMPTIED):
        op.execute(sa.text(statement.format(now=NOW[dialect])))
    op.execute(WAITING)
    for table in ("event_sources", "events"):
        op.drop_table(table)
    for table in DERIVED:
        op.execute(sa.delete(sa.table(table)))
    events()
    event_terms()
    event_sources()
    for statement in DAYS[dialect]:
        op.execute(sa.text(statement))
    if dialect == "sqlite":
        known = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        rows = [dict(zip(("tbl", "idx", "stat"), each, strict=True)) for each in STATISTICS]
        op.bulk_insert(known, rows)


def downgrade() -> None:
    raise NotImplementedError("what was read since cannot be kept: restore a back-up instead")


def events() -> None:
    op.create_table(
        "events",
        sa.Column("place", COUNTER, sa.Identity(), nullable=False),
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("sort_start", sa.BigInteger, nullable=False),
        sa.Column("sort_end", sa.BigInteger, nullable=False),
        sa.Column("earliest", sa.BigInteger),
        sa.Column("latest", sa.BigInteger),
        sa.Column("area", sa.Integer, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("basis", WORD, nullable=False),
        sa.Column("granularity", WORD, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("salience", sa.Double, nullable=False),
        sa.Column("independent_sources", sa.Integer, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("searched", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_events"),
        sa.UniqueConstraint("timeline", "id", name="uq_events_timeline_id"),
        sa.ForeignKeyConstraint(["timeline"], ["timelines.name"], name="fk_events_timeline"),
    )
    for columns in (
        ("sort_start", "sort_end", "id"),
        ("sort_end",),
        ("salience", "sort_start", "sort_end", "id"),
        ("revision", "id"),
    ):
        name = "_".join(("ix_events_timeline", *columns))
        op.create_index(name, "events", ["timeline", *columns])


def event_terms() -> None:
    op.create_table(
        "event_terms",
        sa.Column("term", sa.BigInteger, nullable=False),
        sa.Column("sort_start", sa.BigInteger, nullable=False),
        sa.Column("sort_end", sa.BigInteger, nullable=False),
        sa.Column("place", COUNTER, nullable=False),
        sa.PrimaryKeyConstraint("term", "sort_start", "sort_end", "place", name="pk_event_terms"),
        sa.ForeignKeyConstraint(
            ["place"], ["events.place"], name="fk_event_terms_place", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_terms_place", "event_terms", ["place"])


def event_sources() -> None:
    op.create_table(
        "event_sources",
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("mention_id", KEY, nullable=False),
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("article_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("timeline", "mention_id", name="pk_event_sources"),
        of_scoped("mention_id", "mentions"),
        of_scoped("event_id", "events"),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_event_sources_article_id",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_sources_timeline_event_id", "event_sources", ["timeline", "event_id"])
    op.create_index("ix_event_sources_article_id", "event_sources", ["article_id"])


def of_scoped(column: str, whole: str) -> sa.ForeignKeyConstraint:
    """The rows go with their mention or event."""
    return sa.ForeignKeyConstraint(
        ["timeline", column],
        [f"{whole}.timeline", f"{whole}.id"],
        name=f"fk_event_sources_timeline_{column}",
        ondelete="CASCADE",
    )
