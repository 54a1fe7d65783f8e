"""Heads of articles: what events say of the article that each of their mentions stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Row

from service.documents.jsontext import dumps, loads, read_object
from service.timeline.model import ArticleHead, ArticleId, Image

KEPT = (
    *("version", "key", "publisher", "title", "url", "published_at", "published_utc"),
    *("signature", "credits", "image"),
)
"""Columns of an article that stay known of the version that is told while a newer one waits."""


def read_head(row: Row[tuple[object, ...]]) -> ArticleHead:
    """The head of the present version of the article in `row`."""
    return _head(row, {name: getattr(row, name) for name in KEPT})


def read_told_head(row: Row[tuple[object, ...]]) -> ArticleHead:
    """The head that the mentions of the article have in the timeline.

    Until a new version was read they are those of a former one, which quotes its title and day.
    """
    return read_head(row) if row.told is None else _head(row, read_object(row.told))


def told_version(row: Row[tuple[object, ...]]) -> int | None:
    """The former version that the timeline tells; None where it is the present one, or none."""
    return None if row.told is None else cast("int", read_object(row.told)["version"])


def keep_told(row: Row[tuple[object, ...]]) -> str | None:
    """What to keep of the article in `row` while a newer version waits; None: nothing is told."""
    if row.told is not None or row.outcome != "told":
        return cast("str | None", row.told)
    return dumps({name: getattr(row, name) for name in KEPT})


def _head(row: Row[tuple[object, ...]], said: Mapping[str, Any]) -> ArticleHead:
    return ArticleHead(
        id=ArticleId(row.id),
        key=said["key"],
        external_id=row.external_id,
        publisher=said["publisher"],
        title=said["title"],
        url=said["url"],
        published_at=said["published_at"],
        published_utc=said["published_utc"],
        signature=_numbers(said["signature"]),
        credits=_words(said["credits"]),
        image=_image(said["image"]),
    )


def _numbers(text: str | None) -> tuple[int, ...]:
    return tuple(cast("list[int]", loads(text))) if text else ()


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(cast("list[str]", loads(text))) if text else ()


def _image(text: str | None) -> Image | None:
    return Image(**cast("dict[str, str]", loads(text))) if text else None
