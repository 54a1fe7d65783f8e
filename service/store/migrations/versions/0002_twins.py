"""Classes of twins: mentions that nothing but their articles tells apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.store.codec import decode_mention
from service.timeline.twins import rank, twin_key

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.String(256).with_variant(sa.String(256, collation="C"), "postgresql")
INDEX = "ix_mentions_timeline_twin_rank_id_article_id"
STATISTICS = ("mentions", INDEX, "1000000 500000 2 1 1 1")


# Only the first of a class stands in blocks and has links.
STANDING = (("mention_blocks", "mention_id"), ("links", "first"), ("links", "second"))
NOT_FIRST = """DELETE FROM {table} WHERE EXISTS (
    SELECT 1 FROM mentions AS own JOIN mentions AS other
    ON other.timeline = own.timeline AND other.twin = own.twin AND other.rank < own.rank
    WHERE own.timeline = {table}.timeline AND own.id = {table}.{column})"""


def upgrade() -> None:
    op.add_column("mentions", sa.Column("twin", KEY))
    op.add_column("mentions", sa.Column("rank", KEY))
    op.create_index(INDEX, "mentions", ["timeline", "twin", "rank", "id", "article_id"])
    name_classes()
    for table, column in STANDING:
        op.execute(sa.text(NOT_FIRST.format(table=table, column=column)))
    if op.get_context().dialect.name == "sqlite":
        known = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        op.bulk_insert(known, [dict(zip(("tbl", "idx", "stat"), STATISTICS, strict=True))])


def downgrade() -> None:
    op.drop_index(INDEX, "mentions")
    op.drop_column("mentions", "rank")
    op.drop_column("mentions", "twin")


def name_classes() -> None:
    connection = op.get_bind()
    mentions = sa.table("mentions", *map(sa.column, ("timeline", "id", "body", "twin", "rank")))
    bodies = connection.execute(sa.select(mentions.c.timeline, mentions.c.body))
    told = [(row.timeline, decode_mention(row.body)) for row in bodies]
    named = (
        sa.update(mentions)
        .where(mentions.c.timeline == sa.bindparam("of"), mentions.c.id == sa.bindparam("mention"))
        .values(twin=sa.bindparam("as_twin"), rank=sa.bindparam("at_rank"))
    )
    rows = [
        {"of": timeline, "mention": each.id, "as_twin": twin_key(each), "at_rank": rank(each)}
        for timeline, each in told
    ]
    if rows:
        connection.execute(named, rows)
