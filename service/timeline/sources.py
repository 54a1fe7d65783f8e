"""Which sources of an event stand on their own.

First version: articles of one publisher are one voice, whose earliest article speaks; an article
without a publisher is its own voice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.timeline.model import ArticleHead, ArticleId, Mention


def independent_articles(
    mentions: Sequence[Mention], heads: Mapping[ArticleId, ArticleHead]
) -> frozenset[ArticleId]:
    """The earliest article of every voice among `mentions`."""
    first: dict[str, ArticleId] = {}
    for mention in sorted(mentions, key=lambda each: each.order):
        first.setdefault(voice(heads[mention.article_id]), mention.article_id)
    return frozenset(first.values())


def voice(head: ArticleHead) -> str:
    """Whose word the article is: its publisher's, else its own."""
    publisher = " ".join((head.publisher or "").casefold().split())
    return f"publisher {publisher}" if publisher else f"article {head.key}"
