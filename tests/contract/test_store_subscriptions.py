"""Subscriptions and their deliveries as their owners see them, on both stores."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import insert, update

from service.errors import HistoryGoneError, TooManySubscriptionsError
from service.removing import remove_timeline
from service.store.engine import Database
from service.store.eventquery import Choice, EventQuery, Search
from service.store.shelf import Home, TimelineTraits
from service.store.subscribing import NewSubscription, Subscription, SubscriptionChange
from service.store.tables import timelines
from service.store.updatetables import deliveries
from service.timeline.ids import delivery_id
from tests.contract.storevalues import article, event, mention, tell

FIRST, SECOND, THIRD = "whsec_one", "whsec_two", "whsec_three"
NEW = NewSubscription(
    timeline="demo",
    url="https://example.org/hook",
    secret=FIRST,
    types=("created", "removed"),
    filter='{"kind":"happening"}',
    query=EventQuery(kind=Choice(only=("happening",)), min_sources=2),
    format="cloudevents",
    description="ours",
    created_by="key_1",
)


@pytest.fixture
def demo(store):
    """A store in which a timeline `demo` stands at a revision above 0."""
    posted = article(1)
    tell(store, posted, event(mention("a", posted)), event(mention("b", posted)))
    return store


def made(store, **said) -> Subscription:
    found = store.add_subscription(replace(NEW, **said), most=100)
    assert found is not None
    return found


def revision(store) -> int:
    return store.find_revision("demo").revision


def delivered(store, subscription, *, count):
    """So many tests, by id, the latest first."""
    asked = [store.ask_test("demo", subscription.id, str(each)) for each in range(count)]
    return sorted(asked, key=lambda each: (each.created_at, each.id), reverse=True)


def sent_of(url, subscription, *, revision) -> str:
    """The id of a delivered message of this revision, as deliveries are written."""
    made = delivery_id(subscription.id, "event.created", str(revision))
    row = {
        "id": made,
        "timeline": subscription.timeline,
        "subscription_id": subscription.id,
        "type": "event.created",
        "revision": revision,
        "status": "delivered",
        "out_of_turn": False,
        "attempts": 1,
        "tries": "[]",
        "created_at": 1e9,
        "updated_at": 1e9,
    }
    with closing(Database(url)) as database, database.writing() as connection:
        connection.execute(insert(deliveries), row)
    return made


def set_kept_after(url, revision) -> None:
    with closing(Database(url)) as database, database.writing() as connection:
        connection.execute(update(timelines).values(kept_after=revision))


def test_a_subscription_begins_where_its_timeline_stands(demo):
    found = made(demo)
    assert revision(demo) > 0
    assert found.position == revision(demo)
    assert found.id.startswith("sub_")
    assert len(found.id) == 24
    assert (found.status, found.attempts, found.reason) == ("active", 0, None)
    assert found.failing_since is found.delivered_at is found.former_secret is None
    assert found.due_at == found.created_at == found.updated_at
    assert demo.find_subscription("demo", found.id) == found


def test_a_subscription_keeps_what_was_said(demo):
    found = made(demo)
    for name in ("timeline", "url", "secret", "types", "filter", "query", "format", "description"):
        assert getattr(found, name) == getattr(NEW, name)
    bare = demo.add_subscription(
        NewSubscription(timeline="demo", url="http://example.org/", secret=SECOND), most=2
    )
    assert (bare.types, bare.filter, bare.query, bare.format) == ((), None, None, "standard")


def test_no_subscription_is_made_where_no_timeline_is(demo):
    assert demo.add_subscription(replace(NEW, timeline="none"), most=9) is None
    demo.close_timeline("demo")
    assert demo.add_subscription(NEW, most=9) is None


def test_a_subscription_is_found_in_its_own_timeline_only(demo):
    found = made(demo)
    demo.put_timeline("other", TimelineTraits())
    assert demo.find_subscription("other", found.id) is None
    assert demo.find_subscription("demo", "sub_none") is None
    assert not demo.remove_subscription("other", found.id)
    assert demo.change_subscription("other", found.id, {"status": "paused"}) is None
    assert demo.rotate_secret("other", found.id, SECOND, seconds=1) is None
    assert demo.replay("other", found.id, 0) is None
    assert demo.ask_test("other", found.id, "n") is None
    assert demo.find_subscription("demo", found.id) == found


def test_a_timeline_has_at_most_so_many_subscriptions(demo):
    demo.put_timeline("other", TimelineTraits())
    first = made(demo)
    made(demo)
    with pytest.raises(TooManySubscriptionsError, match="'demo' has 2 subscriptions"):
        demo.add_subscription(NEW, most=2)
    assert demo.add_subscription(replace(NEW, timeline="other"), most=2)
    demo.remove_subscription("demo", first.id)
    assert demo.add_subscription(NEW, most=2)


def test_subscriptions_are_listed_as_they_were_made(demo):
    every = [made(demo, url=f"http://example.org/{each}") for each in range(5)]
    every.sort(key=lambda each: (each.created_at, each.id))
    first = demo.list_subscriptions("demo", limit=3, after=None)
    last = first[-1]
    rest = demo.list_subscriptions("demo", limit=3, after=(last.created_at, last.id))
    assert [*first, *rest] == every
    assert demo.list_subscriptions("none", limit=3, after=None) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"description": None},
        {"types": ()},
        {"types": ("merged",)},
        {"filter": None, "query": None},
        {"filter": '{"q":"bridge"}', "query": EventQuery(search=Search(words=("bridge",)))},
        {"format": "standard"},
        {"status": "paused"},
        {"url": "https://example.org/other", "description": "moved"},
    ],
    ids=str,
)
def test_what_is_named_in_a_change_changes_and_nothing_else(demo, changed: SubscriptionChange):
    found = made(demo)
    after = demo.change_subscription("demo", found.id, changed)
    assert after == demo.find_subscription("demo", found.id)
    assert after.updated_at >= found.updated_at
    same = {"updated_at": found.updated_at, "due_at": found.due_at}
    assert replace(after, **same) == replace(found, **changed)


def test_a_paused_subscription_goes_on_from_where_it_stands(demo):
    found = made(demo)
    demo.change_subscription("demo", found.id, {"status": "paused"})
    woken = demo.change_subscription("demo", found.id, {"status": "active"})
    assert (woken.status, woken.position) == ("active", found.position)
    assert woken.due_at > found.due_at


def test_a_subscription_that_is_removed_takes_its_deliveries_with_it(demo):
    found, other = made(demo), made(demo)
    sent, kept = (demo.ask_test("demo", each.id, "n") for each in (found, other))
    assert demo.remove_subscription("demo", found.id)
    assert not demo.remove_subscription("demo", found.id)
    assert demo.find_subscription("demo", found.id) is None
    assert demo.find_delivery(sent.id) is None
    assert demo.find_delivery(kept.id) == kept


def test_both_secrets_are_kept_while_one_takes_over(demo):
    found = made(demo)
    turned = demo.rotate_secret("demo", found.id, SECOND, seconds=60.0)
    assert (turned.secret, turned.former_secret) == (SECOND, FIRST)
    assert turned.former_until == pytest.approx(turned.updated_at + 60)
    again = demo.rotate_secret("demo", found.id, THIRD, seconds=60.0)
    assert (again.secret, again.former_secret) == (THIRD, SECOND)


def test_a_replay_goes_back_to_where_the_record_still_knows_all(demo):
    found = made(demo)
    back = demo.replay("demo", found.id, 0)
    assert (back.position, back.attempts) == (0, 0)
    assert back.due_at > found.due_at
    now = revision(demo)
    assert demo.replay("demo", found.id, now).position == now
    with pytest.raises(HistoryGoneError, match=f"its revision, which is {now} now"):
        demo.replay("demo", found.id, now + 1)
    assert demo.find_subscription("demo", found.id).position == now


def test_a_test_is_a_message_of_its_own_out_of_turn(demo):
    found = made(demo)
    first, second = (demo.ask_test("demo", found.id, nonce) for nonce in "ab")
    assert first.id == delivery_id(found.id, "subscription.test", "a") != second.id
    assert (first.type, first.status, first.out_of_turn) == ("subscription.test", "waiting", True)
    assert (first.revision, first.attempts, first.tries) == (None, 0, "[]")
    assert demo.find_delivery(first.id) == first


def test_deliveries_are_listed_with_the_latest_first(demo):
    found, other = made(demo), made(demo)
    every = delivered(demo, found, count=5)
    demo.ask_test("demo", other.id, "n")
    first = demo.list_deliveries("demo", found.id, status=None, limit=3, after=None)
    last = (first[-1].created_at, first[-1].id)
    rest = demo.list_deliveries("demo", found.id, status="waiting", limit=3, after=last)
    assert [*first, *rest] == every
    for none in ("failed", "delivered"):
        assert demo.list_deliveries("demo", found.id, status=none, limit=3, after=None) == ()
    assert demo.list_deliveries("demo", found.id, status="failed", limit=3, after=last) == ()
    assert demo.list_deliveries("none", found.id, status=None, limit=3, after=None) == ()


def test_a_message_is_asked_for_once_more_under_its_own_id(demo):
    sent = demo.ask_test("demo", made(demo).id, "n")
    again = demo.redeliver(sent.id)
    assert replace(again, updated_at=sent.updated_at) == sent
    assert demo.redeliver("dlv_none") is None


def test_a_delivery_is_at_home_in_its_timeline_until_that_is_gone(demo):
    found = made(demo)
    sent = demo.ask_test("demo", found.id, "n")
    assert demo.find_delivery_home(sent.id) == Home("demo", public=True)
    assert demo.find_delivery_home("dlv_none") is None
    demo.close_timeline("demo")
    assert demo.find_delivery_home(sent.id) is None
    assert demo.find_delivery(sent.id) is None
    assert demo.redeliver(sent.id) is None
    assert demo.find_subscription("demo", found.id) is None
    assert demo.list_subscriptions("demo", limit=3, after=None) == ()


def test_nothing_of_a_removed_timeline_comes_back_with_its_name(demo):
    found = made(demo)
    demo.ask_test("demo", found.id, "n")
    demo.close_timeline("demo")
    assert remove_timeline(demo, "demo", seconds=30)
    demo.put_timeline("demo", TimelineTraits())
    assert demo.list_subscriptions("demo", limit=3, after=None) == ()
    assert demo.list_deliveries("demo", found.id, status=None, limit=3, after=None) == ()


def test_a_message_is_not_asked_for_once_its_change_was_let_go(demo, store_url):
    """What is told is read from the change each time, so that nothing of it is kept twice."""
    found = made(demo)
    ids = [sent_of(store_url, found, revision=each) for each in (1, 2)]
    assert all(demo.redeliver(each).status == "waiting" for each in ids)
    set_kept_after(store_url, 1)
    with pytest.raises(HistoryGoneError):
        demo.redeliver(ids[0])
    assert demo.redeliver(ids[1]).id == ids[1]
    with pytest.raises(HistoryGoneError):
        demo.replay("demo", found.id, 0)
    assert demo.replay("demo", found.id, 1).position == 1


def at_once(count, act):
    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(act, range(count)))


def test_the_limit_holds_when_many_ask_at_once(demo):
    def ask(_number):
        try:
            return demo.add_subscription(NEW, most=3)
        except TooManySubscriptionsError:
            return None

    assert sum(each is not None for each in at_once(8, ask)) == 3
    assert len(demo.list_subscriptions("demo", limit=9, after=None)) == 3


def test_changes_of_different_fields_at_once_are_all_kept(demo):
    """An owner who pauses and another who describes do not undo one another."""
    found = made(demo)
    changes = (
        {"status": "paused"},
        {"description": "new"},
        {"format": "standard"},
        {"types": ("left",)},
    )
    at_once(4, lambda number: demo.change_subscription("demo", found.id, changes[number]))
    after = demo.find_subscription("demo", found.id)
    assert (after.status, after.description) == ("paused", "new")
    assert (after.format, after.types) == ("standard", ("left",))


def test_secrets_that_are_rotated_at_once_follow_one_another(demo):
    found = made(demo)
    given = [f"whsec_{each}" for each in range(4)]
    turned = at_once(
        4, lambda number: demo.rotate_secret("demo", found.id, given[number], seconds=9)
    )
    after = demo.find_subscription("demo", found.id)
    assert {each.secret for each in turned} == set(given)
    assert {each.former_secret for each in turned} | {after.secret} == {FIRST, *given}
