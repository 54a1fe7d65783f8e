"""Timelines can be deleted: their row stays, closed, and keeps the counter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INDEX = "ix_timelines_closing"
CLOSING = sa.text("life = 'closing'")


def upgrade() -> None:
    op.add_column(
        "timelines", sa.Column("life", sa.String(32), nullable=False, server_default="open")
    )
    op.create_index(INDEX, "timelines", ["name"], sqlite_where=CLOSING, postgresql_where=CLOSING)


def downgrade() -> None:
    op.drop_index(INDEX, "timelines")
    op.drop_column("timelines", "life")
