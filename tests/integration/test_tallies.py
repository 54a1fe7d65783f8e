"""What workers tell of themselves: added up, never older than it may be, never in the way."""

import time

import pytest
from redis import Redis

from service.tallies import BEATS, LATELY_SECONDS, PAGELESS, SENDING, RedisTallies
from tests.servers.api import NOWHERE
from tests.servers.waiting import wait_until


@pytest.fixture
def tallies(redis_url):
    opened = RedisTallies(redis_url)
    yield opened
    opened.close()


def test_counts_are_added_up(tallies):
    assert tallies.add({"a": 1, "b": 40})
    assert tallies.add({"b": 2})
    assert tallies.read().counts == {"a": 1, "b": 42}


def test_a_worker_lives_from_its_beat_to_its_end(tallies):
    assert tallies.read().workers == 0
    tallies.beat("one")
    tallies.beat("two")
    tallies.beat("two")
    assert tallies.read().workers == 2
    tallies.leave("one")
    assert tallies.read().workers == 1


def test_workers_that_cannot_read_pages_are_told_apart(tallies):
    tallies.beat("one")
    tallies.beat("two" + PAGELESS)
    assert (tallies.read().workers, tallies.read().pageless) == (2, 1)


def test_those_that_send_are_no_workers_that_read(tallies):
    tallies.beat("one")
    tallies.beat("two" + SENDING)
    assert (tallies.read().workers, tallies.read().senders) == (1, 1)


def test_a_worker_that_was_killed_is_gone_after_a_while(tallies, redis_url):
    tallies.beat("one")
    with Redis.from_url(redis_url) as client:
        client.zincrby(BEATS, -LATELY_SECONDS - 1, "one")
    assert tallies.read().workers == 0


def test_nothing_of_it_fails_or_waits_without_redis():
    away = RedisTallies(NOWHERE)
    begun = time.monotonic()
    assert away.read() is None
    assert not away.add({"a": 1})
    assert not away.beat("one")
    away.leave("one")
    assert time.monotonic() - begun < 2


def test_real_workers_tell_that_they_live(open_house, sqlite_url):
    house = open_house(sqlite_url, workers=2)
    tallies = RedisTallies(house.redis.url)
    wait_until(lambda: tallies.read().workers == 2, 10, "both are heard of")
    wait_until(lambda: tallies.read().senders == 2, 10, "those that send, too")
    tallies.close()
