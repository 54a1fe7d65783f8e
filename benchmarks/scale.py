"""Pages of a timeline of 10^6 events against pages of one of 10^4, as ratios within one run.

    python benchmarks/scale.py [--small 10000] [--large 1000000] [--rounds 60] [--store sqlite]

Each question is asked of the store (`read_page`, 20 events) at places spread over the timeline, in
turns of the small and the large one; the figure is the ratio of the medians. Both stores, when
PostgreSQL can be started; the records are made first and gone afterwards.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filling import DAYS, NAME, fill

from service.store.eventquery import Choice, EventQuery, Order, Search, key_of
from service.store.sql import SqlStore

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

Ask = Callable[[SqlStore, random.Random], EventQuery]
LIMIT = 20


def _first(_store: SqlStore, _chance: random.Random) -> EventQuery:
    return EventQuery(limit=LIMIT)


def _middle(_store: SqlStore, chance: random.Random) -> EventQuery:
    day = chance.randrange(*DAYS)
    return EventQuery(limit=LIMIT, after=(day, day, "evt_8"))


def _month(_store: SqlStore, chance: random.Random) -> EventQuery:
    day = chance.randrange(*DAYS)
    return EventQuery(limit=LIMIT, first=day, last=day + 29)


def _filtered(_store: SqlStore, chance: random.Random) -> EventQuery:
    day = chance.randrange(*DAYS)
    return EventQuery(limit=LIMIT, kind=Choice(("statement",)), after=(day, day, "evt_8"))


def _several(_store: SqlStore, _chance: random.Random) -> EventQuery:
    barred = Choice(but=("statement",))
    return EventQuery(limit=LIMIT, kind=barred, lang=Choice(("fa",)), min_sources=2)


def _common(_store: SqlStore, _chance: random.Random) -> EventQuery:
    return EventQuery(limit=LIMIT, search=Search(words=("w1", "w2")))


def _rare(_store: SqlStore, chance: random.Random) -> EventQuery:
    return EventQuery(limit=LIMIT, search=Search(words=(f"w{chance.randrange(2_000, 3_000)}",)))


def _phrase(_store: SqlStore, _chance: random.Random) -> EventQuery:
    return EventQuery(limit=LIMIT, search=Search(phrases=("w1 w2 w1",)))


def _salient(_store: SqlStore, _chance: random.Random) -> EventQuery:
    return EventQuery(limit=LIMIT, order=Order.SALIENCE)


def _top_of_year(_store: SqlStore, chance: random.Random) -> EventQuery:
    day = chance.randrange(*DAYS)
    return EventQuery(top=10, first=day, last=day + 364)


QUESTIONS: dict[str, Ask] = {
    "first page": _first,
    "middle page by cursor": _middle,
    "30 days": _month,
    "kind=statement, middle page": _filtered,
    "kind=-statement lang=fa min_sources=2": _several,
    "q, two common words": _common,
    "q, one rare word": _rare,
    "q, a phrase of common words": _phrase,
    "order=salience": _salient,
    "top=10 of a year": _top_of_year,
}


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--store", choices=("sqlite", "postgresql"))
    options = parser.parse_args()
    for name, make in (("sqlite", _sqlite), ("postgresql", _postgresql)):
        if options.store in {None, name}:
            with make() as (small, large):
                _report(name, small, large, options)


def _report(name: str, small: str, large: str, options: argparse.Namespace) -> None:
    started = time.perf_counter()
    fill(small, options.small)
    fill(large, options.large)
    print(f"{name}: made in {time.perf_counter() - started:.0f} s")
    with closing(SqlStore(small)) as one, closing(SqlStore(large)) as other:
        for question, ask in QUESTIONS.items():
            base, figure = _measured((one, other), ask, options.rounds)
            print(
                f"  {question:<38} {statistics.median(figure) / statistics.median(base):5.2f}"
                f"   {statistics.median(base) * 1000:6.2f} ms, "
                f"{statistics.median(figure) * 1000:6.2f} ms, "
                f"p95 {statistics.quantiles(figure, n=20)[-1] * 1000:.1f} ms"
            )


def _measured(
    stores: tuple[SqlStore, SqlStore], ask: Ask, rounds: int
) -> tuple[list[float], list[float]]:
    chance = random.Random(11)  # noqa: S311  # the same in every run
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 5):
        for store, times in zip(stores, spent, strict=True):
            query = ask(store, chance)
            started = time.perf_counter()
            found = store.read_page(NAME, query)
            if turn >= 5:
                times.append(time.perf_counter() - started)
            assert found is not None
            keys = [key_of(query.order, each) for each in found[1]]
            assert len(keys) <= (query.top or query.limit)
    return spent


@contextmanager
def _sqlite() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        yield f"sqlite:///{folder}/small.sqlite3", f"sqlite:///{folder}/large.sqlite3"


@contextmanager
def _postgresql() -> Iterator[tuple[str, str]]:
    from tests.servers.postgres import PostgresServer, find_binaries

    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        server = PostgresServer(find_binaries(Path(folder)), Path(folder))
        try:
            yield server.new_database(), server.new_database()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
