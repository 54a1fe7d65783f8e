"""EventStoryLine: gold days of events and chains across articles, against what is shown.

The measures are those of the outside scorer, on the annotated sentences: pairs (sentence, day) of
events shown on one single day, gold events whose sentence carries the gold day (off and on the
publication day), pairs of sentences of different articles in one event against gold chains, chains
across articles that one event quotes from two of them. Statements are left out, since the corpus
hardly marks them. The guards stand beside: gold days inside the proven bounds of some event that
quotes the sentence, events shown on one single day, events for each annotated sentence, and the
largest cluster.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from merged import JsonMap, posted, timeline_of
from passages import letters, proven, quotes_of, single_day

SHORTEST = 16
"""Letters and digits from which on a part of a sentence stands for it."""

Sentence = tuple[str, int]
Days = Mapping[Sentence, set[str]]
Pair = tuple[Sentence, Sentence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many."""

    hit: int
    of: int

    def __str__(self) -> str:
        return f"{self.hit / self.of:.3f}" if self.of else "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Precision, recall and F1 of what is shown against gold."""

    right: int
    shown: int
    gold: int

    def __str__(self) -> str:
        p, r = (self.right / max(side, 1) for side in (self.shown, self.gold))
        return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r) if self.right else 0.0:.3f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineScore:
    """What the timelines of some topics reach."""

    sentence_day: Match
    off_day: Share
    on_day: Share
    pairs: Match
    across: Share
    within: Share
    single: Share
    for_each: float
    largest: int


@dataclass(frozen=True, slots=True)
class Topic:
    """The articles of one topic, and the events that are told of them."""

    articles: tuple[Mapping[str, Any], ...]
    events: tuple[JsonMap, ...]


def read_topics(path: Path) -> dict[str, tuple[Mapping[str, Any], ...]]:
    """The articles of each topic, topics in the order of their numbers."""
    topics: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        topics[article["topic"]].append(article)
    return {name: tuple(topics[name]) for name in sorted(topics, key=int)}


def tell_topic(articles: Sequence[Mapping[str, Any]]) -> Topic:
    """The timeline of one topic, posted as sentences, one a line; without statements."""
    posts = [
        posted({"id": each["id"], "title": "", "published_at": each["published_at"], "text": text})
        for each, text in zip(articles, map(text_of, articles), strict=True)
    ]
    events = [each for each in timeline_of(posts).events if each["kind"] != "statement"]
    return Topic(tuple(articles), tuple(events))


def text_of(article: Mapping[str, Any]) -> str:
    """The text of an article as it is posted."""
    return "\n".join(each["text"] for each in sorted(article["sentences"], key=_index))


def line_score(topics: Sequence[Topic]) -> LineScore:
    """The score of some topics together."""
    gold = _gold_days(topics)
    chains = [chain for topic in topics for chain in _chains(topic)]
    told = [(event, sentences) for topic in topics for event, sentences in _told(topic, gold)]
    shown: dict[Sentence, set[str]] = defaultdict(set)
    for event, sentences in told:
        day = single_day(event)
        for sentence in sentences if day else ():
            shown[sentence].add(day or "")
    groups = [sentences for _, sentences in told]
    pairs, wanted = _pairs(groups), _pairs(chains)
    across = [chain for chain in chains if _articles(chain) > 1]
    return LineScore(
        sentence_day=_match(gold, shown),
        off_day=_right(topics, shown, on=False),
        on_day=_right(topics, shown, on=True),
        pairs=Match(right=len(pairs & wanted), shown=len(pairs), gold=len(wanted)),
        across=Share(
            hit=sum(any(_articles(chain & each) > 1 for each in groups) for chain in across),
            of=len(across),
        ),
        within=_within(gold, told),
        single=Share(hit=sum(single_day(event) is not None for event, _ in told), of=len(told)),
        for_each=sum(map(len, groups)) / max(len(gold), 1),
        largest=max((sum(1 for _ in quotes_of(event)) for event, _ in told), default=0),
    )


def pair_errors(topic: Topic) -> tuple[list[Pair], list[Pair]]:
    """The pairs of sentences that gold joins and no event does, and the other way round, sorted."""
    told = _pairs([sentences for _, sentences in _told(topic, _gold_days([topic]))])
    wanted = _pairs(_chains(topic))
    return sorted(wanted - told), sorted(told - wanted)


def _index(sentence: Mapping[str, Any]) -> int:
    return int(sentence["index"])


def _gold_days(topics: Iterable[Topic]) -> Days:
    days: dict[Sentence, set[str]] = defaultdict(set)
    for topic in topics:
        for article in topic.articles:
            for event in article["events"]:
                days[article["id"], event["sentence"]].add(event["day"])
    return days


def _chains(topic: Topic) -> Iterable[set[Sentence]]:
    chains: dict[str, set[Sentence]] = defaultdict(set)
    for article in topic.articles:
        for event in article["events"]:
            if event["chain"]:
                chains[event["chain"]].add((article["id"], event["sentence"]))
    return chains.values()


def _told(topic: Topic, gold: Days) -> Iterable[tuple[JsonMap, set[Sentence]]]:
    """Each event with the annotated sentences that it quotes."""
    index: dict[str, dict[str, int]] = {}
    for article in topic.articles:
        rows = {letters(each["text"]): each["index"] for each in article["sentences"]}
        index[article["id"]] = {words: number for words, number in rows.items() if words}
    for event in topic.events:
        sentences = {
            (quote.article, number)
            for quote in quotes_of(event)
            for number in _matching(quote.words, index[quote.article])
        }
        yield event, sentences & set(gold)


def _matching(words: str, index: Mapping[str, int]) -> list[int]:
    if words in index:
        return [index[words]]
    if len(words) < SHORTEST:
        return []
    long = [(each, number) for each, number in index.items() if len(each) >= SHORTEST]
    return [number for each, number in long if each in words or words in each]


def _match(gold: Days, shown: Days) -> Match:
    right = sum(len(days & shown.get(sentence, set())) for sentence, days in gold.items())
    return Match(right=right, shown=_size(shown), gold=_size(gold))


def _size(days: Days) -> int:
    return sum(map(len, days.values()))


def _right(topics: Iterable[Topic], shown: Days, *, on: bool) -> Share:
    told = [
        event["day"] in shown.get((article["id"], event["sentence"]), ())
        for topic in topics
        for article in topic.articles
        for event in article["events"]
        if (event["day"] == article["published_at"]) is on
    ]
    return Share(hit=sum(told), of=len(told))


def _pairs(groups: Iterable[set[Sentence]]) -> set[Pair]:
    pairs = (pair for group in groups for pair in combinations(sorted(group), 2))
    return {(one, other) for one, other in pairs if one[0] != other[0]}


def _articles(sentences: set[Sentence]) -> int:
    return len({article for article, _ in sentences})


def _within(gold: Days, told: Sequence[tuple[JsonMap, set[Sentence]]]) -> Share:
    """Gold days of quoted sentences that the proven bounds of some event allow."""
    ranges: dict[Sentence, list[tuple[str, str]]] = defaultdict(list)
    for event, sentences in told:
        for sentence in sentences:
            ranges[sentence].append(proven(event))
    asked = [(sentence, day) for sentence in ranges for day in gold[sentence]]
    hits = sum(any(low <= day <= high for low, high in ranges[s]) for s, day in asked)
    return Share(hit=hits, of=len(asked))
