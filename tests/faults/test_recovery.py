"""How soon work goes on after a fault, and that giving back is no attempt."""

import os
import signal
import time

import pytest

from tests.servers.house import name_of
from tests.servers.waiting import children_of, is_alive, wait_until

HAZARDS = "tests.faults.hazards"
LEASE = 2
SLOW = tuple(f"SLEEP 0.4 Town{letter} flooded" for letter in "abcdef")


def test_articles_of_a_killed_worker_are_taken_up_within_lease_and_two_seconds(
    open_house, record_url
):
    house = open_house(record_url, module=HAZARDS, lease_seconds=LEASE)
    ids = house.post(*SLOW)
    wait_until(lambda: house.article(ids[0]).status == "processed", 10)
    worker = house.workers()[0]
    begun = time.monotonic()
    for pid in (worker, *children_of(worker)):
        os.kill(pid, signal.SIGKILL)
    held = [each for each in ids if house.article(each).status == "processing"]
    assert len(held) >= 3
    wait_until(lambda: house.article(held[0]).attempts == 2, LEASE + 2)
    assert time.monotonic() - begun > LEASE - 0.5
    house.await_processed(ids, 10)


def test_a_horse_gives_back_its_articles_when_its_worker_is_killed(open_house, sqlite_url):
    house = open_house(sqlite_url, module=HAZARDS, lease_seconds=60)
    ids = house.post("SLEEP 60 Town flooded", *SLOW)
    horse = house.await_horse()
    wait_until(lambda: house.statuses(ids) == {"processing"}, 20)
    os.kill(house.workers()[0], signal.SIGKILL)
    wait_until(lambda: not is_alive(horse), 1)
    # Given back at once and uncounted: the next worker does not wait for the lease.
    wait_until(lambda: house.article(ids[0]).status == "processing", 20)
    assert house.article(ids[0]).attempts == 1


def test_stopping_gives_back_what_is_held_within_three_seconds(open_house, record_url):
    house = open_house(record_url, module=HAZARDS, workers=2, lease_seconds=60)
    ids = house.post("SLEEP 60 Town flooded", *SLOW)
    wait_until(lambda: house.statuses(ids) == {"processing"}, 20)
    pids = house.all_pids()
    assert house.stop() < 3
    assert not [pid for pid in pids if is_alive(pid)]
    assert house.statuses(ids) == {"accepted"}
    assert {house.article(each).attempts for each in ids} == {0}


def test_stopping_does_not_wait_for_native_code_that_hears_nothing(open_house, sqlite_url):
    house = open_house(sqlite_url, module=HAZARDS, article_cpu_seconds=60)
    ids = house.post("NATIVE loop")
    wait_until(lambda: house.statuses(ids) == {"processing"}, 20)
    pids = house.all_pids()
    assert house.stop() < 3
    assert not [pid for pid in pids if is_alive(pid)]


def test_stopping_takes_less_than_three_seconds_even_when_redis_is_frozen(open_house, sqlite_url):
    house = open_house(sqlite_url, module=HAZARDS, workers=2)
    os.kill(house.redis_pid, signal.SIGSTOP)
    time.sleep(0.5)
    pids = house.all_pids()
    assert house.stop() < 3
    assert not [pid for pid in pids if is_alive(pid)]


def test_articles_are_accepted_in_time_while_redis_is_frozen_and_worked_on_after(
    open_house, record_url
):
    house = open_house(record_url, module=HAZARDS)
    os.kill(house.redis_pid, signal.SIGSTOP)
    ids = []
    for number in range(4):
        begun = time.monotonic()
        ids.extend(house.post(f"Town{number} flooded"))
        assert time.monotonic() - begun < 0.25 + 0.25
    assert house.statuses(ids) == {"accepted"}
    os.kill(house.redis_pid, signal.SIGCONT)
    house.await_processed(ids, 20)


def test_workers_outlive_a_redis_that_is_away(open_house, sqlite_url):
    house = open_house(sqlite_url, module=HAZARDS)
    parent = house.parent_pid
    for _ in range(2):
        os.kill(house.redis_pid, signal.SIGKILL)
        time.sleep(0.5)
    ids = house.post("Town flooded roads")
    house.await_processed(ids, 10)
    assert house.parent_pid == parent


@pytest.mark.parametrize("victim", ["worker 1", "sender 1", "sender 2", "sweeper"])
def test_a_dead_child_of_the_workers_is_replaced(open_house, sqlite_url, victim):
    house = open_house(sqlite_url, module=HAZARDS)
    wait_until(lambda: len(children_of(house.parent_pid)) == 4, 10)
    before = {name_of(pid): pid for pid in children_of(house.parent_pid)}
    os.kill(before.pop(victim), signal.SIGKILL)
    wait_until(lambda: len(set(children_of(house.parent_pid)) - set(before.values())) == 1, 10)
    assert set(before.values()) < set(children_of(house.parent_pid)), "the others live on"
    house.await_processed(house.post("Town flooded roads"), 10)
