"""An article as JSON: what was posted, and what was read in it (API.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from service.documents.dates import date_document, iso_instant
from service.documents.jsontext import Json, JsonObject, dumps, loads, read_object, splice_fragments
from service.timeline.model import Mention


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
    def status(self) -> str:
        """Accepted, processing, processed or failed."""

    @property
    def outcome(self) -> str | None:
        """Told or nothing_to_tell; None before it was read."""

    @property
    def version(self) -> int:
        """Counts corrections, from 1."""

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
    found: dict[str, Json] = {**read_object(article.posted), **article_state(article)}
    found["notices"] = loads(article.notices)
    found["skipped"] = loads(article.skipped)
    found["counts"] = {
        "expressions": len(article.expressions),
        "mentions": len(article.mentions),
        "skipped": len(_as_list(found["skipped"])),
    }
    found["links"] = links
    lists = {"expressions": article.expressions, "mentions": article.mentions}
    return splice_fragments(dumps(found), lists)


def article_summary(article: ArticleState, *, links: JsonObject) -> JsonObject:
    """The article as a list shows it: everything but the text and what was found in it."""
    posted = {key: value for key, value in read_object(article.posted).items() if key != "text"}
    return {**posted, **article_state(article), "links": links}


def article_state(article: ArticleState) -> JsonObject:
    """Who the article is and how far it came."""
    found: dict[str, Json] = {
        "id": article.id,
        "timeline": article.timeline,
        "status": article.status,
        "version": article.version,
        "received_at": iso_instant(article.received_at),
    }
    known = {"outcome": article.outcome, "language": article.language, "level": article.level}
    found.update({name: text for name, text in known.items() if text is not None})
    if article.problem is not None:
        found["problem"] = loads(article.problem)
    return found


def mention_document(mention: Mention) -> JsonObject:
    """A mention as its article lists it, without the `event_id` that is known at reading only."""
    return {
        "quote": mention.quote,
        "in": mention.within,
        "start": mention.start,
        "end": mention.end,
        "clause": {"start": mention.clause_start, "end": mention.clause_end},
        "role": mention.role,
        "kind": mention.kind.value,
        "status": mention.status.value,
        "certainty": mention.certainty.value,
        "date": date_document(mention.date),
    }


def _as_list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else ()
