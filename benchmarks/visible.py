"""From accepting an article to seeing it in its timeline, service idle.

    python benchmarks/visible.py [--articles 60]

Posts one article, reads the timeline until its event is there, pauses, and posts the next.
"""

from __future__ import annotations

import argparse
import statistics
import time

from running import get, post, service

STORY = "Storm Ada tore the roof off market hall {n} in Lerwick on Tuesday, the council said."


def main() -> None:
    """Print median and 99th percentile in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=60)
    count = parser.parse_args().articles
    with service() as address:
        _visible(address, 0)
        waits = sorted(_visible(address, n) for n in range(1, count + 1))
    p99 = waits[min(len(waits) - 1, int(len(waits) * 0.99))]
    p50 = statistics.median(waits)
    print(f"accept to visible, {count} articles: p50 {p50:.0f} ms, p99 {p99:.0f} ms")


def _visible(address: str, number: int) -> float:
    article = {"text": STORY.format(n=number), "published_at": "2026-01-28T09:00:00+00:00"}
    post(address, f"storm-{number}", article)
    started = time.perf_counter()
    while not get(f"{address}/v1/timelines/storm-{number}")["events"]:
        if time.perf_counter() - started > 30:
            raise SystemExit(f"article {number} was not visible within 30 s")
        time.sleep(0.005)
    seconds = time.perf_counter() - started
    time.sleep(0.1)
    return seconds * 1000


if __name__ == "__main__":
    main()
