"""Everything is killed in turn while changes flow, and nobody who listens misses or doubles one."""

import json
import os
import signal
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass

import pytest

from tests.faults import test_drill as drill
from tests.servers.changerows import (
    assert_delivered,
    assert_never_goes_back,
    assert_told,
    change_rows,
    expected,
    in_view,
)
from tests.servers.house import TIMELINE
from tests.servers.listeners import (
    CalendarReader,
    FeedReader,
    Listener,
    LongPoller,
    StreamListener,
)
from tests.servers.newsroom import Newsroom
from tests.servers.receivers import Receiver, failing_now_and_then
from tests.servers.waiting import wait_until

EACH = 12
"""Articles that are posted while one thing is killed."""
VIEW = "publisher=courier"
PATIENCE = 1.5
"""Seconds that a receiver has; its subscription is held for a third more."""
FILTER = {"publisher": "courier"}
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


def freeze_redis(house):
    freeze(2.5, house.redis_pid)


def freeze_who_sends(house):
    """For longer than it holds a subscription: the other one goes on, and it has nothing to say."""
    wait_until(house.sending_horses, 20, "a sender is busy")
    freeze(2 * PATIENCE, *house.sending_horses())


def freeze(seconds, *pids):
    for number, then in ((signal.SIGSTOP, seconds), (signal.SIGCONT, 0)):
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        time.sleep(then)


FAULTS = (
    drill.flush_redis,
    kill_the_api,
    kill_who_sends,
    drill.kill_redis,
    drill.kill_the_parent_of_the_workers,
    kill_the_process_that_serves,
    freeze_redis,
    drill.kill_horse,
    drill.flush_redis,
    freeze_who_sends,
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
        webhook_seconds=PATIENCE,
        webhook_pauses="0.3,0.3,0.3,1,1,1,1",
        waiters=40,
        web_processes=2,
    )


@dataclass(frozen=True)
class Audience:
    """Who listens: to all changes, to those of a view, by feeds, and where webhooks arrive."""

    begun: int
    """The revision after which webhooks begin; the others begin with the first change."""
    whole: tuple[Listener, ...]
    views: tuple[Listener, ...]
    feed: FeedReader
    calendar: CalendarReader
    calm: Receiver
    moody: Receiver
    """It fails its second message and its 20th, once."""
    picky: Receiver
    """It has a filter."""

    @property
    def receivers(self):
        return (self.calm, self.moody, self.picky)


@pytest.fixture
def audience(house, newsroom, open_receiver):
    with ExitStack() as held:

        def listen(kind, query=""):
            return held.enter_context(kind(house.api.port, TIMELINE, query))

        made = Audience(
            begun=house.store.find_revision(TIMELINE).revision,
            whole=tuple(listen(kind) for kind in (StreamListener, LongPoller) * 2),
            views=tuple(listen(kind, VIEW) for kind in (StreamListener, LongPoller)),
            feed=listen(FeedReader),
            calendar=listen(CalendarReader),
            calm=open_receiver(),
            moody=open_receiver(failing_now_and_then(2, 20)),
            picky=open_receiver(),
        )
        subscribe(house, made.calm)
        subscribe(house, made.moody)
        subscribe(house, made.picky, filter=FILTER)
        yield made


@pytest.fixture
def newsroom(house):
    """It has told one event, so that there is a timeline to listen to."""
    made = Newsroom(house.api)
    made.post("first", "Townaa market burned stalls")
    wait_until(lambda: house.store.find_revision(TIMELINE).revision, 20, "there is an event")
    return made


def subscribe(house, receiver, **said):
    path = f"/v1/timelines/{TIMELINE}/subscriptions"
    body = json.dumps({"url": receiver.url, **said})
    status, made = house.api.ask("POST", path, body, Content_Type="application/json")
    assert status == 201, made


@pytest.mark.slow
def test_nobody_misses_or_doubles_a_change_whatever_is_killed(house, newsroom, audience):
    for number, fault in enumerate(FAULTS):
        with newsroom.telling(EACH, begin=number * EACH):
            await_more(newsroom, 3)
            before = [len(each.arrivals) for each in audience.receivers]
            fault(house)
        # One fault for an article at most: three would rightly make it fail.
        await_read(house, tuple(newsroom.posted.values()))
    let_events_leave_and_end(house, newsroom)
    rows = change_rows(house.store, TIMELINE)
    await_told(house, audience, rows[-1].revision)
    assert_listeners_were_told(audience, rows)
    assert_webhooks_arrived(audience, rows)
    for each, count in zip(audience.receivers, before, strict=True):
        assert_never_goes_back(each.arrivals[:count])  # nobody who sends was frozen until then
    assert_feeds_hold_the_last_state(audience, rows)


def let_events_leave_and_end(house, newsroom):
    """The Courier takes back what it told with another paper, and what it told alone."""
    for number, name in ((1, "other"), (0, "with another"), (0, "alone")):
        text = "Townyy flooded fields" if name == "alone" else "Townzz market burned stalls"
        newsroom.post(name, f"{text} said paper{len(name)}", number)
        await_read(house, tuple(newsroom.posted.values()))
    for name in ("with another", "alone"):
        newsroom.retract(name)


def await_more(newsroom, count):
    told = len(newsroom.posted)
    wait_until(lambda: len(newsroom.posted) >= told + count, 40, f"{count} more were posted")


def await_read(house, ids):
    def is_open(id_):
        return house.article(id_).status in {"accepted", "processing"}

    wait_until(lambda: not any(map(is_open, ids)), 40, "all were read")


def await_told(house, audience, revision):
    for each in (*audience.whole, *audience.views):
        each.await_revision(revision)

    def are_delivered():
        found = house.store.list_subscriptions(TIMELINE, limit=9, after=None)
        assert [each.status for each in found] == ["active"] * 3
        return all(each.position == revision for each in found)

    wait_until(are_delivered, 40, "all webhooks are delivered")
    time.sleep(QUIET)


def assert_listeners_were_told(audience, rows):
    for each in audience.whole:
        assert_told(each.told, map(expected, rows))
    for each in audience.views:
        assert_told(each.told, in_view(rows, fits_view))
    for each in (*audience.whole, *audience.views):
        assert each.calls > 2  # it was cut off when the API was killed, twice
        assert not each.resets


def assert_webhooks_arrived(audience, rows):
    everything = [expected(row) for row in rows[audience.begun :]]
    viewed = [each for each in in_view(rows, fits_view) if each["revision"] > audience.begun]
    assert_delivered(audience.calm, TIMELINE, everything)
    assert_delivered(audience.moody, TIMELINE, everything)
    assert_delivered(audience.picky, TIMELINE, viewed)
    assert len(audience.moody.arrivals) >= len(everything) + 2  # what it failed came again
    assert {"created", "updated", "left", "removed"} <= {each["type"] for each in viewed}


def assert_feeds_hold_the_last_state(audience, rows):
    last = {row.event_id: row for row in rows}
    living = {id_: row.revision for id_, row in last.items() if row.document}
    ended = {id_: row.revision for id_, row in last.items() if not row.document}
    assert living
    assert ended
    wait_until(lambda: audience.calendar.living == living, 10, "the calendar is up to date")
    assert audience.calendar.ended == ended
    assert {id_: audience.feed.living.get(id_) for id_ in living} == living
