"""Times as counts that can be added up."""

import pytest

from service.stages import (
    BOUNDS,
    DELIVERIES,
    OUTCOMES,
    STAGES,
    Stages,
    deliveries,
    outcomes,
    spread,
)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def timed(*seconds: float, stage: str = "parse"):
    clock = Clock()
    stages = Stages(clock)
    for each in seconds:
        with stages.timed(stage):
            clock.now += each
    return stages.take()


@pytest.mark.parametrize(
    "seconds, place",
    [(0.0, 0), (0.001, 0), (0.0011, 1), (0.3, BOUNDS.index(0.5)), (10.0, 12), (11.0, 13)],
)
def test_a_time_is_in_the_first_bucket_that_holds_it(seconds, place):
    found = spread(timed(seconds), "parse")
    assert [at for at, count in enumerate(found.counts) if count] == [place]
    assert found.seconds == pytest.approx(seconds)


def test_counts_of_two_jobs_add_up():
    first, second = timed(0.002, 0.2), timed(0.2)
    both = {name: first.get(name, 0) + second.get(name, 0) for name in {*first, *second}}
    found = spread(both, "parse")
    assert sum(found.counts) == 3
    assert found.seconds == pytest.approx(0.402)


def test_what_fails_was_timed_too():
    stages = Stages()
    with pytest.raises(ValueError, match="no"), stages.timed("merge"):
        raise ValueError("no")
    assert sum(spread(stages.take(), "merge").counts) == 1


def test_counts_are_taken_once():
    stages = Stages()
    stages.note("told", 3)
    assert outcomes(stages.take())["told"] == 3
    assert stages.take() == {}


def test_what_became_of_messages_is_counted_apart():
    stages = Stages()
    stages.delivery("failed", 2)
    stages.note("failed")
    taken = stages.take()
    assert (deliveries(taken)["failed"], outcomes(taken)["failed"]) == (2, 1)
    assert set(deliveries({})) == set(DELIVERIES)


def test_names_are_told_apart():
    assert set(outcomes({})) == set(OUTCOMES)
    assert all(sum(spread(timed(1.0, stage=each), each).counts) == 1 for each in STAGES)
    assert sum(spread(timed(1.0, stage="merge"), "parse").counts) == 0
