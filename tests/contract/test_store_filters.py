"""Filters, orders and pages of events on both stores, held against the same in plain Python."""

from contextlib import closing
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam

from service.documents.folding import fold
from service.documents.traits import FIELD_END, Traits
from service.store.engine import Database
from service.store.eventdays import by_range
from service.store.eventquery import FALLING, Choice, EventQuery, Order, Search, key_of
from service.store.eventsearch import find_page, stream
from service.store.eventterms import area
from service.store.schema import migrate
from service.store.sql import SqlStore
from service.timeline.plan import Change
from tests.contract.storevalues import article, claim_one, date, event, mention, plan, reading, row
from tests.servers.stores import BOTH

KINDS = ("happening", "statement", "planned")
STATUSES = ("happened", "ongoing", "possible")
BASES = ("explicit", "reported", "inherited")
GRAINS = ("day", "month")
PUBLISHERS = ("example post", "harbour courier", "rue")
LANGUAGES = ("en", "fa", "zh")
TEXTS = (
    ("the bridge was closed", "harbour courier"),
    ("the old bridge", "closed the port"),
    (fold("東京の橋"), "bridge"),
    (fold("京東"), "closed"),
    ("پل بسته شد",),
    (),
)
FEW = (0, 3, 5_000)
"""How many are looked at one by one: every way of finding gives the same."""


@dataclass(frozen=True)
class Held:
    """An event of the record as plain Python knows it."""

    id: str
    sort_start: int
    sort_end: int
    earliest: int | None
    latest: int | None
    salience: float
    revision: int
    traits: Traits


class World:
    """A record and what it holds."""

    def __init__(self, database: Database, held: tuple[Held, ...]) -> None:
        self.database = database
        self.held = held


def made(number: int) -> tuple[tuple[int, int], dict[str, int | None], Traits]:
    """Days, bounds and traits of the event of that number: as many combinations as events."""
    start = number * 7 % 23
    end = start + (number * 5 % 11 if number % 3 else 0)
    bounds = {
        0: {},
        1: {"earliest": None, "latest": end},
        2: {"earliest": start, "latest": None},
        3: {"earliest": start - 40, "latest": start - 2},
    }[number % 4 if number % 5 == 0 else 0]
    fields = TEXTS[number % len(TEXTS)]
    return (
        (start, end),
        bounds,
        Traits(
            kind=KINDS[number % 3],
            status=STATUSES[number * 5 % 7 % 3],
            basis=BASES[number * 3 % 11 % 3],
            granularity=GRAINS[number % 2],
            confidence=number * 13 % 100 / 100,
            salience=number * 29 % 17 / 17,
            sources=1 + number * 7 % 13,
            publishers=PUBLISHERS[: number % 4],
            languages=LANGUAGES[number % 3 : number % 3 + 1 + number % 2],
            text=FIELD_END.join(("", *fields, "")) if fields else "",
        ),
    )


@pytest.fixture(scope="module", params=BOTH)
def world(request, tmp_path_factory):
    """A record with a hundred events, some changed since, others of another timeline besides."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('filters')}/record.sqlite3"
    else:
        url = request.getfixturevalue("postgres_server").new_database()
    migrate(url)
    with closing(SqlStore(url)) as store:
        for timeline, numbers in (("demo", range(100)), ("other", range(40))):
            for part in range(2):
                fill(store, timeline, [each for each in numbers if each % 2 == part], part)
    held = tuple(known(number) for number in range(100))
    database = Database(url)
    yield World(database, held)
    database.close()


def fill(store, timeline, numbers, part):
    """Events of some numbers, first with the values of others, then with their own."""
    one = article(f"{timeline}{part}", timeline=timeline)
    two = article(f"{timeline}{part}again", timeline=timeline)
    for of, shift, kind in ((one, 50, "created"), (two, 0, "updated")):
        told, rows = [], []
        for number in numbers:
            (start, end), bounds, has = made(number + shift)
            when = date(start, end, **bounds)
            each = event(mention(f"{number:03}", one), when=when)
            told.append(each)
            rows.append(row(each, traits=has, earliest=when.earliest, latest=when.latest))
        changes = tuple(Change(type=kind, event_id=each.id) for each in told)
        more = {} if of is one else {"added": (), "blocks": ()}
        store.add_articles(timeline, [of])
        claimed = claim_one(store)
        store.commit(
            claimed,
            "token",
            reading=reading(),
            plan=plan(of, *told, changes=changes, **more),
            rows=rows,
            expected_revision=store.find_revision(timeline)[0],
        )


def known(number: int) -> Held:
    (start, end), bounds, has = made(number)
    when = date(start, end, **bounds)
    place = number // 2 + 1
    revision = (50 + place) if number % 2 == 0 else (150 + place)
    return Held(
        f"evt_m_{number:03}",
        start,
        end,
        when.earliest,
        when.latest,
        has.salience,
        revision,
        has,
    )


def plainly(held, query: EventQuery) -> list[str]:
    """What the query means."""
    found = sorted(
        (each for each in held if fits(each, query)),
        key=lambda each: key_of(query.order, each),
        reverse=query.order in FALLING,
    )
    if query.top is not None:
        best = sorted(found, key=lambda each: key_of(Order.SALIENCE, each))[-query.top :]
        found = [each for each in found if each in best]
    return [each.id for each in found]


def fits(held: Held, query: EventQuery) -> bool:
    has = held.traits
    words = has.text.split()
    single = {name: (getattr(has, name),) for name in ("kind", "status", "basis", "granularity")}
    several = {"publisher": has.publishers, "lang": has.languages}
    return (
        (query.first is None or held.latest is None or held.latest >= query.first)
        and (query.last is None or held.earliest is None or held.earliest <= query.last)
        and all(chosen(values, getattr(query, name)) for name, values in (single | several).items())
        and (query.min_sources is None or has.sources >= query.min_sources)
        and (query.min_confidence is None or has.confidence >= query.min_confidence)
        and (query.min_salience is None or has.salience >= query.min_salience)
        and all(word in words for word in query.search.words)
        and all(f" {phrase} " in has.text for phrase in query.search.phrases)
    )


def chosen(values: tuple[str, ...], choice: Choice) -> bool:
    there = not choice.only or bool(set(values) & set(choice.only))
    return there and not set(values) & set(choice.but)


def choices(values):
    some = st.lists(st.sampled_from((*values, "none")), max_size=2).map(tuple)
    return st.just(Choice()) | st.builds(Choice, only=some, but=some)


DAYS = st.none() | st.integers(-50, 40) | st.sampled_from((-(10**11), 10**11))
QUERIES = st.builds(
    EventQuery,
    first=DAYS,
    last=DAYS,
    kind=choices(KINDS),
    status=choices(STATUSES),
    basis=choices(BASES),
    granularity=choices(GRAINS),
    publisher=choices(PUBLISHERS),
    lang=choices(LANGUAGES),
    min_sources=st.none() | st.integers(1, 14),
    min_confidence=st.none() | st.floats(0, 1),
    min_salience=st.none() | st.floats(0, 1),
    search=st.just(Search())
    | st.builds(
        Search,
        words=st.lists(st.sampled_from(("bridge", "the", "closed", "京", "no")), max_size=2).map(
            tuple
        ),
        phrases=st.lists(
            st.sampled_from(("the bridge", "closed the", "bridge closed", "東 京", "courier the")),
            max_size=1,
        ).map(tuple),
    ),
    order=st.sampled_from(Order),
).filter(lambda query: None in (query.first, query.last) or query.first <= query.last)
HELD_TO = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)


@given(query=QUERIES, few=st.sampled_from(FEW))
@HELD_TO
def test_every_filter_means_what_it_means_in_plain_python(world, query, few):
    with world.database.reading() as connection:
        found = find_page(connection, "demo", replace(query, limit=1_000), few=few)
    assert [each.id for each in found] == plainly(world.held, query)


@given(
    query=QUERIES,
    few=st.sampled_from(FEW),
    size=st.integers(1, 60),
)
@HELD_TO
def test_pages_one_after_another_are_the_whole_list(world, query, few, size):
    seen, after = [], None
    with world.database.reading() as connection:
        while True:
            page = find_page(connection, "demo", replace(query, limit=size, after=after), few=few)
            seen += [each.id for each in page]
            if len(page) < size:
                break
            after = key_of(query.order, page[-1])
    assert seen == plainly(world.held, query)


@given(query=QUERIES, top=st.integers(1, 120))
@HELD_TO
def test_the_top_are_the_most_salient_in_the_order_asked_for(world, query, top):
    with world.database.reading() as connection:
        found = list(stream(connection, "demo", replace(query, top=top)))
    assert [each.id for each in found] == plainly(world.held, replace(query, top=top))


def test_a_stream_reads_on_from_piece_to_piece(world):
    for order in Order:
        query = EventQuery(order=order, limit=1)
        with world.database.reading() as connection:
            found = [each.id for each in stream(connection, "demo", query, piece=7)]
        assert found == plainly(world.held, query)


@pytest.mark.postgres
def test_postgresql_finds_what_reaches_over_a_day_by_its_index(migrated_database):
    """The words of the question are those of the index, or it would not be used."""
    with closing(Database(migrated_database)) as database, database.reading() as connection:
        asked = by_range(bindparam("day", 9)).params(area=area("demo"))
        text = asked.compile(
            dialect=connection.dialect, compile_kwargs={"literal_binds": True}
        ).string
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = " ".join(connection.exec_driver_sql(f"EXPLAIN {text}").scalars())
    assert "ix_events_days" in plan
    assert plan.count("@>") == 2
    assert "Filter" not in plan
