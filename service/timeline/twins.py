"""Twins: mentions that nothing but their articles and places tells apart, as copies of a report.

The first of a class by publication stands for it: it alone lies in blocks and has links, and the
others go where it goes. Of a class as large as that only the first ones are listed as sources. So
the hundredth copy of a report costs what the third did, in any order of arrival.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields, replace
from functools import lru_cache
from typing import TypeAlias

from service.timeline.links import find_link
from service.timeline.model import Mention, MentionId
from service.timeline.windows import shape

Place: TypeAlias = tuple[str, MentionId]
"""The rank of a mention among its twins, and its id."""

OF_ITS_ARTICLE = frozenset(
    {
        *("id", "article_id", "article_key", "published_utc", "published_day", "quote", "within"),
        *("start", "end", "clause_start", "clause_end", "role", "headline", "evidence"),
        *("attribution", "relayed_by", "pointer", "about", "derivation"),
    }
)
"""Fields in which twins may differ: no link looks at them.

But for the pointer of a mention that only names another: its twins go where the first one goes.
"""
SECONDS_BEFORE_1970 = 10**12
DIGITS = 24


@lru_cache(maxsize=1000)  # asked for when classes are read, when they are named and when written
def twin_key(mention: Mention) -> str:
    """The name of its class: 24 hexadecimal digits over all that a link or a veto looks at.

    One that says too little to be linked with its like is a class of its own, named by its id.
    """
    if not _links_with_its_like(mention):
        return mention.id
    figures = tuple(replace(each, start=0, end=0) for each in mention.figures)
    placeless = replace(mention, figures=figures)
    told = [
        (each.name, repr(getattr(placeless, each.name)))
        for each in fields(mention)
        if each.name not in OF_ITS_ARTICLE
    ]
    text = repr((repr(shape(mention)), told))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def rank(mention: Mention) -> str:
    """What twins are sorted by: earlier publication first, then id; sorts as text."""
    return f"{mention.published_utc + SECONDS_BEFORE_1970:014}{mention.id}"


def place(mention: Mention) -> Place:
    """The mention with its rank."""
    return rank(mention), mention.id


def after(
    before: Iterable[Place], gone: Iterable[MentionId], come: Iterable[Mention]
) -> tuple[Place, ...]:
    """The class in order, when these went and those came."""
    left = frozenset(gone)
    stay = [each for each in before if each[1] not in left]
    return tuple(sorted({*stay, *(place(each) for each in come)}))


def _links_with_its_like(mention: Mention) -> bool:
    like = replace(mention, id=MentionId(f"{mention.id}+"), article_key=f"{mention.article_key}+")
    return find_link(mention, like) is not None
