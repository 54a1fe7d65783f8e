"""Everything is killed, frozen and flushed while 200 articles come in: none is lost or doubled."""

import os
import signal
import threading
import time
from contextlib import suppress
from itertools import islice, product

import pytest
from redis import Redis
from sqlalchemy import create_engine, select

from service import wiring
from service.jobqueue import RqJobQueue
from service.settings import Settings
from service.store.eventtables import changes
from service.store.sql import SqlStore
from service.tallies import RedisTallies
from service.wakeups import Wakeups
from tests.faults import hazards
from tests.servers.house import TIMELINE, content, fresh_record, new_article
from tests.servers.waiting import children_of, wait_until
from workers import jobs
from workers.limits import StopSign

LEASE = 2
TOWNS = [f"Town{first}{second}" for first, second in product("abcdefgh", "ijklm")]
SENTENCES = ["flooded roads houses bridge", "flooded houses bridge fields", "market burned stalls"]
TEXTS = [
    f"{town} {sentence} said paper{number}"
    for number, (town, sentence) in enumerate(islice(product(TOWNS, SENTENCES * 2), 200))
]


@pytest.fixture
def poster():
    """Posts all texts in the background, about 25 a second."""
    threads = []

    def start(house) -> tuple[threading.Thread, list[str]]:
        ids: list[str] = []

        def post() -> None:
            for number in range(0, len(TEXTS), 4):
                ids.extend(house.post(*TEXTS[number : number + 4]))
                time.sleep(0.15)

        threads.append(threading.Thread(target=post))
        threads[-1].start()
        return threads[-1], ids

    yield start
    for each in threads:
        each.join()


def kill_horse(house):
    os.kill(house.await_horse(), signal.SIGKILL)


def at_work(house):
    """A worker and its horse, at a moment when there is one."""
    found = []

    def look():
        found[:] = [(each, *children_of(each)) for each in house.workers()]
        return any(len(each) > 1 for each in found)

    wait_until(look, 20, "a worker has a horse")
    return next(each for each in found if len(each) > 1)


def kill_worker_with_its_horse(house):
    for pid in at_work(house):
        with suppress(ProcessLookupError):  # the horse may have come home
            os.kill(pid, signal.SIGKILL)


def freeze_a_worker_with_its_horse(house):
    frozen = at_work(house)
    for number in (signal.SIGSTOP, signal.SIGCONT):
        for pid in frozen:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        if number == signal.SIGSTOP:
            time.sleep(LEASE + 0.5)


def kill_the_parent_of_the_workers(house):
    os.kill(house.parent_pid, signal.SIGKILL)


def kill_redis(house):
    os.kill(house.redis_pid, signal.SIGKILL)


def flush_redis(house):
    with Redis.from_url(house.redis.url) as client:
        client.flushall()


FAULTS = (
    flush_redis,
    kill_horse,
    kill_redis,
    kill_worker_with_its_horse,
    kill_the_parent_of_the_workers,
    freeze_a_worker_with_its_horse,
    flush_redis,
)


def test_nothing_is_lost_or_doubled_whatever_is_killed(open_house, record_url, poster, tmp_path):
    house = open_house(record_url, module="tests.faults.hazards", workers=2, lease_seconds=LEASE)
    posting, ids = poster(house)
    for fault in FAULTS:
        wait_until(lambda: ids, 20)
        fault(house)
        # One fault for an article at most: three would rightly make it fail.
        house.await_processed(tuple(ids), 40)
    posting.join()
    assert len(set(ids)) == len(TEXTS)
    house.await_processed(ids, 60)
    assert {house.article(each).reading_number for each in ids} == {1}
    assert_changes_are_gapless(record_url, house.store)
    assert content(house.store) == clean_run(tmp_path)


def assert_changes_are_gapless(url, store):
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        revisions = connection.execute(
            select(changes.c.revision).order_by(changes.c.revision)
        ).scalars()
        found = list(revisions)
    engine.dispose()
    revision, pending, *_ = store.find_revision(TIMELINE)
    assert found == list(range(1, revision + 1))
    assert pending == 0


def clean_run(folder):
    """The content that the same articles make in one process where nothing goes wrong."""
    url = fresh_record(f"sqlite:///{folder / 'clean.sqlite3'}")
    store = SqlStore(url)
    store.add_articles(TIMELINE, [new_article(text) for text in TEXTS])
    nowhere = "redis://127.0.0.1:1/0"
    parts = wiring.Parts(store, RqJobQueue(nowhere), Wakeups(nowhere), RedisTallies(nowhere))
    workshop = jobs.Workshop(Settings(database_url=url), parts, hazards.read)
    while store.waiting():
        jobs.Shift(workshop, StopSign()).work()
    found = content(store)
    store.close()
    assert 0 < len(found) < len(TEXTS)
    return found
