"""How often the day of each rung of the dating ladder is right: for `workers/dating/trust.py`.

python benchmarks/rungs.py [CORPUS]

On EventStoryLine (JSON lines), in halves of every other topic: mentions of happenings in annotated
sentences that are shown on one day, how many of those days are gold, and the mean confidence that
is told. `trust` is what the rung should be trusted: its right share, with twenty mentions of even
chance added, over the mean confidence of what the day was taken from. Only the first half is for
tuning.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from events import CORPUS
from merged import JsonMap
from passages import letters
from storyline import Topic, read_topics, tell_topic

from workers.dating.reasons import SOURCES
from workers.dating.trust import Rung, trust

ADDED = 20
BASES = {
    "explicit": Rung.EXPLICIT,
    "anchored": Rung.NAMED,
    "sequence": Rung.FOLLOWING,
    "reported": Rung.REPORTED,
}
OF_NOTHING = frozenset({Rung.REPORTED})
"""Rungs whose trust is their confidence; the others take a share of a source's."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One mention: its rung, whether its day is gold, the confidence that is told."""

    rung: Rung
    right: bool
    confidence: float


def main() -> None:
    """Print the tables of both halves."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    topics = [tell_topic(articles) for articles in read_topics(corpus).values()]
    for half, some in (("first", topics[::2]), ("second", topics[1::2])):
        _print_half(half, [each for topic in some for each in _shown(topic)])


def _print_half(half: str, shown: Iterable[Shown]) -> None:
    rows: dict[Rung, list[Shown]] = defaultdict(list)
    for each in shown:
        rows[each.rung].append(each)
    print(f"{half + ' half':14}{'mentions':>10}{'right':>8}{'told':>8}{'trust':>8}")
    for rung in Rung:
        if rows[rung]:
            print(_row(rung, rows[rung]))
    print()


def _row(rung: Rung, shown: list[Shown]) -> str:
    right = sum(each.right for each in shown)
    told = sum(each.confidence for each in shown) / len(shown)
    of = 1.0 if rung in OF_NOTHING else told / trust(rung)
    fair = min((right + ADDED / 2) / (len(shown) + ADDED) / of, 1.0)
    share = right / len(shown)
    return f"{rung.value:14}{len(shown):>10}{share:>8.2f}{told:>8.2f}{fair:>8.2f}"


def _shown(topic: Topic) -> Iterator[Shown]:
    """The mentions of happenings that the annotated sentences show on one day."""
    gold: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article in topic.articles:
        words = {each["index"]: letters(each["text"]) for each in article["sentences"]}
        for event in article["events"]:
            gold[article["id"], words[event["sentence"]]].add(event["day"])
    for event in topic.events:
        for source in cast("list[JsonMap]", event["sources"]):
            days = gold.get((str(source["external_id"]), letters(str(source["quote"]))))
            date = cast("JsonMap", source["date"])
            rung = _rung(date)
            if days and rung and event["kind"] == "happening" and date.get("start") == date["end"]:
                yield Shown(rung, date["start"] in days, cast("float", date["confidence"]))


def _rung(date: Mapping[str, object]) -> Rung | None:
    last = cast("list[str]", date["derivation"])[-1:]
    if date["basis"] != "inherited":
        return BASES.get(str(date["basis"])) if "start" in date and "end" in date else None
    return next((rung for rung, words in SOURCES.items() if last and words in last[0]), None)


if __name__ == "__main__":
    main()
