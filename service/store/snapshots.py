"""One consistent view of a timeline for a merge: `timeline.plan.Snapshot` in SQL.

Each question is one step into an index for each key asked for, whatever the size of the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Row,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    func,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from service.documents.jsontext import dumps
from service.errors import NotFoundError
from service.store import timelines
from service.store.codec import decode_mention
from service.store.engine import pieces
from service.store.eventtables import event_sources
from service.store.heads import read_told_head
from service.store.statements import ask
from service.store.tables import articles, links, mention_blocks, mentions
from service.timeline.model import ArticleHead, ArticleId, EventId, Link, Mention, MentionId
from service.timeline.twins import Place

LAST = "~"
"""Sorts behind every rank and id."""


class texts_of(GenericFunction[str]):  # noqa: N801  # the name of a function in SQL
    """The texts of a JSON list as rows with the one column `value`."""

    inherit_cache = True


@compiles(texts_of, "sqlite")
def _texts_on_sqlite(element: texts_of, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  # SQLAlchemy's own
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(texts_of, "postgresql")
def _texts_on_postgresql(element: texts_of, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  # SQLAlchemy's own
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS json))"


def _first_of(table: Table, group: Column[Any], order: Column[str]) -> Select[Any]:
    """The first rows of each of some groups: (group, order, id), `most` of each."""
    asked = texts_of(bindparam("groups", type_=Text)).table_valued("value", name="asked")
    other = table.alias("other")
    here = bindparam("timeline", type_=Text)
    beyond = (
        select(other.c[order.name])
        .where(other.c.timeline == here, other.c[group.name] == asked.c.value)
        .order_by(other.c[order.name])
        .offset(bindparam("most", type_=Integer))
        .limit(1)
        .correlate(asked)
        .scalar_subquery()
    )
    within = and_(
        table.c.timeline == here,
        group == asked.c.value,
        order < func.coalesce(beyond, LAST),
    )
    named = mentions.c.id if table is mentions else mention_blocks.c.mention_id
    return select(group.label("group"), order.label("place"), named.label("id")).select_from(
        asked.join(table, within)
    )


def _those(column: Column[str], *read: Column[Any]) -> Select[Any]:
    """What to read of the rows of one timeline that have `column` among some ids."""
    asked = texts_of(bindparam("ids", type_=Text)).table_valued("value", name="asked")
    table = column.table
    within = and_(table.c.timeline == bindparam("timeline"), column == asked.c.value)
    return select(*read).select_from(asked.join(table, within))


# Building a statement costs more than running it: each is built once.
TWINS = _first_of(mentions, mentions.c.twin, mentions.c.rank)
LOWEST = _first_of(mention_blocks, mention_blocks.c.block, mention_blocks.c.mention_id)
OWN = select(mentions.c.body).where(mentions.c.article_id == bindparam("article"))
BODIES = _those(mentions.c.id, mentions.c.id, mentions.c.body)
TELLING = select(func.count(mentions.c.article_id.distinct())).where(
    mentions.c.timeline == bindparam("timeline"),
    mentions.c.twin.in_(bindparam("ids", expanding=True)),
    mentions.c.article_id != bindparam("besides"),
)
HOLDERS = _those(mention_blocks.c.block, mention_blocks.c.mention_id)
FROM = _those(links.c.first, links.c.first, links.c.second, links.c.weight)
TO = _those(links.c.second, links.c.first, links.c.second, links.c.weight)
EVENTS_OF = _those(event_sources.c.mention_id, event_sources.c.mention_id, event_sources.c.event_id)
MEMBERS = _those(event_sources.c.event_id, event_sources.c.mention_id, event_sources.c.event_id)
HEADS = _those(articles.c.id, *articles.c)


def open_snapshot(connection: Connection, timeline: str) -> SqlSnapshot:
    """What `connection` sees of the timeline; NotFoundError when there is none."""
    revision = timelines.find_revision(connection, timeline)
    if revision is None:
        raise NotFoundError(f"no timeline '{timeline}'")
    return SqlSnapshot(connection, timeline, revision)


class SqlSnapshot:
    """A `Snapshot` on one connection, within its transaction."""

    def __init__(self, connection: Connection, timeline: str, revision: int) -> None:
        self.revision = revision
        self._connection = connection
        self._timeline = timeline
        self._read: dict[MentionId, Mention] = {}
        self._heads: dict[ArticleId, ArticleHead] = {}

    def own(self, article: ArticleId) -> tuple[Mention, ...]:
        """The mentions of an article, by id."""
        bodies = ask(self._connection, OWN, article=article).scalars()
        return tuple(sorted(map(decode_mention, bodies), key=lambda mention: mention.id))

    def mentions(self, ids: Collection[MentionId]) -> tuple[Mention, ...]:
        """Those of these mentions that are there, by id."""
        for row in self._rows(BODIES, [each for each in ids if each not in self._read]):
            self._read[row.id] = decode_mention(row.body)
        return tuple(self._read[each] for each in sorted(ids) if each in self._read)

    def twins(self, keys: Collection[str], most: int) -> Mapping[str, tuple[Place, ...]]:
        """The first `most` of each class of twins, in their order."""
        return self._first(TWINS, keys, most)

    def count_articles(self, keys: Collection[str], besides: ArticleId) -> int:
        """How many articles have mentions in these classes of twins, one article left out."""
        asked = {"timeline": self._timeline, "ids": sorted(keys), "besides": besides}
        return self._connection.execute(TELLING, asked).scalar_one()

    def lowest(self, blocks: Collection[str], most: int) -> Mapping[str, tuple[MentionId, ...]]:
        """The `most` lowest ids in each block, sorted."""
        found = self._first(LOWEST, blocks, most)
        return {key: tuple(each for _, each in places) for key, places in found.items()}

    def holders(self, *blocks: str) -> tuple[MentionId, ...]:
        """Every id in these blocks, sorted."""
        return tuple(sorted({MentionId(row.mention_id) for row in self._rows(HOLDERS, blocks)}))

    def links(self, ids: Collection[MentionId]) -> frozenset[Link]:
        """The links with an end among these."""
        return frozenset(
            Link(MentionId(row.first), MentionId(row.second), row.weight)
            for of in (FROM, TO)
            for row in self._rows(of, ids)
        )

    def events(self, ids: Collection[MentionId]) -> Mapping[MentionId, EventId]:
        """Which event each of these is a source of."""
        rows = self._rows(EVENTS_OF, ids)
        return {MentionId(row.mention_id): EventId(row.event_id) for row in rows}

    def members(self, events: Collection[EventId]) -> Mapping[EventId, frozenset[MentionId]]:
        """The sources of each of these events."""
        found: dict[EventId, set[MentionId]] = {event: set() for event in events}
        for row in self._rows(MEMBERS, events):
            found[EventId(row.event_id)].add(MentionId(row.mention_id))
        return {event: frozenset(ids) for event, ids in found.items()}

    def heads(self, ids: Collection[ArticleId]) -> Mapping[ArticleId, ArticleHead]:
        """The heads of these articles."""
        for row in self._rows(HEADS, [each for each in ids if each not in self._heads]):
            self._heads[ArticleId(row.id)] = read_told_head(row)
        return {each: self._heads[each] for each in ids if each in self._heads}

    def _first(self, of: Select[Any], groups: Collection[str], most: int) -> dict[str, Any]:
        found: dict[str, list[Place]] = defaultdict(list)
        for some in pieces(sorted(groups)):
            asked = {"timeline": self._timeline, "groups": dumps(some), "most": most}
            for row in ask(self._connection, of, **asked):
                found[row.group].append((row.place, MentionId(row.id)))
        return {key: tuple(sorted(found[key])) for key in sorted(groups)}

    def _rows(self, of: Select[Any], ids: Collection[str]) -> Iterator[Row[Any]]:
        for some in pieces(sorted(ids)):
            yield from ask(self._connection, of, timeline=self._timeline, ids=dumps(some))
