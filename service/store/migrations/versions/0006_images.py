"""The picture of an article, for the events that it tells."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PICTURE = {
    "sqlite": "json_extract(v.posted, '$.image')",
    "postgresql": "CAST(v.posted AS json) ->> 'image'",
}
FILL = """
UPDATE articles SET image = (
    SELECT {picture} FROM article_versions v
    WHERE v.article_id = articles.id AND v.version = articles.version
)
"""


def upgrade() -> None:
    op.add_column("articles", sa.Column("image", sa.Text))
    op.execute(FILL.format(picture=PICTURE[op.get_context().dialect.name]))


def downgrade() -> None:
    op.drop_column("articles", "image")
