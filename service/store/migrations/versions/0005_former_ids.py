"""Former ids of an event are found by the event."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEX = "ix_aliases_timeline_event_id"
STATISTICS = ("aliases", INDEX, "100000 50000 2")


def upgrade() -> None:
    op.create_index(INDEX, "aliases", ["timeline", "event_id"])
    if op.get_context().dialect.name == "sqlite":
        known = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        op.bulk_insert(known, [dict(zip(("tbl", "idx", "stat"), STATISTICS, strict=True))])


def downgrade() -> None:
    op.drop_index(INDEX, "aliases")
