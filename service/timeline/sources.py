"""Which sources of an event stand on their own.

Articles are one voice when one outlet published them, when one is a copy of another, or when they
take their news from one outlet ("based on reporting by X"), be X among them or not. The earliest
article of a voice is the independent one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeAlias

from service.timeline.copies import Signature, pairs
from service.timeline.model import ArticleHead, ArticleId, Mention

_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+)(?:\.[a-z]{2,6})+/?$")
_JUNK = re.compile(r"[^\w]+")

_Voice: TypeAlias = tuple[ArticleId, str, tuple[str, ...], Signature]
"""What tells whose word an article is: its id, publisher, credits and signature."""


def independent_articles(
    mentions: Sequence[Mention], heads: Mapping[ArticleId, ArticleHead]
) -> frozenset[ArticleId]:
    """The earliest article of every voice among `mentions`."""
    of = voices(mentions, heads)
    first: dict[str, ArticleId] = {}
    for mention in sorted(mentions, key=lambda each: each.order):
        first.setdefault(of[mention.article_id], mention.article_id)
    return frozenset(first.values())


def voices(
    mentions: Sequence[Mention], heads: Mapping[ArticleId, ArticleHead]
) -> Mapping[ArticleId, str]:
    """Whose word each article among `mentions` is: the same text for those of one voice."""
    telling = sorted({mention.article_id for mention in mentions})
    return _voices(tuple([_voice(heads[article]) for article in telling]))


def _voice(head: ArticleHead) -> _Voice:
    return head.id, head.publisher or "", head.credits, head.signature


@lru_cache(maxsize=256)  # of one event asked for its date, its salience and its sources
def _voices(telling: tuple[_Voice, ...]) -> Mapping[ArticleId, str]:
    above: dict[str, str] = {}
    for article, publisher, credited, _ in telling:
        for name in _outlets(publisher, credited):
            _join(above, article, f"outlet {name}")
    for one, other in pairs({article: signature for article, *_, signature in telling}):
        _join(above, one, other)
    return {article: _top(above, article) for article, *_ in telling}


def outlet(name: str) -> str:
    """One spelling of an outlet's name: "www.reuters.com" and "Reuters" are "reuters"."""
    plain = name.casefold().strip()
    domain = _DOMAIN.match(plain)
    words = _JUNK.sub(" ", domain.group(1) if domain else plain).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    found = " ".join(words)
    return agencies().get(found, found)


@cache
def agencies() -> Mapping[str, str]:
    """The spellings of news agencies, each with the one that stands for it."""
    text = files("service.timeline").joinpath("agencies.toml").read_text(encoding="utf-8")
    names = tomllib.loads(text)["names"]
    return {name: first for first, others in names.items() for name in (first, *others)}


def _outlets(publisher: str, credited: tuple[str, ...]) -> tuple[str, ...]:
    published = outlet(publisher)
    return (*((published,) if published else ()), *credited)


def _join(above: dict[str, str], one: str, other: str) -> None:
    low, high = sorted((_top(above, one), _top(above, other)))
    if low != high:
        above[high] = low


def _top(above: Mapping[str, str], name: str) -> str:
    while name in above:
        name = above[name]
    return name
