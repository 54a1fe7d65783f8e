"""Receivers that fail, hang or go, and jobs that are cut short, on a record of each kind."""

import json
import logging
import threading
import time

import pytest
from sqlalchemy import create_engine, text

from service.egress.targets import EgressError
from service.errors import StoreUnavailableError
from service.jobqueue import DELIVERIES_QUEUE
from service.store.engine import read_url
from tests.servers.postoffice import (
    FIRST,
    HOOK,
    TYPES,
    answer,
    deliveries,
    no_threads,
    now,
    subscribe,
)
from tests.servers.waiting import wait_until


def test_a_message_that_failed_is_sent_again_before_all_later_ones(office, record, post):
    post.answers[HOOK] = [answer(503), EgressError("too-slow", "no answer"), answer(204)]
    subscription = subscribe(record)
    office.until_idle()
    assert [each["data"]["revision"] for each in post.bodies()] == [1, 1, 1, 2, 3]
    assert len(set(post.ids())) == 3
    first = deliveries(record, subscription)[0]
    assert (first.status, first.attempts) == ("delivered", 3)
    tried = json.loads(first.tries)
    assert [each.get("status") for each in tried] == [503, None, 204]
    assert tried[1]["error"] == "too-slow: no answer"


def test_a_failing_receiver_holds_up_itself_alone(office, record, post):
    other = "https://other.example/"
    post.answers[other] = [answer(500)]
    failing, well = subscribe(record, url=other), subscribe(record)
    office.pauses = (60.0,)
    office()
    assert post.types() == TYPES
    assert (now(record, failing).position, now(record, failing).attempts) == (0, 1)
    assert now(record, well).position == 3


def test_what_a_receiver_asks_for_is_waited(office, record, post):
    post.answers[HOOK] = [answer(429, retry_after=600)]
    subscription = subscribe(record)
    office()
    waiting = now(record, subscription)
    assert waiting.due_at - waiting.failing_since == pytest.approx(600, abs=1)


def test_after_the_last_try_it_is_disabled_and_goes_on_without_loss(office, record, post):
    post.answers[HOOK] = [answer(204), answer(500, excerpt="broken")]
    subscription = subscribe(record)
    office.until_idle()
    ended = now(record, subscription)
    assert (ended.status, ended.position) == ("disabled", 1)
    reason = json.loads(ended.reason)
    assert reason["code"] == "failing"
    assert reason["says"] == "3 tries in 0 hours failed, the last with status 500."
    assert reason["at"]
    post.answers[HOOK] = [answer(200)]
    record.change_subscription("demo", subscription.id, {"status": "active"})
    office.until_idle()
    assert [each["data"]["revision"] for each in post.bodies()] == [1, 2, 2, 2, 2, 3]
    assert len(set(post.ids())) == 3
    assert now(record, subscription).reason is None


def test_a_receiver_that_is_gone_is_sent_nothing_more(office, record, post):
    post.answers[HOOK] = [answer(410)]
    subscription = subscribe(record)
    office()
    ended = now(record, subscription)
    assert (ended.status, json.loads(ended.reason)["code"]) == ("disabled", "gone")
    assert len(post.sent) == 1
    assert office.tallies.counts["delivery:disabled"] == 1


def test_a_receiver_that_says_so_to_a_test_is_gone_as_well(office, record, post):
    post.answers[HOOK] = [answer(410)]
    subscription = subscribe(record, behind=False)
    record.ask_test("demo", subscription.id, "nonce")
    office()
    assert now(record, subscription).status == "disabled"


def test_a_redirection_is_a_failure(office, record, post):
    post.answers[HOOK] = [answer(302)]
    office.pauses = (60.0,)
    subscription = subscribe(record)
    office()
    assert now(record, subscription).attempts == 1


def test_a_test_that_failed_is_not_sent_again(office, record, post):
    post.answers[HOOK] = [answer(500)]
    subscription = subscribe(record, behind=False)
    asked = record.ask_test("demo", subscription.id, "nonce")
    office()
    office()
    assert len(post.sent) == 1
    assert record.find_delivery(asked.id).status == "failed"
    assert now(record, subscription).attempts == 0


def test_a_stop_gives_back_what_is_held_without_a_try(office, record, post):
    post.slow = "news.example"
    subscription = subscribe(record)
    job = threading.Thread(target=office)
    job.start()
    wait_until(lambda: post.sent, 5)
    begun = time.monotonic()
    office.sign.is_up = True
    job.join()
    assert time.monotonic() - begun < 1
    assert now(record, subscription).attempts == 0
    assert record.has_deliveries(), "somebody else can send it at once"
    assert office.tallies.counts["delivery:given_back"] == 1


def test_what_was_given_back_is_not_moved_on_by_a_late_answer(office, record, post):
    post.slow = "news.example"
    subscription = subscribe(record)
    job = threading.Thread(target=office)
    job.start()
    wait_until(lambda: post.sent, 5)
    office.sign.is_up = True
    job.join()
    post.gate.set()
    wait_until(no_threads, 5)
    assert now(record, subscription).position == 0


def test_an_answer_that_is_on_its_way_is_waited_for_a_moment(office, record, post):
    post.slow = "news.example"
    subscription = subscribe(record)
    job = threading.Thread(target=office)
    job.start()
    wait_until(lambda: post.sent, 5)
    office.sign.is_up = True
    post.gate.set()
    job.join()
    assert now(record, subscription).position == 1


def test_slow_receivers_leave_room_and_call_for_help_when_there_is_none(office, record, post):
    post.slow = "slow.example"
    slow = [subscribe(record, url=f"https://slow.example/{each}") for each in range(32)]
    job = threading.Thread(target=office)
    job.start()
    wait_until(lambda: len(post.sent) == 32, 5)
    good = subscribe(record)
    wait_until(lambda: office.bell.rings, 5)
    assert set(office.bell.rings) == {DELIVERIES_QUEUE}
    office()  # the other worker, who heard it
    assert post.types() == TYPES
    assert now(record, good).position == 3
    post.gate.set()
    job.join()
    assert {now(record, each).position for each in slow} == {3}


def test_a_record_that_is_away_ends_the_job_quietly(office, record, post, caplog):
    class Away:
        def __getattr__(self, name):
            return getattr(record, name)

        def settle_delivery(self, *_given, **_options):
            raise StoreUnavailableError("away")

    subscribe(record)
    office(Away())
    assert "job ends, the record is away" in caplog.text
    assert len(post.sent) == 1


def test_a_subscription_that_breaks_the_job_harms_no_other(office, record, post, caplog):
    broken, well = subscribe(record, format="strange"), subscribe(record)
    office()
    assert now(record, well).position == 3
    assert f"subscription {broken.id} cannot be told: KeyError in messages.py" in caplog.text


def test_no_line_tells_addresses_secrets_or_text(office, record, post, caplog):
    caplog.set_level(logging.DEBUG)
    post.answers[HOOK] = [answer(410, excerpt="private words")]
    subscribe(record)
    office()
    said = caplog.text + "".join(str(vars(each)) for each in caplog.records)
    assert "message disabled" in said
    for hidden in ("sesame", FIRST, "private words", "flooded", "news.example"):
        assert hidden not in said


def pass_time(url, seconds):
    """Let the record's clock be so much later for what is due."""
    engine = create_engine(read_url(url))
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE subscriptions SET due_at = due_at - :gone,"
                " failing_since = failing_since - :gone"
            ),
            {"gone": seconds},
        )
    engine.dispose()


def test_over_four_days_a_message_is_tried_ten_times_and_no_more(office, record, post, store_url):
    post.answers[HOOK] = [answer(500)]
    subscription = subscribe(record)
    office.pauses = ()  # those of the standard
    minutes, tried = 0.0, []
    while minutes < 4 * 24 * 60:
        before = len(post.sent)
        office()
        tried += [minutes] * (len(post.sent) - before)
        stands = now(record, subscription)
        wait = max(stands.due_at - time.time(), 60.0) if stands.status == "active" else 3600.0
        pass_time(store_url, wait)
        minutes += wait / 60
    assert len(tried) == 10
    assert 65 * 60 < tried[-1] < 84 * 60
    wanted = (0.1, 5, 30, 120, 300, 600, 840, 1200, 1440)
    for pause, found in zip(wanted, map(float.__sub__, tried[1:], tried), strict=True):
        assert 0.85 * pause < found < max(1.15 * pause, 1.1)
    ended = now(record, subscription)
    assert ended.status == "disabled"
    hours = int(json.loads(ended.reason)["says"].split()[3])
    assert 65 <= hours <= 84
    assert len(set(post.ids())) == 1


def test_a_receiver_that_comes_back_within_days_misses_nothing(office, record, post, store_url):
    post.answers[HOOK] = [*[answer(503)] * 7, answer(204)]
    subscription = subscribe(record)
    office.pauses = ()
    for _ in range(10):
        office()
        pass_time(store_url, max(now(record, subscription).due_at - time.time(), 0.0))
    assert [each["data"]["revision"] for each in post.bodies()] == [1] * 8 + [2, 3]
    told = now(record, subscription)
    assert (told.position, told.attempts, told.failing_since) == (3, 0, None)
