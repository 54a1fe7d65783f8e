"""Who is told of changes, and up to which revision a timeline's changes were let go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = sa.String(256).with_variant(sa.String(256, collation="C"), "postgresql")
ACTIVE = sa.text("status = 'active'")
CLAIMED = sa.text("claim_token IS NOT NULL")
ASKED = sa.text("out_of_turn AND status = 'waiting'")


def upgrade() -> None:
    op.add_column(
        "timelines", sa.Column("kept_after", sa.BigInteger, nullable=False, server_default="0")
    )
    op.execute(
        "UPDATE timelines SET kept_after = COALESCE((SELECT MIN(changes.revision) - 1 FROM changes"
        " WHERE changes.timeline = timelines.name), timelines.revision)"
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("types", sa.Text, nullable=False),
        sa.Column("filter", sa.Text),
        sa.Column("query", sa.Text),
        sa.Column("format", sa.String(32), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("former_secret", sa.Text),
        sa.Column("former_until", sa.Double),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", sa.Double, nullable=False),
        sa.Column("failing_since", sa.Double),
        sa.Column("delivered_at", sa.Double),
        sa.Column("claim_token", KEY),
        sa.Column("claimed_until", sa.Double, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("updated_at", sa.Double, nullable=False),
        sa.Column("created_by", KEY),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.ForeignKeyConstraint(["timeline"], ["timelines.name"], name="fk_subscriptions_timeline"),
    )
    op.create_index(
        "ix_subscriptions_timeline_created_at_id", "subscriptions", ["timeline", "created_at", "id"]
    )
    _index_some("ix_subscriptions_active", "subscriptions", "due_at", ACTIVE)
    _index_some("ix_subscriptions_claim_token", "subscriptions", "claim_token", CLAIMED)
    op.create_table(
        "deliveries",
        sa.Column("id", KEY, nullable=False),
        sa.Column("timeline", KEY, nullable=False),
        sa.Column("subscription_id", KEY, nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("revision", sa.BigInteger),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("out_of_turn", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("tries", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("updated_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["timeline"], ["timelines.name"], name="fk_deliveries_timeline"),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name="fk_deliveries_subscription_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_deliveries_subscription_id_created_at_id",
        "deliveries",
        ["subscription_id", "created_at", "id"],
    )
    op.create_index("ix_deliveries_timeline_revision", "deliveries", ["timeline", "revision"])
    op.create_index("ix_deliveries_created_at", "deliveries", ["created_at"])
    _index_some("ix_deliveries_asked", "deliveries", "subscription_id", ASKED)


def _index_some(name: str, table: str, column: str, where: sa.TextClause) -> None:
    op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_table("deliveries")
    op.drop_table("subscriptions")
    op.drop_column("timelines", "kept_after")
