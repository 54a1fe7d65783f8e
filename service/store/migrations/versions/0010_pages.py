"""Pages of HTML: the original, and what was read in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("article_versions", sa.Column("html", sa.Text))
    op.add_column("article_versions", sa.Column("page", sa.Text))


def downgrade() -> None:
    op.drop_column("article_versions", "page")
    op.drop_column("article_versions", "html")
