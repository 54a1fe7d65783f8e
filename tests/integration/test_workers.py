"""`python -m workers` with real Redis, real RQ processes and both records, end to end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from redis import Redis
from rq import Callback, Queue
from rq.serializers import JSONSerializer, PickleSerializer

from service.embedded import FORMS
from service.jobqueue import ARTICLES_JOB, ARTICLES_QUEUE, RqJobQueue
from service.wakeups import Wakeups
from tests.servers.house import ROOT, TIMELINE, content
from tests.servers.waiting import is_alive, wait_until

HAZARDS = "tests.faults.hazards"
STORIES = (
    "A bridge over the River Tamsa fell on Tuesday, the council of Ostry said.",
    "The bridge over the River Tamsa in Ostry fell on Tuesday, killing two people.",
    "Ostry will build a new bridge next year.",
)


@pytest.mark.parametrize("form", FORMS)
def test_posted_articles_become_events_with_each_form_of_redis(open_house, sqlite_url, form):
    house = open_house(sqlite_url, form=form)
    ids = house.post(*STORIES)
    house.await_processed(ids, 10)
    assert content(house.store)


def test_posted_articles_become_events_in_each_record(open_house, record_url):
    house = open_house(record_url, workers=2)
    ids = house.post(*STORIES)
    house.await_processed(ids, 10)
    assert len(content(house.store)) >= 2
    revision, pending, *_ = house.store.find_revision(TIMELINE)
    assert revision >= 2
    assert pending == 0


def test_several_timelines_are_worked_on_side_by_side(open_house, record_url):
    house = open_house(record_url, module=HAZARDS, workers=2)
    ids = [*house.post("SLEEP 1 Town flooded"), *house.post("Town flooded", timeline="other")]
    house.await_processed(ids[1:], 5)
    assert house.article(ids[0]).status == "processing"
    house.await_processed(ids, 5)


def test_a_commit_wakes_whoever_waits(open_house, sqlite_url):
    house = open_house(sqlite_url, module=HAZARDS)
    ends = Wakeups(house.redis.url)
    waiter = ends.waiter()
    waiter.wait(0.05)
    house.post("Town flooded roads")
    woken = waiter.wait(5)
    assert woken is not None
    assert (woken.timeline, woken.revision) == (TIMELINE, 1)
    waiter.close()
    ends.close()


@pytest.fixture
def stranger(open_house, sqlite_url, tmp_path):
    """A house, and the queue as somebody sees it who can write to its Redis."""
    house = open_house(sqlite_url, module=HAZARDS)
    with Redis.from_url(house.redis.url) as client:
        yield house, Queue(ARTICLES_QUEUE, connection=client, serializer=JSONSerializer)


def failed(queue):
    return queue.failed_job_registry.get_job_ids(cleanup=False)


def assert_still_at_work(house):
    house.await_processed(house.post("Town flooded roads"), 10)


def test_any_other_job_is_refused(stranger, tmp_path):
    house, queue = stranger
    job = queue.enqueue_call("os.system", (f"touch {tmp_path / 'owned'}",))
    wait_until(lambda: job.id in failed(queue), 10)
    assert "is refused: use workers.jobs.work_articles" in job.latest_result().exc_string
    assert not (tmp_path / "owned").exists()
    assert_still_at_work(house)


def test_our_own_job_runs_no_callback_of_a_stranger(stranger, tmp_path):
    house, queue = stranger
    named = Callback("os.mkdir")
    job = queue.enqueue_call(ARTICLES_JOB, ("unwanted",), on_success=named, on_failure=named)
    wait_until(lambda: job.id in failed(queue), 10)
    assert not (ROOT / job.id).exists()
    assert "os.mkdir" not in job.latest_result().exc_string
    assert_still_at_work(house)


def test_a_pickled_job_is_never_unpickled(stranger):
    house, queue = stranger
    pickled = Queue(ARTICLES_QUEUE, connection=queue.connection, serializer=PickleSerializer)
    pickled.enqueue_call(ARTICLES_JOB)
    assert_still_at_work(house)


def test_a_ring_after_a_flush_is_heard_at_once(open_house, sqlite_url):
    house = open_house(sqlite_url, module=HAZARDS)
    house.await_processed(house.post("Town flooded roads"), 10)
    with Redis.from_url(house.redis.url) as client:
        client.flushall()
    assert house.await_processed(house.post("Town burned"), 10) < 3


def test_there_is_no_scheduler(open_house, sqlite_url):
    house = open_house(sqlite_url, module=HAZARDS, workers=2)
    house.await_processed(house.post("Town flooded roads"), 10)
    with Redis.from_url(house.redis.url) as client:
        assert not list(client.scan_iter("*scheduler*"))
    assert len(house.workers()) == 2


def open_files(pid):
    folder = Path(f"/proc/{pid}/fd")
    return {str(each.readlink()) for each in folder.iterdir() if each.is_symlink()}


def test_no_connection_crosses_a_fork(open_house, sqlite_url):
    house = open_house(sqlite_url, module=HAZARDS)
    house.await_processed(house.post("Town flooded roads"), 10)
    parent = open_files(house.parent_pid)
    assert not [each for each in parent if each.startswith("socket:") or "sqlite3" in each]
    assert not [each for each in open_files(house.workers()[0]) if "sqlite3" in each]
    ids = house.post("SLEEP 5 Town burned")
    wait_until(lambda: house.statuses(ids) == {"processing"}, 20)
    (horse,) = house.horses()
    wait_until(lambda: [each for each in open_files(horse) if "sqlite3" in each], 20)


def test_a_worker_forks_without_threads(open_house, sqlite_url):
    house = open_house(sqlite_url, module=HAZARDS)
    house.await_processed(house.post("Town flooded roads"), 10)
    (worker,) = house.workers()
    assert len(list(Path(f"/proc/{worker}/task").iterdir())) == 1


def test_an_idle_house_stops_within_three_seconds(open_house, sqlite_url):
    house = open_house(sqlite_url, workers=2)
    pids = house.all_pids()
    assert house.stop() < 3
    assert not [pid for pid in pids if is_alive(pid)]


def test_workers_without_a_redis_say_what_is_missing():
    env = {name: value for name, value in os.environ.items() if not name.startswith("TIMELINES_")}
    done = subprocess.run(
        [sys.executable, "-m", "workers"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "workers need TIMELINES_REDIS_URL: set it, or use `timelines up`\n"


def test_a_ring_is_one_job_for_all_that_wait(open_house, sqlite_url):
    house = open_house(sqlite_url, module=HAZARDS)
    ids = house.post("SLEEP 1 Town flooded")
    house.await_horse()
    for number in range(5):
        ids += house.post(f"Town{number} burned")
    with Redis.from_url(house.redis.url) as client:
        assert Queue(ARTICLES_QUEUE, connection=client, serializer=JSONSerializer).count <= 1
    house.await_processed(ids, 10)
    assert RqJobQueue(house.redis.url).is_reachable()
