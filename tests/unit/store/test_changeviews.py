"""What a reader with a filter is told of a change, case by case."""

import pytest

from service.documents.jsontext import dumps
from service.store.changeviews import LEFT, needs_former, view_change, view_changes
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
