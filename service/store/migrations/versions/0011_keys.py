"""Keys of the API, and tokens with which feeds read one private timeline."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.String(256).with_variant(sa.String(256, collation="C"), "postgresql")
INDEX = "ix_feed_tokens_timeline_created_at_id"


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("shown", sa.String(32), nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("timeline", KEY),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("last_used_at", sa.Double),
        sa.Column("expires_at", sa.Double),
        sa.Column("revoked_at", sa.Double),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.UniqueConstraint("digest", name="uq_api_keys_digest"),
    )
    op.create_table(
        "feed_tokens",
        sa.Column("id", KEY, nullable=False),
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("shown", sa.String(32), nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("last_used_at", sa.Double),
        sa.Column("expires_at", sa.Double),
        sa.Column("revoked_at", sa.Double),
        sa.PrimaryKeyConstraint("id", name="pk_feed_tokens"),
        sa.UniqueConstraint("digest", name="uq_feed_tokens_digest"),
        sa.ForeignKeyConstraint(["timeline"], ["timelines.name"], name="fk_feed_tokens_timeline"),
    )
    op.create_index(INDEX, "feed_tokens", ["timeline", "created_at", "id"])


def downgrade() -> None:
    op.drop_table("feed_tokens")
    op.drop_table("api_keys")
