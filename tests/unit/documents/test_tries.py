"""When a message is tried again, and what is kept of the tries."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.tries import (
    LONGEST_WAIT,
    MOST_TRIES,
    PAUSES,
    SPREAD,
    Try,
    pause_after,
    with_try,
)

jitters = st.floats(-1, 1)
HOURS = 3600


def moments(jitter: float) -> list[float]:
    """When a message that always fails is tried, in seconds after its first try."""
    found, attempts = [0.0], 1
    while (pause := pause_after(attempts, jitter=jitter)) is not None:
        found.append(found[-1] + pause)
        attempts += 1
    return found


def test_ten_tries_go_over_three_days():
    assert moments(0)[:5] == [0, 5, 305, 2105, 9305]
    assert len(moments(0)) == 10
    assert 72 * HOURS < moments(0)[-1] < 96 * HOURS


@given(jitter=jitters)
def test_jitter_moves_each_pause_by_a_tenth_at_most(jitter):
    for attempts, pause in enumerate(PAUSES, 1):
        found = pause_after(attempts, jitter=jitter)
        assert abs(found - pause) <= SPREAD * pause + 1e-6


@given(attempts=st.integers(1, 9), jitter=jitters, asked=st.floats(0, 1e9))
def test_what_a_receiver_asks_for_is_waited_but_for_a_day_at_most(attempts, jitter, asked):
    own = pause_after(attempts, jitter=jitter)
    found = pause_after(attempts, jitter=jitter, retry_after=asked)
    assert found == max(own, min(asked, LONGEST_WAIT))


@given(attempts=st.integers(10, 99), asked=st.none() | st.floats(0, 1e9))
def test_after_the_last_try_there_is_none_whatever_is_asked(attempts, asked):
    assert pause_after(attempts, jitter=0, retry_after=asked) is None


@pytest.mark.parametrize(
    "status, delivered, gone",
    [(200, True, False), (204, True, False), (301, False, False), (410, False, True),
     (404, False, False), (500, False, False), (199, False, False), (None, False, False)],
)  # fmt: skip
def test_only_an_answer_of_success_is_a_delivery(status, delivered, gone):
    made = Try(at=0, seconds=1, status=status, error=None if status else "timeout")
    assert (made.delivered, made.gone) == (delivered, gone)


def test_tries_are_listed_with_what_is_known_of_them():
    first = Try(at=0, seconds=0.0124, status=500, answer="x" * 5000)
    listed = json.loads(with_try(with_try("[]", first), Try(at=60, seconds=15, error="timeout")))
    assert listed[0] == {
        "at": "1970-01-01T00:00:00.000+00:00",
        "ms": 12,
        "status": 500,
        "answer": "x" * 1024,
    }
    assert listed[1] == {"at": "1970-01-01T00:01:00.000+00:00", "ms": 15_000, "error": "timeout"}


def test_the_last_tries_are_kept():
    tries = "[]"
    for number in range(MOST_TRIES + 5):
        tries = with_try(tries, Try(at=number, seconds=0, status=500))
    listed = json.loads(tries)
    assert len(listed) == MOST_TRIES
    assert listed[-1]["at"].startswith("1970-01-01T00:00:34")
