"""Daily work on SQLite steps into an index with every statement, whatever the table's size."""

import re
from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import event

from service.store.amendments import Withdrawal
from service.store.engine import make_engine, read_url
from service.store.eventquery import Choice, EventQuery, Order, Search
from service.store.eventsearch import find_page
from service.store.sql import SqlStore
from tests.contract.storevalues import article, date, reading, tell
from tests.contract.storevalues import event as event_of
from tests.contract.storevalues import mention as mention_of
from tests.contract.storevalues import plan as plan_of


def explained(store_url, use) -> list[str]:
    """The query plans of all that `use` asks a SQLite store."""
    store, plans = SqlStore(store_url), []
    engine = store._database._engine  # noqa: SLF001  # no public way to its statements

    def explain(cursor, statement, parameters):
        found = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plans.extend(row[3] for row in found)

    def before(_connection, cursor, statement, parameters, _context, many):
        if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            for each in parameters if many else [parameters]:
                explain(cursor, statement, each)

    event.listen(engine, "before_cursor_execute", before)
    use(store)
    store.close()
    return plans


def test_a_page_of_events_is_one_step_into_the_index(sqlite_url):
    after = EventQuery(after=(5, 6, "evt_x"))
    plans = explained(sqlite_url, lambda store: store.list_events("demo", after))
    (plan,) = plans
    assert plan.startswith("SEARCH events USING INDEX ix_events_timeline_sort_start_sort_end_id ")
    assert plan.endswith("(timeline=? AND (sort_start,sort_end,id)>(?,?,?))")


@pytest.mark.parametrize("ask", [SqlStore.find_revision, SqlStore.find_merger])
def test_a_look_up_is_one_step_into_the_key_without_a_transaction(sqlite_url, ask):
    store, said = SqlStore(sqlite_url), []
    engine = store._database._engine  # noqa: SLF001  # no public way to its statements
    event.listen(engine, "connect", lambda driver, _: driver.set_trace_callback(said.append))
    ask(store, "demo")
    store.close()
    (statement,) = [each for each in said if not each.startswith("PRAGMA")]
    assert planned(sqlite_url, statement) == [
        "SEARCH timelines USING INDEX sqlite_autoindex_timelines_1 (name=?)"
    ]


def test_what_waits_is_counted_in_its_order_up_to_a_limit(sqlite_url):
    store, said = SqlStore(sqlite_url), []
    engine = store._database._engine  # noqa: SLF001  # no public way to its statements
    event.listen(engine, "connect", lambda driver, _: driver.set_trace_callback(said.append))
    store.waiting(at_most=1)
    store.close()
    plan = planned(sqlite_url, said[-1])
    assert "SCAN articles USING INDEX ix_articles_waiting" in plan
    assert not any("TEMP" in step for step in plan)


def planned(store_url, statement) -> list[str]:
    engine = make_engine(read_url(store_url))
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    engine.dispose()
    return [row[3] for row in rows]


def work_through(store) -> None:
    """Every kind of statement that runs for an article or a read, with few keys and with many."""
    one, two = article(1), article(2)
    told = [event_of(mention_of(f"{number:03}", one), when=date(number)) for number in range(300)]
    tell(store, one, *told)
    tell(store, two, *told[1:], added=(), blocks=(), events_removed=(told[0].id,))
    for many in ([f"key {number}" for number in range(400)], ["b"]):
        with store.snapshot("demo") as near:
            near.own(one.id)
            near.twins(many, 3)
            near.count_articles(many, two.id)
            near.lowest(many, 3)
            near.holders("b")
            near.mentions(many)
            near.links(many)
            near.members(near.events(many).values())
            near.heads([one.id, *many])
    store.find_timeline("demo")
    store.list_timelines(limit=5, after="a")
    store.list_articles("demo", limit=5, after=(1.0, "art"))
    store.find_event("demo", "evt_none")
    store.read_event("demo", told[1].id)
    store.list_changes("demo", told[1].id, limit=5, after=1)
    store.list_endings("demo", limit=5)
    store.find_times("demo", range(1, 700))
    store.waiting()
    store.renew("token", 15)
    store.release("token")
    read_again(store, one)
    correct(store, one, two)


def read_again(store, one) -> None:
    while store.waiting():
        store.claim("token", limit=20, characters=1000, lease=15)
    store.has_work()
    marked = store.mark_again("demo")
    store.mark_again(None, after=marked.last, failed_only=True)
    store.count_again("demo", at_most=5)
    again = store.claim("again", limit=20, characters=1000, lease=15)
    store.renew("again", 15)
    store.give_up("again", again[0].id)
    store.release("again")
    (again, *_) = store.claim("again", limit=1, characters=1000, lease=15)
    revision = store.find_revision("demo").revision
    store.commit(
        again,
        "again",
        reading=reading(),
        plan=plan_of(one),
        rows=[],
        expected_revision=revision,
    )


def correct(store, one, two) -> None:
    store.replace_article(one.id, article(1, text="New."), 1)
    store.claim("token", limit=20, characters=1000, lease=15)
    store.give_up("token", one.id)
    unnamed = [article(each, external_id=None) for each in "xy"]
    store.add_articles("demo", unnamed)
    store.replace_article(unnamed[0].id, article("z", external_id=None), 1)
    store.retry_article(one.id)
    store.list_versions(one.id, limit=5, after=1)
    store.find_version(one.id, 2)
    for version, traces in ((1, None), (2, store.find_traces("demo", two.id))):
        now = store.find_revision("demo").revision
        withdrawn = Withdrawal(two.id, "demo", version, traces)
        store.withdraw(withdrawn, plan=plan_of(two), rows=[], expected_revision=now)


def choose_events(store) -> None:
    """Every way of choosing events, with little that fits and with much."""
    few, many = Search(words=("word",)), Choice(("happening",))
    asked = (
        EventQuery(kind=many, lang=Choice(but=("fa",)), min_sources=2, min_salience=0.1),
        EventQuery(publisher=Choice(("a", "b")), search=few),
        EventQuery(search=Search(phrases=("a word",)), status=Choice(("ongoing", "happened"))),
        EventQuery(min_confidence=0.5),
    )
    after = {
        Order.DATE: (5, 6, "evt_x"),
        Order.LATEST: (5, 6, "evt_x"),
        Order.SALIENCE: (0.5, 5, 6, "evt_x"),
        Order.UPDATED: (5, "evt_x"),
    }
    days = ({}, {"first": 3}, {"last": 9}, {"first": 3, "last": 9})
    for query, order, between, few in product((EventQuery(), *asked), Order, days, (0, 5_000)):
        chosen = replace(query, order=order, after=after[order], **between)
        with store._database.reading() as connection:  # noqa: SLF001  # the store's own choice is for many
            find_page(connection, "demo", chosen, few=few)


def test_choosing_events_reads_no_whole_table_and_sorts_no_more_than_it_found(sqlite_url):
    plans = set(explained(sqlite_url, choose_events))
    whole = {plan for plan in plans if plan.startswith("SCAN") and not FOUND_SO_FAR.match(plan)}
    assert len(plans) > 20
    assert whole == set()
    assert not [plan for plan in plans if plan.endswith("(timeline=?)")]


# What was found so far, and the tree of days by all four of its sides.
FOUND_SO_FAR = re.compile(
    r"SCAN (CONSTANT ROW|near|page|arms|anon_\d+|\(subquery-\d+\)"
    r"|event_days VIRTUAL TABLE INDEX 2:B0D1B2D3)$"
)


# These take one step into what they read: an end of an index, or the queue in its order.
MEANT = (
    "SCAN CONSTANT ROW",
    "SCAN timelines USING INDEX ix_timelines_pending",
    "SCAN articles USING INDEX ix_articles_waiting",
    "SCAN articles USING COVERING INDEX ix_articles_waiting",
    "SEARCH articles USING INDEX ix_articles_timeline_waiting (timeline=?)",
    "SEARCH events USING COVERING INDEX ix_events_timeline_sort_start_sort_end_id (timeline=?)",
    "SEARCH events USING COVERING INDEX ix_events_timeline_sort_end (timeline=?)",
    "SEARCH changes USING INDEX ix_changes_ended (timeline=?)",
    "SEARCH kept_answers USING PRIMARY KEY (timeline=?)",  # of one day, when an article is erased
    "USE TEMP B-TREE FOR DISTINCT",
    "USE TEMP B-TREE FOR count(DISTINCT)",
    "SCAN asked VIRTUAL TABLE INDEX 1:",  # the list of keys that was asked for
    "SCAN former",  # the ids found so far
    "SCAN rereadings USING INDEX ix_rereadings_timeline_place",
    "SEARCH rereadings USING INDEX ix_rereadings_timeline_place (timeline=?)",
    "SEARCH rereadings USING COVERING INDEX ix_rereadings_timeline_place (timeline=?)",
    "SCAN anon_1",  # what was counted, up to a limit
    "SCAN (subquery-1)",
)


def test_nothing_in_daily_work_reads_or_sorts_a_whole_table_or_timeline(sqlite_url):
    plans = set(explained(sqlite_url, work_through)) - set(MEANT)
    whole = {
        plan
        for plan in plans
        if plan.startswith("SCAN") or "TEMP B-TREE" in plan or plan.endswith("(timeline=?)")
    }
    assert len(plans) > 15
    assert whole == set()
