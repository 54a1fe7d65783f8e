"""The commit of one article: reading, mentions, events and change rows in one short transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import (
    Connection,
    Integer,
    Text,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from service.documents.jsontext import dumps
from service.errors import LostClaimError
from service.store import copies, events, mentions, pages, rereading, timelines
from service.store.articles import count_shift
from service.store.base import Claimed, Reading
from service.store.clock import read_clock
from service.store.eventrows import EventRow
from service.store.eventtables import changes
from service.store.lineage import DOCUMENTED
from service.store.statements import insert_rows
from service.store.tables import article_versions, articles, expressions
from service.store.tables import mentions as mention_rows
from service.timeline.model import EventId
from service.timeline.plan import Change, MergePlan

FOUND = {
    "status": bindparam("is_status"),
    "outcome": bindparam("is_outcome"),
    "language": func.coalesce(bindparam("is_language", type_=Text), articles.c.language),
    "level": bindparam("is_level"),
    "notices": bindparam("has_notices"),
    "skipped": bindparam("has_skipped"),
    "problem": bindparam("has_problem"),
    "signature": bindparam("has_signature"),
    "credits": bindparam("has_credits"),
}
AT_VERSION = and_(
    articles.c.id == bindparam("article"), articles.c.version == bindparam("at_version")
)
FINISH = (
    update(articles)
    .where(
        AT_VERSION,
        articles.c.claim_token == bindparam("token"),
        articles.c.status == "processing",
    )
    .values(
        reading_number=articles.c.reading_number + 1,
        claim_token=None,
        claimed_until=None,
        told=None,
        told_key=None,
        **FOUND,
    )
)
FINISH_AGAIN = (
    update(articles)
    .where(AT_VERSION)
    .values(reading_number=articles.c.reading_number + bindparam("news", type_=Integer), **FOUND)
)
FORGET_EXPRESSIONS = delete(expressions).where(expressions.c.article_id == bindparam("article"))
INSERT_EXPRESSIONS = insert(expressions)
SHOWN = (
    select(
        *(articles.c[name] for name in ("status", "outcome", "level", "notices", "skipped")),
        articles.c.problem,
        articles.c.language,
        article_versions.c.page,
    )
    .join(
        article_versions,
        (article_versions.c.article_id == articles.c.id)
        & (article_versions.c.version == articles.c.version),
    )
    .where(articles.c.id == bindparam("article"))
)
EXPRESSIONS = (
    select(expressions.c.document)
    .where(expressions.c.article_id == bindparam("article"))
    .order_by(expressions.c.position)
)
MENTIONS = (
    select(mention_rows.c.document)
    .where(mention_rows.c.article_id == bindparam("article"), mention_rows.c.document.is_not(None))
    .order_by(mention_rows.c.position)
)
INSERT_CHANGES = insert(changes)


def commit(
    connection: Connection,
    claimed: Claimed,
    token: str,
    *,
    reading: Reading,
    plan: MergePlan,
    rows: Sequence[EventRow],
    expected_revision: int,
) -> int:
    """Write it all, or raise StaleRevisionError or LostClaimError and write nothing."""
    now = read_clock(connection)
    revision = expected_revision + len(plan.changes)
    timelines.advance(
        connection,
        claimed.timeline,
        expected=expected_revision,
        revision=revision,
        now=now,
        differences=count_shift(
            [claimed.again or ("processing", None)], (_status(reading), reading.outcome)
        ),
    )
    _finish(connection, claimed, token, reading)
    mentions.write(connection, claimed.timeline, plan, reading.mentions)
    write_events(connection, claimed.timeline, plan, rows, expected_revision)
    write_changes(connection, claimed.timeline, plan, rows, now=now, revision=expected_revision)
    return revision


def _finish(connection: Connection, claimed: Claimed, token: str, reading: Reading) -> None:
    done = {
        "article": claimed.id,
        "at_version": claimed.version,
        "is_status": _status(reading),
        "is_outcome": reading.outcome,
        "is_language": reading.language,
        "is_level": reading.level,
        "has_notices": reading.notices,
        "has_skipped": reading.skipped,
        "has_signature": dumps(reading.signature),
        "has_credits": dumps(reading.credits),
        "has_problem": reading.problem,
    }
    if claimed.again is None:
        held = connection.execute(FINISH, {**done, "token": token}).rowcount
    else:
        news = int(_is_news(connection, claimed, reading))
        held = rereading.end(connection, token, claimed.id) and (
            connection.execute(FINISH_AGAIN, {**done, "news": news}).rowcount
        )
    if not held:
        raise LostClaimError(
            f"article {claimed.id} is no longer held at version {claimed.version}: drop the work"
        )
    if reading.page is not None:
        pages.keep_page(connection, claimed, reading.page)
    copies.write(connection, claimed.timeline, claimed.id, reading.signature)
    connection.execute(FORGET_EXPRESSIONS, {"article": claimed.id})
    said = [
        {"article_id": claimed.id, "position": position, "document": document}
        for position, document in enumerate(reading.expressions)
    ]
    insert_rows(connection, INSERT_EXPRESSIONS, said)


def _is_news(connection: Connection, claimed: Claimed, reading: Reading) -> bool:
    """Whether a further reading gives the article anything else to show."""
    here = {"article": claimed.id}
    shown = connection.execute(SHOWN, here).one_or_none()
    found = (_status(reading), reading.outcome, reading.level, reading.notices, reading.skipped)
    return (
        shown is None
        or tuple(shown)
        != (
            *(*found, reading.problem, reading.language or shown.language),
            reading.page or shown.page,
        )
        or tuple(connection.execute(EXPRESSIONS, here).scalars()) != reading.expressions
        or tuple(connection.execute(MENTIONS, here).scalars())
        != tuple(document for _, document in reading.mentions)
    )


def _status(reading: Reading) -> str:
    return "processed" if reading.problem is None else "failed"


def write_events(
    connection: Connection,
    timeline: str,
    plan: MergePlan,
    rows: Sequence[EventRow],
    revision: int,
) -> None:
    """Write the plan's events, whose changes begin behind `revision`; `rows` are their texts."""
    ids = [row.id for row in rows]
    if set(ids) != {event.id for event in plan.events}:
        raise ValueError("rows and plan name different events: give one row for each event")
    before = events.read_kinds(connection, timeline, {*ids, *plan.events_removed})
    events.remove(connection, timeline, plan.events_removed)
    last = _last_revisions(plan.changes, revision)
    newest = revision + len(plan.changes)
    numbered = [(row, last.get(row.id, newest)) for row in rows]
    there = before.keys() - set(plan.events_removed)
    events.write(connection, timeline, numbered, there)
    events.write_sources(connection, timeline, plan.events, there)
    events.write_aliases(connection, timeline, plan.aliases, ids)
    after = {row.id: row.kind for row in rows}
    timelines.shift_counts(connection, timeline, _differences(before, after))


def _last_revisions(rows: Sequence[Change], revision: int) -> dict[str, int]:
    return {change.event_id: number for number, change in enumerate(rows, start=revision + 1)}


def _differences(before: Mapping[str, str], after: Mapping[EventId, str]) -> dict[str, int]:
    moved: dict[str, int] = defaultdict(int)
    for kinds, step in ((before, -1), (after, 1)):
        for kind in kinds.values():
            moved[f"events_{kind}"] += step
    return moved


def write_changes(
    connection: Connection,
    timeline: str,
    plan: MergePlan,
    rows: Sequence[EventRow],
    *,
    now: float,
    revision: int,
) -> None:
    """Write the plan's change rows, numbered behind `revision`."""
    by_id = {row.id: row for row in rows}
    values = [
        _change(change, by_id.get(change.event_id))
        | {"timeline": timeline, "revision": number, "at": now}
        for number, change in enumerate(plan.changes, start=revision + 1)
    ]
    insert_rows(connection, INSERT_CHANGES, values)


def _change(change: Change, row: EventRow | None) -> dict[str, object]:
    told = row if change.type in DOCUMENTED else None
    return {
        "type": change.type,
        "event_id": change.event_id,
        "into_ids": dumps(change.into),
        "merged_from": dumps(change.merged_from),
        "split_into": dumps(change.split_into),
        "fields": dumps(told.changed_fields if told else ()),
        "document": told.document if told else None,
    }
