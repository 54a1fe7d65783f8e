"""Which gold passages the events of a timeline quote: one rule for stories, seeds and corpora.

A quote tells a passage of its article when one contains the other, by letters and digits alone. Of
several events that quote one sentence those tell a passage whose clause touches it, or all of them
when none does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from merged import JsonMap

SHORTEST = 9
"""Letters and digits from which on a quote is taken as words of its article at all."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Passage:
    """Words of an article that tell the event `gold`, at [start, end) of the text."""

    gold: str
    article: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One source of an event: its article, its text on one line, where its clause stands."""

    article: str
    text: str
    words: str
    start: int
    end: int


def letters(text: str) -> str:
    """The letters and digits of `text`, in lower case."""
    return re.sub(r"[\W_]+", "", text.lower())


def quotes_of(event: JsonMap) -> Iterator[Quote]:
    """The sources of an event document."""
    for source in cast("list[JsonMap]", event["sources"]):
        clause = cast("Mapping[str, int]", source["clause"])
        yield Quote(
            article=str(source["external_id"]),
            text=" ".join(str(source["quote"]).split()),
            words=letters(str(source["quote"])),
            start=clause["start"],
            end=clause["end"],
        )


def same_passage(quote: str, words: str) -> bool:
    """Whether one of two stretches of letters holds the other."""
    return len(quote) >= SHORTEST and (quote in words or words in quote)


def told_by_each(
    events: Sequence[JsonMap], passages: Sequence[Passage]
) -> tuple[frozenset[Passage], ...]:
    """The passages that each event tells."""
    quotes = [tuple(quotes_of(event)) for event in events]
    touched = {each for group in quotes for quote in group for each in _touched(quote, passages)}
    return tuple(
        frozenset(
            each
            for quote in group
            for each in _held(quote, passages)
            if each not in touched or _touches(quote, each)
        )
        for group in quotes
    )


def best_match(gold: str, told: Sequence[frozenset[Passage]]) -> int | None:
    """Number of the event that quotes `gold` from the most articles, then most passages of it."""
    best, choice = (0, 0), None
    for number, passages in enumerate(told):
        hits = [each for each in passages if each.gold == gold]
        rank = (len({each.article for each in hits}), len(hits))
        if rank > best:
            best, choice = rank, number
    return choice


def lumps(matches: Mapping[str, int | None]) -> list[tuple[str, ...]]:
    """Groups of gold events that one event is the match of."""
    shared: dict[int, list[str]] = defaultdict(list)
    for gold, number in matches.items():
        if number is not None:
            shared[number].append(gold)
    return [tuple(group) for group in shared.values() if len(group) > 1]


def shown(event: JsonMap) -> tuple[str, str]:
    """First and last day that the event shows; an open side is the start or the end of time."""
    return _sides(event, "start", "end")


def proven(event: JsonMap) -> tuple[str, str]:
    """First and last day that the event can have, open sides as for `shown`."""
    return _sides(event, "earliest", "latest")


def single_day(event: JsonMap) -> str | None:
    """The one day that the event shows; None when it shows more."""
    first, last = shown(event)
    return first if first == last else None


def _sides(event: JsonMap, first: str, last: str) -> tuple[str, str]:
    date = cast("Mapping[str, str]", event["date"])
    return date.get(first, "0001-01-01")[:10], date.get(last, "9999-12-31")[:10]


def _held(quote: Quote, passages: Iterable[Passage]) -> list[Passage]:
    return [
        each
        for each in passages
        if each.article == quote.article and same_passage(quote.words, each.words)
    ]


def _touched(quote: Quote, passages: Iterable[Passage]) -> list[Passage]:
    return [each for each in _held(quote, passages) if _touches(quote, each)]


def _touches(quote: Quote, passage: Passage) -> bool:
    same = quote.article == passage.article
    return same and passage.start < quote.end and quote.start < passage.end
