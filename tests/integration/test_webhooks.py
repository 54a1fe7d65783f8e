"""Webhooks from real workers to real receivers: in order, all of them, whoever fails."""

import json
import os
import signal
import time
from contextlib import ExitStack

import pytest
from redis import Redis
from standardwebhooks import Webhook

from service.store.shelf import TimelineTraits
from service.store.subscribing import NewSubscription
from tests.servers.endless import ENDLESS, endless
from tests.servers.house import TIMELINE
from tests.servers.receivers import always, failing_first, failing_now_and_then, slow
from tests.servers.waiting import children_of, wait_until

HAZARDS = "tests.faults.hazards"
FIRST, SECOND = (f"whsec_{letter * 43}=" for letter in "AB")
SOON = 10.0
"""Seconds within which whatever is to come has come, on a busy machine too."""
PROMPT = 3.0
"""Ten times what a message takes at most when nothing else goes on."""


@pytest.fixture
def open_post(open_house):
    """`open_post(url)`: a house that sends to this machine and has little patience."""

    def open_one(url, **settings):
        quick = {"webhook_seconds": 1.5, "webhook_pauses": "0.1,0.1,0.1"}
        given = {"module": HAZARDS, "allow_loopback_webhooks": 1, **quick, **settings}
        house = open_house(url, **given)
        house.store.put_timeline(TIMELINE, TimelineTraits())
        return house

    return open_one


def subscribe(house, url, **said):
    new = NewSubscription(timeline=TIMELINE, url=url, **{"secret": FIRST, **said})
    return house.store.add_subscription(new, most=1000)


def now(house, subscription):
    return house.store.find_subscription(TIMELINE, subscription.id)


def tell(house, count, word="flooded"):
    """Let the timeline tell so many events more, each by a commit of its own."""
    begun = house.store.find_revision(TIMELINE).revision
    house.post(*(f"Town{begun + each} {word}" for each in range(count)))


def revisions(receiver):
    """Of the messages as they came, each once: its place is that of its first arrival."""
    seen = {each.id: each.message["data"]["revision"] for each in receiver.arrivals}
    return list(seen.values())


def await_all(house, receiver, last):
    wait_until(lambda: last in revisions(receiver), SOON, f"revision {last} arrives")


def test_each_change_arrives_in_order_though_its_receiver_fails_now_and_then(
    open_post, open_receiver, record_url
):
    house = open_post(record_url)
    moody, calm = open_receiver(failing_now_and_then(1, 3, 6)), open_receiver()
    for receiver in (moody, calm):
        subscribe(house, receiver.url)
    tell(house, 8)
    for receiver in (moody, calm):
        await_all(house, receiver, 8)
        assert revisions(receiver) == list(range(1, 9))
    assert len(moody.arrivals) == 8 + 3
    for each in (*moody.arrivals, *calm.arrivals):
        Webhook(FIRST).verify(each.body, dict(each.headers))


def test_one_that_is_gone_is_disabled_and_goes_on_where_it_stood(
    open_post, open_receiver, sqlite_url
):
    house = open_post(sqlite_url)
    receiver = open_receiver(failing_first(1, status=410))
    subscription = subscribe(house, receiver.url)
    tell(house, 3)
    wait_until(lambda: now(house, subscription).status == "disabled", SOON)
    assert json.loads(now(house, subscription).reason)["code"] == "gone"
    house.store.change_subscription(TIMELINE, subscription.id, {"status": "active"})
    await_all(house, receiver, 3)
    assert revisions(receiver) == [1, 2, 3]
    assert now(house, subscription).reason is None


def test_one_that_never_takes_anything_is_disabled_after_its_last_try(
    open_post, open_receiver, sqlite_url
):
    house = open_post(sqlite_url)
    receiver = open_receiver(always(status=503, body=b"not today"))
    subscription = subscribe(house, receiver.url)
    tell(house, 2)
    wait_until(lambda: now(house, subscription).status == "disabled", SOON)
    assert len(receiver.arrivals) == 4
    assert len({each.id for each in receiver.arrivals}) == 1
    reason = json.loads(now(house, subscription).reason)
    assert reason["says"].endswith("failed, the last with status 503.")
    (kept,) = house.store.list_deliveries(
        TIMELINE, subscription.id, status="failed", limit=9, after=None
    )
    assert [each["answer"] for each in json.loads(kept.tries)] == ["not today"] * 4


def test_what_is_asked_for_by_hand_is_sent(open_post, open_receiver, sqlite_url):
    house = open_post(sqlite_url)
    receiver = open_receiver()
    of = subscribe(house, receiver.url, format="cloudevents")
    tell(house, 2)
    await_all(house, receiver, 2)
    house.store.rotate_secret(TIMELINE, of.id, SECOND, seconds=3600)
    house.store.change_subscription(TIMELINE, of.id, {"status": "paused"})
    test = house.store.ask_test(TIMELINE, of.id, "nonce")
    wait_until(lambda: len(receiver.arrivals) == 3, SOON)
    assert receiver.arrivals[2].id == test.id
    house.store.redeliver(receiver.arrivals[0].id)
    wait_until(lambda: len(receiver.arrivals) == 4, SOON)
    assert receiver.arrivals[3].id == receiver.arrivals[0].id
    house.store.replay(TIMELINE, of.id, 1)
    house.store.change_subscription(TIMELINE, of.id, {"status": "active"})
    wait_until(lambda: len(receiver.arrivals) == 5, SOON)
    assert receiver.arrivals[4].id == receiver.arrivals[1].id
    for each in receiver.arrivals[2:]:
        assert each.message["specversion"] == "1.0"
        for known in (FIRST, SECOND):
            Webhook(known).verify(each.body, dict(each.headers))


def test_forty_receivers_without_end_hold_up_none_but_themselves(
    open_post, open_receiver, record_url
):
    house = open_post(record_url, webhook_seconds=4, webhook_pauses=",".join(["0.5"] * 20))
    with ExitStack() as opened:
        bad = [opened.enter_context(endless(manner)) for manner in ENDLESS]
        for number in range(40):
            subscribe(house, bad[number % len(bad)].url)
        good = open_receiver()
        subscribe(house, good.url)
        for revision in range(1, 16):
            tell(house, 1)
            await_all(house, good, revision)
            time.sleep(0.3)
        sent = {each.message["data"]["revision"]: each for each in good.arrivals}
        lags = [sent[each.revision].at - each.at for each in changes(house)]
        assert sum(each.taken for each in bad) >= 40
    assert revisions(good) == list(range(1, 16))
    assert max(lags) < PROMPT, lags


def changes(house):
    return house.store.read_changes(TIMELINE, after=0, limit=100).changes


def test_what_a_killed_worker_had_under_way_is_sent_again_under_its_id(
    open_post, open_receiver, record_url
):
    house = open_post(record_url)
    receiver = open_receiver(slow(1.0))
    subscription = subscribe(house, receiver.url)
    tell(house, 1)
    wait_until(lambda: receiver.arrivals, SOON)
    for sender in house.senders():
        for pid in (sender, *children_of(sender)):
            os.kill(pid, signal.SIGKILL)
    begun = time.monotonic()
    wait_until(lambda: len(receiver.arrivals) == 2, 2 + 2 + PROMPT)
    assert time.monotonic() - begun > 1, "nobody else sends while the lease lasts"
    wait_until(lambda: now(house, subscription).position == 1, SOON)
    assert len({each.id for each in receiver.arrivals}) == 1
    assert now(house, subscription).attempts == 0


def test_without_a_ring_the_sweeper_finds_what_is_due(open_post, open_receiver, record_url):
    house = open_post(record_url)
    receiver = open_receiver()
    subscription = subscribe(house, receiver.url)
    tell(house, 2)
    await_all(house, receiver, 2)
    with Redis.from_url(house.redis.url) as client:
        client.flushall()
    house.store.replay(TIMELINE, subscription.id, 0)  # the record alone knows of it
    wait_until(lambda: len(receiver.arrivals) == 4, SOON)


def test_stopping_gives_back_what_is_under_way_and_is_no_try(open_post, open_receiver, sqlite_url):
    house = open_post(sqlite_url, webhook_seconds=15)
    receiver = open_receiver(slow(20.0))
    subscription = subscribe(house, receiver.url)
    tell(house, 1)
    wait_until(lambda: receiver.arrivals, SOON)
    assert house.stop() < 3
    assert (now(house, subscription).attempts, now(house, subscription).position) == (0, 0)
    assert house.store.has_deliveries(), "the next worker need not wait for the lease"
