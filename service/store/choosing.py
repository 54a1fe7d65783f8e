"""Which of the articles that wait one claim takes, and what its worker is told of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import Row

from service.store.base import Claimed
from service.store.heads import read_head
from service.timeline.model import ArticleId

ClaimRow: TypeAlias = Row[Any]


def choose(rows: Sequence[ClaimRow], characters: int) -> Sequence[ClaimRow]:
    """The batch to hold: one with unfinished attempts behind it alone, others together."""
    batch: list[ClaimRow] = []
    room = characters
    for row in rows:
        if row.attempts and not batch:
            return [row]
        if row.attempts or (batch and row.characters > room):
            break
        batch.append(row)
        room -= row.characters
    return batch


def claimed_from(row: ClaimRow, again: tuple[str, str | None] | None = None) -> Claimed:
    """The claimed article in `row`."""
    return Claimed(
        id=ArticleId(row.id),
        timeline=row.timeline,
        key=row.key,
        version=row.version,
        attempt=row.attempts + 1,
        posted=row.posted,
        head=read_head(row),
        timezone=row.zone,
        html=row.html,
        received_at=row.came_at,
        again=again,
    )
