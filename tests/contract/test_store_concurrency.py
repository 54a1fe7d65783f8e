"""Many at once, on both stores: nothing lost, nothing shared, one merge at a time."""

import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.errors import StaleRevisionError, StoreUnavailableError
from service.store.eventquery import EventQuery
from service.store.gathering import Gathering
from service.store.sql import SqlStore
from tests.contract.storevalues import article, claim_one, event, mention, plan, reading, row, tell

THREADS = 16


def at_once(work, number=THREADS):
    """What `work(0)`, `work(1)`... gave, all started together."""
    gate = threading.Barrier(number)

    def start(each):
        gate.wait()
        return work(each)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(start, range(number)))


def test_sixteen_threads_add_articles_and_none_is_lost(store):
    def post(thread):
        return [
            store.add_articles("demo", [article(f"{thread}-{number}")])[0].outcome
            for number in range(10)
        ]

    outcomes = at_once(post)
    assert outcomes == [["accepted"] * 10] * THREADS
    assert store.find_timeline("demo").articles["accepted"] == THREADS * 10
    assert store.waiting() == THREADS * 10


def test_the_same_article_from_sixteen_threads_is_accepted_once(store):
    outcomes = at_once(lambda _: store.add_articles("demo", [article(1)])[0].outcome)
    assert sorted(outcomes) == ["accepted", *["known"] * (THREADS - 1)]
    assert store.find_timeline("demo").articles["accepted"] == 1


def test_posts_to_many_timelines_do_not_wait_crosswise(store, store_url):
    other = SqlStore(store_url)

    def post(thread):
        mine = (store, other)[thread % 2]
        names = [f"timeline {(thread + number) % 4}" for number in range(8)]
        return [
            mine.add_articles(name, [article(f"{thread}-{number}", timeline=name)])
            for number, name in enumerate(names)
        ]

    at_once(post)
    other.close()
    listed = store.list_timelines(limit=10, after=None)
    assert [each.articles["accepted"] for each in listed] == [THREADS * 2] * 4


def test_claimers_never_share_an_article(store, store_url):
    posted = [article(f"{number:03}") for number in range(60)]
    store.add_articles("demo", posted)
    stores = [SqlStore(store_url) for _ in range(4)]

    def drain(worker):
        taken = []
        while batch := stores[worker].claim(f"w{worker}", limit=5, characters=10_000, lease=15):
            taken += [claimed.id for claimed in batch]
        return taken

    taken = [each for one in at_once(drain, 4) for each in one]
    for each in stores:
        each.close()
    assert sorted(taken) == [each.id for each in posted]


def test_of_two_commits_on_one_snapshot_one_is_stale(store, store_url):
    both = [article(1), article(2)]
    store.add_articles("demo", both)
    claimed = store.claim("token", limit=2, characters=1000, lease=15)
    stores = [store, SqlStore(store_url)]

    def commit(each):
        told = event(mention(str(each), both[each]))
        try:
            return stores[each].commit(
                claimed[each],
                "token",
                reading=reading(*told.mentions),
                plan=plan(both[each], told),
                rows=[row(told)],
                expected_revision=0,
            )
        except StaleRevisionError:
            return "stale"

    assert sorted(map(str, at_once(commit, 2))) == ["1", "stale"]
    stores[1].close()
    assert store.find_revision("demo")[:2] == (1, 1)


def test_renewing_and_giving_back_while_others_claim_and_post(store):
    """Writers that lock rows in different orders would wait for one another here."""

    def work(thread):
        for number in range(6):
            store.add_articles("demo", [article(f"{thread}-{number}")])
            store.claim(f"w{thread}", limit=3, characters=1000, lease=15)
            store.renew(f"w{thread}", 15)
            store.release(f"w{thread}")

    at_once(work, 8)
    kept = store.find_timeline("demo").articles
    assert (kept["accepted"], kept["processing"]) == (48, 0)
    assert store.waiting() == 48


def test_readers_see_whole_commits_only(store):
    """Each commit adds two events of one mention each, so mentions and revision go together."""
    store.add_articles("demo", [article("first")])
    done = threading.Event()

    def read():
        seen = []
        while not done.is_set():
            with store.snapshot("demo") as near:
                there = near.holders("b")
                events = set(near.events(there).values())
                articles = {each.article_id for each in near.mentions(there)}
                seen.append((near.revision, len(there), len(events), len(articles)))
        return seen

    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(read)
        try:
            tell(store, article("first"))
            for number in range(10):
                of = article(number)
                tell(store, of, *(event(mention(f"{number}{each}", of)) for each in "ab"))
        finally:
            done.set()
        seen = reader.result(20)
    assert set(seen) <= {(2 * number, 2 * number, 2 * number, number) for number in range(11)}
    assert seen == sorted(seen)


def use_in_child(store, results) -> None:
    results.put((store.find_revision("demo")[:2], claim_one(store, "child").id))
    store.close()


def work_in_child(url, worker) -> None:
    store = SqlStore(url)
    for number in range(15):
        store.add_articles("demo", [article(f"{worker}-{number}")])
        for claimed in store.claim(f"w{worker}", limit=1, characters=1000, lease=15):
            store.give_up(f"w{worker}", claimed.id)
    store.close()


def test_processes_share_one_record_without_refusing_one_another(store, store_url):
    context = multiprocessing.get_context("spawn")
    children = [context.Process(target=work_in_child, args=(store_url, each)) for each in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0, 0]
    kept = store.find_timeline("demo").articles
    assert kept["accepted"] + kept["failed"] == 45
    listed = store.list_articles("demo", limit=200, after=None)
    assert sum(each.attempts for each in listed) == 45, "no claim was lost or shared"


def test_a_store_can_be_used_on_both_sides_of_a_fork(store):
    store.add_articles("demo", [article(1), article(2)])
    context = multiprocessing.get_context("fork")
    results = context.SimpleQueue()
    child = context.Process(target=use_in_child, args=(store, results))
    child.start()
    child.join(20)
    assert child.exitcode == 0
    assert results.get() == ((0, 2), article(1).id)
    assert claim_one(store, "parent").id == article(2).id
    assert store.list_events("demo", EventQuery()) == ()


def test_who_asks_while_another_writes_is_written_together():
    batches, inside, go = [], threading.Event(), threading.Event()

    def write_all(wanted):
        batches.append(list(wanted))
        inside.set()
        assert go.wait(10)
        return [each * 10 for each in wanted]

    gathering = Gathering(write_all)
    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(gathering.ask, 0)
        assert inside.wait(10)
        rest = [pool.submit(gathering.ask, number) for number in range(1, 5)]
        while len(gathering._waiting) < 4:  # noqa: SLF001  # nothing public says who waits
            pass
        go.set()
        assert first.result(10) == 0
        assert [each.result(10) for each in rest] == [10, 20, 30, 40]
    assert [sorted(batch) for batch in batches] == [[0], [1, 2, 3, 4]]


def test_one_that_cannot_be_written_fails_alone():
    inside, go = threading.Event(), threading.Event()

    def write_all(wanted):
        inside.set()
        assert go.wait(10)
        if -1 in wanted:
            raise ValueError("minus one")
        return wanted

    gathering = Gathering(write_all)
    with ThreadPoolExecutor(4) as pool:
        pool.submit(gathering.ask, 0)
        assert inside.wait(10)
        asked = {number: pool.submit(gathering.ask, number) for number in (1, -1, 2)}
        while len(gathering._waiting) < 3:  # noqa: SLF001  # nothing public says who waits
            pass
        go.set()
        assert [asked[1].result(10), asked[2].result(10)] == [1, 2]
        with pytest.raises(ValueError, match="minus one"):
            asked[-1].result(10)


def test_when_the_database_is_away_everybody_is_told():
    def write_all(_wanted):
        raise StoreUnavailableError("away")

    with pytest.raises(StoreUnavailableError, match="away"):
        Gathering(write_all).ask(1)
