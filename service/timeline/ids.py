"""Ids: hashes that say what a thing is, so that every order of arrival gives the same ones.

Mention, event and expression ids know the article's key but neither the timeline's name nor a
version; article ids also hash the timeline (DESIGN section 2), delivery ids the subscription. All
have 96 bits.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from service.temporal.timex import Span
from service.timeline.model import ArticleId, EventId, MentionId

DIGITS = 24


def article_key(external_id: str | None, posted: str) -> str:
    """What identifies an article within a timeline.

    Its `external_id`, else the SHA-256 of `posted`, the canonical JSON of the fields as posted.
    """
    if external_id is not None:
        return external_id
    return hashlib.sha256(posted.encode()).hexdigest()


def article_id(timeline: str, key: str) -> ArticleId:
    """The id of the article with `key` in `timeline`: "art_" and 24 hexadecimal digits."""
    return ArticleId(f"art_{_digest(timeline, key)}")


def mention_ids(key: str, quotes: Iterable[str]) -> tuple[MentionId, ...]:
    """One id for each quote of the article with `key`, in order: "men_" and 24 digits.

    Equal quotes are told apart by their ordinal, so an id does not depend on what else is there.
    """
    seen: Counter[str] = Counter()
    found = []
    for quote in quotes:
        found.append(MentionId(f"men_{_digest(key, quote, str(seen[quote]))}"))
        seen[quote] += 1
    return tuple(found)


def event_id(smallest: MentionId) -> EventId:
    """The id of the event whose smallest mention by `Mention.order` is `smallest`."""
    return EventId(f"evt_{smallest.removeprefix('men_')}")


def expression_id(key: str, span: Span) -> str:
    """The id of the expression at `span` of the article with `key`: "exp_" and 24 digits."""
    return f"exp_{_digest(key, str(span.start), str(span.end))}"


def delivery_id(subscription: str, kind: str, of: str) -> str:
    """The id of a message to a subscription: "dlv_" and 24 digits.

    `kind` is its type, `of` what it is about: a revision, or anything else that tells it from all
    others. The same message has the same id however often it is sent.
    """
    return f"dlv_{_digest(subscription, kind, of)}"


def _digest(*parts: str) -> str:
    # Each part is preceded by its length, so no two different lists give the same bytes.
    told = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(told.encode()).hexdigest()[:DIGITS]
