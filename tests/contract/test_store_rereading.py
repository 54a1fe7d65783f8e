"""Reading again, on both stores: nothing is missing meanwhile, what stays the same moves not."""

import json
from dataclasses import replace

import pytest

from service.corrections import Corrections
from service.errors import LostClaimError
from service.merging import Read, commit_failure, commit_reading
from service.store.base import ATTEMPTS
from service.wakeups import Wakeups
from tests.contract.storevalues import PROBLEM
from tests.contract.test_store_corrections import content, counts, new, post, quotes, work
from tests.faults import hazards
from tests.servers.api import NOWHERE, Bell
from tests.servers.waiting import wait_until

TIMELINE = "demo"


@pytest.fixture
def correct(store):
    wakeups = Wakeups(NOWHERE)
    yield Corrections(store, Bell(), wakeups)
    wakeups.close()


@pytest.fixture
def read_ids(store):
    ids = post(store, new("Lima flooded", "a"), new("Cusco burned", "b"), new("Quito shook", "c"))
    work(store)
    return ids


def mark(store, timeline=TIMELINE, **options):
    count, after = 0, 0
    while marked := store.mark_again(timeline, after=after, **options):
        count, after = count + marked.count, marked.last
    return count


def left(store, timeline=TIMELINE):
    return store.count_again(timeline, at_most=100)


def claim(store, limit=20, by="again", lease=60.0):
    return store.claim(by, limit=limit, characters=10_000, lease=lease)


def told(claimed, **changed):
    text = json.loads(claimed.posted)["text"]
    return Read(hazards.reading(), (replace(hazards.mention(claimed, text.split()), **changed),))


def seen(store):
    found = store.find_timeline(TIMELINE)
    return store.find_revision(TIMELINE), found, content(store)


def test_a_reading_that_says_the_same_moves_nothing_that_anyone_sees(store, read_ids):
    before = seen(store), [store.find_article(each) for each in read_ids]
    assert mark(store) == 3
    for each in claim(store):
        assert each.again == ("processed", "told")
        commit_reading(store, each, "again", told(each))
    assert left(store) == 0
    assert (seen(store), [store.find_article(each) for each in read_ids]) == before
    assert store.waiting() == 0
    assert not store.has_work()


def test_meanwhile_articles_stay_read_and_told(store, read_ids):
    before = seen(store)
    mark(store)
    claim(store, 2)
    assert seen(store) == before
    assert {store.find_article(each).status for each in read_ids} == {"processed"}
    assert (store.waiting(), left(store)) == (0, 3)
    assert store.has_work()


def test_a_reading_that_says_something_else_is_told_and_numbered(store, read_ids):
    mark(store)
    (first, *_) = claim(store)
    revision = store.find_revision(TIMELINE).revision
    changed = told(first, headline="Lima is flooded")
    listed = replace(changed.reading, notices='[{"code":"new"}]')
    commit_reading(store, first, "again", replace(changed, reading=listed))
    assert store.find_revision(TIMELINE).revision == revision + 1
    found = store.find_article(first.id)
    assert (found.version, found.reading_number) == (1, 2)
    assert "Lima is flooded" in {each["headline"] for each in content(store)}


def test_what_fails_when_it_is_read_again_is_told_no_more(store, read_ids):
    mark(store)
    (first, *_) = claim(store)
    commit_failure(store, first, "again", PROBLEM)
    assert counts(store) == {"processed": 2, "failed": 1}
    assert quotes(store) == ["Cusco burned", "Quito shook"]
    assert left(store) == 2


def test_failed_articles_can_be_chosen_alone(store):
    post(store, new("Lima flooded", "a"), new("Cusco burned", "b"))
    work(store, fail={"Lima flooded"})
    assert mark(store, failed_only=True) == 1
    (only,) = claim(store)
    assert only.again == ("failed", None)
    commit_reading(store, only, "again", told(only))
    assert counts(store) == {"processed": 2}


def test_what_is_new_goes_first(store, read_ids):
    mark(store)
    (fresh,) = post(store, new("Tacna dried", "d"))
    assert [each.id for each in claim(store)] == [fresh]
    assert [each.id for each in claim(store)] == read_ids


def test_marking_again_changes_nothing_and_other_timelines_are_left_alone(store, read_ids):
    assert (mark(store), mark(store), mark(store, None)) == (3, 3, 3)
    assert left(store) == left(store, None) == 3
    assert mark(store, "other") == left(store, "other") == 0


def test_what_is_given_back_is_no_attempt_and_what_is_given_up_is(store, read_ids):
    mark(store)
    assert [each.attempt for each in claim(store)] == [1, 1, 1]
    assert store.renew("again", 60.0) == tuple(read_ids)
    assert store.release("again") == 3
    (first, *_) = claim(store)
    assert first.attempt == 1
    store.give_up("again", first.id)
    with pytest.raises(LostClaimError):
        store.give_up("again", first.id)
    store.release("again")
    (alone,) = claim(store)
    assert (alone.id, alone.attempt) == (first.id, 2)


def test_one_that_kills_its_worker_comes_back_alone_until_it_is_spent(store, read_ids):
    mark(store)
    for _ in range(ATTEMPTS):
        (first,) = claim(store, 1, lease=0.05)
        assert (first.id, first.spent) == (read_ids[0], False)
        wait_until(store.has_work, 1)
        wait_until(lambda: claimable(store) == read_ids[0], 1)
    (spent,) = claim(store)
    assert (spent.id, spent.spent) == (read_ids[0], True)


def claimable(store):
    found = claim(store, 1, "look")
    store.release("look")
    return found[0].id


@pytest.mark.parametrize("deed", ["replace", "retract", "erase"])
def test_a_correction_takes_an_article_away_from_who_reads_it_again(store, correct, read_ids, deed):
    mark(store)
    (first, *_) = claim(store)
    if deed == "replace":
        correct.replace(store.find_article(first.id), new("Ica trembled", "a"), received=2e9)
    else:
        getattr(correct, deed)(first.id)
    with pytest.raises(LostClaimError):
        commit_reading(store, first, "again", told(first))
    assert left(store) == 2
    store.release("again")
    work(store)
    kept = ["Cusco burned", "Ica trembled", "Quito shook"]
    assert quotes(store) == [each for each in kept if deed == "replace" or "Ica" not in each]
    assert sum(counts(store).values()) == 2 + (deed != "erase")


def test_one_that_is_tried_again_is_not_read_again_too(store, correct):
    (id_,) = post(store, new("Lima flooded", "a"))
    work(store, fail={"Lima flooded"})
    mark(store)
    (again,) = claim(store)
    correct.retry(id_)
    with pytest.raises(LostClaimError):
        commit_reading(store, again, "again", told(again))
    work(store)
    assert counts(store) == {"processed": 1}
    assert not store.has_work()


def test_marking_goes_on_behind_what_was_marked(store, read_ids):
    marked = store.mark_again(TIMELINE, after=0)
    assert marked.count == 3
    assert store.mark_again(TIMELINE, after=marked.last) is None
