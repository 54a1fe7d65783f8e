"""Waking many threads a few at a time: nobody is forgotten, whoever leaves breaks no chain."""

import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.api.updates.rounds import AT_ONCE, Bell, Bells, ring_all
from tests.servers.waiting import wait_until


@pytest.mark.parametrize("count", [0, 1, AT_ONCE, 40])
def test_everyone_who_waits_is_woken(count):
    bells = [Bell() for _ in range(count)]
    with ThreadPoolExecutor(max(count, 1)) as pool:
        waits = [pool.submit(bell.await_ring, 20) for bell in bells]
        ring_all(deque(bells))
        assert all(wait.result(20) for wait in waits)


def test_only_a_few_are_woken_at_once():
    bells = [Bell() for _ in range(AT_ONCE + 3)]
    rest = deque(bells)
    ring_all(rest)
    assert list(rest) == bells[AT_ONCE:]
    assert bells[0].await_ring(0)
    assert list(rest) == bells[AT_ONCE + 1 :]


def test_a_bell_that_does_not_ring_is_not_waited_for_longer():
    assert not Bell().await_ring(0)
    assert not Bell().await_ring(-1)


def test_a_bell_that_was_dropped_does_not_ring():
    bells, one, other = Bells(), Bell(), Bell()
    bells.add(one)
    bells.add(other)
    assert bells.drop(one)
    assert list(bells.take()) == [other]
    assert not bells.take()


def test_a_bell_that_is_about_to_ring_cannot_be_dropped():
    bells, bell = Bells(), Bell()
    bells.add(bell)
    bells.take()
    assert not bells.drop(bell)


def test_a_bell_rings_again_and_again():
    bell, rung = Bell(), []
    thread = threading.Thread(target=lambda: rung.extend(bell.await_ring(20) for _ in range(3)))
    thread.start()
    for _ in range(3):
        count = len(rung)
        bell.ring(deque())
        wait_until(lambda count=count: len(rung) > count or not thread.is_alive(), 10)
    thread.join(10)
    assert rung == [True] * 3
