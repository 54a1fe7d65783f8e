"""One job's work on a real record, with a reader that does what the test needs."""

import json
from itertools import count

import pytest

from service import wiring
from service.errors import StoreUnavailableError, UnreadableArticleError
from service.jobqueue import ARTICLES_QUEUE
from service.merging import Read
from service.settings import Settings
from service.store.base import ATTEMPTS
from service.store.sql import SqlStore
from tests.faults import hazards
from tests.servers.api import Counting
from tests.servers.house import TIMELINE, content, new_article
from workers import jobs
from workers.limits import StopSign


class Bell:
    """A queue that counts its rings."""

    def __init__(self):
        self.rings = 0

    def ring(self, queue):
        assert queue == ARTICLES_QUEUE
        self.rings += 1
        return True

    def is_reachable(self):
        return True


class Silence:
    """Wakeups that remember what was told."""

    def __init__(self):
        self.told = []

    def publish(self, timeline, revision):
        self.told.append((timeline, revision))
        return True


class Faulty:
    """A store that is away for its first commits."""

    def __init__(self, store, times):
        self._store = store
        self.left = times

    def __getattr__(self, name):
        return getattr(self._store, name)

    def commit(self, *args, **options):
        if self.left:
            self.left -= 1
            raise StoreUnavailableError("away for a moment")
        return self._store.commit(*args, **options)


@pytest.fixture
def store(sqlite_url):
    opened = SqlStore(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def bell():
    return Bell()


@pytest.fixture
def silence():
    return Silence()


@pytest.fixture
def shift(store, bell, silence):
    """`shift(read, ...)` builds a job's work."""

    def build(read, *, record=store, sign=None, settings=None, **options):
        parts = wiring.Parts(store=record, queue=bell, wakeups=silence, tallies=Counting())
        workshop = jobs.Workshop(settings or Settings(), parts, read)
        return jobs.Shift(workshop, sign or StopSign(), **options)

    return build


def read_quickly(batch):
    for each in batch:
        words = ["Town", each.key]
        yield each, Read(hazards.reading(), (hazards.mention(each, words),))


def add(store, count, timeline=TIMELINE):
    drafts = [new_article(f"Town number {number}", timeline) for number in range(count)]
    return [each.id for each in store.add_articles(timeline, drafts)]


def statuses(store, ids):
    return [store.find_article(each).status for each in ids]


def test_all_that_waits_is_worked_on_and_told(store, bell, silence, shift):
    ids = add(store, 3)
    shift(read_quickly).work()
    assert statuses(store, ids) == ["processed"] * 3
    assert silence.told == [(TIMELINE, 1), (TIMELINE, 2), (TIMELINE, 3)]
    assert bell.rings == 0


def test_a_full_claim_rings_for_the_rest_before_it_works(store, bell, shift):
    rings_at_first_reading = []

    def read(batch):
        rings_at_first_reading.append(bell.rings)
        yield from read_quickly(batch)

    add(store, jobs.CLAIM_ARTICLES + 1)
    shift(read).work()
    assert rings_at_first_reading == [1, 1]
    assert store.waiting() == 0


def test_after_its_time_a_job_gives_back_the_rest_and_rings(store, bell, shift):
    now = [0.0]

    def read(batch):
        for each in read_quickly(batch):
            now[0] += jobs.DRAIN_SECONDS / 2
            yield each

    ids = add(store, 5)
    shift(read, clock=lambda: now[0]).work()
    assert statuses(store, ids) == ["processed"] * 2 + ["accepted"] * 3
    assert [store.find_article(each).attempts for each in ids] == [1, 1, 0, 0, 0]
    assert bell.rings == 1


def test_a_record_that_is_away_costs_no_attempt(store, shift):
    ids = add(store, 2)
    shift(read_quickly, record=Faulty(store, 1)).work()
    assert statuses(store, ids) == ["accepted"] * 2
    assert [store.find_article(each).attempts for each in ids] == [0, 0]
    shift(read_quickly).work()
    assert statuses(store, ids) == ["processed"] * 2


def test_an_article_that_was_replaced_while_it_was_read_is_read_again(store, shift):
    (id_,) = add(store, 1)
    texts = []

    def read(batch):
        for each in batch:
            texts.append(each.posted)
            if len(texts) == 1:
                new = new_article("Town of another story", external_id="Town number 0")
                store.replace_article(id_, new, each.version)
            yield from read_quickly([each])

    shift(read).work()
    assert statuses(store, [id_]) == ["processed"]
    assert len(texts) == 2
    assert "another story" in texts[1]
    assert store.find_article(id_).version == 2


def lose_the_second(store, ids, read_ids):
    """A reader in whose hands another worker takes over the second article of two."""

    def read(batch):
        for each in batch:
            if each.id == ids[0]:
                # Another worker finds the lease run out, and keeps what it claims.
                new = new_article("Town two", external_id="Town number 1")
                store.replace_article(ids[1], new, 1)
                assert store.claim("another", limit=20, characters=200_000, lease=60)
            read_ids.append(each.id)
            yield from read_quickly([each])

    return read


def test_what_was_lost_to_another_claim_is_not_worked_on(store, shift):
    ids, read_ids = add(store, 2), []
    ticks = count(step=Settings().lease_seconds / 6)
    shift(lose_the_second(store, ids, read_ids), clock=lambda: next(ticks)).work()
    assert read_ids == [ids[0]]
    assert statuses(store, ids) == ["processed", "processing"]


def test_what_was_lost_a_moment_ago_is_dropped_at_its_commit(store, silence, shift):
    ids, read_ids = add(store, 2), []
    shift(lose_the_second(store, ids, read_ids), clock=lambda: 0.0).work()
    assert read_ids == ids
    assert statuses(store, ids) == ["processed", "processing"]
    assert silence.told == [(TIMELINE, 1)]


class Renewing:
    """A store that notes the moments of its renewals."""

    def __init__(self, store, clock):
        self._store, self._clock, self.renewals = store, clock, []

    def __getattr__(self, name):
        return getattr(self._store, name)

    def renew(self, *args):
        self.renewals.append(self._clock())
        return self._store.renew(*args)


def test_a_claim_is_renewed_when_a_third_of_its_lease_has_passed(store, shift):
    now = [0.0]

    def read(batch):
        for each in read_quickly(batch):
            now[0] += 2.0
            yield each

    ids = add(store, 2)
    record = Renewing(store, lambda: now[0])
    shift(read, record=record, clock=lambda: now[0], settings=Settings(lease_seconds=3.0)).work()
    assert statuses(store, ids) == ["processed"] * 2
    assert record.renewals == [2.0]


def test_one_that_raises_is_tried_alone_until_it_fails(store, shift):
    ids = add(store, 3)
    batches = []

    def read(batch):
        batches.append(len(batch))
        for each in batch:
            if each.id == ids[1]:
                raise KeyError(each.posted)
            yield from read_quickly([each])

    shift(read).work()
    assert statuses(store, ids) == ["processed", "failed", "processed"]
    assert batches == [3, 1, 1, 1, 1]
    assert "KeyError" in store.find_article(ids[1]).problem
    assert "number 1" not in store.find_article(ids[1]).problem


def test_one_that_cannot_be_read_fails_at_its_first_attempt_with_its_own_problem(store, shift):
    ids = add(store, 2)

    def read(batch):
        for each in batch:
            if each.id == ids[0]:
                raise UnreadableArticleError("no day", problem="dateless", title="No day")
            yield from read_quickly([each])

    shift(read).work()
    assert statuses(store, ids) == ["failed", "processed"]
    failed = store.find_article(ids[0])
    assert failed.attempts == 1
    assert json.loads(failed.problem) == {
        "type": "/problems/dateless",
        "title": "No day",
        "detail": "no day",
    }


def test_a_spent_article_is_failed_without_being_read_again(store, shift):
    ids = add(store, 2)
    for _ in range(ATTEMPTS):
        assert [each.id for each in store.claim("dies", limit=1, characters=9, lease=-1.0)] == [
            ids[0]
        ]
    read_ids = []

    def read(batch):
        read_ids.extend(each.id for each in batch)
        yield from read_quickly(batch)

    shift(read).work()
    assert statuses(store, ids) == ["failed", "processed"]
    assert read_ids == [ids[1]]
    assert "3 attempts" in store.find_article(ids[0]).problem


def test_a_failed_correction_leaves_nothing_of_the_former_version(store, silence, shift):
    (id_,) = add(store, 1)
    shift(read_quickly).work()
    store.replace_article(id_, new_article("New", external_id="Town number 0"), 1)

    def read(batch):
        raise UnreadableArticleError("no day")
        yield from read_quickly(batch)

    shift(read).work()
    assert statuses(store, [id_]) == ["failed"]
    assert content(store) == ()
    assert silence.told == [(TIMELINE, 1), (TIMELINE, 2)]


def test_what_is_read_again_gives_way_to_what_is_new(store, bell, shift):
    ids = add(store, 3)
    shift(read_quickly).work()
    store.mark_again(TIMELINE)
    order = []

    def read(batch):
        for each in batch:
            order.append(each.id)
            if len(order) == 1:
                order.extend(fresh := add_one(store))
                assert statuses(store, fresh) == ["accepted"]
            yield from read_quickly([each])

    shift(read).work()
    fresh = order[1]
    assert order == [ids[0], fresh, fresh, *ids[1:]]
    assert statuses(store, [*ids, fresh]) == ["processed"] * 4
    assert not store.has_work()


def add_one(store):
    drafts = [new_article("Harbour town")]
    return [each.id for each in store.add_articles(TIMELINE, drafts)]


class Unfailing:
    """A store that commits no failure."""

    def __init__(self, store):
        self._store = store

    def __getattr__(self, name):
        return getattr(self._store, name)

    def commit(self, *args, reading, **options):
        if reading.problem:
            raise ZeroDivisionError
        return self._store.commit(*args, reading=reading, **options)


def test_what_cannot_be_failed_stays_held_and_harms_no_neighbour(store, shift):
    ids = add(store, 2)

    def read(batch):
        for each in batch:
            if each.id == ids[0]:
                raise UnreadableArticleError("no day")
            yield from read_quickly([each])

    shift(read, record=Unfailing(store)).work()
    assert statuses(store, ids) == ["processing", "processed"]
    assert store.waiting() == 0


def test_a_stop_before_the_first_claim_leaves_everything(store, shift):
    ids = add(store, 1)
    sign = StopSign()
    sign.is_up = True
    shift(read_quickly, sign=sign).work()
    assert statuses(store, ids) == ["accepted"]
