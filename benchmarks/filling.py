"""A timeline of made-up events, written through the store's own tables as fast as that goes.

Words are as common as in news (Zipf's law), days are spread evenly over `DAYS`, one event in ten
lasts from days to months, one in fifty goes on, one in fifty has no known start.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

from sqlalchemy import Connection, text

from service.documents.jsontext import dumps
from service.documents.traits import FIELD_END, Traits
from service.store import events, eventtables, timelines
from service.store.engine import make_engine, pieces, read_url
from service.store.eventrows import EventRow
from service.store.eventterms import open_terms, term, terms_of
from service.store.schema import migrate

NAME = "scale"
DAYS = (4_000, 20_000)
"""First and last day, from 1970."""
PUBLISHERS = 200
VOCABULARY = 50_000
WORDS_EACH = 12
KINDS = ("happening",) * 6 + ("statement",) * 2 + ("planned", "state")
STATUSES = ("happened",) * 7 + ("ongoing", "possible", "did_not_happen")
PIECE = 5_000
INDEXES = sorted(
    (*eventtables.events.indexes, *eventtables.event_terms.indexes),
    key=lambda index: str(index.name),
)
"""Made once the rows are there: as quick to build as slow to keep."""

HEAPED = "CREATE TEMPORARY TABLE heap (term BIGINT, a BIGINT, b BIGINT, place BIGINT)"
COUNTED = "SELECT setval('events_place_seq', (SELECT max(place) FROM events))"
MOVED = "INSERT INTO event_terms SELECT term, a, b, place FROM heap ORDER BY term, a, b, place"


def fill(url: str, count: int) -> None:
    """Migrate the record at `url` and write `count` events into it."""
    migrate(url)
    engine = make_engine(read_url(url), timeouts=False)
    with engine.connect() as connection, closing(connection):
        connection.execution_options(timelines_writing=True)
        if engine.dialect.name == "sqlite":
            for setting in ("synchronous = OFF", "cache_size = -400000"):
                connection.connection.driver_connection.execute(f"PRAGMA {setting}")
        with connection.begin():
            _write(connection, count)
        if engine.dialect.name == "postgresql":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as cleaning:
                cleaning.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _write(connection: Connection, count: int) -> None:
    timelines.open_timeline(connection, NAME, 0.0)
    told = _statistics(connection)
    for index in INDEXES:
        connection.execute(text(f"DROP INDEX {index.name}"))
    connection.execute(text(HEAPED))
    known: dict[tuple[str, str], int] = {}
    for some in pieces(enumerate(islice(rows(), count), start=1), PIECE):
        values = [{**events.row_values(NAME, row, place), "place": place} for place, row in some]
        connection.execute(events.events.insert(), values)
        _heap(connection, list(_entries(some, known)))
    connection.execute(text(MOVED))
    for index in INDEXES:
        index.create(connection)
    if told:
        connection.execute(text("DELETE FROM sqlite_stat1"))
        connection.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", told)
    if connection.dialect.name == "postgresql":
        # The places were given, so the counter has not moved.
        connection.execute(
            text("SELECT setval('events_place_seq', (SELECT max(place) FROM events))")
        )
    connection.execute(timelines.timelines.update().values(revision=count, events_happening=count))


def _statistics(connection: Connection) -> list[tuple[str, str, str]]:
    """What SQLite's planner is told of the tables, which goes with an index."""
    if connection.dialect.name != "sqlite":
        return []
    return [
        tuple(row) for row in connection.execute(text("SELECT tbl, idx, stat FROM sqlite_stat1"))
    ]


def _heap(connection: Connection, entries: list[tuple[int, int, int, int]]) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO heap VALUES (?, ?, ?, ?)", entries)
        return
    cursor = connection.connection.cursor()
    with cursor.copy("COPY heap FROM STDIN") as copy:
        for entry in entries:
            copy.write_row(entry)


def _entries(
    some: list[tuple[int, EventRow]], known: dict[tuple[str, str], int]
) -> Iterator[tuple[int, int, int, int]]:
    for place, row in some:
        for kind, value in (*terms_of(row.traits), *open_terms(row.earliest, row.latest)):
            number = known.get((kind, value))
            if number is None:
                number = known[kind, value] = term(NAME, kind, value)
            yield number, row.sort_start, row.sort_end, place


def rows() -> Iterator[EventRow]:
    """Events without end, the same in every run."""
    chance = random.Random(7)  # noqa: S311  # the same in every run
    number = 0
    while True:
        number += 1
        yield _row(chance, number)


def _row(chance: random.Random, number: int) -> EventRow:
    start = chance.randrange(*DAYS)
    kind = chance.random()
    end = start + (int(chance.expovariate(1 / 20)) if kind < 0.1 else 0)
    earliest = None if 0.1 <= kind < 0.12 else start
    latest = None if 0.12 <= kind < 0.14 else end
    words = " ".join(
        f"w{min(VOCABULARY, int(chance.paretovariate(0.6)))}" for _ in range(WORDS_EACH)
    )
    publisher = f"outlet {int(chance.paretovariate(0.8)) % PUBLISHERS}"
    traits = Traits(
        kind=chance.choice(KINDS),
        status=chance.choice(STATUSES),
        basis="explicit" if chance.random() < 0.7 else "reported",
        granularity="day" if chance.random() < 0.8 else "month",
        confidence=round(chance.random(), 3),
        salience=round(chance.random(), 3),
        sources=1 + int(chance.expovariate(1)),
        publishers=(publisher,),
        languages=("en" if chance.random() < 0.8 else "fa",),
        text=FIELD_END.join(("", words, publisher, "")),
    )
    identity = f"evt_{number:024x}"
    return EventRow(
        id=identity,
        sort_start=start,
        sort_end=end,
        earliest=earliest,
        latest=latest,
        traits=traits,
        document=_document(identity, words, traits),
    )


def _document(identity: str, words: str, traits: Traits) -> str:
    """About as long as the document of an event with one source."""
    return dumps(
        {
            "id": identity,
            "headline": words,
            "kind": traits.kind,
            "sources": [{"quote": words * 6, "publisher": traits.publishers[0]}],
            "salience": traits.salience,
        }
    )
