"""`python -m seeds`: post the sample articles to a running service and wait until they are told."""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from seeds.client import Client, RefusedError, ServerError
from seeds.samples import Sample, read_samples

SERVER = "http://127.0.0.1:8000"
WAIT = 60.0
PAUSE = 0.2
"""Seconds between two looks at a timeline."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds that only go forward, and a way to let some pass."""

    now: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep


def main(argv: Sequence[str] | None = None, clock: Clock | None = None) -> int:
    """Run the command; 0 when every article is in its timeline, 1 when something is not."""
    options = _parser().parse_args(argv)
    try:
        status = _run(options, clock or Clock())
        sys.stdout.flush()
    except (ServerError, RefusedError) as error:
        print(f"seeds: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read our output has enough; what is still buffered must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _run(options: Namespace, clock: Clock) -> int:
    samples = read_samples()
    if options.list:
        return _list(samples)
    return _load(Client(options.server), samples, options, clock)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m seeds",
        description="Post the sample articles, each to its timeline, and wait until they are told.",
        epilog=(
            "examples:\n"
            "  python -m seeds\n"
            "  python -m seeds --server http://127.0.0.1:8001 --if-empty\n"
            "  python -m seeds --list"
        ),
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--server", default=SERVER, help="address of the service (%(default)s)")
    parser.add_argument(
        "--wait",
        type=float,
        default=WAIT,
        metavar="SECONDS",
        help="how long to wait for the timelines, 0 for not at all (%(default)g)",
    )
    parser.add_argument(
        "--if-empty", action="store_true", help="leave timelines alone that have articles"
    )
    parser.add_argument("--list", action="store_true", help="show the samples and post nothing")
    return parser


def _list(samples: Sequence[Sample]) -> int:
    for sample in samples:
        print(f"{sample.timeline:14} {sample.published_at:26} {sample.publisher}: {sample.title}")
    return 0


def _load(client: Client, samples: Sequence[Sample], options: Namespace, clock: Clock) -> int:
    chosen = _into_empty(client, samples) if options.if_empty else tuple(samples)
    refused = sum(not _post(client, sample) for sample in chosen)
    timelines = tuple(sorted({sample.timeline for sample in chosen}))
    waiting, failed = _wait(client, timelines, options.wait, clock)
    print(_closing(len(chosen), refused, timelines, waiting, failed))
    return 1 if refused or failed or (waiting and options.wait > 0) else 0


def _into_empty(client: Client, samples: Sequence[Sample]) -> tuple[Sample, ...]:
    full = set()
    for timeline in sorted({sample.timeline for sample in samples}):
        progress = client.find_progress(timeline)
        if progress is not None and progress.articles:
            print(f"{timeline}: has articles already, left alone")
            full.add(timeline)
    return tuple(sample for sample in samples if sample.timeline not in full)


def _post(client: Client, sample: Sample) -> bool:
    """Post one sample and print one line; False when the service refused it."""
    try:
        taken = client.post(sample.timeline, sample.body)
    except RefusedError as error:
        print(f"{'refused':10} {sample.timeline}/{sample.name}: {error}")
        return False
    word = "known" if taken.was_known else taken.status
    print(f"{word:10} {taken.id} {sample.timeline}/{sample.name}")
    return True


def _wait(
    client: Client, timelines: Sequence[str], seconds: float, clock: Clock
) -> tuple[int, int]:
    """Articles still waiting, and articles failed, once none waits or time is up."""
    until = clock.now() + seconds
    while True:
        found = [client.find_progress(timeline) for timeline in timelines]
        waiting = sum(each.pending for each in found if each is not None)
        failed = sum(each.failed for each in found if each is not None)
        if not waiting or clock.now() >= until:
            return waiting, failed
        clock.pause(PAUSE)


def _closing(posted: int, refused: int, timelines: Sequence[str], waiting: int, failed: int) -> str:
    if not posted:
        return "nothing to post"
    said = f"{posted - refused} of {posted} articles are in {', '.join(timelines)}"
    if failed:
        said += f"; {failed} could not be read"
    if waiting:
        return f"{said}; {waiting} still to be told: is a worker running?"
    return f"{said}; all told" if not failed else said


if __name__ == "__main__":
    sys.exit(main())
