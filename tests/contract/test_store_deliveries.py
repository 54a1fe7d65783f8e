"""Claims of subscriptions and what came of their messages, on both stores."""

import json
from dataclasses import replace

import pytest

from service.documents.tries import Try
from service.store.delivering import Sent
from service.store.sql import SqlStore
from service.store.subscribing import NewSubscription
from tests.contract.storevalues import article, event, mention, tell
from tests.contract.test_store_concurrency import at_once
from tests.servers.waiting import wait_until

FIRST = "whsec_one"
NEW = NewSubscription(timeline="demo", url="https://example.org/hook", secret=FIRST)
LEASE = 60
SHORT = 0.05
OK = Try(at=0, seconds=0.01, status=200, answer="ok")
BAD = Try(at=0, seconds=0.01, status=503, answer="later")


@pytest.fixture
def demo(store):
    """A store in which the timeline `demo` stands at revision 3."""
    posted = article(1)
    tell(store, posted, *(event(mention(name, posted, start=40 * place))
                          for place, name in enumerate("abc")))  # fmt: skip
    assert store.find_revision("demo").revision == 3
    return store


def made(store, *, behind=True, **said):
    """A subscription, with all of the timeline before it or behind it."""
    found = store.add_subscription(replace(NEW, **said), most=1000)
    return store.replay(found.timeline, found.id, 0) if behind else found


def claim(store, by="t", *, limit=32, failing=16, lease=LEASE):
    return store.claim_deliveries(by, limit=limit, failing=failing, lease=lease)


def sent(revision, made=OK, **said):
    """What came of the message that tells of `revision`, in turn."""
    given = {"id": f"dlv_{revision}", "type": "event.created", "revision": revision}
    return Sent(**{**given, "made": made, "position": revision, **said})


def found(store, subscription):
    return store.find_subscription(subscription.timeline, subscription.id)


def test_who_was_told_all_is_not_claimed(demo):
    made(demo, behind=False)
    assert not demo.has_deliveries()
    assert not demo.is_followed("demo")
    assert claim(demo) == ()


def test_who_is_behind_is_held_by_one_at_a_time(demo):
    behind = made(demo)
    assert demo.has_deliveries()
    assert demo.is_followed("demo")
    assert not demo.is_followed("other")
    (held,) = claim(demo)
    assert held.subscription == behind
    assert (held.is_due, held.asked, held.revision) == (True, None, 3)
    assert claim(demo, "other") == ()
    assert not demo.has_deliveries()


def test_a_lease_that_ran_out_is_anothers_and_its_outcome_is_dropped(demo):
    behind = made(demo)
    claim(demo, "first", lease=SHORT)
    wait_until(demo.has_deliveries, 2)
    assert len(claim(demo, "second")) == 1
    assert demo.settle_delivery("first", behind, sent(1), lease=LEASE) is None
    assert found(demo, behind).position == 0
    assert demo.find_delivery("dlv_1") is None
    assert demo.settle_delivery("second", behind, sent(1), lease=LEASE).subscription.position == 1


def test_a_delivered_message_moves_the_position_and_the_rest_goes_on(demo):
    behind = made(demo)
    claim(demo)
    held = demo.settle_delivery("t", behind, sent(1), lease=LEASE)
    assert (held.subscription.position, held.is_due) == (1, True)
    held = demo.settle_delivery("t", held.subscription, sent(2), lease=LEASE)
    assert demo.settle_delivery("t", held.subscription, sent(3), lease=LEASE) is None
    told = found(demo, behind)
    assert (told.position, told.attempts, told.failing_since) == (3, 0, None)
    assert told.delivered_at is not None
    assert not demo.has_deliveries()
    listed = demo.list_deliveries("demo", behind.id, status="delivered", limit=9, after=None)
    assert [each.revision for each in listed] == [3, 2, 1]
    assert json.loads(listed[0].tries)[0]["status"] == 200


def test_without_a_lease_it_is_given_back(demo):
    behind = made(demo)
    claim(demo)
    assert demo.settle_delivery("t", behind, sent(1), lease=None) is None
    (held,) = claim(demo, "u")
    assert held.subscription.position == 1


def test_a_failed_message_waits_for_its_next_try(demo):
    behind = made(demo)
    claim(demo)
    assert demo.settle_delivery("t", behind, sent(1, BAD, pause=60.0), lease=LEASE) is None
    failing = found(demo, behind)
    assert (failing.status, failing.position, failing.attempts) == ("active", 0, 1)
    assert failing.due_at == pytest.approx(failing.failing_since + 60)
    assert demo.find_delivery("dlv_1").status == "waiting"
    assert not demo.has_deliveries()
    assert demo.is_followed("demo")


def test_the_same_message_keeps_one_row_with_all_its_tries(demo):
    behind = made(demo)
    for status in ("waiting", "waiting", "delivered"):
        (held,) = claim(demo)
        result = OK if status == "delivered" else BAD
        demo.settle_delivery("t", held.subscription, sent(1, result, pause=0.0), lease=None)
        assert demo.find_delivery("dlv_1").status == status
    told = demo.find_delivery("dlv_1")
    assert (told.attempts, len(json.loads(told.tries))) == (3, 3)
    assert found(demo, behind).failing_since is None


def test_one_that_is_disabled_keeps_its_place_and_goes_on_from_there(demo):
    behind = made(demo)
    claim(demo)
    reason = '{"code":"gone","says":"The receiver answered 410."}'
    demo.settle_delivery("t", behind, sent(1, BAD, reason=reason), lease=LEASE)
    ended = found(demo, behind)
    assert (ended.status, ended.reason, ended.position) == ("disabled", reason, 0)
    assert demo.find_delivery("dlv_1").status == "failed"
    assert claim(demo) == ()
    assert not demo.is_followed("demo")
    demo.change_subscription("demo", behind.id, {"status": "active"})
    (held,) = claim(demo)
    assert (held.subscription.position, held.subscription.attempts) == (0, 0)
    demo.settle_delivery("t", held.subscription, sent(1), lease=None)
    assert demo.find_delivery("dlv_1").status == "delivered"


def test_one_that_was_paused_meanwhile_stays_paused(demo):
    behind = made(demo)
    claim(demo)
    demo.change_subscription("demo", behind.id, {"status": "paused"})
    assert demo.settle_delivery("t", behind, sent(1, BAD, reason="{}"), lease=LEASE) is None
    paused = found(demo, behind)
    assert (paused.status, paused.reason) == ("paused", None)
    assert claim(demo) == ()


def test_a_replay_is_not_moved_on_by_what_was_on_its_way(demo):
    behind = made(demo)
    claim(demo)
    held = demo.settle_delivery("t", behind, sent(2), lease=LEASE)
    demo.replay("demo", behind.id, 0)
    assert claim(demo, "other") == (), "one message at a time, also now"
    held = demo.settle_delivery("t", held.subscription, sent(3), lease=LEASE)
    assert held.subscription.position == 0
    assert demo.find_delivery("dlv_3").status == "delivered"


def test_changes_that_are_not_asked_for_are_passed(demo):
    behind = made(demo)
    claim(demo)
    held = demo.pass_changes("t", behind, 2, lease=LEASE)
    assert (held.subscription.position, held.is_due) == (2, True)
    assert demo.pass_changes("t", held.subscription, 3, lease=LEASE) is None
    assert found(demo, behind).position == 3
    assert demo.list_deliveries("demo", behind.id, status=None, limit=9, after=None) == ()


def test_what_failed_and_is_not_asked_for_any_more_waits_no_longer(demo):
    behind = made(demo)
    claim(demo)
    demo.settle_delivery("t", behind, sent(1, BAD, pause=0.0), lease=None)
    (held,) = claim(demo)
    demo.pass_changes("t", held.subscription, 3, lease=LEASE)
    assert demo.find_delivery("dlv_1").status == "failed"
    told = found(demo, behind)
    assert (told.position, told.attempts, told.failing_since) == (3, 0, None)


def test_giving_back_is_no_try(demo):
    behind = made(demo)
    claim(demo)
    assert demo.release_deliveries("t") == 1
    assert demo.release_deliveries("t") == 0
    assert demo.settle_delivery("t", behind, sent(1), lease=LEASE) is None
    (held,) = claim(demo, "u")
    assert held.subscription.attempts == 0


def test_those_that_fail_leave_room_for_the_others(demo):
    failing = [made(demo) for _ in range(4)]
    for each in claim(demo):
        demo.settle_delivery("t", each.subscription, sent(1, BAD, pause=0.0), lease=None)
    well = [made(demo) for _ in range(2)]
    held = claim(demo, failing=3)
    assert {each.subscription.id for each in held[:2]} == {each.id for each in well}
    assert {each.subscription.id for each in held[2:]} < {each.id for each in failing}
    assert len(held) == 5
    assert (demo.has_deliveries(), demo.has_deliveries(failing=False)) == (True, False)
    assert len(claim(demo, "u", failing=3)) == 1


def test_no_more_are_held_than_asked_for(demo):
    for _ in range(5):
        made(demo)
    assert [len(claim(demo, each, limit=2)) for each in "abcd"] == [2, 2, 1, 0]


def test_who_was_told_last_comes_last(demo):
    first, second = made(demo), made(demo)
    (held,) = claim(demo, limit=1)
    assert held.subscription.id == first.id
    demo.settle_delivery("t", held.subscription, sent(1), lease=None)
    (held,) = claim(demo, limit=1)
    assert held.subscription.id == second.id


def test_messages_by_hand_go_first_also_to_those_that_are_paused(demo):
    paused, busy = made(demo), made(demo)
    demo.change_subscription("demo", paused.id, {"status": "paused"})
    asked = [demo.ask_test("demo", paused.id, name) for name in "ab"]
    assert demo.has_deliveries()
    held, other = claim(demo)
    assert (held.asked, held.is_due) == (asked[0], False)
    assert other.subscription.id == busy.id
    out = sent(None, id=asked[0].id, type=asked[0].type, position=None)
    held = demo.settle_delivery("t", held.subscription, out, lease=LEASE)
    assert held.asked == asked[1]
    out = sent(None, BAD, id=asked[1].id, type=asked[1].type, position=None)
    assert demo.settle_delivery("t", held.subscription, out, lease=LEASE) is None
    assert [demo.find_delivery(each.id).status for each in asked] == ["delivered", "failed"]
    told = found(demo, paused)
    assert (told.status, told.position, told.attempts) == ("paused", 0, 0)


def test_a_message_by_hand_leaves_the_failing_one_as_it_is(demo):
    behind = made(demo)
    claim(demo)
    demo.settle_delivery("t", behind, sent(1, BAD, pause=60.0), lease=None)
    asked = demo.redeliver("dlv_1")
    (held,) = claim(demo)
    assert (held.asked.id, held.is_due) == ("dlv_1", False)
    assert asked.out_of_turn
    demo.settle_delivery("t", held.subscription, sent(1, BAD, position=None), lease=None)
    told = found(demo, behind)
    assert (told.attempts, told.position) == (1, 0)
    assert told.due_at == pytest.approx(told.failing_since + 60)


def test_who_takes_a_message_by_hand_is_sent_the_one_that_waits(demo):
    behind = made(demo)
    claim(demo)
    demo.settle_delivery("t", behind, sent(1, BAD, pause=86_400.0), lease=None)
    asked = demo.ask_test("demo", behind.id, "nonce")
    (held,) = claim(demo)
    out = sent(None, id=asked.id, type=asked.type, position=None)
    held = demo.settle_delivery("t", held.subscription, out, lease=LEASE)
    assert (held.is_due, held.asked, held.subscription.attempts) == (True, None, 1)


def test_a_deleted_subscription_is_settled_without_a_word(demo):
    behind = made(demo)
    claim(demo)
    demo.remove_subscription("demo", behind.id)
    assert demo.settle_delivery("t", behind, sent(1), lease=LEASE) is None
    assert demo.find_delivery("dlv_1") is None


def test_a_deleted_timeline_tells_nobody(demo):
    behind = made(demo)
    claim(demo)
    demo.close_timeline("demo")
    assert demo.settle_delivery("t", behind, sent(1), lease=LEASE) is None
    demo.release_deliveries("t")
    assert not demo.has_deliveries()
    assert claim(demo) == ()


def test_old_deliveries_are_let_go_in_pieces(demo):
    behind = made(demo)
    claim(demo)
    demo.settle_delivery("t", behind, sent(1), lease=LEASE)
    assert demo.trim_deliveries(seconds=3600)
    assert demo.find_delivery("dlv_1")
    wait_until(lambda: demo.trim_deliveries(seconds=0.01) and not demo.find_delivery("dlv_1"), 2)


def test_subscriptions_are_counted_by_how_they_do(demo):
    assert demo.count_subscriptions() == {"active": 0, "paused": 0, "disabled": 0, "behind": 0}
    made(demo)
    made(demo, behind=False)
    paused = made(demo)
    demo.change_subscription("demo", paused.id, {"status": "paused"})
    assert demo.count_subscriptions() == {"active": 2, "paused": 1, "disabled": 0, "behind": 1}


def test_several_at_once_hold_none_together_and_keep_every_order(demo, store_url):
    for _ in range(12):
        made(demo)
    stores = [SqlStore(store_url) for _ in range(4)]
    log = []

    def work(number):
        mine, token = stores[number], f"token {number}"
        while held := mine.claim_deliveries(token, limit=3, failing=3, lease=LEASE):
            for each in held:
                of = each.subscription
                log.append((of.id, of.position + 1))
                told = sent(of.position + 1, id=f"dlv_{of.id}_{of.position + 1}")
                mine.settle_delivery(token, of, told, lease=None)

    at_once(work, 4)
    while demo.has_deliveries():
        work(0)
    for each in stores:
        each.close()
    assert len(log) == len(set(log)) == 36
    for name in {name for name, _ in log}:
        assert [revision for other, revision in log if other == name] == [1, 2, 3]
