"""A filter says the same of an event's document as of its row, on both stores."""

from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.documents.event import event_document
from service.documents.jsontext import read_object
from service.merging import event_row
from service.store.eventfits import fits
from service.store.eventquery import Choice, EventQuery, Search
from service.store.schema import migrate
from service.store.sql import SqlStore
from service.temporal.interval import Day, Granularity
from service.timeline.model import Basis, Event, EventId, Kind, Status
from tests.contract.storevalues import article, claim_one, plan, reading
from tests.making import head, mention, on
from tests.servers.stores import BOTH

QUOTES = (
    "The bridge was closed on Tuesday.",
    "The old bridge, closed: the port stood still.",
    "東京の橋が閉じた",
    "京東 closed its bridge",
    "پل بسته شد",
    "L'évêque fermé — «café»",
    "bridge | the port",
    "word " * 5_000 + "beyond",
)
OUTLETS = (None, "Example Post", "Harbour Courier", "Rüe!", "…")
TONGUES = ("en", "fa", "zh", "en")
FIRST_DAYS = (-800_000, -719_530, 20_000, 20_007, 20_011, 2_932_900)
ASKED = ("bridge", "the", "closed", "京", "no", "eveque", "پل", "beyond", "post")
STOOD = ("the bridge", "closed the", "東 京", "京 東", "port stood still", "bridge the port")
EVENTS = 96


def date(number):
    """Every kind of day: on its own, a stretch, with a side that is open or told but not shown."""
    first = FIRST_DAYS[number % 6]
    last = first + (number * 5 % 11 if number % 3 else 0)
    sides = {
        0: {},
        1: {"start": None, "earliest": None},
        2: {"end": None, "latest": None},
        3: {"start": None, "earliest": Day(first - 9), "latest": Day(last + 9)},
        4: {"end": None, "earliest": Day(first - 9), "latest": Day(first - 4)},
    }[number % 7 % 5]
    days = {"start": Day(first), "end": Day(last), "earliest": Day(first), "latest": Day(last)}
    claim = on("2026-01-27", granularity=tuple(Granularity)[3 + number % 5])
    return replace(
        claim, **days | sides, basis=tuple(Basis)[number % 4], confidence=number * 13 % 100 / 100
    )


def told(number):
    """The event of a number, with the heads of its articles."""
    heads = [
        head(f"{number}-{one}", publisher=OUTLETS[(number + one) % 5])
        for one in range(1 + number % 3)
    ]
    members = tuple(
        mention(
            each,
            quote=QUOTES[(number + one * 3) % len(QUOTES)],
            language=TONGUES[(number + one) % 4],
        )
        for one, each in enumerate(heads)
    )
    told = Event(
        id=EventId(f"evt_{number:03}"),
        headline=members[0].headline[:80],
        kind=tuple(Kind)[number % 4],
        status=tuple(Status)[number * 5 % 7 % len(Status)],
        certainty=members[0].certainty,
        date=date(number),
        mentions=members,
        conflicts=(),
        participants=("Mayor",) if number % 2 else (),
        places=("Harbour Road",) if number % 5 else (),
        source_count=len(members),
        independent_source_count=1 + number * 7 % 13,
        salience=round(number * 29 % 17 / 17, 3),
    )
    return told, event_document(told, {each.id: each for each in heads})


TOLD = tuple(told(number) for number in range(EVENTS))
DOCUMENTS = {event.id: read_object(text) for event, text in TOLD}


@pytest.fixture(scope="module", params=BOTH)
def filled(request, tmp_path_factory):
    """A record that holds every one of these events."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('fits')}/record.sqlite3"
    else:
        url = request.getfixturevalue("postgres_server").new_database()
    migrate(url)
    of = article(1)
    with closing(SqlStore(url)) as store:
        store.add_articles("demo", [of])
        store.commit(
            claim_one(store),
            "token",
            reading=reading(),
            # The mentions of the documents have no rows: what is found by is in the events.
            plan=plan(of, *(replace(event, mentions=()) for event, _ in TOLD)),
            rows=[event_row(event, text, None) for event, text in TOLD],
            expected_revision=0,
        )
        yield store


def choices(values):
    some = st.lists(st.sampled_from((*values, "none")), max_size=2).map(tuple)
    return st.just(Choice()) | st.builds(Choice, only=some, but=some)


def words(values, most):
    return st.lists(st.sampled_from(values), max_size=most).map(tuple)


DAYS = st.none() | st.sampled_from([day + step for day in FIRST_DAYS for step in (-5, 0, 3, 12)])
QUERIES = st.builds(
    EventQuery,
    first=DAYS,
    last=DAYS,
    kind=choices([each.value for each in Kind]),
    status=choices([each.value for each in Status]),
    basis=choices([each.value for each in Basis]),
    granularity=choices([each.word for each in Granularity]),
    publisher=choices(("example post", "harbour courier", "rue", "…")),
    lang=choices(("en", "fa", "zh")),
    min_sources=st.none() | st.integers(1, 14),
    min_confidence=st.none() | st.floats(0, 1) | st.sampled_from((0.13, 0.26, 0.5)),
    min_salience=st.none() | st.floats(0, 1),
    search=st.just(Search()) | st.builds(Search, words=words(ASKED, 2), phrases=words(STOOD, 1)),
    limit=st.just(EVENTS + 1),
).filter(lambda query: None in (query.first, query.last) or query.first <= query.last)


@given(query=QUERIES)
@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
def test_an_event_fits_by_its_document_exactly_when_the_record_finds_it(filled, query):
    found = {each.id for each in filled.list_events("demo", query)}
    assert found == {each for each, document in DOCUMENTS.items() if fits(query, document)}


@pytest.mark.parametrize(
    "asked, most",
    [
        (EventQuery(first=Day(20_005)), EVENTS - 1),
        (EventQuery(last=Day(-719_000)), EVENTS - 1),
        (EventQuery(kind=Choice(only=("happening",))), EVENTS - 1),
        (EventQuery(publisher=Choice(but=("rue",))), EVENTS - 1),
        (EventQuery(search=Search(phrases=("東 京",))), EVENTS // 2),
        (EventQuery(min_sources=8), EVENTS - 1),
    ],
)
def test_each_filter_takes_some_events_and_leaves_some_out(asked, most):
    assert 0 < sum(fits(asked, each) for each in DOCUMENTS.values()) <= most
