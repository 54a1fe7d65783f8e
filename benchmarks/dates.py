"""Speed of the date engine: KB of news text per CPU second, start-up, memory.

    python benchmarks/dates.py

Text: the sample articles of `seeds/`, repeated to about 200 KB an article set. Median of five.
"""

from __future__ import annotations

import json
import resource
import statistics
import time
from pathlib import Path

ARTICLES = Path(__file__).resolve().parents[1] / "seeds" / "articles"


def main() -> None:
    """Print the three figures."""
    before = _peak_mb()
    started = time.perf_counter()
    from service.temporal.engine import resolve
    from service.temporal.publication import read_publication
    from service.temporal.timex import Context

    context = Context(publication=read_publication("2026-01-27T10:00:00-05:00"))
    resolve("It began on March 3, 2010 and ended last Tuesday.", context)
    startup = time.perf_counter() - started
    texts = [
        json.loads(path.read_text(encoding="utf-8"))["article"]["text"]
        for path in sorted(ARTICLES.glob("*.json"))
    ]
    kilobytes = sum(len(text.encode()) for text in texts) / 1024
    rates = []
    for _ in range(5):
        cpu = time.process_time()
        rounds = max(1, round(200 / kilobytes))
        for _ in range(rounds):
            for text in texts:
                resolve(text, context)
        rates.append(rounds * kilobytes / (time.process_time() - cpu))
    print(f"speed        {statistics.median(rates):8.0f} KB per CPU second")
    print(f"start-up     {startup * 1000:8.0f} ms (import and first sentence)")
    print(f"memory       {_peak_mb():8.0f} MB in all, {before:.0f} MB of them Python's own")


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
