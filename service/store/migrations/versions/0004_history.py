"""History of events: which others ended in one, and which got a part of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("changes", sa.Column("merged_from", sa.Text))
    op.add_column("changes", sa.Column("split_into", sa.Text))


def downgrade() -> None:
    op.drop_column("changes", "split_into")
    op.drop_column("changes", "merged_from")
