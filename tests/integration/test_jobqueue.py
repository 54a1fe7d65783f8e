"""Ringing: once is enough, failure is quick and never the caller's."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from service.jobqueue import ARTICLES_JOB, ARTICLES_QUEUE, FAILURE_SECONDS, RqJobQueue


def waiting_jobs(url):
    with Redis.from_url(url) as client:
        return Queue(ARTICLES_QUEUE, connection=client, serializer=JSONSerializer).jobs


def test_a_ring_leaves_one_job_of_our_name_without_arguments(redis_url):
    assert RqJobQueue(redis_url).ring(ARTICLES_QUEUE)
    (job,) = waiting_jobs(redis_url)
    assert (job.func_name, job.args, job.kwargs) == (ARTICLES_JOB, [], {})
    assert (job.result_ttl, job.failure_ttl) == (0, FAILURE_SECONDS)
    assert ":" not in job.id


def test_ringing_while_a_job_waits_adds_none(redis_url):
    queue = RqJobQueue(redis_url)
    assert [queue.ring(ARTICLES_QUEUE) for _ in range(5)] == [True] * 5
    assert len(waiting_jobs(redis_url)) == 1


def test_ringing_works_again_after_everything_was_flushed(redis_url):
    queue = RqJobQueue(redis_url)
    queue.ring(ARTICLES_QUEUE)
    with Redis.from_url(redis_url) as client:
        client.flushall()
    assert queue.ring(ARTICLES_QUEUE)
    assert len(waiting_jobs(redis_url)) == 1


class Slow(RqJobQueue):
    """A queue whose bell rings only when `go` is set; counts how often."""

    def __init__(self, redis_url):
        super().__init__(redis_url)
        self.begun, self.go, self.rings = Event(), Event(), 0

    def _enqueue(self, queue):
        self.rings += 1
        self.begun.set()
        assert self.go.wait(10)
        super()._enqueue(queue)


def test_who_asks_while_another_rings_does_not_wait_and_is_rung_for(redis_url):
    queue = Slow(redis_url)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(queue.ring, ARTICLES_QUEUE)
        assert queue.begun.wait(10)
        assert [queue.ring(ARTICLES_QUEUE) for _ in range(5)] == [True] * 5
        queue.go.set()
        assert first.result(10)
    assert queue.rings == 2
    assert len(waiting_jobs(redis_url)) == 1


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "unix:///nowhere/redis.sock"])
def test_a_redis_that_is_away_is_told_at_once(url):
    queue = RqJobQueue(url)
    begun = time.monotonic()
    assert not queue.ring(ARTICLES_QUEUE)
    assert not queue.is_reachable()
    assert time.monotonic() - begun < 0.2


@pytest.mark.parametrize("form", ["server", "python"])
def test_a_frozen_redis_costs_no_more_than_the_budget(start_redis, form):
    server = start_redis(form)
    queue = RqJobQueue(server.url)
    assert queue.ring(ARTICLES_QUEUE)
    server.process.send(signal.SIGSTOP)
    for _ in range(3):
        begun = time.monotonic()
        assert not queue.ring(ARTICLES_QUEUE)
        assert time.monotonic() - begun < 0.25 + 0.1
    server.process.send(signal.SIGCONT)
    assert queue.is_reachable()


def test_an_outage_is_logged_when_it_begins_and_when_it_ends(start_redis, tmp_path, caplog):
    caplog.set_level("INFO", logger="service.jobqueue")
    server = start_redis("server")
    queue = RqJobQueue(server.url)
    server.stop()
    assert [queue.ring(ARTICLES_QUEUE) for _ in range(3)] == [False] * 3
    start_redis("server")
    assert queue.ring(ARTICLES_QUEUE)
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
