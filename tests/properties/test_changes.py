"""Who listens holds the timeline: the changes since any revision lead to what is read now.

A story is posted, corrected, retracted, erased and read again in any order, so that events are
made, merged, split, removed and live again; old changes are let go at times. A listener has read
the timeline at some moment, with filters or without, and applies what it is told since.
"""

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.errors import HistoryGoneError
from service.removing import remove_timeline
from service.store.changeviews import LEFT, read_view
from service.store.eventquery import Choice, EventQuery, Search
from service.wakeups import Wakeups
from tests.making import TIMELINE, day
from tests.properties.tellings import versions
from tests.properties.test_corrections import (
    ARTICLES,
    NAMED,
    STEPS,
    VERSIONS,
    Life,
    Story,
    choices,
    numbers,
)
from tests.servers.api import NOWHERE

QUERIES = (
    EventQuery(),
    EventQuery(kind=Choice(only=("happening",))),
    EventQuery(kind=Choice(but=("statement", "planned"))),
    EventQuery(min_sources=2),
    EventQuery(publisher=Choice(only=("lima post",))),
    EventQuery(lang=Choice(but=("fa",))),
    EventQuery(first=day("2026-01-22")),
    EventQuery(last=day("2026-01-21")),
    EventQuery(search=Search(words=("sentence", "0"))),
    EventQuery(search=Search(phrases=("sentence 1 1",))),
    EventQuery(min_confidence=0.6),
    EventQuery(min_salience=0.5),
    EventQuery(status=Choice(only=("cancelled", "planned"))),
    EventQuery(basis=Choice(but=("reported",)), granularity=Choice(only=("day",))),
)
WHOLE = 200
TRIMS = st.tuples(st.just("trim"), st.integers(0, 9), st.none())
LISTENS = st.tuples(st.just("listen"), st.sampled_from(QUERIES), st.none())
CATCHES_UP = st.tuples(st.just("catch_up"), st.integers(1, 5), st.none())
DRAIN = ("drain", None, None)
TURNS = st.one_of(
    st.builds(lambda one, to: [("put", one, to), ("post", one, to), DRAIN], choices, numbers),
    st.builds(
        lambda one, to, end: [("put", one, to), ("post", one, to), DRAIN, (end, one, None)],
        choices,
        numbers,
        st.sampled_from(("retract", "erase")),
    ),
)
"""An article is posted or corrected, and read at once; at times it goes again."""
OTHERS = st.one_of(STEPS, LISTENS, CATCHES_UP, TRIMS).map(lambda step: [step])
BEGIN = [("post", number, 0) for number in range(ARTICLES)] + [DRAIN]


class Listener:
    """Who read the timeline with a query, and holds it by what it is told since."""

    def __init__(self, store, query):
        self.store, self.query = store, query
        self.since, self.held = self.read()

    def read(self):
        """The timeline as it is read: its revision, and its events."""
        timeline, events = self.store.read_page(TIMELINE, replace(self.query, limit=WHOLE))
        return timeline.revision, {each.id: (each.revision, each.document) for each in events}

    def catch_up(self, limit):
        """Ask page by page, and begin anew when what is asked for is gone."""
        while True:
            try:
                view = read_view(
                    self.store, TIMELINE, since=self.since, limit=limit, query=self.query
                )
            except HistoryGoneError:
                assert self.since < self.store.read_changes(TIMELINE, after=0, limit=1).kept_after
                self.since, self.held = self.read()
                return
            self.apply(view)
            if view.is_whole:
                return

    def apply(self, view):
        revisions = [each.revision for each in view.changes]
        if self.query.is_all:
            assert revisions == list(range(self.since + 1, view.until + 1)), "without a gap"
        assert revisions == sorted({*revisions})
        for each in view.changes:
            assert self.since < each.revision <= view.until
            if each.document is not None:
                self.held[each.event_id] = (each.revision, each.document)
            else:
                assert each.type != LEFT or not self.query.is_all
                self.held.pop(each.event_id, None)
        self.since = view.until


class Heard(Life):
    """A record on which the steps are done, with listeners; each stays from where it began."""

    def __init__(self, store, story, wakeups):
        super().__init__(store, story, wakeups)
        self.listeners = []

    def listen(self, query):
        if self.store.find_revision(TIMELINE) is not None:
            self.listeners.append(Listener(self.store, query))

    def catch_up(self, limit):
        for each in self.listeners[::2]:
            each.catch_up(limit)

    def trim(self, rows):
        while not self.store.trim_changes(seconds=-60.0, rows=rows):
            pass


@pytest.fixture
def wakeups():
    made = Wakeups(NOWHERE)
    yield made
    made.close()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_the_changes_since_any_revision_lead_to_what_is_read_now(store, wakeups, data):
    drawn = [
        [data.draw(versions(f"a{number}")) for _ in range(VERSIONS)] for number in range(NAMED + 1)
    ]
    turns = data.draw(st.lists(TURNS | TURNS | OTHERS, min_size=8, max_size=30))
    life = Heard(store, Story(drawn), wakeups)
    life.run(BEGIN)
    life.listeners = [Listener(store, query) for query in QUERIES]
    life.run(chain.from_iterable(turns))
    life.settle()
    for each in life.listeners:
        each.catch_up(data.draw(st.integers(1, 7)))
        assert (each.since, each.held) == each.read()
    store.close_timeline(TIMELINE)
    assert remove_timeline(store, TIMELINE, seconds=60)
