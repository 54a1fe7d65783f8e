"""What subscribers are sent, on a real record of each kind, with receivers in memory."""

import json

from sqlalchemy import create_engine, text
from standardwebhooks import Webhook

from service.corrections import Corrections
from service.jobqueue import DELIVERIES_QUEUE
from service.store.engine import read_url
from service.store.eventquery import EventQuery, Search
from tests.servers.api import Bell
from tests.servers.postoffice import (
    FIRST,
    SECOND,
    TYPES,
    Silence,
    deliveries,
    now,
    subscribe,
    tell,
)


def test_every_change_is_sent_in_order_and_kept(office, record, post):
    subscription = subscribe(record)
    office()
    assert post.types() == TYPES
    assert [each["data"]["revision"] for each in post.bodies()] == [1, 2, 3]
    assert [each["data"]["timeline"] for each in post.bodies()] == ["demo"] * 3
    told = deliveries(record, subscription)
    assert [each.id for each in told] == post.ids()
    assert [each.status for each in told] == ["delivered"] * 3
    assert now(record, subscription).position == 3
    assert office.tallies.counts["delivery:delivered"] == 3


def test_nothing_due_is_one_look_at_the_record(office, record, post):
    subscribe(record, behind=False)

    class Looked:
        looks = 0

        def has_deliveries(self, **options):
            self.looks += 1
            return record.has_deliveries(**options)

    looked = Looked()
    office(looked)
    assert (looked.looks, post.sent, office.bell.rings) == (2, [], [])


def test_receivers_can_verify_what_comes_with_either_secret(office, record, post):
    subscription = subscribe(record)
    record.rotate_secret("demo", subscription.id, SECOND, seconds=60)
    office()
    for _, body, headers in post.sent:
        for known in (FIRST, SECOND):
            assert Webhook(known).verify(body, headers)["type"] == "event.created"


def test_a_replaced_secret_signs_no_longer_when_its_time_is_over(office, record, post):
    subscription = subscribe(record)
    record.rotate_secret("demo", subscription.id, SECOND, seconds=0)
    office()
    assert {len(headers["webhook-signature"].split()) for *_, headers in post.sent} == {1}
    Webhook(SECOND).verify(post.sent[0][1], post.sent[0][2])


def test_cloud_events_are_sent_as_such(office, record, post):
    subscribe(record, format="cloudevents")
    office()
    _, body, headers = post.sent[0]
    assert headers["Content-Type"].startswith("application/cloudevents+json")
    said = Webhook(FIRST).verify(body, headers)
    assert (said["id"], said["source"]) == (headers["webhook-id"], "/v1/timelines/demo")
    assert said["subject"] == said["data"]["event_id"]


def test_only_the_types_asked_for_are_sent(office, record, post):
    none, all_of = subscribe(record, types=("removed",)), subscribe(record, types=("created",))
    office()
    assert post.types() == TYPES
    assert (now(record, none).position, now(record, all_of).position) == (3, 3)
    assert deliveries(record, none) == ()


def test_what_does_not_fit_the_filter_is_passed(office, record, post):
    query = EventQuery(search=Search(words=("burned",)))
    subscription = subscribe(record, query=query)
    office()
    assert [each["data"]["revision"] for each in post.bodies()] == [2]
    assert now(record, subscription).position == 3


def test_a_paused_subscription_is_told_later_and_misses_nothing(office, record, post):
    subscription = subscribe(record)
    record.change_subscription("demo", subscription.id, {"status": "paused"})
    office()
    assert post.sent == []
    record.change_subscription("demo", subscription.id, {"status": "active"})
    office()
    assert post.types() == TYPES


def test_a_test_is_sent_before_all_else_also_to_a_paused_one(office, record, post):
    subscription = subscribe(record)
    record.change_subscription("demo", subscription.id, {"status": "paused"})
    asked = record.ask_test("demo", subscription.id, "nonce")
    office()
    assert post.ids() == [asked.id]
    (said,) = post.bodies()
    assert said["type"] == "subscription.test"
    assert said["data"] == {"timeline": "demo", "subscription_id": subscription.id}
    assert record.find_delivery(asked.id).status == "delivered"


def test_a_message_is_sent_once_more_as_it_was(office, record, post):
    subscription = subscribe(record)
    office()
    again = deliveries(record, subscription)[1]
    record.redeliver(again.id)
    office()
    assert post.ids()[3:] == [again.id]
    assert post.bodies()[3] == post.bodies()[1]
    assert now(record, subscription).position == 3
    assert record.find_delivery(again.id).attempts == 2


def test_a_replay_sends_the_same_messages_under_their_ids(office, record, post):
    subscription = subscribe(record)
    office()
    record.replay("demo", subscription.id, 1)
    office()
    assert post.ids()[3:] == post.ids()[1:3]


def test_changes_that_are_not_kept_are_told_as_a_reset(office, record, post, store_url):
    subscription = subscribe(record, types=("created",))
    forget(store_url, up_to=2)
    office()
    (said,) = post.bodies()
    assert said["type"] == "timeline.reset"
    assert said["data"]["revision"] == 3
    assert now(record, subscription).position == 3


def test_what_is_asked_for_and_not_kept_fails_with_its_reason(office, record, post, store_url):
    subscription = subscribe(record)
    office()
    first = deliveries(record, subscription)[0]
    record.redeliver(first.id)
    forget(store_url, up_to=2)
    office()
    kept = record.find_delivery(first.id)
    assert kept.status == "failed"
    assert json.loads(kept.tries)[-1]["error"].startswith("history-gone: change 1 of")
    assert len(post.sent) == 3


def forget(url, *, up_to):
    """Let changes go, as if they were older than what is kept."""
    engine = create_engine(read_url(url))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM changes WHERE revision <= :to"), {"to": up_to})
        connection.execute(text("UPDATE timelines SET kept_after = :to"), {"to": up_to})
    engine.dispose()


def test_a_retraction_rings_for_subscribers_and_is_sent(office, record, post):
    subscribe(record, behind=False)
    first = record.list_articles("demo", limit=1, after=None)[0]
    Corrections(record, office.bell, Silence()).retract(first.id)
    assert office.bell.rings == [DELIVERIES_QUEUE]
    office()
    assert post.types() == ["event.removed"]


def test_reading_an_article_rings_for_subscribers(record):
    bell = Bell()
    tell(record, "Perth flooded", bell=bell)
    assert bell.rings == []
    subscribe(record)
    tell(record, "Accra flooded", bell=bell)
    assert bell.rings == [DELIVERIES_QUEUE]
