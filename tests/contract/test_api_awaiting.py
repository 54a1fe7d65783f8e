"""`wait` of the change list: the answer comes with the first change, or when time is over."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.keyring import mint_key
from service.store.shelf import TimelineTraits
from tests.contract.test_api_events import BOTH, ONE, TWO
from tests.contract.test_api_problems import check_problem
from tests.making import TIMELINE
from tests.servers.api import violations
from tests.servers.listening import CHANGES, Listening
from tests.servers.waiting import wait_until

LATE = {"quote": "three", "terms": ("parad",)}


@pytest.fixture
def open_house(store):
    """`open_house(**settings)`: a house with one article told, which stops at the end."""
    opened = []

    def open_one(**settings) -> Listening:
        opened.append(Listening(store, **settings))
        opened[-1].tell("a", "2026-01-21", ONE, TWO)
        return opened[-1]

    yield open_one
    for each in opened:
        each.stop()


@pytest.fixture
def house(open_house):
    return open_house()


@pytest.fixture
def pool():
    with ThreadPoolExecutor(3) as made:
        yield made


def waiting(house, pool, headers=None, **query):
    """A request that waits already."""
    before = house.waiting("changes")
    asked = pool.submit(house.get, CHANGES, headers, **{"since": 2, "wait": 30, **query})
    wait_until(lambda: house.waiting("changes") > before or asked.done(), 10)
    return asked


def told(response):
    assert response.status_code == 200, response.text
    return [(each["revision"], each["type"]) for each in response.json["changes"]]


def test_the_answer_comes_with_the_first_change(house, pool):
    asked = waiting(house, pool)
    house.tell("b", "2026-01-22", LATE)
    response = asked.result(10)
    assert told(response) == [(3, "created")]
    assert (response.json["revision"], response.json["until"]) == (3, 3)
    assert response.headers["Cache-Control"] == "no-store"


def test_what_is_there_is_not_waited_for(house):
    assert told(house.get(CHANGES, since=1, wait=60)) == [(2, "created")]


def test_when_time_is_over_the_answer_is_empty(house):
    begun = time.monotonic()
    response = house.get(CHANGES, since=2, wait=1)
    assert 1 <= time.monotonic() - begun < 5
    assert told(response) == []
    assert response.json["until"] == 2


def test_a_change_that_a_filter_leaves_out_is_passed_over(house, pool):
    asked = waiting(house, pool, kind="planned", wait=2)
    house.tell("b", "2026-01-22", LATE)
    response = asked.result(10)
    assert told(response) == []
    assert (response.json["revision"], response.json["until"]) == (3, 3)


def test_a_change_that_a_filter_shows_ends_the_wait(house, pool):
    asked = waiting(house, pool, min_sources=2)
    house.tell("b", "2026-01-22", LATE)
    house.tell("c", "2026-01-22", BOTH)
    response = asked.result(10)
    assert {kind for _, kind in told(response)} <= {"updated", "created"}
    assert told(response)


def test_a_lost_wakeup_costs_a_poll_and_no_change(house, pool):
    house.whispers.is_deaf = True
    asked = waiting(house, pool)
    house.tell("b", "2026-01-22", LATE)
    assert told(asked.result(10)) == [(3, "created")]


def test_a_service_that_stops_answers_at_once(house, pool):
    asked = waiting(house, pool)
    house.stop()
    assert told(asked.result(5)) == []


def test_a_timeline_that_goes_meanwhile_is_not_there(house, pool):
    asked = waiting(house, pool)
    assert house.client.delete(f"/v1/timelines/{TIMELINE}").status_code == 204
    check_problem(asked.result(10), 404, "not-found")


def test_what_became_private_meanwhile_is_not_there(open_house, pool):
    house = open_house(keys="on")
    asked = waiting(house, pool)
    house.store.put_timeline(TIMELINE, TimelineTraits(public=False))
    house.tell("b", "2026-01-22", LATE)
    check_problem(asked.result(10), 404, "not-found")


def test_a_key_that_reads_a_private_timeline_waits_for_it(open_house, pool):
    house = open_house(keys="on")
    house.store.put_timeline(TIMELINE, TimelineTraits(public=False))
    secret, new = mint_key("reader", ["read"])
    house.store.add_key(new)
    asked = waiting(house, pool, {"Authorization": f"Bearer {secret}"})
    house.tell("b", "2026-01-22", LATE)
    assert told(asked.result(10)) == [(3, "created")]


@pytest.mark.parametrize("wait", ["-1", "61", "x", "1.5", ""])
def test_a_wait_that_is_none_is_refused(house, wait):
    response = house.get(CHANGES, since=2, wait=wait)
    check_problem(response, 422, "invalid-input")
    assert list(violations(response)) == ["wait"]


def test_who_waits_and_who_found_no_room_is_counted(open_house, pool):
    house = open_house(waiters=2)
    asked = waiting(house, pool)
    with house.listen():
        assert (house.waiting("changes"), house.waiting("stream")) == (1, 1)
        assert house.get(CHANGES, since=2, wait=9).status_code == 503
        assert house.measured("timelines_waiting_refused_total", "changes") == 1
    house.stop()
    asked.result(5)
    assert (house.waiting("changes"), house.waiting("stream")) == (0, 0)


def test_what_was_waited_is_no_time_that_the_service_took(house, pool):
    house.get(CHANGES, since=2, wait=1)
    took = house.measured("timelines_http_request_seconds_sum", "list_changes")
    assert 0 < took < 0.9


def test_a_stream_is_counted_when_it_begins_however_long_it_lasts(house):
    with house.listen(since=1) as stream:
        assert stream.revisions(1) == [(2, "created")]
        assert house.measured("timelines_http_request_seconds_count", "get_stream") == 1
        begun = house.measured("timelines_http_request_seconds_sum", "get_stream")
        house.tell("b", "2026-01-22", LATE)
        assert stream.revisions(1) == [(3, "created")]
    assert house.measured("timelines_http_request_seconds_sum", "get_stream") == begun


def test_the_line_of_a_request_tells_its_waiting_apart(house, caplog):
    caplog.set_level("DEBUG", "service.api.running.watch")
    house.get(CHANGES, since=2, wait=1)
    (line,) = (each.fields for each in caplog.records if each.getMessage() == "request")
    assert line["ms"] < 900 <= line["waited_ms"]
