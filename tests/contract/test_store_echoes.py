"""What receivers answered goes when the event goes that they were told of, on both stores."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from service.corrections import Corrections
from service.documents.tries import Try, with_try
from service.store.delivering import Sent
from service.store.echoes import FORGET, may_keep
from service.store.engine import Database
from service.store.eventquery import EventQuery
from service.store.subscribing import NewSubscription
from service.wakeups import Wakeups
from tests.contract.test_store_corrections import new, post, work
from tests.servers.api import NOWHERE, Bell

FIRST = "whsec_one"
NEW = NewSubscription(timeline="demo", url="https://example.org/hook", secret=FIRST)
ECHO = Try(at=0, seconds=0.01, status=200, answer="you said: Lima flooded")
WORST = Try(at=0, seconds=0.01, status=500, answer="Lima flooded?")
LEASE = 60


@pytest.fixture
def erase(store):
    wakeups = Wakeups(NOWHERE)
    yield Corrections(store, Bell(), wakeups).erase
    wakeups.close()


@pytest.fixture
def told(store):
    """Two articles, the first told by revision 1, the other by 2; a subscription before both."""
    one, other = post(store, new("Lima flooded", "a"), new("Cusco burned", "b"))
    work(store)
    behind = store.replay("demo", store.add_subscription(NEW, most=9).id, 0)
    return store, one, other, behind


def sent(revision, made=ECHO, *, kind="event.created", **said):
    given = {"id": f"dlv_{revision}", "type": kind, "revision": revision, "position": revision}
    return Sent(**given | said, made=made)


def settle(store, of, *outcomes, by="t"):
    store.claim_deliveries(by, limit=9, failing=9, lease=LEASE)
    for each in outcomes:
        store.settle_delivery(by, of, each, lease=LEASE)
        of = store.find_subscription("demo", of.id)


def answers(store, *revisions):
    found = [store.find_delivery(f"dlv_{each}") for each in revisions]
    return [[each.get("answer") for each in json.loads(one.tries)] for one in found]


def test_erasing_an_article_takes_the_answers_to_what_told_it(told, erase):
    store, one, _, behind = told
    settle(store, behind, sent(1, WORST), sent(1), sent(2))
    assert answers(store, 1, 2) == [[WORST.answer, ECHO.answer], [ECHO.answer]]
    before = store.find_delivery("dlv_1")
    erase(one)
    assert answers(store, 1, 2) == [[None, None], [ECHO.answer]]
    after = store.find_delivery("dlv_1")
    assert [each["status"] for each in json.loads(after.tries)] == [500, 200]
    assert replace(after, tries="") == replace(before, tries=""), "what came of it is still known"


def test_an_answer_that_comes_after_the_erasure_is_not_kept(told, erase):
    store, one, _, behind = told
    erase(one)
    settle(store, behind, sent(1), sent(2))
    assert answers(store, 1, 2) == [[None], [ECHO.answer]]
    assert store.find_delivery("dlv_1").status == "delivered"


def test_an_answer_to_what_never_carried_a_word_is_kept(told, erase):
    store, one, _, behind = told
    erase(one)
    settle(store, behind, sent(3, kind="event.removed"))
    store.ask_test("demo", behind.id, "nonce")
    again = store.find_subscription("demo", behind.id)
    settle(store, again, sent(None, kind="subscription.test", id="dlv_t", position=None))
    assert answers(store, 3, "t") == [[ECHO.answer], [ECHO.answer]]


def test_what_is_said_again_of_what_was_erased_is_kept_without_its_answer(told, erase):
    store, one, _, behind = told
    settle(store, behind, sent(1))
    erase(one)
    store.redeliver("dlv_1")
    again = store.find_subscription("demo", behind.id)
    settle(store, again, sent(1, position=None))
    assert answers(store, 1) == [[None, None]]


def test_the_answers_of_other_timelines_stay(told, erase):
    store, one, _, behind = told
    settle(store, behind, sent(1))
    store.add_articles("other", [replace(new("Lima flooded", "a"), id="art_other")])
    work(store)
    made = store.add_subscription(replace(NEW, timeline="other"), most=9)
    far = store.replay("other", made.id, 0)
    store.release("t")
    store.claim_deliveries("far", limit=9, failing=9, lease=LEASE)
    store.settle_delivery("far", far, sent(1, id="dlv_far"), lease=LEASE)
    erase(one)
    assert answers(store, 1, "far") == [[None], [ECHO.answer]]


def test_letting_a_change_go_takes_the_answers_to_it(told):
    store, one, _, behind = told
    settle(store, behind, sent(1), sent(2))
    store.replace_article(one, new("Cusco burned", "a"), 1)
    work(store)
    again = store.replay("demo", behind.id, 0)
    store.claim_deliveries("late", limit=9, failing=9, lease=LEASE)
    while not store.trim_changes(seconds=-60.0, rows=0):
        pass
    kept = {each for name in events(store) for each in revisions(store, name)}
    expected = [[ECHO.answer] if each in kept else [None] for each in (1, 2)]
    assert answers(store, 1, 2) == expected
    assert [None] in expected
    store.settle_delivery("late", again, sent(gone(expected), id="dlv_late"), lease=LEASE)
    assert answers(store, "late") == [[None]]


def gone(expected):
    return expected.index([None]) + 1


def events(store):
    return [each.id for each in store.list_events("demo", EventQuery(limit=9))]


def revisions(store, name):
    return [each.revision for each in store.list_changes("demo", name, limit=9, after=0)]


def test_an_answer_that_comes_while_its_article_is_erased_is_not_kept(told, erase, store_url):
    """Who erases waits for whoever is about to write an answer, and takes it away then."""
    store, one, _, behind = told
    settle(store, behind, sent(1, WORST))
    with closing(Database(store_url)) as database, ThreadPoolExecutor(1) as pool:
        with database.writing() as connection:
            assert may_keep(connection, "demo", 1)
            erasing = pool.submit(erase, one)
            with pytest.raises(TimeoutError):
                erasing.result(0.3)
            tries = with_try(store.find_delivery("dlv_1").tries, ECHO)
            connection.execute(FORGET, {"delivery": "dlv_1", "to_tries": tries})
        erasing.result(10)
    assert answers(store, 1) == [[None, None]]
