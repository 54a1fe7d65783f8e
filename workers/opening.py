"""A claimed article opened: its text, what it says of itself, what its page adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from service.documents.jsontext import Json, JsonObject, canonical, read_object
from service.errors import UnreadableArticleError
from service.intake import LIMITS, instant_of
from service.store.base import Claimed
from service.timeline.model import ArticleHead, Image
from workers.page_facts import page_fields
from workers.page_text import read_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An article ready to be read.

    `language` is the tag that it was given. `page` is what was read in its page, as JSON, with the
    text; None for an article that was posted as text.
    """

    text: str
    head: ArticleHead
    language: str | None
    page: str | None = None


def open_article(claimed: Claimed) -> Opened:
    """The article of a claim; raises UnreadableArticleError when it lacks a text or a date."""
    posted = read_object(claimed.posted)
    if claimed.html is not None:
        return _open_page(claimed, claimed.html, posted)
    text = _string(posted, "text")
    if text is None:
        raise UnreadableArticleError("the article has no text: post it in the field 'text'")
    return Opened(text=text, head=claimed.head, language=_string(posted, "language"))


def _open_page(claimed: Claimed, html: str, posted: JsonObject) -> Opened:
    page = read_page(html, received_at=claimed.received_at)
    if len(page.text) > LIMITS["text"]:
        length = f"{len(page.text):,} characters"
        raise UnreadableArticleError(
            f"the page's text has {length}: at most {LIMITS['text']:,} are read"
        )
    added: dict[str, Json] = {
        name: value
        for name, value in page_fields(page, received_at=claimed.received_at).items()
        if name not in posted
    }
    fields = {**added, **posted}
    if _string(fields, "published_at") is None:
        raise _undated()
    return Opened(
        text=page.text,
        head=_head(claimed, fields),
        language=_string(fields, "language"),
        page=canonical({**added, "text": page.text}),
    )


def _head(claimed: Claimed, fields: JsonObject) -> ArticleHead:
    published_at = str(fields["published_at"])
    image = fields.get("image")
    return replace(
        claimed.head,
        title=_string(fields, "title"),
        publisher=_string(fields, "publisher"),
        url=_string(fields, "url"),
        published_at=published_at,
        published_utc=instant_of(published_at, _string(fields, "timezone")),
        image=Image(**cast("dict[str, str]", image)) if isinstance(image, Mapping) else None,
    )


def _undated() -> UnreadableArticleError:
    return UnreadableArticleError(
        "neither the post nor the page says when the article was published: "
        "post it again with 'published_at'",
        problem="publication-date-missing",
        title="The page does not say when it was published",
    )


def _string(fields: JsonObject, name: str) -> str | None:
    value = fields.get(name)
    return value if isinstance(value, str) else None
