"""Listening to a timeline: how soon all are told, what a subscriber costs, that none misses.

    python benchmarks/updates.py [--subscribers 1000] [--commits 100] [--rounds 3] [--drops 1000]

One process of the API, Redis and one worker run as `timelines up` has them; the worker's reading
is made up (`committing.py`), and it notes when each commit was done. Subscribers are sockets of
one other process (`crowd.py`); all share the machine. The anchors are a bare Flask application
whose waiting threads write the same bytes, and a bare POST. `--only streams` (`drops`, `polls`,
`webhooks`) leaves the rest out.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bare import bare
from committed import Place, place
from crowd import Crowd, Heard, crowd
from running import cpu_seconds, get, listeners, resident

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.servers.receivers import Arrival, receiving

EVENTS_EACH = 3
"""Change rows of one commit."""
PAUSE = 0.25
"""Seconds between two commits: all have been told by then."""
DROPPED = 200
"""Streams among which connections are broken off, 40 a second."""


def main() -> None:
    """Print the figures of all ways to listen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscribers", type=int, default=1_000)
    parser.add_argument("--commits", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--drops", type=int, default=1_000)
    parser.add_argument("--only", choices=("streams", "drops", "polls", "webhooks"))
    options = parser.parse_args()
    measures = {"streams": _streams, "drops": _drops, "polls": _polls, "webhooks": _webhooks}
    numbers = count(1)
    for name, measure in measures.items():
        if options.only in {None, name}:
            with place(
                waiters=options.subscribers + 100,
                workers=1,
                allow_loopback_webhooks=1,
                log_level="WARNING",
            ) as service:
                service.commit(next(numbers), EVENTS_EACH)
                service.revision()
                measure(service, options, numbers)


def _streams(service: Place, options: argparse.Namespace, numbers: Iterator[int]) -> None:
    server, subscribers = listeners(service.address), options.subscribers
    for _ in range(100):
        get(f"{service.address}?limit=1")
    without = resident(server)
    with crowd(service.port, f"/v1/timelines/{service.timeline}/stream") as many:
        many.open(subscribers, service.revision())
        time.sleep(1)
        opened = (resident(server) - without) / subscribers
        before, seconds = cpu_seconds(server), 16
        time.sleep(seconds)
        asleep = (cpu_seconds(server) - before) / seconds
        runs = [_round(service, many, options.commits, numbers) for _ in range(options.rounds)]
        used = (resident(server) - without) / subscribers
    print(
        f"{subscribers:,} streams on one process, {len(runs)} rounds of {options.commits} commits"
    )
    _print_waits("the last one served after a commit", [run.waits for run in runs])
    _print_waits("  a bare application that wakes as many", _anchors(options))
    print(f"  {opened:.0f} kB each when opened, {used:.0f} kB each after all rounds")
    spent = statistics.median(run.cpu for run in runs) * 1000
    print(f"  CPU of the process {spent:.0f} ms a commit, {asleep * 100:.1f} % of a core when idle")
    own = statistics.median(run.crowd_cpu for run in runs) * 1000
    print(f"  (the subscribers' own process: {own:.0f} ms a commit)")


@dataclass(frozen=True, slots=True)
class Run:
    """One round: seconds of each commit, and CPU seconds for one."""

    waits: list[float]
    cpu: float
    crowd_cpu: float


def _round(service: Place, many: Crowd, commits: int, numbers: Iterator[int]) -> Run:
    server, known = listeners(service.address), service.revision()
    before, own = cpu_seconds(server), many.tell().cpu
    for _ in range(commits):
        service.commit(next(numbers), EVENTS_EACH)
        time.sleep(PAUSE)
    heard = _all_told(many, service.revision())
    assert not heard.faults, f"not everyone was served: {dict(heard.faults)}"
    moments = {revision: at for revision, at in service.noted().items() if revision > known}
    return Run(
        waits=[heard.at[revision] - at for revision, at in moments.items()],
        cpu=(cpu_seconds(server) - before) / commits,
        crowd_cpu=(heard.cpu - own) / commits,
    )


def _all_told(many: Crowd, revision: int) -> Heard:
    """What was heard until everyone knew the revision."""
    heard, until = many.tell(), time.monotonic() + 60
    while heard.least < revision:
        assert time.monotonic() < until, f"somebody knows {heard.least} only, of {revision}"
        time.sleep(0.2)
        heard = heard.followed_by(many.tell())
    return heard


def _anchors(options: argparse.Namespace) -> list[list[float]]:
    """The same crowd on threads that only wake and write as many bytes."""
    rounds = []
    with bare(options.subscribers + 32) as address, crowd(_port(address), "/stream") as many:
        many.open(options.subscribers, 0)
        for _ in range(options.rounds):
            moments = []
            for _ in range(options.commits // 4):
                moments.append(_post(f"{address}/tell?size=2000", {})["at"])
                time.sleep(PAUSE)
            heard = _all_told(many, sum(map(len, rounds)) + len(moments))
            rounds.append(
                [heard.at[at] - moments[place] for place, at in enumerate(sorted(heard.at))]
            )
    return rounds


def _drops(service: Place, options: argparse.Namespace, numbers: Iterator[int]) -> None:
    begun, seconds = service.revision(), options.drops / 40
    with crowd(service.port, f"/v1/timelines/{service.timeline}/stream") as many:
        many.open(DROPPED, begun)
        many.drop(options.drops, seconds)
        until = time.monotonic() + seconds + 1
        while time.monotonic() < until:
            service.commit(next(numbers), 5)
            time.sleep(0.03)
        revision = service.revision()
        heard = _all_told(many, revision)
    missing = sum(DROPPED - heard.by[each] for each in range(begun + 1, revision + 1))
    told = (f"{heard.faults[name]} {name}" for name in ("gaps", "doubles or reorders", "resets"))
    print(f"{heard.drops:,} random drops and resumes of {DROPPED} streams:", ", ".join(told))
    print(f"  {revision - begun:,} changes meanwhile, of which {missing} never came")


def _polls(service: Place, options: argparse.Namespace, numbers: Iterator[int]) -> None:
    known, waits = service.revision(), []
    answered: list[float] = []

    def ask(since: int) -> None:
        get(f"{service.address}/changes?since={since}&wait=9")
        answered.append(time.time())

    for _ in range(options.commits):
        thread = threading.Thread(target=ask, args=(known,))
        thread.start()
        time.sleep(0.1)
        service.commit(next(numbers), 1)
        thread.join()
        known = service.revision()
        waits.append(answered[-1] - service.noted()[known])
    _print_waits("commit to the answer of a long poll", [waits])


def _webhooks(service: Place, options: argparse.Namespace, numbers: Iterator[int]) -> None:
    with receiving() as receiver:
        bare_posts = [_spent(receiver.url) for _ in range(100)]
        receiver.arrivals.clear()
        known = service.revision()
        _post(f"{service.address}/subscriptions", {"url": receiver.url})
        for number in range(options.commits):
            time.sleep(0.5)
            service.commit(next(numbers), 1)
            _await(receiver.arrivals, number + 1)
    moments = service.noted()
    revisions = [each.message["data"]["revision"] for each in receiver.arrivals]
    assert revisions == list(range(known + 1, known + 1 + options.commits)), "out of order"
    waits = [each.at - moments[at] for each, at in zip(receiver.arrivals, revisions, strict=True)]
    _print_waits("commit to a webhook received, the service idle", [waits])
    print(f"  a bare POST to the same receiver: p50 {statistics.median(bare_posts) * 1000:.1f} ms")


def _await(arrivals: Sequence[Arrival], number: int) -> None:
    until = time.monotonic() + 60
    while len(arrivals) < number:
        assert time.monotonic() < until, "a webhook did not come within 60 s"
        time.sleep(0.005)


def _spent(url: str) -> float:
    started = time.perf_counter()
    _post(url, {})
    return time.perf_counter() - started


def _post(url: str, said: dict[str, str]) -> dict[str, float]:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(said).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read() or b"{}")


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])


def _print_waits(name: str, rounds: Sequence[Sequence[float]]) -> None:
    """The medians of the rounds' medians and 99th percentiles."""
    p50 = statistics.median(statistics.median(each) for each in rounds) * 1000
    p99 = statistics.median(sorted(each)[int(len(each) * 0.99)] for each in rounds) * 1000
    print(f"{name}: p50 {p50:.0f} ms, p99 {p99:.0f} ms, of {len(rounds)} x {len(rounds[0])}")


if __name__ == "__main__":
    main()
