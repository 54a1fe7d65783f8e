"""How much an event matters, from its own mentions alone.

The curve is fixed, so an article that joins another event changes nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import exp

from service.timeline.model import ArticleHead, ArticleId, Basis, Kind, Mention
from service.timeline.sources import independent_articles
from service.timeline.weights import weight

DISCOUNT = {Kind.HAPPENING: 1.0, Kind.STATEMENT: 0.6, Kind.PLANNED: 0.6, Kind.STATE: 0.5}
HALF = 0.5
"""What a reference back, a named day, a place in the lead and the whole title count each."""
SCALE = 3.0
"""Points from which an event stands out: two thirds of the way to 1."""

_WORD = re.compile(r"\w+")


def salience(mentions: Sequence[Mention], heads: Mapping[ArticleId, ArticleHead]) -> float:
    """0 to 1: independent sources count fully, what else marks an event counts half.

    That is each of them that comes back to it a day or more after its first telling, a day that is
    named, a place in a lead, and the share of its words that a title has. Statements, plans and
    states count less.
    """
    independent = independent_articles(mentions, heads)
    points = (
        len(independent)
        + HALF * _references_back(mentions, independent)
        + HALF * any(mention.date.basis is Basis.EXPLICIT for mention in mentions)
        + HALF * any(mention.lead for mention in mentions)
        + HALF * max(_title_overlap(mention, heads[mention.article_id]) for mention in mentions)
    )
    return round(DISCOUNT[mentions[0].kind] * (1 - exp(-points / SCALE)), 3)


def _references_back(mentions: Sequence[Mention], independent: frozenset[ArticleId]) -> int:
    first = min(mention.published_day for mention in mentions)
    later = {each.article_id for each in mentions if each.published_day > first}
    return len(later & independent)


def _title_overlap(mention: Mention, head: ArticleHead) -> float:
    """The share, by weight, of the mention's words that the title of its article has."""
    if mention.role == "headline" or mention.within == "title":
        return 1.0
    title = _WORD.findall((head.title or "").casefold())
    words = sorted({*mention.terms, *mention.names})
    there = [word for word in words if any(each.startswith(word) for each in title)]
    whole = sum(weight(word) for word in words)
    return sum(weight(word) for word in there) / whole if whole else 0.0
