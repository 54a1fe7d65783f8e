"""How long the steps of a job took and what came of it, as whole counts that can be added up.

Counts of many workers are summed where they meet (`service/tallies.py`), so a time becomes one
count in its bucket and a sum of microseconds. A bucket holds what took up to its bound and more
than the bound before it.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; what took longer is in a last bucket without bound."""
STAGES = ("sentences", "parse", "resolve", "extract", "merge", "commit")
"""The timed steps in their order. Articles that are claimed together share the first two."""
OUTCOMES = ("told", "nothing_to_tell", "failed", "unfinished", "dropped", "given_back")
"""What can come of an article that a job held; `unfinished` is an attempt that did not end well,
`dropped` work on what another holds or corrected meanwhile."""
SPANS = ("send", "lag")
"""What is timed of a message: sending it, and how long after its change it was delivered."""
DELIVERIES = ("delivered", "failed", "disabled", "given_back")
"""What can come of a message to a subscriber: `failed` ones are tried again unless asked for by
hand, with a `disabled` one its subscription ended, `given_back` is a worker that stopped."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the times of one stage are spread: for each bound and at last for none, how many."""

    counts: tuple[int, ...]
    seconds: float


class Stages:
    """The counts of one job; not for several threads."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._counts: Counter[str] = Counter()

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Count how long what is inside takes, also when it fails."""
        begun = self._clock()
        try:
            yield
        finally:
            self.took(stage, self._clock() - begun)

    def took(self, stage: str, seconds: float) -> None:
        """Count a time that was measured elsewhere."""
        seconds = max(seconds, 0.0)
        self._counts[_bucket(stage, bisect_left(BOUNDS, seconds))] += 1
        self._counts[_sum(stage)] += round(seconds * 1e6)

    def note(self, outcome: str, times: int = 1) -> None:
        """Count what came of an article."""
        self._counts[_outcome(outcome)] += times

    def delivery(self, outcome: str, times: int = 1) -> None:
        """Count what came of a message to a subscriber."""
        self._counts[_delivery(outcome)] += times

    def take(self) -> Mapping[str, int]:
        """The counts by name, once: they begin again at nothing."""
        taken, self._counts = self._counts, Counter()
        return {name: count for name, count in taken.items() if count}


def spread(counts: Mapping[str, int], stage: str) -> Spread:
    """The times of `stage` in summed counts."""
    buckets = (counts.get(_bucket(stage, place), 0) for place in range(len(BOUNDS) + 1))
    return Spread(tuple(buckets), counts.get(_sum(stage), 0) / 1e6)


def outcomes(counts: Mapping[str, int]) -> Mapping[str, int]:
    """How often each outcome was noted in summed counts."""
    return {each: counts.get(_outcome(each), 0) for each in OUTCOMES}


def deliveries(counts: Mapping[str, int]) -> Mapping[str, int]:
    """How often each outcome of a message was noted in summed counts."""
    return {each: counts.get(_delivery(each), 0) for each in DELIVERIES}


def _bucket(stage: str, place: int) -> str:
    return f"stage:{stage}:{place}"


def _sum(stage: str) -> str:
    return f"stage:{stage}:us"


def _outcome(outcome: str) -> str:
    return f"article:{outcome}"


def _delivery(outcome: str) -> str:
    return f"delivery:{outcome}"
