"""Taking articles in: what is new is written, what is known is said, the retracted live again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from sqlalchemy import Connection, bindparam, insert, select

from service.store import timelines
from service.store.amending import UNREAD, said, version_row, write_version
from service.store.articles import PRESENT
from service.store.base import Added, NewArticle
from service.store.clock import read_clock
from service.store.engine import pieces
from service.store.tables import RENAMED, article_versions, articles
from service.timeline.model import ArticleId

# Building a statement costs more than running it: each is built once.
KNOWN = (
    select(articles, article_versions.c.posted)
    .join(article_versions, PRESENT)
    .where(articles.c.id.in_(bindparam("ids", expanding=True)))
)
NAMED_ANEW = select(articles.c.key, articles.c.id).where(
    RENAMED,
    articles.c.timeline == bindparam("timeline"),
    articles.c.key.in_(bindparam("keys", expanding=True)),
)
TOLD_AS = select(articles.c.told_key.label("key"), articles.c.id).where(
    articles.c.timeline == bindparam("timeline"),
    articles.c.told_key.in_(bindparam("keys", expanding=True)),
)
INSERT = insert(articles)
INSERT_VERSION = insert(article_versions)

Batch: TypeAlias = tuple[str, Sequence[NewArticle]]
"""Articles for one timeline, named first."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands under an id."""

    posted: str
    version: int
    received_at: float
    retracted: bool = False


def add(connection: Connection, batches: Sequence[Batch]) -> tuple[tuple[Added, ...], ...]:
    """Write the articles that are not there yet; what became of each, batch by batch, in order."""
    results: dict[int, tuple[Added, ...]] = {}
    for timeline in sorted({timeline for timeline, new in batches if new}):
        own = [(at, new) for at, (name, new) in enumerate(batches) if name == timeline]
        added = iter(_add(connection, timeline, [article for _, new in own for article in new]))
        for at, new in own:
            results[at] = tuple(islice(added, len(new)))
    return tuple(results.get(at, ()) for at in range(len(batches)))


def _add(connection: Connection, timeline: str, new: Sequence[NewArticle]) -> list[Added]:
    now = read_clock(connection)
    timelines.open_timeline(connection, timeline, now)
    anew = _find_named_anew(connection, timeline, new)
    homes = [anew.get(each.key, each.id) for each in new]
    there = _find_known(connection, homes)
    fresh: list[NewArticle] = []
    results: list[Added] = []
    for home, article in zip(homes, new, strict=True):
        known = there.get(home)
        if known is None:
            there[home] = _Known(article.posted, 1, now)
            fresh.append(article)
            results.append(Added(article.id, "accepted", now))
        elif known.retracted:
            version = known.version + 1
            write_version(connection, home, article, version=version, now=now, by="posted")
            there[home] = replace(known, posted=article.posted, version=version, retracted=False)
            results.append(Added(article.id, "accepted", known.received_at, version))
        else:
            outcome = "known" if known.posted == article.posted else "differs"
            results.append(Added(article.id, outcome, known.received_at, known.version))
    _insert(connection, timeline, fresh, now)
    return [replace(each, id=ArticleId(home)) for each, home in zip(results, homes, strict=True)]


def _find_named_anew(
    connection: Connection, timeline: str, new: Sequence[NewArticle]
) -> Mapping[str, str]:
    """Which articles without an external_id say this by now, or are told so: key -> article.

    A correction gives such an article the key of its new content; its id stays. Until it was read
    its mentions go by the former key, which no other article can have meanwhile.
    """
    found: dict[str, str] = {}
    for keys in pieces(sorted({each.key for each in new if each.external_id is None})):
        asked = {"timeline": timeline, "keys": keys}
        for statement in (TOLD_AS, NAMED_ANEW):
            found |= {row.key: row.id for row in connection.execute(statement, asked)}
    return found


def _find_known(connection: Connection, ids: Sequence[str]) -> dict[str, _Known]:
    """What stands under these ids."""
    return {
        row.id: _Known(row.posted, row.version, row.received_at, row.status == "retracted")
        for some in pieces(ids)
        for row in connection.execute(KNOWN, {"ids": some})
    }


def _insert(connection: Connection, timeline: str, fresh: Sequence[NewArticle], now: float) -> None:
    if not fresh:
        return
    rows = [
        {
            **said(new),
            **UNREAD,
            "id": new.id,
            "timeline": timeline,
            "version": 1,
            "received_at": now,
        }
        for new in fresh
    ]
    connection.execute(INSERT, rows)
    connection.execute(INSERT_VERSION, [version_row(new, new.id, now=now) for new in fresh])
    timelines.shift_counts(connection, timeline, {"articles_accepted": len(fresh)})
