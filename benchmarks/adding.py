"""Adding one article to a timeline of many mentions: from its reading to its commit.

    python benchmarks/adding.py [--small 2000] [--large 100000] [--rounds 100]

The record is filled through the store's own commits, 200 mentions at a time, each an event of its
own on one of 4,000 days with words from a vocabulary of 20,000. What is measured is the merge and
the commit of articles of five mentions, on SQLite, in turns of the small and the large record.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from service.documents.event import event_document
from service.documents.jsontext import dumps
from service.merging import Read, commit_reading, event_row
from service.store.base import Claimed, NewArticle, Reading
from service.store.schema import migrate
from service.store.sql import SqlStore
from service.temporal.calendars import GREGORIAN
from service.timeline.events import build_event
from service.timeline.links import blocks
from service.timeline.model import ArticleHead, Mention
from service.timeline.plan import Change, MergePlan

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.making import head, mention, on

NAME = "adding"
EACH = 200
TOKEN = "adding"  # noqa: S105  # of a claim, not a secret
FIRST_DAY = 8_000
DAYS = 4_000
VOCABULARY = 20_000


def main() -> None:
    """Print what an article costs in both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=2_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    chance, numbers = random.Random(5), count()  # noqa: S311  # the same in every run
    with tempfile.TemporaryDirectory(prefix="adding-") as folder:
        records = []
        for size in (options.small, options.large):
            url = f"sqlite:///{folder}/{size}.sqlite3"
            migrate(url)
            records.append((size, SqlStore(url), []))
        for size, store, _ in records:
            for _ in range(0, size, EACH):
                _fill(store, chance, next(numbers))
        for _ in range(options.rounds):
            for _, store, spent in records:
                spent.append(_add(store, chance, next(numbers)))
        for size, store, spent in records:
            with closing(store):
                p95 = statistics.quantiles(spent, n=20)[-1] * 1000
                print(f"{size:>9} mentions: p50 {statistics.median(spent) * 1000:.1f} ms, ", end="")
                print(f"p95 {p95:.1f} ms")


def _fill(store: SqlStore, chance: random.Random, number: int) -> None:
    about = head(f"a{number}", "2026-01-27")
    claimed = _taken(store, about)
    told = tuple(_mentions(about, chance, EACH))
    events = [build_event((each,), {about.id: about}) for each in told]
    store.commit(
        claimed,
        TOKEN,
        reading=_reading(told),
        plan=MergePlan(
            article_id=about.id,
            added=told,
            blocks=tuple((each.id, block) for each in told for block in blocks(each)),
            events=tuple(sorted(events, key=lambda event: event.id)),
            changes=tuple(Change(type="created", event_id=each.id) for each in events),
        ),
        rows=[event_row(each, event_document(each, {about.id: about}), None) for each in events],
        expected_revision=_revision(store),
    )


def _add(store: SqlStore, chance: random.Random, number: int) -> float:
    about = head(f"a{number}", "2026-01-27")
    claimed = _taken(store, about)
    told = tuple(_mentions(about, chance, 5))
    started = time.perf_counter()
    commit_reading(store, claimed, TOKEN, Read(_reading(told), told))
    return time.perf_counter() - started


def _taken(store: SqlStore, about: ArticleHead) -> Claimed:
    """The article, posted and claimed."""
    said = {"key": about.key, "external_id": about.external_id, "posted": "{}", "text": "x"}
    none = dict.fromkeys(("title", "publisher", "url", "language", "timezone"))
    when = {"published_at": about.published_at, "published_utc": about.published_utc}
    store.add_articles(NAME, [NewArticle(id=about.id, **said, **none, **when)])
    (claimed,) = store.claim(TOKEN, limit=1, characters=1_000, lease=600)
    return claimed


def _revision(store: SqlStore) -> int:
    standing = store.find_revision(NAME)
    assert standing is not None
    return standing.revision


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


def _mentions(about: ArticleHead, chance: random.Random, many: int) -> Iterator[Mention]:
    for number in range(many):
        words = sorted({f"word{chance.randrange(VOCABULARY)}" for _ in range(6)})
        name = f"name{chance.randrange(VOCABULARY)}"
        day = GREGORIAN.from_day(FIRST_DAY + chance.randrange(DAYS))
        yield mention(
            about,
            quote=f"{name} {' '.join(words)} {about.key} {number}",
            date=on(f"{day.year}-{day.month}-{day.day}"),
            terms=tuple(words),
            names=(name,),
        )


if __name__ == "__main__":
    main()
