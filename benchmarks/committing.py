"""Workers whose reading is made up and quick, and who write down when each commit was done.

    python benchmarks/committing.py MOMENTS

With the settings of `python -m workers`, of which only the reading is another: an article whose
text is "7 3" tells of three events of its own. MOMENTS gets a line for each commit: timeline,
revision, and the time (seconds since 1970 UTC) at which the transaction had ended.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from service import logs, wiring
from service.documents.jsontext import dumps, read_object
from service.merging import Read
from service.settings import Settings
from service.store.base import Claimed, Reading
from service.timeline.model import Mention
from service.wakeups import Wakeups
from workers import jobs, parent

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.making import mention, on


class NotedWakeups(Wakeups):
    """Wake-ups that note when they were told: a worker does so as soon as it has committed."""

    def __init__(self, redis_url: str, moments: str) -> None:
        super().__init__(redis_url)
        self._moments = Path(moments)

    def publish(self, timeline: str, revision: int) -> bool:
        """Note the moment, then tell whoever waits."""
        line = f"{timeline} {revision} {time.time()!r}\n"
        with self._moments.open("a", encoding="ascii") as file:
            file.write(line)
        return super().publish(timeline, revision)


def read(batch: Sequence[Claimed]) -> Iterator[tuple[Claimed, Read]]:
    """What each article tells."""
    for each in batch:
        number, many = str(read_object(each.posted)["text"]).split()
        told = tuple(_mentions(each, int(number), int(many)))
        yield each, Read(_reading(told), told)


def _mentions(claimed: Claimed, number: int, many: int) -> Iterator[Mention]:
    for at in range(many):
        town = f"Town{number}x{at}"
        yield mention(
            claimed.head,
            quote=f"The bridge at {town} was closed after a night of heavy rain, it said.",
            date=on(f"2026-01-{1 + (number + at) % 28:02}"),
            terms=("bridge", town.lower()),
            names=(town.lower(),),
        )


def _reading(told: tuple[Mention, ...]) -> Reading:
    return Reading(
        outcome="told",
        language="en",
        level="clauses",
        expressions=(),
        mentions=tuple((each.id, dumps({"quote": each.quote})) for each in told),
        notices="[]",
        skipped="[]",
    )


def main() -> None:
    """Work until stopped."""
    settings = Settings.from_env(dict(os.environ))
    logs.configure("WARNING", settings.log_format, part="committing")
    wakeups = NotedWakeups(settings.redis_url, sys.argv[1])
    parts = replace(wiring.build(settings), wakeups=wakeups)
    sender = wiring.build_sender(settings)
    parent.run(jobs.Workshop(settings, parts, read, sender=sender))


if __name__ == "__main__":
    main()
