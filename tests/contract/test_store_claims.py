"""Claims, on both stores: FIFO batches, timelines in turn, leases, attempts, poison alone."""

import pytest

from service.errors import LostClaimError
from service.store.base import ATTEMPTS
from tests.contract.storevalues import article, claim_one, statuses, tell
from tests.servers.waiting import wait_until

SHORT = 0.05


def expire(store, count=1) -> None:
    """Wait until SHORT leases ran out by the database's clock and `count` articles wait."""
    wait_until(lambda: store.waiting() == count, 1, "the lease runs out")


def test_the_oldest_come_first_in_a_batch_of_one_timeline(store):
    store.add_articles("b", [article(1, timeline="b"), article(2, timeline="b")])
    store.add_articles("a", [article(1, timeline="a")])
    store.add_articles("b", [article(3, timeline="b")])
    first = store.claim("one", limit=20, characters=1000, lease=15)
    assert [claimed.id for claimed in first] == ["art_b_1", "art_b_2", "art_b_3"]
    second = store.claim("two", limit=20, characters=1000, lease=15)
    assert [claimed.id for claimed in second] == ["art_a_1"]
    assert store.claim("three", limit=20, characters=1000, lease=15) == ()


def test_timelines_take_turns(store):
    store.add_articles("busy", [article(number, timeline="busy") for number in range(9)])
    store.add_articles("quiet", [article(1, timeline="quiet")])
    batches = [store.claim(name, limit=3, characters=1000, lease=15) for name in "abcd"]
    assert [batch[0].timeline for batch in batches] == ["busy", "quiet", "busy", "busy"]
    assert [len(batch) for batch in batches] == [3, 1, 3, 3]


def test_a_claim_says_all_that_reading_needs(store):
    new = article(1, timezone="Asia/Tehran", url="https://example.org/1")
    store.add_articles("demo", [new])
    claimed = claim_one(store)
    assert (claimed.timeline, claimed.key, claimed.version) == ("demo", new.key, 1)
    assert (claimed.attempt, claimed.posted, claimed.timezone) == (1, new.posted, "Asia/Tehran")
    assert (claimed.head.id, claimed.head.url) == (new.id, new.url)
    assert claimed.head.published_utc == new.published_utc


def test_a_batch_stays_within_its_limits_but_is_never_empty(store):
    store.add_articles("demo", [article(number, text="x" * 400) for number in range(5)])
    assert len(store.claim("a", limit=2, characters=10_000, lease=15)) == 2
    assert len(store.claim("b", limit=20, characters=801, lease=15)) == 2
    assert len(store.claim("c", limit=20, characters=10, lease=15)) == 1


def test_what_is_held_is_not_claimed_again(store):
    store.add_articles("demo", [article(1)])
    claim_one(store, "one")
    assert store.waiting() == 0
    assert store.claim("two", limit=1, characters=1000, lease=15) == ()
    assert store.find_revision("demo")[:2] == (0, 1), "still pending"


def test_an_expired_claim_is_claimed_again_as_the_next_attempt(store):
    store.add_articles("demo", [article(1)])
    claim_one(store, "one", SHORT)
    expire(store)
    again = claim_one(store, "two")
    assert again.attempt == 2
    assert store.renew("one", 15) == ()
    assert store.renew("two", 15) == (again.id,)


def test_renewing_keeps_a_claim(store):
    store.add_articles("demo", [article(number) for number in range(3)])
    store.claim("one", limit=2, characters=1000, lease=SHORT)
    assert store.renew("one", 15) == (article(0).id, article(1).id)
    claim_one(store, "not renewed", SHORT)
    expire(store)
    assert claim_one(store, "two").id == article(2).id
    assert store.waiting() == 0


def test_after_an_unfinished_attempt_an_article_comes_alone(store):
    batch = [article(number) for number in range(3)]
    store.add_articles("demo", batch)
    store.claim("one", limit=3, characters=1000, lease=SHORT)
    expire(store, 3)
    store.add_articles("demo", [article("fresh")])
    alone = [
        store.claim(f"again {number}", limit=20, characters=1000, lease=15) for number in range(4)
    ]
    assert [[claimed.id for claimed in each] for each in alone] == [
        *([each.id] for each in batch),
        [article("fresh").id],
    ]


def test_a_fresh_batch_stops_before_one_that_must_come_alone(store):
    store.add_articles("demo", [article(1), article(2)])
    first = store.claim("one", limit=2, characters=1000, lease=15)
    store.give_up("one", first[1].id)
    store.release("one")
    store.add_articles("demo", [article(3)])
    batches = [store.claim(token, limit=9, characters=1000, lease=15) for token in "abc"]
    assert [[claimed.id[-1] for claimed in batch] for batch in batches] == [["1"], ["2"], ["3"]]


def test_released_work_is_no_attempt(store):
    store.add_articles("demo", [article(1), article(2)])
    store.claim("one", limit=2, characters=1000, lease=15)
    assert store.release("one") == 2
    assert store.release("one") == 0
    assert store.find_article(article(1).id).attempts == 0
    again = store.claim("two", limit=2, characters=1000, lease=15)
    assert [claimed.attempt for claimed in again] == [1, 1], "together, as if never claimed"


def test_giving_up_waits_again_and_counts_the_attempt(store):
    store.add_articles("demo", [article(1)])
    for attempt in range(1, ATTEMPTS + 1):
        claimed = claim_one(store)
        assert (claimed.attempt, claimed.spent) == (attempt, False)
        assert statuses(store, [article(1)]) == ["processing"]
        store.give_up("token", claimed.id)
    assert claim_one(store).spent
    assert store.find_revision("demo")[:2] == (0, 1)


def test_an_article_that_always_kills_its_worker_comes_spent_and_alone(store):
    poison, neighbour = article("poison"), article("neighbour")
    store.add_articles("demo", [poison, neighbour])
    for _ in range(ATTEMPTS):
        (claimed,) = store.claim("dies", limit=1, characters=1000, lease=SHORT)
        assert (claimed.id, claimed.spent) == (poison.id, False)
        expire(store, 2)
    (spent,) = store.claim("token", limit=20, characters=1000, lease=15)
    assert (spent.id, spent.spent) == (poison.id, True)
    (other,) = store.claim("token", limit=20, characters=1000, lease=15)
    assert (other.id, other.attempt, other.spent) == (neighbour.id, 1, False)


def test_giving_up_what_is_lost_is_refused(store):
    store.add_articles("demo", [article(1)])
    claimed = claim_one(store, "one", SHORT)
    expire(store)
    claim_one(store, "two")
    with pytest.raises(LostClaimError):
        store.give_up("one", claimed.id)
    assert statuses(store, [article(1)]) == ["processing"]


def test_finished_articles_never_wait(store):
    tell(store, article(1))
    assert store.waiting() == 0
    assert store.release("token") == 0
    assert statuses(store, [article(1)]) == ["processed"]


def test_the_merge_lease_is_held_by_one_until_dropped_or_run_out(store):
    store.add_articles("demo", [article(1)])
    assert store.take_merge_lease("demo", "one", 15)
    assert not store.take_merge_lease("demo", "two", 15)
    assert store.find_merger("demo") == "one"
    assert store.take_merge_lease("demo", "one", SHORT)
    wait_until(lambda: store.take_merge_lease("demo", "two", 15), 1)
    store.drop_merge_lease("demo", "one")
    assert not store.take_merge_lease("demo", "one", 15)
    store.drop_merge_lease("demo", "two")
    assert store.find_merger("demo") is None
    assert store.take_merge_lease("demo", "one", 15)
    assert not store.take_merge_lease("none", "one", 15)
    assert store.find_merger("none") is None
