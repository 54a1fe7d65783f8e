"""An article as JSON: what was posted, and what was read in it (API.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from service.documents.carried import carried_document
from service.documents.dates import iso_instant, told_date_document
from service.documents.event import place_document
from service.documents.jsontext import (
    JsonObject,
    dumps,
    known,
    loads,
    read_object,
    splice,
    splice_fragments,
)
from service.timeline.model import Mention

POSTED = (
    *("external_id", "title", "publisher", "author", "url", "published_at", "timezone", "image"),
    "text",
)
"""The fields of an article as posted, in the order in which its document gives them."""
HTML_HASH = "html_sha256"
"""Stands for the page among the fields that are kept."""


class ArticleState(Protocol):
    """What the document needs of a stored article; see `service.store.base.StoredArticle`.

    `mentions` are ready texts with `event_id`; `expressions`, `notices`, `skipped` and `problem`
    are JSON texts as well.
    """

    @property
    def id(self) -> str:
        """Its id in this timeline."""

    @property
    def timeline(self) -> str:
        """The timeline's name."""

    @property
    def posted(self) -> str:
        """The fields as posted."""

    @property
    def page(self) -> str | None:
        """What was read in the page, as JSON; None without one, or before."""

    @property
    def status(self) -> str:
        """Accepted, processing, processed, failed or retracted."""

    @property
    def outcome(self) -> str | None:
        """Told or nothing_to_tell; None before it was read."""

    @property
    def version(self) -> int:
        """Counts corrections, from 1."""

    @property
    def told_version(self) -> int | None:
        """The former version that the timeline tells; None where it is the present one."""

    @property
    def received_at(self) -> float:
        """Seconds since 1970 UTC."""

    @property
    def language(self) -> str | None:
        """The language that it was read in; None before."""

    @property
    def level(self) -> str | None:
        """How much of the language is understood; None before it was read."""

    @property
    def copy_of(self) -> str | None:
        """The article that it is a copy of; None for an original, and in lists."""

    @property
    def expressions(self) -> Sequence[str]:
        """Expression documents in order."""

    @property
    def mentions(self) -> Sequence[str]:
        """Mention documents in order."""

    @property
    def notices(self) -> str:
        """A JSON list of {code, says}."""

    @property
    def skipped(self) -> str:
        """A JSON list of {start, end, why}."""

    @property
    def problem(self) -> str | None:
        """Why it failed; None when it did not."""


def article_document(article: ArticleState, *, links: JsonObject) -> str:
    """The text of the article as posted and as read."""
    notices, left = loads(article.notices), loads(article.skipped)
    counts = {
        "expressions": len(article.expressions),
        "mentions": len(article.mentions),
        "skipped": len(left) if isinstance(left, list) else 0,
    }
    lists = {"expressions": article.expressions, "mentions": article.mentions}
    text = splice_fragments(dumps(_posted_and_state(article)), lists)
    return splice(text, {"notices": notices, "skipped": left, "counts": counts, "links": links})


def article_summary(article: ArticleState, *, links: JsonObject) -> JsonObject:
    """The article as a list shows it: everything but the text and what was found in it."""
    found = _posted_and_state(article)
    return {**{name: found[name] for name in found if name != "text"}, "links": links}


def article_state(article: ArticleState) -> JsonObject:
    """Who the article is and how far it came."""
    return known(
        {
            "id": article.id,
            "timeline": article.timeline,
            "status": article.status,
            "outcome": article.outcome,
            "version": article.version,
            "told_version": article.told_version,
            "received_at": iso_instant(article.received_at),
            "language": article.language,
            "level": article.level,
            "copy_of": article.copy_of,
            "problem": None if article.problem is None else loads(article.problem),
        }
    )


def mention_document(mention: Mention) -> JsonObject:
    """A mention as its article lists it, without the `event_id` that is known at reading only."""
    return {
        **place_document(mention),
        "kind": mention.kind.value,
        "status": mention.status.value,
        "certainty": mention.certainty.value,
        **carried_document(mention),
        "date": told_date_document(mention),
    }


def posted_fields(posted: JsonObject, page: str | None = None) -> JsonObject:
    """The fields as posted, else as read in the page, in the order of POSTED."""
    read = {} if page is None else read_object(page)
    posted = {name: value for name, value in {**read, **posted}.items() if name != HTML_HASH}
    names = [*(name for name in POSTED if name in posted), *sorted(set(posted) - set(POSTED))]
    return {name: posted[name] for name in names}


def _posted_and_state(article: ArticleState) -> JsonObject:
    """State first, then the fields as posted in the order of POSTED; what was read wins."""
    state, posted = article_state(article), posted_fields(read_object(article.posted), article.page)
    return {**state} | {name: posted[name] for name in posted if name not in state}
