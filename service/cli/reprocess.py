"""`timelines reprocess`: every article that was read is read again, by the present engine.

It works on the record itself. The timeline is served as it is meanwhile; the workers read what is
new first. Ending this command ends the looking on only.
"""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping

from service.errors import SetupError
from service.settings import Settings
from service.store.base import MOST_COUNTED, Store

LOOK_SECONDS = 0.5
SAY_SECONDS = 5.0
"""Between two lines of progress where the output is no terminal."""
IDLE_SECONDS = 60.0
"""Without any progress for so long, nobody seems to work."""


def run_reprocess(options: Namespace, environ: Mapping[str, str]) -> int:
    """Mark the articles, then look on until all of them were read again."""
    # SQLAlchemy takes half a second to import.
    from service.store.sql import SqlStore

    store = SqlStore(Settings.from_env(environ).sql_url)
    store.ping()
    timeline: str | None = options.timeline
    if timeline is not None and store.find_revision(timeline) is None:
        raise SetupError(f"no timeline '{timeline}': GET /v1/timelines lists those that are there")
    marked = mark(store, timeline, failed_only=options.failed)
    print(f"{_articles(marked)} of {timeline or 'all timelines'} will be read again")
    if marked and not options.no_wait:
        for line in progress(lambda: store.count_again(timeline, at_most=MOST_COUNTED)):
            _show(line)
    store.close()
    return 0


def mark(store: Store, timeline: str | None, *, failed_only: bool) -> int:
    """Mark all that was read, piece by piece; how many. Doing it again is harmless."""
    count = after = 0
    while marked := store.mark_again(timeline, after=after, failed_only=failed_only):
        count, after = count + marked.count, marked.last
    return count


def progress(
    left: Callable[[], int],
    *,
    pause: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[str]:
    """What to say while fewer and fewer are `left`; ends when none is."""
    before, moved_at, said_at = -1, clock(), clock() - SAY_SECONDS
    while now := left():
        if now != before:
            before, moved_at = now, clock()
        if clock() - moved_at > IDLE_SECONDS:
            yield f"{_left(now)}, and nothing moves: is a `timelines worker` running?"
            moved_at = clock()
        elif clock() - said_at >= SAY_SECONDS:
            yield _left(now)
            said_at = clock()
        pause(LOOK_SECONDS)
    yield "all of them were read again"


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"


def _left(count: int) -> str:
    more = "at least " if count == MOST_COUNTED else ""
    return f"{more}{_articles(count)} left"


def _show(line: str) -> None:
    print(line)
    sys.stdout.flush()
