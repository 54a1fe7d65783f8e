"""The feed over a record in memory: what it reads, whom it wakes, and what it costs."""

import threading
from collections import Counter
from contextlib import ExitStack, closing
from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.api.updates.backlog import ROWS
from service.api.updates.feed import Feed
from service.api.updates.frames import change_frame
from service.api.updates.telling import Subscriber, tell
from service.errors import StoreUnavailableError
from service.store.changelog import ChangePage
from service.store.eventquery import Choice, EventQuery
from service.store.lineage import StoredChange
from tests.servers.eventstream import EventStream
from tests.servers.listening import Whispers
from tests.servers.waiting import wait_until

EVEN = EventQuery(kind=Choice(only=("even",)))
"""Stands for any filter: of these changes, those with even revisions."""


class Log:
    """Change rows of timelines in memory, which count how often they are read."""

    def __init__(self, **revisions):
        self.revisions = dict(revisions)
        self.kept_after = Counter()
        self.reads = Counter()
        self.is_away = False

    def read_changes(self, timeline, *, after, limit):
        self.reads[timeline] += 1
        if self.is_away:
            raise StoreUnavailableError("away")
        if timeline not in self.revisions:
            return None
        last, kept = self.revisions[timeline], self.kept_after[timeline]
        page = ChangePage(revision=last, kept_after=kept, changes=())
        if not page.reaches(after):
            return page
        told = range(after + 1, min(after + limit, last) + 1)
        return ChangePage(revision=last, kept_after=kept, changes=tuple(map(change, told)))

    def find_revisions(self, timelines):
        if self.is_away:
            raise StoreUnavailableError("away")
        return {each: self.revisions[each] for each in timelines if each in self.revisions}


def change(revision):
    return StoredChange(
        revision=revision, at=0.0, type="created", event_id=f"evt_{revision}", document="{}"
    )


class Rendering:
    """Renders changes and counts how often it did so for each query."""

    def __init__(self):
        self.times = Counter()

    def __call__(self, timeline, changes, query):
        self.times[query] += 1
        seen = [each.revision for each in changes if query is None or each.revision % 2 == 0]
        return [change_frame(at, "created", f'{{"revision":{at}}}') for at in seen]


class Process:
    """A feed with what it works with."""

    def __init__(self, **revisions):
        self.log = Log(**revisions)
        self.whispers = Whispers()
        self.rendering = Rendering()
        self.number = 1
        self.feed = Feed(
            self.log, self.whispers.waiter, self.rendering, process=lambda: self.number
        )

    def move(self, timeline, changes=1):
        self.log.revisions[timeline] += changes
        self.whispers.publish(timeline, self.log.revisions[timeline])

    def close(self):
        self.feed.close()
        self.whispers.publish("", 0)
        wait_until(lambda: not running(), 10, "the feed ends")


def running():
    return [each for each in threading.enumerate() if each.name == "feed"]


@pytest.fixture
def process():
    with closing(Process(one=10, two=0)) as made:
        yield made


class Client:
    """Reads what it is told, as a browser would."""

    def __init__(self, follower, *, since, revision, query=None, heartbeat=60.0, known=""):
        wishes = Subscriber(
            since=since,
            revision=revision,
            query=query,
            heartbeat=heartbeat,
            may_go_on=lambda: True,
        )
        self.pieces = tell(follower, wishes)
        self.read = EventStream(known)

    def until(self, revision):
        """The ids that are told up to that revision."""
        found = []
        while int(self.read.last_event_id or -1) < revision:
            found += [int(each.id) for each in self.read.feed(next(self.pieces))]
        return found


def follow(process, held, timeline="one", **wishes):
    revision = process.log.revisions[timeline]
    follower = held.enter_context(process.feed.follow(timeline, revision))
    return Client(follower, **{"since": revision, "revision": revision, **wishes})


def test_a_change_is_read_and_rendered_once_for_all_who_follow(process):
    with ExitStack() as held:
        clients = [follow(process, held) for _ in range(20)]
        others = [follow(process, held, query=EVEN) for _ in range(20)]
        for client in (*clients, *others):
            client.until(10)
        reads = process.log.reads["one"]
        process.move("one", 4)
        assert [client.until(14) for client in clients] == [[11, 12, 13, 14]] * 20
        assert [client.until(14) for client in others] == [[12, 14]] * 20
        assert process.log.reads["one"] <= reads + 2
        assert process.rendering.times[None] <= reads + 2
        assert process.rendering.times[EVEN] == 1


def test_those_who_are_behind_share_what_they_read(process):
    process.log.revisions["one"] = 5 * ROWS
    with ExitStack() as held:
        clients = [follow(process, held, since=at) for at in range(40)]
        for at, client in enumerate(clients):
            assert client.until(5 * ROWS) == list(range(at + 1, 5 * ROWS + 1))
        assert process.log.reads["one"] <= 5 + 3


def test_a_timeline_that_nobody_follows_costs_nothing(process):
    with ExitStack() as held:
        follow(process, held).until(10)
        assert running()
    process.whispers.publish("one", 11)
    wait_until(lambda: not running(), 10)
    reads = process.log.reads["one"]
    process.move("one")
    assert process.log.reads["one"] == reads
    with ExitStack() as held:
        client = follow(process, held)
        process.move("one")
        assert client.until(12) == [12]


def test_a_wakeup_of_another_timeline_reads_nothing(process):
    with ExitStack() as held:
        follow(process, held).until(10)
        wait_until(lambda: process.log.reads["one"], 10)
        reads = process.log.reads["one"]
        for revision in range(1, 50):
            process.whispers.publish("two", revision)
            process.whispers.publish("one", 10)
        process.move("one")
        wait_until(lambda: process.log.reads["one"] > reads, 10)
        assert process.log.reads["two"] == 0
        assert process.log.reads["one"] <= reads + 2


def test_while_the_record_is_away_streams_stay_and_miss_nothing(process):
    with ExitStack() as held:
        ahead = follow(process, held, heartbeat=0.05)
        behind = follow(process, held, since=3, heartbeat=0.05)
        process.log.is_away = True
        for client in (ahead, behind):
            assert b":\n\n" in takewhile(lambda piece: b"event" not in piece, client.pieces)
        process.move("one")
        process.log.is_away = False
        assert ahead.until(11) == [11]
        assert behind.until(11) == list(range(4, 12))


def test_a_record_that_went_back_is_told_as_a_reset(process):
    with ExitStack() as held:
        client = follow(process, held)
        client.until(10)
        process.log.revisions["one"] = 7
        found = []
        while not found:
            found = list(client.read.feed(next(client.pieces)))
        assert [(each.event, each.id) for each in found] == [("reset", "7")]
        process.move("one")
        assert client.until(8) == [8]


def test_what_was_let_go_before_the_feed_read_it_is_told_as_a_reset(process):
    with ExitStack() as held:
        client = follow(process, held)
        client.until(10)
        process.log.kept_after["one"] = 12
        process.move("one", 5)
        (found,) = client.read.feed(next(client.pieces))
        assert (found.event, found.id) == ("reset", "15")


def test_who_is_cut_off_in_a_page_that_is_not_kept_whole_goes_on(process):
    process.log.revisions["one"] = 50
    process.log.kept_after["one"] = 20
    with ExitStack() as held:
        assert follow(process, held, since=20).until(50) == list(range(21, 51))
        assert follow(process, held, since=33).until(50) == list(range(34, 51))
        lost = follow(process, held, since=19)
        next(lost.pieces)
        (found,) = lost.read.feed(next(lost.pieces))
        assert (found.event, found.id) == ("reset", "50")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_died_is_started_again_by_a_heartbeat(process):
    with ExitStack() as held:
        client = follow(process, held, heartbeat=0.05)
        client.until(10)
        process.whispers.say("rubbish")  # as no wake-up is
        wait_until(lambda: not running(), 10)
        process.move("one")
        assert client.until(11) == [11]


def test_a_feed_that_is_closed_is_left_by_all(process):
    with ExitStack() as held:
        clients = [follow(process, held) for _ in range(5)]
        for client in clients:
            client.until(10)
        process.feed.close()
        assert [list(client.pieces) for client in clients] == [[]] * 5
    with ExitStack() as held:
        assert len(list(follow(process, held).pieces)) == 1


def test_after_a_fork_nothing_of_the_parent_is_waited_for(process):
    with ExitStack() as held:
        follow(process, held).until(10)
        process.number += 1
        client = follow(process, held)
        process.move("one")
        assert client.until(11) == [11]


@settings(max_examples=40, deadline=None)
@given(
    commits=st.lists(st.integers(1, 2 * ROWS), min_size=1, max_size=6),
    drops=st.lists(st.integers(0, 12), max_size=6),
    query=st.sampled_from([None, EVEN]),
)
def test_however_commits_and_drops_fall_every_change_is_told_once_and_in_order(
    commits, drops, query
):
    with closing(Process(one=0)) as process, ExitStack() as held:
        client, told = follow(process, held, query=query), []
        for at, changes in enumerate(commits):
            process.move("one", changes)
            last = process.log.revisions["one"]
            wanted = [each for each in range(1, last + 1) if query is None or each % 2 == 0]
            for _ in range(drops[at] if at < len(drops) else 0):
                if told != wanted:  # a stream that has told all would wait
                    told += [int(each.id) for each in client.read.feed(next(client.pieces))]
            if at < len(drops):
                known = client.read.last_event_id
                client = follow(process, held, since=int(known or 0), query=query, known=known)
        told += client.until(wanted[-1]) if wanted else []
        assert told == wanted
