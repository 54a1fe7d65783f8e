"""Token buckets: what is let through, what is owed, when it is back."""

from hypothesis import given
from hypothesis import strategies as st

from service import ratelimits
from service.ratelimits import Grant, LocalBuckets, Rate

RATE = Rate("reads", 60)


class Hands:
    """A clock that stands until it is turned."""

    now = 1000.0

    def __call__(self):
        return self.now


def test_a_bucket_gives_its_quota_at_once_and_then_evenly():
    hands = Hands()
    buckets = LocalBuckets(hands)
    assert [buckets.take("a", RATE).allowed for _ in range(61)] == [True] * 60 + [False]
    hands.now += 0.5
    assert not buckets.take("a", RATE).allowed
    hands.now += 0.5
    assert buckets.take("a", RATE).allowed
    assert not buckets.take("a", RATE).allowed


def test_buckets_are_apart_by_caller_and_by_policy():
    buckets = LocalBuckets(Hands())
    one = Rate("writes", 1)
    assert buckets.take("a", one).allowed
    assert not buckets.take("a", one).allowed
    assert buckets.take("b", one).allowed
    assert buckets.take("a", RATE).allowed


def test_what_is_owed_is_taken_and_waited_for():
    hands = Hands()
    buckets = LocalBuckets(hands)
    assert buckets.take("a", RATE).allowed
    owing = buckets.owe("a", RATE, 119)
    assert (owing.allowed, owing.remaining, owing.left) == (True, 0, -60)
    assert (owing.retry_seconds, owing.full_seconds) == (61, 120)
    refused = buckets.take("a", RATE)
    assert (refused.allowed, refused.left) == (False, -60)
    hands.now += 61
    assert buckets.take("a", RATE).allowed


def test_a_grant_tells_in_whole_seconds_and_whole_tokens():
    assert (
        Grant(RATE, allowed=True, left=59.9).remaining,
        Grant(RATE, allowed=True, left=59.9).full_seconds,
    ) == (59, 1)
    assert Grant(RATE, allowed=True, left=60).full_seconds == 0
    assert Grant(RATE, allowed=False, left=0.9).retry_seconds == 1


def test_a_clock_that_goes_back_takes_nothing_away():
    hands = Hands()
    buckets = LocalBuckets(hands)
    buckets.take("a", RATE)
    hands.now -= 100
    assert buckets.take("a", RATE).remaining == 58


def test_a_process_keeps_so_many_buckets_and_no_more(monkeypatch):
    monkeypatch.setattr(ratelimits, "MOST_BUCKETS", 3)
    buckets = LocalBuckets(Hands())
    one = Rate("writes", 1)
    for who in "abcd":
        buckets.take(who, one)
    assert not buckets.take("d", one).allowed
    assert buckets.take("a", one).allowed, "the one not asked for the longest is forgotten"


@given(st.lists(st.floats(0, 5), max_size=50))
def test_no_more_passes_than_the_quota_and_what_came_back(pauses):
    hands = Hands()
    buckets = LocalBuckets(hands)
    rate = Rate("reads", 10, 20)
    passed = 0
    for pause in pauses:
        hands.now += pause
        passed += buckets.take("a", rate).allowed
    assert passed <= 10 + sum(pauses) * rate.each_second + 1e-6
