"""What a subscription keeps of what it asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.store.eventquery import EVERYTHING, Choice, EventQuery, Order, Search
from service.store.querytext import read_query, write_query

WORDS = st.lists(st.text(max_size=9), max_size=3).map(tuple)
CHOICES = st.builds(Choice, only=WORDS, but=WORDS)
QUERIES = st.builds(
    EventQuery,
    first=st.none() | st.integers(-(10**12), 10**12),
    last=st.none() | st.integers(-(10**12), 10**12),
    **dict.fromkeys(("kind", "status", "basis", "granularity", "publisher", "lang"), CHOICES),
    min_sources=st.none() | st.integers(1, 10**6),
    min_confidence=st.none() | st.floats(0, 1),
    min_salience=st.none() | st.floats(0, 1),
    search=st.builds(Search, words=WORDS, phrases=WORDS),
)


@given(query=QUERIES)
def test_what_was_written_is_read_as_it_was(query):
    assert read_query(write_query(query)) == query
    assert write_query(read_query(write_query(query))) == write_query(query)


def test_a_query_without_filters_is_an_empty_object():
    assert write_query(EVERYTHING) == "{}"
    assert read_query("{}") == EVERYTHING


def test_how_events_are_listed_is_not_kept():
    paged = EventQuery(order=Order.LATEST, top=3, limit=7, after=(1, 2, "evt"))
    assert write_query(paged) == "{}"


@pytest.mark.parametrize(
    "query, is_all",
    [
        (EventQuery(order=Order.SALIENCE, top=3, limit=7, after=(0.5, 1, 2, "evt")), True),
        (EventQuery(first=0), False),
        (EventQuery(kind=Choice(but=("statement",))), False),
        (EventQuery(search=Search(words=("bridge",))), False),
        (EventQuery(min_salience=0.0), False),
    ],
)
def test_a_query_knows_whether_every_event_fits_it(query, is_all):
    assert query.is_all is is_all
