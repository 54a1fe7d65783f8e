"""Old changes are let go piece by piece; what is still needed of them stays, on both stores."""

from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import update

from service.documents.jsontext import dumps
from service.store.engine import Database
from service.store.eventtables import changes
from service.store.trimming import PIECE
from service.timeline.plan import Change
from tests.contract.storevalues import article, claim_one, event, mention, plan, reading, row

OF = article(0)
A, B, C = (event(mention(name, OF)) for name in "abc")
LONG, NOT_EVEN_NOW = 1e6, -60.0
"""Seconds that changes are kept: all of those here, and none of them."""
NAMES = ("demo", "other")


def tell(store, number, *made, timeline="demo"):
    """One commit with these changes: (type, event), each documented one with a text of its own."""
    of = article(f"{timeline}{number}", timeline=timeline)
    store.add_articles(timeline, [of])
    told = [each for kind, each in made if kind in {"created", "updated"}]
    gone = [each.id for kind, each in made if kind not in {"created", "updated"}]
    store.commit(
        claim_one(store),
        "token",
        reading=reading(),
        plan=plan(
            of,
            # The mentions have no rows here: nothing that is tested hangs on them.
            *(replace(each, mentions=()) for each in told),
            changes=tuple(Change(type=kind, event_id=each.id) for kind, each in made),
            events_removed=tuple(gone),
        ),
        rows=[row(each, document=text(each, number)) for each in told],
        expected_revision=store.find_revision(timeline)[0],
    )


def text(of, number):
    return dumps({"id": of.id, "told": number})


def trim(store, *, rows, seconds=NOT_EVEN_NOW):
    while not store.trim_changes(seconds=seconds, rows=rows):
        pass


def kept(store, after, timeline="demo"):
    page = store.read_changes(timeline, after=after, limit=10_000)
    return page.kept_after, [each.revision for each in page.changes]


def left_of(store, *events):
    """The revisions of the rows that the record still has of these events."""
    return [
        [each.revision for each in store.list_changes("demo", event.id, limit=99, after=0)]
        for event in events
    ]


@pytest.fixture
def told(store):
    """A: 1, 3, 5, 7; B: 2, ended at 6; C: 4, alive."""
    tell(store, 1, ("created", A), ("created", B))
    tell(store, 2, ("updated", A))
    tell(store, 3, ("created", C), ("updated", A))
    tell(store, 4, ("merged", B))
    tell(store, 5, ("updated", A))
    return store


def test_the_last_rows_are_kept_however_old(told):
    trim(told, rows=7)
    assert kept(told, 0) == (0, [1, 2, 3, 4, 5, 6, 7])
    trim(told, rows=6)
    assert kept(told, 1) == (1, [2, 3, 4, 5, 6, 7])


def test_young_rows_are_kept_however_many(told):
    assert told.trim_changes(seconds=LONG, rows=0)
    assert kept(told, 0) == (0, [1, 2, 3, 4, 5, 6, 7])


def test_rows_are_let_go_as_far_as_they_are_old(told, store_url):
    with closing(Database(store_url)) as database, database.writing() as connection:
        old = changes.c.revision.in_((1, 2, 3, 5))
        connection.execute(update(changes).where(old).values(at=changes.c.at - 2 * LONG))
    trim(told, rows=0, seconds=LONG)
    assert kept(told, 3) == (3, [4, 5, 6, 7]), "4 is young, so 5 is told too"


def test_who_stands_before_what_was_let_go_is_out_of_reach(told):
    trim(told, rows=3)
    page = told.read_changes("demo", after=3, limit=9)
    assert (page.kept_after, page.revision, page.changes) == (4, 7, ())
    assert [page.reaches(since) for since in (0, 3, 4, 7)] == [False, False, True, True]


def test_of_what_was_let_go_the_last_row_of_each_event_that_lived_then_stays(told):
    trim(told, rows=3)
    assert left_of(told, A, B, C) == [[3, 5, 7], [2, 6], [4]]
    trim(told, rows=2)
    assert left_of(told, A, B, C) == [[5, 7], [2, 6], [4]]
    trim(told, rows=1)
    assert left_of(told, A, B, C) == [[5, 7], [], [4]], "B had ended by then"
    trim(told, rows=0)
    assert left_of(told, A, B, C) == [[7], [], [4]]


def test_it_is_still_known_what_each_event_was_before_what_is_kept(told):
    before = dict(told.read_former("demo", told.read_changes("demo", after=0, limit=9).changes))
    for rows in (6, 5, 4, 3, 2, 1):
        trim(told, rows=rows)
        page = told.read_changes("demo", after=7 - rows, limit=9)
        assert len(page.changes) == rows
        former = told.read_former("demo", page.changes)
        assert former == {each.revision: before[each.revision] for each in page.changes}


def test_feeds_still_know_when_events_changed_and_calendars_what_ended(told):
    trim(told, rows=2)
    revisions = [told.find_event("demo", each.id).revision for each in (A, C)]
    assert sorted(told.find_times("demo", revisions)) == [4, 7]
    (ended,) = told.list_endings("demo", limit=9)
    assert (ended.event_id, ended.revision, ended.document) == (B.id, 6, text(B, 1))
    trim(told, rows=1)
    assert told.list_endings("demo", limit=9) == ()
    assert sorted(told.find_times("demo", revisions)) == [4, 7]


def test_what_lives_again_is_known_from_its_last_life(told):
    tell(told, 6, ("removed", C), ("updated", A))
    tell(told, 7, ("created", C))
    trim(told, rows=0)
    assert left_of(told, A, B, C) == [[9], [], [10]]
    tell(told, 8, ("updated", C))
    (change,) = told.read_changes("demo", after=10, limit=9).changes
    assert told.read_former("demo", [change]) == {11: text(C, 7)}


def test_one_call_is_one_piece_of_one_timeline(store):
    many = [event(mention(f"{at:04}", OF)) for at in range(PIECE)]
    tell(store, 1, *(("created", each) for each in many))
    tell(store, 2, *(("updated", each) for each in many))
    tell(store, 1, ("created", A), ("created", B), timeline="other")
    seen = []
    while not store.trim_changes(seconds=NOT_EVEN_NOW, rows=1):
        seen.append([store.read_changes(each, after=0, limit=1).kept_after for each in NAMES])
    assert len(seen) == len({tuple(each) for each in seen}) == 3, "each call moves one of them on"
    assert seen[-1] == [2 * PIECE - 1, 1]
    assert [PIECE, 0] in seen or [PIECE, 1] in seen
    assert left_of(store, many[0], many[-1]) == [[PIECE + 1], [PIECE, 2 * PIECE]]


def test_trimming_is_no_change_of_the_timeline(told):
    before = told.find_timeline("demo"), told.find_revision("demo")
    trim(told, rows=0)
    assert (told.find_timeline("demo"), told.find_revision("demo")) == before


def test_a_timeline_that_is_going_or_gone_is_left_alone(told):
    told.close_timeline("demo")
    assert told.trim_changes(seconds=NOT_EVEN_NOW, rows=0)
    while not told.clear_timeline("demo"):
        pass
    assert told.trim_changes(seconds=NOT_EVEN_NOW, rows=0)
    tell(told, 9, ("created", A), ("created", B))
    assert kept(told, 8) == (8, [9, 10])
    trim(told, rows=1)
    assert kept(told, 9) == (9, [10])


def test_what_was_let_go_can_still_be_erased(told):
    """The row that stays of a living event quotes its articles as any other does."""
    trim(told, rows=1)
    traces = told.find_traces("demo", A.id)
    assert (traces.revisions, traces.until) == ((5, 7), 7)
