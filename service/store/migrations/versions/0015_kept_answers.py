"""Answers to requests with an Idempotency-Key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KEY = sa.String(256).with_variant(sa.String(256, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "kept_answers",
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("client", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("fingerprint", KEY, nullable=False),
        sa.Column("token", KEY, nullable=False),
        sa.Column("until", sa.Double, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("headers", sa.Text),
        sa.Column("body", sa.Text),
        sa.PrimaryKeyConstraint("timeline", "client", "key", name="pk_kept_answers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_kept_answers_until", "kept_answers", ["until"])


def downgrade() -> None:
    op.drop_table("kept_answers")
