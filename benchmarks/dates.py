"""The date engine: scores on gold, calibration, speed, start-up, memory, beside dateparser.

    python benchmarks/dates.py [GOLD ...] [--peer MODULE:FUNCTION ...]

GOLD is a folder of TimeML files or a file of JSON lines (see gold.py; FILE:PART is one part of
it); each is scored in halves, every other document, so that a reader can tune on one. A peer is
any FUNCTION(text, day) that gives (start, end, TIMEX3 type, TIMEX3 value); dateparser's search is
always one. Speed is that of the sample articles of `seeds/` when no gold is given, the median of
five runs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import json
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from gold import Document, expressions, load
from tally import MEASURES, Tally, comparable, is_right, pairs, same_value

Tagger = Callable[[str, dt.date], Iterable[tuple[int, int, str, str]]]
ARTICLES = Path(__file__).resolve().parents[1] / "seeds" / "articles"
SAMPLE = "It began on March 3, 2010 and ended last Tuesday."
BINS = 10


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--peer", action="append", default=[])
    given = parser.parse_args()
    before, started, worked = _peak_mb(), time.perf_counter(), time.process_time()
    tag = _function("timeml:tag")
    list(tag(SAMPLE, dt.date(2010, 3, 12)))
    took, busy = time.perf_counter() - started, time.process_time() - worked
    print(f"start-up     {took * 1000:8.0f} ms, {busy * 1000:.0f} of CPU (import, first sentence)")
    print(f"memory       {_peak_mb():8.0f} MB in all, {before:.0f} MB of them Python's own")
    peers = {name: _function(name) for name in ["peers:dateparser_search", *given.peer]}
    for path in given.gold:
        documents = load(path)
        for name, tagger in {"this engine": tag, **peers}.items():
            _print_scores(path.name, name, tagger, documents)
        _print_calibration(documents)
    texts = [each.text for path in given.gold for each in load(path)] or _samples()
    ours = _rate(tag, texts, rounds=5)
    print(f"speed        {ours:8.0f} KB per CPU second")
    for name, tagger in peers.items():
        rate = _rate(tagger, texts[:40], rounds=1)
        print(f"  {name:30} {rate:8.0f} KB per CPU second, {rate / ours:.3f} of ours")


def _print_scores(gold: str, name: str, tagger: Tagger, documents: Sequence[Document]) -> None:
    """F1 of the even documents, the odd ones, and all."""
    found = [expressions(tagger(each.text, each.reference)) for each in documents]
    for half, step in (
        ("even", slice(0, None, 2)),
        ("odd", slice(1, None, 2)),
        ("all", slice(None)),
    ):
        tally = Tally()
        for document, answers in zip(documents[step], found[step], strict=True):
            tally.add(document, answers)
        scores = " ".join(f"{measure} {tally.f1(measure):5.1f}" for measure in MEASURES)
        free = f" hit {tally.hit} of {tally.free} without gold" if tally.free else ""
        print(f"{gold:14} {name:30} {half:5} {scores}{free}")


def _print_calibration(documents: Sequence[Document]) -> None:
    """Expected calibration error and Brier score of the expressions that gold has too, by half.

    Right is the reading (`tally.is_right`); beside it the label itself, of which gold has several
    spellings for one interval.
    """
    sure = _function("timeml:tag_with_confidence")
    for half, name in enumerate(("even", "odd")):
        readings: list[tuple[float, bool]] = []
        labels: list[tuple[float, bool]] = []
        for document in documents[half::2]:
            rows = {row[:4]: row[4] for row in sure(document.text, document.reference)}
            for one, other in pairs(document.gold, comparable(document, expressions(rows))):
                chance = rows[other.start, other.end, other.type, other.value]
                right = is_right(document, one, other)
                if right is not None:
                    readings.append((chance, right))
                    labels.append((chance, same_value(one, other)))
        if readings:
            print(f"calibration  {name:4} readings: {_calibration(readings)}")
        if labels and not documents[0].by_interval:
            print(f"calibration  {name:4} labels:   {_calibration(labels)}")


def _calibration(told: Sequence[tuple[float, bool]]) -> str:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for chance, right in told:
        bins.setdefault(min(int(chance * BINS), BINS - 1), []).append((chance, right))
    error = sum(abs(sum(c - r for c, r in each)) for each in bins.values()) / len(told)
    brier = statistics.fmean((chance - right) ** 2 for chance, right in told)
    share = statistics.fmean(right for _, right in told)
    return f"error {error:.3f}, Brier {brier:.3f} (a constant's {share * (1 - share):.3f})"


def _rate(tagger: Tagger, texts: Sequence[str], *, rounds: int) -> float:
    """KB per CPU second, the median of so many runs."""
    kilobytes = sum(len(text.encode()) for text in texts) / 1024
    day, rates = dt.date(2026, 1, 27), []
    for _ in range(rounds):
        started = time.process_time()
        for text in texts:
            list(tagger(text, day))
        rates.append(kilobytes / max(time.process_time() - started, 1e-6))
    return statistics.median(rates)


def _samples() -> list[str]:
    """The sample articles, repeated to about 200 KB."""
    texts = [
        json.loads(path.read_text(encoding="utf-8"))["article"]["text"]
        for path in sorted(ARTICLES.glob("*.json"))
    ]
    kilobytes = sum(len(text.encode()) for text in texts) / 1024
    return texts * max(1, round(200 / kilobytes))


def _function(name: str) -> Callable[..., list]:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
