"""Wakeups arrive in order, may be lost, and never keep anybody waiting longer than asked."""

import time

import pytest

from service.wakeups import Wakeup, Wakeups


@pytest.fixture
def wakeups(redis_url):
    ends = Wakeups(redis_url)
    yield ends
    ends.close()


def subscribed(wakeups):
    waiter = wakeups.waiter()
    assert waiter.wait(0.05) is None
    return waiter


def test_a_waiter_hears_what_is_published_while_it_listens(wakeups):
    waiter = subscribed(wakeups)
    assert wakeups.publish("village", 7)
    assert wakeups.publish("town", 1)
    assert waiter.wait(2) == Wakeup("village", 7)
    assert waiter.wait(2) == Wakeup("town", 1)
    waiter.close()


def test_every_waiter_hears_it(wakeups):
    waiters = [subscribed(wakeups), subscribed(wakeups)]
    wakeups.publish("village", 7)
    assert [each.wait(2) for each in waiters] == [Wakeup("village", 7)] * 2
    for each in waiters:
        each.close()


def test_waiting_ends_in_time_when_nothing_comes(wakeups):
    waiter = wakeups.waiter()
    begun = time.monotonic()
    assert waiter.wait(0.3) is None
    assert 0.29 < time.monotonic() - begun < 0.6
    waiter.close()


def test_what_is_no_wakeup_of_ours_wakes_nobody(wakeups, redis_url):
    waiter = subscribed(wakeups)
    wakeups._redis.publish("timelines:wakeups", "not json")  # noqa: SLF001  # a stranger's message
    assert waiter.wait(0.2) is None
    wakeups.publish("village", 8)
    assert waiter.wait(1) in {None, Wakeup("village", 8)}
    waiter.close()


def test_a_waiter_survives_the_loss_of_redis(start_redis):
    server = start_redis("server")
    wakeups = Wakeups(server.url)
    waiter = subscribed(wakeups)
    server.stop()
    assert not wakeups.publish("village", 1)
    begun = time.monotonic()
    assert waiter.wait(0.3) is None
    assert time.monotonic() - begun < 0.7
    start_redis("server")
    assert waiter.wait(0.05) is None
    assert wakeups.publish("village", 2)
    assert waiter.wait(2) == Wakeup("village", 2)
    waiter.close()
    wakeups.close()
