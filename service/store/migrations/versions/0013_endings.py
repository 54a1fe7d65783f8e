"""Ends of events are found without reading every change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INDEX = "ix_changes_ended"
ENDED = sa.text("type IN ('merged', 'removed', 'split')")
STATISTICS = ("changes", INDEX, "20000 1000 1")


def upgrade() -> None:
    op.create_index(
        INDEX, "changes", ["timeline", "revision"], sqlite_where=ENDED, postgresql_where=ENDED
    )
    if op.get_context().dialect.name == "sqlite":
        known = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        op.bulk_insert(known, [dict(zip(("tbl", "idx", "stat"), STATISTICS, strict=True))])


def downgrade() -> None:
    op.drop_index(INDEX, "changes")
