"""Keys and feed tokens: kept as digests, found by them, revoked and never deleted by hand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Table,
    bindparam,
    insert,
    null,
    select,
    tuple_,
    update,
)

from service.store import timelines as timeline_rows
from service.store.clock import read_clock
from service.store.credentials import FEED, Credential, NewCredential
from service.store.keytables import api_keys, feed_tokens

DIGEST: BindParameter[str] = bindparam("digest")
KEY_BY_DIGEST = select(api_keys).where(api_keys.c.digest == DIGEST)
TOKEN_BY_DIGEST = select(feed_tokens).where(feed_tokens.c.digest == DIGEST)
KEYS = select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id)


def add_key(connection: Connection, new: NewCredential) -> Credential:
    """Keep a key."""
    scopes = ",".join(sorted(new.scopes))
    return _add(connection, api_keys, new, scopes=scopes, timeline=new.timeline)


def add_token(connection: Connection, new: NewCredential) -> Credential | None:
    """Keep a feed token; None when its timeline is not there."""
    timeline = new.timeline or ""
    timeline_rows.lock(connection, timeline)
    if timeline_rows.find_revision(connection, timeline) is None:
        return None
    return _add(connection, feed_tokens, new, timeline=timeline)


def list_keys(connection: Connection) -> tuple[Credential, ...]:
    """All keys, the oldest first."""
    return tuple(credential(row) for row in connection.execute(KEYS))


def list_tokens(
    connection: Connection, timeline: str, *, limit: int, after: tuple[float, str] | None
) -> tuple[Credential, ...]:
    """A timeline's tokens by (created_at, id), strictly after `after`."""
    order = (feed_tokens.c.created_at, feed_tokens.c.id)
    page = select(feed_tokens).where(feed_tokens.c.timeline == timeline)
    if after is not None:
        page = page.where(tuple_(*order) > tuple_(*after))
    return tuple(credential(row) for row in connection.execute(page.order_by(*order).limit(limit)))


def revoke_key(connection: Connection, key_id: str) -> bool:
    """End a key; whether it was there and live."""
    return _revoke(connection, api_keys, api_keys.c.id == key_id)


def revoke_token(connection: Connection, timeline: str, token_id: str) -> bool:
    """End a timeline's feed token; whether it was there and live."""
    here = (feed_tokens.c.timeline == timeline) & (feed_tokens.c.id == token_id)
    return _revoke(connection, feed_tokens, here)


def note_use(connection: Connection, credential_id: str) -> None:
    """Note that a key or token was used now."""
    now = read_clock(connection)
    for table in (api_keys, feed_tokens):
        used = update(table).where(table.c.id == credential_id).values(last_used_at=now)
        if connection.execute(used).rowcount:
            return


def credential(row: Row[Any] | Any) -> Credential:  # noqa: ANN401  # a row by names
    """The key or token in `row`; a row without scopes is a token."""
    scopes = getattr(row, "scopes", None)
    return Credential(
        id=row.id,
        name=row.name,
        shown=row.shown,
        digest=row.digest,
        scopes=FEED if scopes is None else frozenset(scopes.split(",")),
        timeline=row.timeline,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )


def _add(
    connection: Connection, table: Table, new: NewCredential, **more: str | None
) -> Credential:
    row: dict[str, Any] = {
        "id": new.id,
        "name": new.name,
        "shown": new.shown,
        "digest": new.digest,
        "expires_at": new.expires_at,
        "created_at": read_clock(connection),
        **more,
    }
    connection.execute(insert(table), row)
    return credential(connection.execute(select(table).where(table.c.id == new.id)).one())


def _revoke(connection: Connection, table: Table, here: Any) -> bool:  # noqa: ANN401  # a condition
    live = table.c.revoked_at == null()
    ended = update(table).where(here, live).values(revoked_at=read_clock(connection))
    return bool(connection.execute(ended).rowcount)
