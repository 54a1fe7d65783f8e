"""What a reader with a filter is told of a change, case by case."""

from dataclasses import replace

import pytest

from service.documents.jsontext import dumps
from service.errors import HistoryGoneError
from service.store.changelog import ChangePage
from service.store.changeviews import (
    LEFT,
    MOST_LOOKED_AT,
    needs_former,
    read_view,
    view_change,
    view_changes,
)
from service.store.eventquery import Choice, EventQuery, Order
from service.store.lineage import StoredChange

PLANS = EventQuery(kind=Choice(only=("planned",)))


def document(kind):
    date = {"basis": "explicit", "granularity": "day", "confidence": 0.9}
    counts = {"salience": 0.5, "independent_source_count": 1}
    return dumps({"kind": kind, "status": "happened", "date": date, "sources": [], **counts})


FITS, FITS_NOT = document("planned"), document("happening")
UNKNOWN = "unknown"


def change(kind, after=None):
    return StoredChange(
        revision=7, at=0.0, type=kind, event_id="evt_1", fields=("kind",), document=after
    )


@pytest.mark.parametrize(
    "kind, after, before, told",
    [
        ("created", FITS, None, "created"),
        ("created", FITS_NOT, None, None),
        ("updated", FITS, FITS, "updated"),
        ("updated", FITS, FITS_NOT, "updated"),
        ("updated", FITS, UNKNOWN, "updated"),
        ("updated", FITS_NOT, FITS, LEFT),
        ("updated", FITS_NOT, UNKNOWN, LEFT),
        ("updated", FITS_NOT, FITS_NOT, None),
        ("updated", FITS_NOT, None, None),
        ("removed", None, FITS, "removed"),
        ("removed", None, UNKNOWN, "removed"),
        ("removed", None, FITS_NOT, None),
        ("merged", None, FITS, "merged"),
        ("merged", None, FITS_NOT, None),
        ("split", None, FITS, "split"),
        ("split", None, UNKNOWN, "split"),
        ("updated", None, FITS, "updated"),
        ("updated", None, UNKNOWN, "updated"),
        ("updated", None, FITS_NOT, None),
        ("created", None, None, None),
    ],
)
def test_a_change_is_told_by_what_the_event_is_and_was(kind, after, before, told):
    former = {} if before is UNKNOWN else {7: before}
    seen = view_change(change(kind, after), PLANS, former)
    assert (seen and seen.type) == told
    if told == LEFT:
        assert (seen.document, seen.erased, seen.fields) == (None, False, ("kind",))
    elif told is not None:
        assert seen == change(kind, after)


@pytest.mark.parametrize("query", [None, EventQuery(), EventQuery(order=Order.LATEST)])
def test_without_a_filter_every_change_is_told_as_it_is(query):
    for each in (change("created", FITS_NOT), change("updated"), change("removed")):
        assert not needs_former(each, query)
        assert view_change(each, query, {7: None}) == each


class Log:
    """A log that notes what it is asked."""

    def __init__(self, former):
        self.former, self.asked = former, []

    def read_former(self, timeline, changes):
        self.asked.append((timeline, [each.type for each in changes]))
        return self.former


def test_the_record_is_asked_once_and_only_for_what_depends_on_the_past():
    log = Log({7: FITS})
    changes = [change("created", FITS), change("updated", FITS_NOT), change("removed")]
    seen = view_changes(log, "demo", changes, PLANS)
    assert [each.type for each in seen] == ["created", LEFT, "removed"]
    assert log.asked == [("demo", ["updated", "removed"])]


def test_the_record_is_not_asked_where_all_is_said():
    log = Log({})
    assert len(view_changes(log, "demo", [change("created", FITS)], PLANS)) == 1
    assert len(view_changes(log, "demo", [change("removed")], None)) == 1
    assert log.asked == []


class Paged:
    """A log of creations, of which those with a plus fit, read page by page."""

    def __init__(self, signs, *, kept_after=0):
        self.changes = tuple(
            StoredChange(
                revision=at,
                at=0.0,
                type="created",
                event_id=f"evt_{at}",
                document=FITS if sign == "+" else FITS_NOT,
            )
            for at, sign in enumerate(signs, 1)
        )
        self.kept_after, self.reads = kept_after, 0

    def read_changes(self, timeline, *, after, limit):
        self.reads += 1
        found = ChangePage(revision=len(self.changes), kept_after=self.kept_after, changes=())
        if not found.reaches(after):
            return found
        return replace(found, changes=self.changes[after : after + limit])

    def read_former(self, timeline, changes):
        return {each.revision: None for each in changes}


def seen(log, *, since=0, limit=50, query=PLANS):
    view = read_view(log, "demo", since=since, limit=limit, query=query)
    return [each.revision for each in view.changes], view.until, view.is_whole


def test_a_view_goes_on_until_it_is_full():
    log = Paged(("-" * 99 + "+") * 10)
    assert seen(log, limit=3) == ([100, 200, 300], 300, False)
    assert seen(log, since=300, limit=3) == ([400, 500, 600], 600, False)
    assert seen(log, since=900, limit=3) == ([1000], 1000, True)


def test_a_view_does_not_look_on_without_end():
    log = Paged("-" * (MOST_LOOKED_AT + 500))
    assert seen(log) == ([], MOST_LOOKED_AT, False)
    assert seen(log, since=MOST_LOOKED_AT) == ([], MOST_LOOKED_AT + 500, True)


def test_a_view_that_is_just_full_is_whole_when_nothing_follows():
    assert seen(Paged("++-"), limit=2) == ([1, 2], 3, True)
    assert seen(Paged("+++"), limit=2) == ([1, 2], 2, False)


def test_without_a_filter_one_look_is_enough():
    log = Paged("-" * 500)
    assert seen(log, limit=200, query=None) == (list(range(1, 201)), 200, False)
    assert log.reads == 1


def test_a_view_of_what_was_let_go_is_refused():
    with pytest.raises(HistoryGoneError) as gone:
        seen(Paged("++", kept_after=1))
    assert gone.value.members == {"timeline": "demo", "revision": 2}
    assert seen(Paged("++", kept_after=1), since=1) == ([2], 2, True)


def test_what_is_let_go_under_a_view_ends_it_where_it_stands():
    """The reader asks on from there, and is told then."""
    log = Paged("-" * 700)
    read = log.read_changes

    def trimmed(timeline, **asked):
        page = read(timeline, **asked)
        log.kept_after = 600
        return page

    log.read_changes = trimmed
    assert seen(log) == ([], 200, False)


def test_a_timeline_that_is_not_there_has_no_view():
    log = Paged("")
    log.read_changes = lambda _timeline, **_asked: None
    assert read_view(log, "demo", since=0, limit=5) is None
