"""Everything is killed in turn while changes flow, and nobody who listens misses or doubles one."""

import json
import os
import signal
import time
from contextlib import ExitStack, suppress

import pytest

from tests.faults import test_drill as drill
from tests.servers.changerows import assert_delivered, assert_told, change_rows, expected, in_view
from tests.servers.house import TIMELINE
from tests.servers.listeners import CalendarReader, FeedReader, LongPoller, StreamListener
from tests.servers.newsroom import Newsroom
from tests.servers.receivers import failing_now_and_then
from tests.servers.waiting import wait_until

EACH = 16
"""Articles that are posted while one thing is killed."""
VIEW = "publisher=courier"
QUIET = 0.5
"""Seconds in which what is told twice would come."""


def fits_view(event):
    return any(source.get("publisher") == "Courier" for source in event["sources"])


def kill(*pids):
    for pid in pids:
        with suppress(ProcessLookupError):  # it may have come to its end meanwhile
            os.kill(pid, signal.SIGKILL)


def kill_the_api(house):
    kill(*house.api_pids)
    wait_until(house.api.is_answering, 20, "the API is back")


def kill_the_process_that_serves(house):
    kill(*house.api_pids[1:])
    wait_until(house.api.is_answering, 20, "the API is back")


def kill_who_sends(house):
    """A sender of webhooks with its horse, at a moment when there is one."""
    wait_until(house.sending_horses, 20, "a sender is busy")
    kill(*house.sending_horses(), *house.senders()[:1])


FAULTS = (
    drill.flush_redis,
    kill_the_api,
    kill_who_sends,
    drill.kill_redis,
    drill.kill_the_parent_of_the_workers,
    kill_the_process_that_serves,
    drill.kill_horse,
    drill.flush_redis,
)


@pytest.fixture
def house(open_house, record_url):
    return open_house(
        record_url,
        module="tests.faults.hazards",
        api=True,
        workers=2,
        lease_seconds=drill.LEASE,
        allow_loopback_webhooks=1,
        waiters=40,
    )


@pytest.fixture
def listen(house):
    """`listen(Kind, **options)`: listeners that end with the test."""
    with ExitStack() as held:
        yield lambda kind, **options: held.enter_context(kind(house.api.port, TIMELINE, **options))


def subscribe(house, receiver, **said):
    path = f"/v1/timelines/{TIMELINE}/subscriptions"
    body = json.dumps({"url": receiver.url, **said})
    status, made = house.api.ask("POST", path, body, Content_Type="application/json")
    assert status == 201, made
    return made["id"]


def await_more(newsroom, count):
    told = len(newsroom.posted)
    wait_until(lambda: len(newsroom.posted) >= told + count, 40, f"{count} more were posted")


def await_read(house, ids):
    def is_open(id_):
        return house.article(id_).status in {"accepted", "processing"}

    wait_until(lambda: not any(map(is_open, ids)), 40, "all were read")


def are_told(house, subscriptions, rows):
    """Whether everything was delivered, as the record has it."""
    found = [house.store.find_subscription(TIMELINE, each) for each in subscriptions]
    assert {each.status for each in found} == {"active"}
    return all(each.position == rows[-1].revision for each in found)


def assert_feeds_hold_the_last_state(rows, feed, calendar):
    last = {row.event_id: row for row in rows}
    living = {id_: row.revision for id_, row in last.items() if row.document}
    ended = {id_: row.revision for id_, row in last.items() if not row.document}
    assert living
    assert ended
    wait_until(lambda: calendar.living == living, 10, "the calendar is up to date")
    assert calendar.ended == ended
    assert {id_: feed.living.get(id_) for id_ in living} == living


@pytest.mark.slow
def test_nobody_misses_or_doubles_a_change_whatever_is_killed(house, listen, open_receiver):
    newsroom = Newsroom(house.api)
    newsroom.post("first", "Townaa market burned stalls")
    wait_until(lambda: house.store.find_revision(TIMELINE).revision, 20, "there is an event")
    whole = [listen(kind) for kind in (StreamListener, StreamListener, LongPoller, LongPoller)]
    views = [listen(kind, query=VIEW) for kind in (StreamListener, LongPoller)]
    feeds = [listen(kind) for kind in (FeedReader, CalendarReader)]
    begun = house.store.find_revision(TIMELINE).revision
    receivers = [open_receiver(), open_receiver(failing_now_and_then(2, 40))]
    subscriptions = [subscribe(house, each) for each in receivers]
    for number, fault in enumerate(FAULTS):
        with newsroom.telling(EACH, begin=number * EACH):
            await_more(newsroom, 3)
            fault(house)
        # One fault for an article at most: three would rightly make it fail.
        await_read(house, tuple(newsroom.posted.values()))
    rows = change_rows(house.store, TIMELINE)
    for each in (*whole, *views):
        each.await_revision(rows[-1].revision)
    wait_until(lambda: are_told(house, subscriptions, rows), 60, "all webhooks are delivered")
    time.sleep(QUIET)
    for each in whole:
        assert_told(each.told, map(expected, rows))
        assert each.calls > 2  # it was cut off when the API was killed, twice
    for each in views:
        assert_told(each.told, in_view(rows, fits_view))
    for each in receivers:
        assert_delivered(each.arrivals, TIMELINE, rows[begun:])
    assert len(receivers[1].arrivals) >= len(rows[begun:]) + 2  # what it failed came again
    assert_feeds_hold_the_last_state(rows, *feeds)
