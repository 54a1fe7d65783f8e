"""Reading the timeline, on both stores: pages in order, days that overlap, the span."""

import pytest

from service.store.eventquery import EventQuery
from tests.contract.storevalues import article, date, event, mention, tell


def fill(store, *dates, names=None):
    one = article(1)
    names = names or [f"{number:02}" for number in range(len(dates))]
    told = zip(names, dates, strict=True)
    tell(store, one, *(event(mention(name, one), when=when) for name, when in told))


def names(events):
    return [found.id.removeprefix("evt_m_") for found in events]


def test_events_come_by_start_end_and_id_in_code_point_order(store):
    dates = [date(5, 9), date(5, 6), date(-3), date(5, 6), date(5, 6)]
    fill(store, *dates, names=["a", "b", "c", "B", "a2"])
    assert names(store.list_events("demo", EventQuery())) == ["c", "B", "a2", "b", "a"]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_hold_every_event_once_in_order(store, size):
    fill(store, *(date(start, start + 2) for start in (4, 1, 1, 3, 1, 4)))
    whole = store.list_events("demo", EventQuery(limit=200))
    seen, after = [], None
    while page := store.list_events("demo", EventQuery(limit=size, after=after)):
        assert len(page) <= size
        seen += page
        after = (page[-1].sort_start, page[-1].sort_end, page[-1].id)
    assert seen == list(whole)


def test_bounds_that_touch_the_wanted_days_overlap(store):
    fill(store, date(10, 12), date(13), date(9, 9), date(11), date(1, 30))
    found = store.list_events("demo", EventQuery(first=10, last=12))
    assert names(found) == ["04", "00", "03"]
    assert names(store.list_events("demo", EventQuery(first=12, last=12))) == ["04", "00"]
    assert names(store.list_events("demo", EventQuery(first=13))) == ["04", "01"]
    assert names(store.list_events("demo", EventQuery(last=9))) == ["04", "02"]


def test_an_open_side_overlaps_everything_on_that_side(store):
    since = date(10, 20, earliest=10, latest=None)
    until = date(5, 8, earliest=None, latest=8)
    fill(store, since, until)
    assert names(store.list_events("demo", EventQuery(first=10_000))) == ["00"]
    assert names(store.list_events("demo", EventQuery(last=-10_000))) == ["01"]
    assert names(store.list_events("demo", EventQuery(first=9, last=9))) == []


def test_days_far_outside_the_common_calendar_are_kept(store):
    fill(store, date(-5_000_000_000, 4_000_000_000_000))
    (found,) = store.list_events("demo", EventQuery())
    assert (found.sort_start, found.sort_end) == (-5_000_000_000, 4_000_000_000_000)


def test_the_span_runs_from_the_first_to_the_last_day(store):
    fill(store, date(10, 12), date(3, 5), date(4, 90), date(80))
    found = store.find_timeline("demo")
    assert (found.first_day, found.last_day) == (3, 90)
    (listed,) = store.list_timelines(limit=10, after=None)
    assert listed == found
