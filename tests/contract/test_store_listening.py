"""Many commit while others listen and old changes go, on both stores: no listener sees a hole."""

from contextlib import closing
from threading import Event

from service.merging import Read, commit_reading
from service.store.sql import SqlStore
from tests.contract.test_store_concurrency import at_once
from tests.contract.test_store_corrections import new
from tests.faults import hazards

ARTICLES, TIMELINE = 40, "demo"


def posted(number):
    """Articles of which some tell what others told, so that events are updated as well."""
    return new(f"Town{number % 20} flooded by river{number % 7}", f"a{number}")


def write(store, name):
    """Read what waits, each article committed alone."""
    while batch := store.claim(name, limit=3, characters=10_000, lease=60.0):
        for claimed in batch:
            words = claimed.posted.partition('"text":"')[2].partition('"')[0].split()
            found = hazards.mention(claimed, words)
            commit_reading(store, claimed, name, Read(hazards.reading(), (found,)))


def listen(store, done, *, limit):
    """The revisions told, page by page from the beginning; where a hole was told of, None."""
    told, since, last = [], 0, False
    while True:
        page = store.read_changes(TIMELINE, after=since, limit=limit)
        if not page.reaches(since):
            assert since < page.kept_after
            told.append(None)
            since = page.kept_after
            continue
        told += [each.revision for each in page.changes]
        since = page.until
        if last and since == page.revision:
            return told
        last = done.is_set()


def probe(store, done):
    """Read the whole of what is kept again and again; no page that reaches back has a hole."""
    after = 0
    while True:
        last = done.is_set()
        page = store.read_changes(TIMELINE, after=after, limit=10_000)
        if page.reaches(after):
            revisions = [each.revision for each in page.changes]
            assert revisions == list(range(after + 1, page.revision + 1))
        after = page.kept_after
        if last and page.reaches(after):
            return


def heard(store, store_url, *, rows):
    """What three listeners were told while three wrote, one looked at all, one let rows go."""
    store.add_articles(TIMELINE, [posted(number) for number in range(ARTICLES)])
    stores = [SqlStore(store_url) for _ in range(8)]
    done, writing = Event(), [0, 1, 2]

    def act(number):
        mine = stores[number]
        with closing(mine):
            if number < 3:
                try:
                    write(mine, f"w{number}")
                finally:
                    writing.remove(number)
                    if not writing:
                        done.set()
                return None
            if number < 6:
                return listen(mine, done, limit=(1, 4, 100)[number - 3])
            if number == 6:
                return probe(mine, done)
            while not done.is_set():
                mine.trim_changes(seconds=-60.0, rows=rows)
            return None

    return [told for told in at_once(act, 8) if told is not None]


def test_every_listener_is_told_each_revision_once_in_order(store, store_url):
    told = heard(store, store_url, rows=10_000)
    last = store.find_revision(TIMELINE).revision
    assert last >= ARTICLES
    assert told == [list(range(1, last + 1))] * 3


def test_a_hole_is_told_of_and_never_skipped(store, store_url):
    last_seen = []
    for told in heard(store, store_url, rows=1):
        known = 0
        for before, revision in zip([0, *told], told, strict=False):
            if revision is None:
                continue
            if before is not None:
                assert revision == before + 1, "without a hole"
            assert revision > known
            known = revision
        last_seen.append(known)
    assert last_seen == [store.find_revision(TIMELINE).revision] * 3
