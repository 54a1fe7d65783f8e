"""Classes of twins: mentions that nothing but their articles tells apart.

Which class a mention is in follows from how it is read and linked, so what was read before is read
again: its mentions and events go, each with a change row, and its articles wait for the workers.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.String(256).with_variant(sa.String(256, collation="C"), "postgresql")
INDEX = "ix_mentions_timeline_twin_rank_id_article_id"
STATISTICS = ("mentions", INDEX, "1000000 500000 2 1 1 1")
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
DERIVED = ("event_sources", "links", "mention_blocks", "events", "mentions", "aliases")


def upgrade() -> None:
    op.add_column("mentions", sa.Column("twin", KEY))
    op.add_column("mentions", sa.Column("rank", KEY))
    op.create_index(INDEX, "mentions", ["timeline", "twin", "rank", "id", "article_id"])
    if op.get_context().dialect.name == "sqlite":
        known = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        op.bulk_insert(known, [dict(zip(("tbl", "idx", "stat"), STATISTICS, strict=True))])
    read_again()


def downgrade() -> None:
    op.drop_index(INDEX, "mentions")
    op.drop_column("mentions", "rank")
    op.drop_column("mentions", "twin")


def read_again() -> None:
    now = NOW[op.get_context().dialect.name]
    for statement in (REMOVED, EMPTIED):
        op.execute(sa.text(statement.format(now=now)))
    op.execute(WAITING)
    for table in DERIVED:
        op.execute(sa.delete(sa.table(table)))
