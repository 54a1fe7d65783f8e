"""What became of a timeline by its change rows, and whether somebody was told just that."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from service.documents.dates import iso_instant
from service.store.lineage import StoredChange
from service.store.sql import SqlStore
from tests.servers.receivers import Arrival, Receiver

PAGE = 200
Fits = Callable[[Mapping], bool]
"""Whether an event's document is in a view."""


def change_rows(store: SqlStore, timeline: str, since: int = 0) -> tuple[StoredChange, ...]:
    """All rows after the revision `since`; fails when they have a gap."""
    found: list[StoredChange] = []
    while True:
        after = found[-1].revision if found else since
        page = store.read_changes(timeline, after=after, limit=PAGE)
        assert page is not None
        found.extend(page.changes)
        if not page.changes:
            break
    assert [each.revision for each in found] == list(range(since + 1, page.revision + 1))
    return tuple(found)


def expected(row: StoredChange, **more: object) -> dict:
    """The document of a change, but for the links and the revision of its event."""
    lists = {
        "fields": row.fields,
        "into": row.into,
        "merged_from": row.merged_from,
        "split_into": row.split_into,
    }
    return {
        "revision": row.revision,
        "at": iso_instant(row.at),
        "type": row.type,
        "event_id": row.event_id,
        **{name: list(values) for name, values in lists.items() if values},
        **({"event": json.loads(row.document)} if row.document else {}),
        **more,
    }


def in_view(rows: Iterable[StoredChange], fits: Fits) -> Iterator[dict]:
    """The changes of a view that was empty before the first row, by the rule in its own words.

    An event that is in the view after a change is told as it is; one that was in it and is not any
    more has `left`; the end of one that was in it is told; of others nothing is said.
    """
    inside: set[str] = set()
    for row in rows:
        was_in = row.event_id in inside
        inside.discard(row.event_id)
        if row.document and fits(json.loads(row.document)):
            inside.add(row.event_id)
            yield expected(row)
        elif was_in and row.document:
            yield expected(replace(row, type="left", document=None))
        elif was_in:
            yield expected(row)


def assert_told(told: Sequence[Mapping], wanted: Iterable[Mapping]) -> None:
    """That what was told is what is wanted: once each, in order, nothing besides."""
    wanted = list(wanted)
    # First as numbers: the difference can be read.
    assert [each["revision"] for each in told] == [each["revision"] for each in wanted]
    for given, row in zip(told, wanted, strict=True):
        assert _bare(given) == row


def assert_delivered(receiver: Receiver, timeline: str, wanted: Iterable[Mapping]) -> None:
    """That a receiver took all that is wanted, each under one id; first arrivals are in order."""
    arrivals = receiver.arrivals
    for one, again in _repeated(arrivals):
        assert (again["type"], again["data"]) == (one["type"], one["data"])
    first = {each.id: each.message for each in reversed(arrivals)}
    assert set(first) == receiver.taken
    told = [dict(first[id_]["data"]) for id_ in dict.fromkeys(each.id for each in arrivals)]
    assert {each.pop("timeline") for each in told} == {timeline}
    assert {each["type"] for each in first.values()} == {f"event.{each['type']}" for each in told}
    assert_told(told, wanted)


def assert_never_goes_back(arrivals: Sequence[Arrival]) -> None:
    """That no message came again after the next one."""
    revisions = [each.message["data"]["revision"] for each in arrivals]
    assert revisions == sorted(revisions)


def _repeated(arrivals: Sequence[Arrival]) -> Iterator[tuple[dict, dict]]:
    first: dict[str, dict] = {}
    for each in arrivals:
        yield first.setdefault(each.id, each.message), each.message


def _bare(given: Mapping) -> dict:
    """A told change without what is added when it is read."""
    bare = dict(given)
    if "event" in bare:
        event = dict(bare["event"])
        assert event.pop("revision") == given["revision"]
        assert event.pop("links")
        bare["event"] = event
    return bare
