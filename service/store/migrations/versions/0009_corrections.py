"""Articles can be corrected and retracted: what made a version, and which one is told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_articles_renamed": ("key", sa.text("external_id IS NULL AND version > 1")),
    "ix_articles_told_key": ("told_key", sa.text("told_key IS NOT NULL")),
}


def upgrade() -> None:
    count = sa.Column("articles_retracted", sa.BigInteger, nullable=False, server_default="0")
    op.add_column("timelines", count)
    op.add_column("articles", sa.Column("told", sa.Text))
    op.add_column("articles", sa.Column("told_key", sa.Text))
    kind = sa.Column("type", sa.String(32), nullable=False, server_default="posted")
    op.add_column("article_versions", kind)
    op.execute("UPDATE article_versions SET type = 'replaced' WHERE version > 1")
    for name, (column, only) in INDEXES.items():
        op.create_index(
            name,
            "articles",
            ["timeline", column],
            sqlite_where=only,
            postgresql_where=only,
        )
    if op.get_context().dialect.name == "sqlite":
        known = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        rows = [{"tbl": "articles", "idx": name, "stat": "1000 500 1"} for name in INDEXES]
        op.bulk_insert(known, rows)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "articles")
    op.drop_column("article_versions", "type")
    op.drop_column("articles", "told_key")
    op.drop_column("articles", "told")
    op.drop_column("timelines", "articles_retracted")
