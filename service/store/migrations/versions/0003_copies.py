"""Signatures of articles, by which copies are known, and the outlets that they credit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.String(256).with_variant(sa.String(256, collation="C"), "postgresql")
STATISTICS = (
    ("article_bands", "article_bands", "1600000 800000 2 1"),
    ("article_bands", "ix_article_bands_article_id", "1600000 16"),
)


def upgrade() -> None:
    op.add_column("articles", sa.Column("signature", sa.Text))
    op.add_column("articles", sa.Column("credits", sa.Text))
    op.create_table(
        "article_bands",
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("band", KEY, nullable=False),
        sa.Column("article_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("timeline", "band", "article_id", name="pk_article_bands"),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_article_bands_article_id",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_bands_article_id", "article_bands", ["article_id"])
    if op.get_context().dialect.name == "sqlite":
        known = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        rows = [dict(zip(("tbl", "idx", "stat"), each, strict=True)) for each in STATISTICS]
        op.bulk_insert(known, rows)


def downgrade() -> None:
    op.drop_table("article_bands")
    op.drop_column("articles", "credits")
    op.drop_column("articles", "signature")
