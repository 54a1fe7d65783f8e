"""Articles that are to be read again, apart from the articles themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = sa.String(256).with_variant(sa.String(256, collation="C"), "postgresql")
HELD = sa.text("claim_token IS NOT NULL")
STATISTICS = (
    ("rereadings", "sqlite_autoindex_rereadings_1", "100000 1"),
    ("rereadings", "ix_rereadings_timeline_place", "100000 50000 1"),
    ("rereadings", "ix_rereadings_claim_token", "20 20"),
)


def upgrade() -> None:
    op.create_table(
        "rereadings",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("place", sa.BigInteger, nullable=False),
        sa.Column("claim_token", KEY),
        sa.Column("claimed_until", sa.Double, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_rereadings"),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_rereadings_article_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_rereadings_timeline_place", "rereadings", ["timeline", "place"])
    op.create_index(
        "ix_rereadings_claim_token",
        "rereadings",
        ["claim_token"],
        sqlite_where=HELD,
        postgresql_where=HELD,
    )
    if op.get_context().dialect.name == "sqlite":
        known = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        rows = [dict(zip(("tbl", "idx", "stat"), each, strict=True)) for each in STATISTICS]
        op.bulk_insert(known, rows)


def downgrade() -> None:
    op.drop_table("rereadings")
