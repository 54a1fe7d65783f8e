"""The API against bare replies on the same server, as ratios within one run.

    python benchmarks/serving.py [--seconds 4] [--rounds 3]

POST  durable acceptance of a 5 kB article by 16 clients, against a minimal Flask application that
      reads the JSON and commits one row to the same kind of SQLite file (WAL, FULL). Both get the
      same articles, each about a matter of its own; one worker reads what was accepted meanwhile.
GET   CPU of the server a request: a timeline of 200 events and a 304, against a minimal Flask
      application that returns as many bytes, and against one that returns none.
Medians of the rounds; the clients share the machine.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from articles import body
from bare import bare
from running import cpu_seconds, get, listeners, post, service

CLIENTS = 16
SENTENCES = 68
MOST_A_SECOND = 2500
"""Articles written before a measurement, so that writing them costs no client time."""
Request = tuple[str, str, bytes | None, dict[str, str]]


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with service(workers="1") as ours, bare() as least:
        _fill(ours)
        etag, size = _read_once(ours)
        runs = [
            _round(ours, least, options.seconds, size, etag, number)
            for number in range(options.rounds)
        ]
        told = get(f"{ours}/v1/timelines/load")["counts"]["articles"]["processed"]
    posted, read, unchanged = (_middle(runs, row) for row in range(3))
    print("POST rate against the bare application: {:.2f}".format(*posted))
    print("  {1:.0f}/s against {2:.0f}/s; p99 {3:.0f} ms against {4:.0f} ms".format(*posted))
    print(f"  distinct articles of 5 kB; the worker at work all along read {told} of them")
    print("GET of 200 events, CPU against bare bytes: {:.2f}".format(*read))
    print("  {1:.2f} ms against {2:.2f} ms".format(*read) + f" for {size / 1000:.0f} kB")
    print("304, CPU against an empty reply: {:.2f}".format(*unchanged))
    print("  {1:.2f} ms against {2:.2f} ms".format(*unchanged))


def _round(
    ours: str, bare: str, seconds: float, size: int, etag: str, number: int
) -> list[tuple[float, ...]]:
    most = int(seconds * MOST_A_SECOND)
    bodies = [body(each, sentences=SENTENCES) for each in range(number * most, (number + 1) * most)]
    rate, p99, _ = _load(ours, _articles("/v1/timelines/load/articles", bodies), seconds)
    anchor, anchor_p99, _ = _load(bare, _articles("/post", bodies), seconds)
    timeline = "/v1/timelines/full?limit=200"
    full = _load(ours, _reads(timeline), seconds)[2]
    plain = _load(bare, _reads(f"/bytes/{size}"), seconds)[2]
    fresh = _load(ours, _reads(timeline, {"If-None-Match": etag}), seconds)[2]
    empty = _load(bare, _reads("/empty"), seconds)[2]
    return [
        (rate / anchor, rate, anchor, p99, anchor_p99),
        (full / plain, full, plain),
        (fresh / empty, fresh, empty),
    ]


def _middle(runs: list[list[tuple[float, ...]]], row: int) -> tuple[float, ...]:
    return tuple(
        statistics.median(values) for values in zip(*(run[row] for run in runs), strict=True)
    )


def _load(
    address: str, requests: Callable[[], Iterator[Request]], seconds: float
) -> tuple[float, ...]:
    """(answers a second, 99th percentile in ms, server CPU ms an answer)."""
    waits: list[float] = []
    process = listeners(address)
    before, started = cpu_seconds(process), time.perf_counter()
    until = started + seconds
    threads = [
        threading.Thread(target=_client, args=(address, requests(), until, waits))
        for _ in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - started
    waits.sort()
    cpu = (cpu_seconds(process) - before) * 1000 / len(waits)
    return len(waits) / spent, waits[int(len(waits) * 0.99)] * 1000, cpu


def _client(address: str, requests: Iterator[Request], until: float, waits: list[float]) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    for method, path, sent, headers in requests:
        started = time.perf_counter()
        connection.request(method, path, sent, headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status < 400, f"{method} {path}: {answer.status}"
        waits.append(time.perf_counter() - started)
        if time.perf_counter() > until:
            return


def _articles(path: str, bodies: list[bytes]) -> Callable[[], Iterator[Request]]:
    rest = iter(bodies)  # one for all clients: each article is posted once

    def make() -> Iterator[Request]:
        while True:
            yield "POST", path, next(rest), {"Content-Type": "application/json"}

    return make


def _reads(path: str, headers: dict[str, str] | None = None) -> Callable[[], Iterator[Request]]:
    def make() -> Iterator[Request]:
        while True:
            yield "GET", path, None, headers or {}

    return make


def _fill(address: str) -> None:
    for number in range(200):
        text = f"Flood {number} reached the Quay Street pumping station number {number} on Monday."
        post(
            address,
            "full",
            {"text": text, "published_at": "2026-01-28", "external_id": str(number)},
        )
    deadline = time.monotonic() + 60
    while get(f"{address}/v1/timelines/full")["pending"]:
        assert time.monotonic() < deadline, "the sample articles were not processed within 60 s"
        time.sleep(0.2)


def _read_once(address: str) -> tuple[str, int]:
    """The tag and the size in bytes of the page of 200 events."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", "/v1/timelines/full?limit=200")
    answer = connection.getresponse()
    size = len(answer.read())
    return answer.headers["ETag"], size


if __name__ == "__main__":
    main()
