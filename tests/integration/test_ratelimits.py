"""Buckets that are shared through Redis, and what remains of them without it."""

import logging
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from redis import Redis

from service.ratelimits import AWAY_SECONDS, PREFIX, Rate, RedisRateLimits
from tests.servers.api import NOWHERE

SLOW = Rate("reads", 20, 3600)
"""So slow that nothing comes back while a test runs."""


def own_lines(caplog):
    return [each for each in caplog.records if each.name == "service.ratelimits"]


@pytest.fixture
def opened():
    kept = []

    def open_limits(url, **options):
        kept.append(RedisRateLimits(url, **options))
        return kept[-1]

    yield open_limits
    for each in kept:
        each.close()


def test_two_processes_share_a_bucket(opened, redis_url):
    one, other = opened(redis_url), opened(redis_url)
    for left in range(19, -1, -2):
        assert one.take("a", SLOW).remaining == left
        assert other.take("a", SLOW).remaining == left - 1
    refused = other.take("a", SLOW)
    assert (refused.allowed, refused.remaining) == (False, 0)
    assert 175 <= refused.retry_seconds <= 181


def test_many_at_once_get_what_there_is_and_no_more(opened, redis_url):
    limits = opened(redis_url)
    with ThreadPoolExecutor(8) as pool:
        granted = list(pool.map(lambda _: limits.take("a", SLOW).allowed, range(60)))
    assert sum(granted) == 20


def test_of_a_large_bucket_a_process_draws_some_at_once_and_no_more_than_there_is(
    opened, redis_url
):
    large = Rate("reads", 1000, 36_000_000)
    one, other = opened(redis_url), opened(redis_url)
    with Redis.from_url(redis_url) as client:
        before = client.info("commandstats").get("cmdstat_evalsha", {"calls": 0})["calls"]
        assert [one.take("a", large).remaining for _ in range(20)] == list(range(999, 979, -1))
        assert client.info("commandstats")["cmdstat_evalsha"]["calls"] - before <= 3
    with ThreadPoolExecutor(4) as pool:
        granted = list(
            pool.map(lambda at: (one, other)[at % 2].take("a", large).allowed, range(1200))
        )
    assert sum(granted) == 980


def test_what_is_owed_is_taken_from_the_shared_bucket(opened, redis_url):
    limits = opened(redis_url)
    owing = limits.owe("a", SLOW, 50)
    assert (owing.allowed, round(owing.left)) == (True, -30)
    assert not limits.take("a", SLOW).allowed


def test_a_bucket_fills_evenly_and_is_forgotten_when_full(opened, redis_url):
    limits = opened(redis_url)
    quick = Rate("reads", 100, 1)
    limits.owe("a", quick, 100)
    with Redis.from_url(redis_url) as client:
        assert 1000 < client.pttl(f"{PREFIX}reads:a") <= 2001
        client.hincrbyfloat(f"{PREFIX}reads:a", "at", -0.5)  # half a second ago
    assert 45 <= limits.take("a", quick).remaining <= 60


def test_without_redis_each_process_counts_for_itself_and_says_so_once(opened, caplog):
    caplog.set_level(logging.INFO)
    limits = opened(NOWHERE)
    begun = time.monotonic()
    assert [limits.take("a", SLOW).allowed for _ in range(30)] == [True] * 20 + [False] * 10
    assert time.monotonic() - begun < 1, "Redis is left alone for a while"
    assert [each.message for each in own_lines(caplog)] == [
        "limits are counted by this process alone: ConnectionError"
    ]


def test_redis_is_used_again_when_it_is_back(opened, start_redis, caplog):
    caplog.set_level(logging.INFO)
    hands = [0.0]
    server = start_redis("server")
    limits = opened(server.url, clock=lambda: hands[0])
    assert limits.take("a", SLOW).remaining == 19
    server.process.kill()
    for _ in range(3):
        assert limits.take("a", SLOW).allowed
        hands[0] += AWAY_SECONDS
    again = start_redis("server")
    assert again.url == server.url
    assert limits.take("a", SLOW).remaining == 19, "a new Redis knows nothing: full buckets"
    assert [each.levelname for each in own_lines(caplog)] == ["WARNING", "INFO"]


def test_a_redis_that_hangs_delays_one_request_in_a_while(opened, start_redis):
    server = start_redis("server")
    limits = opened(server.url)
    limits.take("a", SLOW)
    server.process.send(signal.SIGSTOP)
    try:
        begun = time.monotonic()
        for _ in range(10):
            assert limits.take("a", SLOW).allowed
        assert time.monotonic() - begun < 1
    finally:
        server.process.send(signal.SIGCONT)


def test_a_redis_without_scripts_is_as_good_as_none(opened, start_redis, caplog):
    limits = opened(start_redis("python").url)
    assert [limits.take("a", SLOW).allowed for _ in range(21)] == [True] * 20 + [False]
    assert len(own_lines(caplog)) == 1
