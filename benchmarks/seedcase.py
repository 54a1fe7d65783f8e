"""The acceptance case: three real articles beside the project, and the timeline expected of them.

The measures are those of the outside scorer, over the events of record and pipeline: found, merged
(the match quotes every article that must be merged), lumped (expected events that share a match),
wrong date (what is shown misses the expected bounds, or is a day it must not be), exact days,
spans (both ends of the long events), furniture and commentary that an event quotes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from merged import JsonMap, Told, posted, timeline_of
from passages import (
    Passage,
    Quote,
    best_match,
    letters,
    lumps,
    quotes_of,
    same_passage,
    shown,
)

EXPECTED = "expected-timeline.json"
LONG = ("E1", "E2", "E3", "E4")
STARTS = ("2025-09-01", "2025-12-31")
ENDS = ("2026-01-01", "2026-01-28")

Gold = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedScore:
    """What the timeline of the seed articles reaches: ids of expected events, words of articles."""

    events: int
    expected: int
    found: tuple[str, ...]
    to_merge: int
    merged: tuple[str, ...]
    lumped: tuple[tuple[str, ...], ...]
    wrong_date: tuple[str, ...]
    known_days: int
    exact: tuple[str, ...]
    spans: tuple[str, ...]
    furniture: tuple[str, ...]
    commentary: tuple[str, ...]


def seed_score(folder: Path) -> SeedScore:
    """The score of the articles in `folder`, which holds their expected timeline too."""
    gold = json.loads((folder / EXPECTED).read_text(encoding="utf-8"))
    # As they are: a changed line end would shift the offsets.
    texts = {each["id"]: (folder / each["file"]).read_bytes().decode() for each in gold["articles"]}
    posts = [
        posted({"title": "", "text": texts[each["id"]], **_named(each)})
        for each in gold["articles"]
    ]
    return _score(gold, texts, timeline_of(posts))


def _named(article: Gold) -> dict[str, str]:
    return {"id": article["id"], "published_at": article["published_at"]}


def _score(gold: Gold, texts: Mapping[str, str], timeline: Told) -> SeedScore:
    events, expected = timeline.events, {each["id"]: each for each in gold["events"]}
    passages = {gold_id: _passages(each, texts) for gold_id, each in expected.items()}
    told = [_told(event, passages) for event in events]
    numbers = {gold_id: best_match(gold_id, told) for gold_id in expected}
    matches = {gold_id: n for gold_id, n in numbers.items() if n is not None}
    to_merge = {each["event"]: set(each["articles"]) for each in gold["must_merge"]}
    quotes = [quote for event in events for quote in quotes_of(event)]
    days = {gold_id for gold_id, each in expected.items() if each["precision"] == "day"}
    return SeedScore(
        events=len(events),
        expected=len(expected),
        found=tuple(matches),
        to_merge=len(to_merge),
        merged=tuple(
            gold_id
            for gold_id, n in matches.items()
            if gold_id in to_merge and _articles(told[n], gold_id) >= to_merge[gold_id]
        ),
        lumped=tuple(lumps(matches)),
        wrong_date=tuple(i for i, n in matches.items() if _is_wrong(expected[i], events[n])),
        known_days=len(days),
        exact=tuple(
            i for i, n in matches.items() if i in days and _is_exact(expected[i], events[n])
        ),
        spans=tuple(i for i in LONG if i in matches and _spans(events[matches[i]])),
        furniture=tuple(_furniture(gold["furniture"], texts, quotes)),
        commentary=tuple(
            each["starts_with"]
            for each in gold["commentary_not_events"]
            if _is_shown(each, texts, quotes)
        ),
    )


def _cut(mark: Gold, texts: Mapping[str, str]) -> str:
    return texts[mark["article_id"]][mark["start"] : mark["end"]]


def _passages(event: Gold, texts: Mapping[str, str]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            gold=event["id"],
            article=each["article_id"],
            start=each["start"],
            end=each["end"],
            words=letters(_cut(each, texts)),
        )
        for each in event["sources"]
    )


def _told(event: JsonMap, passages: Mapping[str, Sequence[Passage]]) -> frozenset[Passage]:
    """As `passages.told_by_each`, but by words alone: a passage here is a whole sentence."""
    return frozenset(
        each
        for quote in quotes_of(event)
        for group in passages.values()
        for each in group
        if each.article == quote.article and same_passage(quote.words, each.words)
    )


def _articles(told: frozenset[Passage], gold_id: str) -> set[str]:
    return {each.article for each in told if each.gold == gold_id}


def _is_wrong(gold: Gold, event: JsonMap) -> bool:
    start, end = shown(event)
    outside = start > (gold["date_end"] or "9999") or end < gold["date_start"]
    return outside or (start == end and start in gold.get("must_not_be", ()))


def _is_exact(gold: Gold, event: JsonMap) -> bool:
    return shown(event) == (gold["date_start"], gold["date_end"])


def _spans(event: JsonMap) -> bool:
    start, end = shown(event)
    return STARTS[0] <= start <= STARTS[1] and ENDS[0] <= end <= ENDS[1]


def _is_shown(mark: Gold, texts: Mapping[str, str], quotes: Sequence[Quote]) -> bool:
    words = letters(_cut(mark, texts))
    return any(
        quote.article == mark["article_id"] and _is_mostly(quote.words, words) for quote in quotes
    )


def _is_mostly(quote: str, words: str) -> bool:
    short, long = sorted((quote, words), key=len)
    return short in long and 2 * len(short) >= len(long)


def _furniture(
    marks: Sequence[Gold], texts: Mapping[str, str], quotes: Sequence[Quote]
) -> Iterator[str]:
    """Marks that are quoted; of a line that stands in prose too only what differs by its letters.

    So the second copy of a headline, which cannot be told from the first, does not count.
    """
    prose = set(_lines_outside(marks, texts))
    plain = {(article, letters(line)) for article, line in prose}
    for mark in marks:
        article, text = mark["article_id"], " ".join(_cut(mark, texts).split())
        if (article, letters(text)) not in plain:
            told = _is_shown(mark, texts, quotes)
        else:
            told = (article, text) in {(each.article, each.text) for each in quotes} - prose
        if told:
            yield mark["starts_with"]


def _lines_outside(marks: Sequence[Gold], texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    starts = [(each["article_id"], each["start"]) for each in marks]
    for article, text in texts.items():
        at = 0
        for line in text.split("\n"):
            end = at + len(line)
            marked = any(one == article and at <= start <= end for one, start in starts)
            if line.strip() and not marked:
                yield article, " ".join(line.split())
            at = end + 1
