"""How long after `kill -9` of a worker and its work-horse its articles are processed.

    python benchmarks/recovery.py [--rounds 3]

Posts 200 articles of 40 sentences, each about a matter of its own, kills every worker process in
the middle of the work, and waits.
The goal is the lease (15 s) + 2 s.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import time

from articles import text
from running import get, post, service

ARTICLES = 200
SENTENCES = 40


def main() -> None:
    """Print the time of each round and their median."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with service() as address:
        times = [_recover(address, number) for number in range(rounds)]
    print("recovered after " + ", ".join(f"{seconds:.1f}" for seconds in times) + " s")
    print(f"median {statistics.median(times):.1f} s; lease 15 s")


def _recover(address: str, round_: int) -> float:
    timeline = f"dam-{round_}"
    for number in range(ARTICLES * round_, ARTICLES * (round_ + 1)):
        article = {"text": text(number, sentences=SENTENCES), "published_at": "2026-01-28"}
        post(address, timeline, article)
    while not get(f"{address}/v1/timelines/{timeline}")["counts"]["articles"]["processing"]:
        time.sleep(0.01)
    for pid in _workers():
        os.kill(pid, signal.SIGKILL)
    started = time.monotonic()
    while get(f"{address}/v1/timelines/{timeline}")["pending"]:
        if time.monotonic() - started > 300:
            raise SystemExit("not recovered within 300 s")
        time.sleep(0.05)
    return time.monotonic() - started


def _workers() -> list[int]:
    """The worker processes of our own service: whoever works below this process."""
    listing = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(maxsplit=2) for line in listing.splitlines()]
    family = {os.getpid()}
    while more := {int(pid) for pid, parent, _ in rows if int(parent) in family} - family:
        family |= more
    found = [int(pid) for pid, _, words in rows if int(pid) in family and "-m workers" in words]
    if not found:
        raise SystemExit("no worker of the service was found")
    return found


if __name__ == "__main__":
    main()
