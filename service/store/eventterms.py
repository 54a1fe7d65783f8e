"""What events are found by: each word and each value of a filter as one row of `event_terms`.

A term is a number made of its timeline, its kind and its text, so that the index is small and
nothing is left of a word when its last event goes. That two of 10^6 terms share a number has a
chance of one in ten million; filters and words are not told apart beyond that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from sqlalchemy import Connection, bindparam, delete, insert, select

from service.documents.folding import search_terms
from service.documents.traits import FIELD_END, Traits
from service.store.engine import pieces
from service.store.eventtables import event_terms, events
from service.store.statements import insert_rows

MOST_SOURCES = 9
"""Independent sources from which events are no longer told apart by a term."""
STEPS = 10
"""Of confidence and salience, in terms."""

OPEN_END = ("open", "end")
"""The term of events without a last day."""
OPEN_START = ("open", "start")
"""The term of events without a first day."""

PLACES = select(events.c.id, events.c.place).where(
    events.c.timeline == bindparam("timeline"),
    events.c.id.in_(bindparam("ids", expanding=True)),
)
HELD = select(event_terms).where(event_terms.c.place.in_(bindparam("places", expanding=True)))
DELETE = delete(event_terms).where(
    event_terms.c.term == bindparam("old_term"),
    event_terms.c.sort_start == bindparam("old_start"),
    event_terms.c.sort_end == bindparam("old_end"),
    event_terms.c.place == bindparam("old_place"),
)
INSERT = insert(event_terms)

Entry = tuple[int, int, int, int]
"""A row: (term, sort_start, sort_end, place)."""


@dataclass(frozen=True, slots=True)
class Found:
    """An event with what it shall be found by from now on."""

    id: str
    sort_start: int
    sort_end: int
    earliest: int | None
    latest: int | None
    traits: Traits


def area(timeline: str) -> int:
    """A number that stands for a timeline where an index holds numbers only; few share one."""
    return crc32(timeline.encode()) - 2**31


def term(timeline: str, kind: str, value: str) -> int:
    """The number of a term."""
    text = f"{timeline}\0{kind}\0{value}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), signed=True)


def step(share: float) -> int:
    """The tenth in which a share from 0 to 1 lies."""
    return int(share * STEPS)


def terms_of(traits: Traits) -> Iterator[tuple[str, str]]:
    """Kind and text of each term of an event."""
    for name in ("kind", "status", "basis", "granularity"):
        yield name, str(getattr(traits, name))
    yield from (("publisher", each) for each in traits.publishers)
    yield from (("lang", each) for each in traits.languages)
    yield "sources", str(min(traits.sources, MOST_SOURCES))
    yield "confidence", str(step(traits.confidence))
    yield "salience", str(step(traits.salience))
    mark = FIELD_END.strip()
    yield from (("word", each) for each in search_terms(traits.text) if each != mark)


def write(
    connection: Connection, timeline: str, found: Sequence[Found], there: Collection[str]
) -> None:
    """Let each event be found by exactly what it has now; `there` are those that had terms."""
    places = _places(connection, timeline, [each.id for each in found])
    wanted = {entry for each in found for entry in _entries(timeline, each, places[each.id])}
    known = _held(connection, [places[each.id] for each in found if each.id in there])
    gone = [_old(entry) for entry in sorted(known - wanted)]
    if gone:
        connection.execute(DELETE, gone)
    new = sorted(wanted - known)
    names = ("term", "sort_start", "sort_end", "place")
    insert_rows(connection, INSERT, [dict(zip(names, entry, strict=True)) for entry in new])


def _places(connection: Connection, timeline: str, ids: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for some in pieces(ids):
        for row in connection.execute(PLACES, {"timeline": timeline, "ids": some}):
            places[row.id] = row.place
    return places


def _held(connection: Connection, places: Sequence[int]) -> set[Entry]:
    held: set[Entry] = set()
    for some in pieces(places):
        rows = connection.execute(HELD, {"places": some})
        held.update((row.term, row.sort_start, row.sort_end, row.place) for row in rows)
    return held


def _entries(timeline: str, found: Found, place: int) -> Iterator[Entry]:
    for kind, value in (*terms_of(found.traits), *open_terms(found.earliest, found.latest)):
        yield term(timeline, kind, value), found.sort_start, found.sort_end, place


def open_terms(earliest: int | None, latest: int | None) -> Iterator[tuple[str, str]]:
    """The terms of an event with these days."""
    if earliest is None:
        yield OPEN_START
    if latest is None:
        yield OPEN_END


def _old(entry: Entry) -> dict[str, int]:
    return dict(zip(("old_term", "old_start", "old_end", "old_place"), entry, strict=True))
