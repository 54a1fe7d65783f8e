"""Keys of requests that are sent again, and the answers that were given to them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, and_, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from service.store.answers import Asked, Begun, KeptAnswer
from service.store.answertable import kept_answers
from service.store.clock import read_clock
from service.store.engine import pieces
from service.store.tables import articles

STATUSES = select(articles.c.id, articles.c.status).where(
    articles.c.id.in_(bindparam("ids", expanding=True))
)
HERE = and_(
    kept_answers.c.timeline == bindparam("at_timeline"),
    kept_answers.c.client == bindparam("at_client"),
    kept_answers.c.key == bindparam("at_key"),
)
OWN = and_(HERE, kept_answers.c.token == bindparam("at_token"))
FIND = select(kept_answers).where(HERE)
OVER = delete(kept_answers).where(kept_answers.c.until <= bindparam("now"))
TAKE = {
    name: insert(kept_answers).on_conflict_do_nothing().returning(kept_answers.c.token)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
KEEP = (
    update(kept_answers)
    .where(OWN)
    .values(
        status=bindparam("to_status"),
        headers=bindparam("to_headers"),
        body=bindparam("to_body"),
        until=bindparam("to_until"),
    )
)
DROP = delete(kept_answers).where(OWN)


def read_statuses(connection: Connection, ids: Sequence[str]) -> Mapping[str, str]:
    """The status of each of these articles that is there."""
    return {
        row.id: row.status
        for some in pieces(ids)
        for row in connection.execute(STATUSES, {"ids": some})
    }


def begin(connection: Connection, asked: Asked, *, lease: float) -> Begun:
    """Take the key, or say what there is under it."""
    now = read_clock(connection)
    connection.execute(OVER, {"now": now})
    token = secrets.token_hex(16)
    row = {
        "timeline": asked.timeline,
        "client": asked.client,
        "key": asked.key,
        "fingerprint": asked.fingerprint,
        "token": token,
        "until": now + lease,
    }
    if connection.execute(TAKE[connection.dialect.name], row).first() is not None:
        return Begun("begun", token)
    found = connection.execute(FIND, _here(asked)).one()
    if found.fingerprint != asked.fingerprint:
        return Begun("reused")
    if found.status is None:
        return Begun("running", seconds=found.until - now)
    return Begun("answered", answer=KeptAnswer(found.status, found.headers, found.body))


def keep(
    connection: Connection, asked: Asked, token: str, answer: KeptAnswer, *, seconds: float
) -> None:
    """Keep the answer for so long, if the attempt still has the key."""
    said = {
        "to_status": answer.status,
        "to_headers": answer.headers,
        "to_body": answer.body,
        "to_until": read_clock(connection) + seconds,
    }
    connection.execute(KEEP, {**_here(asked), "at_token": token, **said})


def drop(connection: Connection, asked: Asked, token: str) -> None:
    """Give the key back, if the attempt still has it."""
    connection.execute(DROP, {**_here(asked), "at_token": token})


def forget(connection: Connection, timeline: str, article_id: str) -> None:
    """Forget every answer that names the article; what was erased is not told again."""
    named = kept_answers.c.body.contains(article_id, autoescape=True)
    connection.execute(delete(kept_answers).where(kept_answers.c.timeline == timeline, named))


def _here(asked: Asked) -> dict[str, object]:
    return {"at_timeline": asked.timeline, "at_client": asked.client, "at_key": asked.key}
