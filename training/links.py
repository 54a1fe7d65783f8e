"""`python -m training.links CORPUS`: fit the weights of `service/timeline/links.py` and print them.

CORPUS is EventStoryLine as JSON lines ({id, topic, published_at, sentences, events}). Two mentions
of different articles of one topic are one event where a gold chain holds both of their sentences.
Pairs of different topics are none, a mention and its own copy in another article is one. Pairs that
are vetoed are left out, as links never see them. The fit is a logistic regression with a small
quadratic penalty, by Newton's method: the same data give the same numbers.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from service.store.base import Claimed
from service.temporal.publication import utc_seconds
from service.timeline.ids import article_id
from service.timeline.likenesses import Likeness, compare
from service.timeline.model import ArticleHead, Kind, Mention
from service.timeline.vetoes import is_vetoed
from service.timeline.windows import shape
from workers.grammar.analysis import build
from workers.pipeline import read_batch

HELD_BACK = frozenset({"8", "14", "18", "22", "30"})
"""The topics that nothing is fitted on: the other half of `benchmarks/events.py`."""
PENALTY = 1.0
UNRELATED = 31
"""Of the pairs of different topics every so manieth is taken."""
STEPS = 30

Chains = frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """A mention, its topic, and the gold chains of its sentence."""

    mention: Mention
    topic: str
    chains: Chains


def main(words: list[str]) -> int:
    """Read, fit, print."""
    parser = argparse.ArgumentParser(prog="python -m training.links", description=__doc__)
    parser.add_argument("corpus", type=Path)
    told = list(read(parser.parse_args(words).corpus))
    features, labels = examples(told)
    weights = fit(features, labels)
    print(f"{len(labels)} pairs, {int(labels.sum())} of one event")
    print(f"BIAS = {weights[-1]:.2f}")
    for name, value in zip(Likeness._fields, weights, strict=False):
        print(f"    {name}={value:.2f},")
    return 0


def read(corpus: Path) -> Iterator[Told]:
    """The mentions of annotated sentences, but for statements and topics held back."""
    analyser = build()
    for line in corpus.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        topic = str(article["topic"])
        if topic in HELD_BACK:
            continue
        sentences = sorted(article["sentences"], key=lambda each: int(each["index"]))
        text = "\n".join(each["text"] for each in sentences)
        chains = _chains(article)
        ((_, found),) = read_batch([_claimed(article, text)], analyser)
        ends = np.cumsum([len(each["text"]) + 1 for each in sentences])
        for mention in found.mentions:
            number = int(np.searchsorted(ends, mention.start, side="right"))
            index = int(sentences[number]["index"])
            if index in chains and mention.kind is not Kind.STATEMENT:
                yield Told(mention, topic, chains[index])


def _chains(article: Mapping[str, Any]) -> dict[int, Chains]:
    """The chains of each annotated sentence."""
    found: dict[int, set[str]] = defaultdict(set)
    for event in article["events"]:
        found[int(event["sentence"])].update([event["chain"]] if event["chain"] else [])
    return {index: frozenset(chains) for index, chains in found.items()}


def _claimed(article: Mapping[str, Any], text: str) -> Claimed:
    key, published = str(article["id"]), str(article["published_at"])
    head = ArticleHead(
        id=article_id("training", key),
        key=key,
        external_id=key,
        publisher=None,
        title=None,
        url=None,
        published_at=published,
        published_utc=utc_seconds(published),
    )
    posted = {"external_id": key, "published_at": published, "text": text, "language": "en"}
    return Claimed(
        id=head.id,
        timeline="training",
        key=key,
        version=1,
        attempt=1,
        posted=json.dumps(posted),
        head=head,
        timezone=None,
    )


def examples(told: Sequence[Told]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The features of every pair and its copies, and whether it is one event."""
    rows: list[Likeness] = []
    labels: list[bool] = []
    for number, (one, other) in enumerate(combinations(told, 2)):
        related = one.topic == other.topic
        if one.mention.article_key == other.mention.article_key:
            continue
        if (related or number % UNRELATED == 0) and _is_seen(one.mention, other.mention):
            rows.append(compare(one.mention, other.mention))
            labels.append(related and not one.chains.isdisjoint(other.chains))
    for each in told:
        copy = replace(each.mention, article_key=f"{each.mention.article_key}+")
        rows.append(compare(each.mention, copy))
        labels.append(True)
    return np.array(rows, dtype=float), np.array(labels, dtype=float)


def _is_seen(one: Mention, other: Mention) -> bool:
    """Whether a link may join the two by their words."""
    return not is_vetoed(one, other) and not shape(one).is_unlike(shape(other))


def fit(features: np.ndarray[Any, Any], labels: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The weights of the features, and behind them the bias."""
    design = np.hstack([features, np.ones((len(features), 1))])
    penalty = np.eye(design.shape[1]) * PENALTY
    penalty[-1, -1] = 0.0
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (chance - labels) + penalty @ weights
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
        weights -= np.linalg.solve(curve, slope)
    return weights


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
