"""Which sentences of the topics tuned on are merged wrongly or not at all, to be read.

    python benchmarks/pairs.py [--corpus FILE] [--most N]

Every second topic by name is read, the same that weights are fitted on; the others only score.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from events import CORPUS
from storyline import Pair, Topic, pair_errors, read_topics, tell_topic


def main() -> None:
    """Print the missed and the wrong pairs of each topic that is read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--most", type=int, default=20, help="pairs of each kind and topic")
    given = parser.parse_args()
    topics = read_topics(given.corpus)
    for name in list(topics)[::2]:
        topic = tell_topic(topics[name])
        for what, pairs in zip(("missed", "wrong"), pair_errors(topic), strict=True):
            print(f"== topic {name}: {len(pairs)} {what}")
            print(*lines(topic, pairs[: given.most]), sep="\n")


def lines(topic: Topic, pairs: list[Pair]) -> list[str]:
    """The two sentences of each pair under one another."""
    said = {
        (article["id"], each["index"]): each["text"]
        for article in topic.articles
        for each in article["sentences"]
    }
    return [f"{article}\t{said[article, at]}" for pair in pairs for article, at in pair]


if __name__ == "__main__":
    main()
