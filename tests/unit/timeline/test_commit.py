from contextlib import contextmanager

import pytest

from service.documents.jsontext import loads
from service.errors import LostClaimError, StoreUnavailableError
from service.intake import draft
from service.merging import (
    ATTEMPTS,
    FIRST_PAUSE,
    Read,
    commit_failure,
    commit_reading,
)
from service.store.base import Reading
from service.store.eventquery import EventQuery
from service.store.schema import migrate
from service.store.sql import SqlStore
from tests.making import TIMELINE, mention, on, reported

READING = {"outcome": "told", "language": "en", "level": "dates", "expressions": ()}


class Pauses(list):
    """Notes pauses instead of taking them."""

    def __call__(self, seconds):
        self.append(seconds)


class Overtaken(SqlStore):
    """A store in which somebody else's commit comes between snapshot and write, `times` times."""

    def __init__(self, url, times, other):
        super().__init__(url)
        self.times, self.other = times, other

    def commit(self, *args, **kwargs):
        if self.times:
            self.times -= 1
            self.other()
        return super().commit(*args, **kwargs)


class Behind(SqlStore):
    """A store whose snapshots are always one commit too old."""

    @contextmanager
    def snapshot(self, timeline):
        with super().snapshot(timeline) as near:
            near.revision -= 1
            yield near


@pytest.fixture
def url(tmp_path):
    address = f"sqlite:///{tmp_path / 'record.sqlite3'}"
    migrate(address)
    return address


@pytest.fixture
def store(url):
    made = SqlStore(url)
    yield made
    made.close()


def post(store, *names, text="It burned."):
    fields = [
        {"external_id": each, "text": f"{text} {each}", "published_at": f"2026-01-2{at + 1}"}
        for at, each in enumerate(names)
    ]
    store.add_articles(TIMELINE, [draft(TIMELINE, each, received=2e9) for each in fields])
    claimed = store.claim("token", limit=20, characters=10_000, lease=60.0)
    return {each.key: each for each in claimed}


def read(claimed, **fields):
    found = (mention(claimed.head, **fields),)
    listed = tuple((each.id, "{}") for each in found)
    return Read(Reading(**READING, mentions=listed, notices="[]", skipped="[]"), found)


def events(store):
    return [loads(each.document) for each in store.list_events(TIMELINE, EventQuery())]


def test_a_reading_becomes_an_event_and_a_revision(store):
    claimed = post(store, "a")["a"]
    assert commit_reading(store, claimed, "token", read(claimed)) == 1
    (event,) = events(store)
    assert event["sources"][0]["external_id"] == "a"
    assert store.find_article(claimed.id).status == "processed"


def test_two_sources_join_and_the_change_names_its_fields(store):
    both = post(store, "a", "b")
    for each in both.values():
        commit_reading(store, each, "token", read(each))
    (event,) = events(store)
    assert event["source_count"] == 2
    assert store.find_revision(TIMELINE)[0] == 2


def test_a_reading_that_tells_nothing_leaves_the_revision_alone(store):
    claimed = post(store, "a")["a"]
    empty = Reading(
        outcome="nothing_to_tell",
        language="en",
        level="dates",
        expressions=(),
        mentions=(),
        notices="[]",
        skipped="[]",
    )
    assert commit_reading(store, claimed, "token", Read(empty, ())) == 0
    assert store.find_article(claimed.id).outcome == "nothing_to_tell"


def test_a_corrected_article_that_fails_takes_back_what_it_told(store):
    both = post(store, "a", "b")
    for each in both.values():
        commit_reading(store, each, "token", read(each))
    corrected = {"external_id": "a", "text": "It burnt.", "published_at": "2026-01-21"}
    new = draft(TIMELINE, corrected, received=2e9)
    store.replace_article(both["a"].id, new, 1)
    (claimed,) = store.claim("again", limit=1, characters=10_000, lease=60.0)
    assert commit_failure(store, claimed, "again", '{"title":"no"}') == 4
    (event,) = events(store)
    assert [each["external_id"] for each in event["sources"]] == ["b"]
    found = store.find_article(claimed.id)
    assert (found.status, found.problem, found.mentions) == ("failed", '{"title":"no"}', ())
    assert (found.outcome, found.version, found.reading_number) == (None, 2, 1)
    with store.snapshot(TIMELINE) as near:
        assert near.own(claimed.id) == ()
    assert store.find_timeline(TIMELINE).articles == {
        "accepted": 0,
        "processing": 0,
        "processed": 1,
        "failed": 1,
        "nothing_to_tell": 0,
        "retracted": 0,
    }


def test_a_stale_merge_is_redone_on_the_new_snapshot(store, url):
    both = post(store, "a", "b")
    first, second = both["a"], both["b"]
    rival = Overtaken(url, 1, lambda: commit_reading(store, first, "token", read(first)))
    pauses = Pauses()
    assert commit_reading(rival, second, "token", read(second), pause=pauses) == 2
    assert FIRST_PAUSE in pauses
    (event,) = events(store)
    assert event["source_count"] == 2
    rival.close()


def test_a_lost_claim_writes_nothing(store):
    claimed = post(store, "a")["a"]
    store.release("token")
    with pytest.raises(LostClaimError):
        commit_reading(store, claimed, "token", read(claimed))
    assert events(store) == []


def test_a_held_lease_is_waited_for_and_then_passed_over(store):
    claimed = post(store, "a")["a"]
    assert store.take_merge_lease(TIMELINE, "another", 60.0)
    pauses = Pauses()
    commit_reading(store, claimed, "token", read(claimed), pause=pauses)
    assert len(pauses) > 1
    assert len(events(store)) == 1


def test_an_event_with_an_open_start_sorts_by_its_end(store):
    both = post(store, "a", "b")
    open_start = on("2026-01-15", start=None, earliest=None)
    commit_reading(store, both["a"], "token", read(both["a"], date=open_start, names=("cusco",)))
    later = reported("2026-01-22")
    commit_reading(store, both["b"], "token", read(both["b"], date=later))
    assert [each["date"]["end"] for each in events(store)] == ["2026-01-15", "2026-01-22"]


def test_a_timeline_that_stays_busy_is_given_up(store, url):
    both = post(store, "a", "b")
    other, pauses = both["a"], Pauses()
    behind = Behind(url)
    with pytest.raises(StoreUnavailableError, match="changed under"):
        commit_reading(behind, both["b"], "token", read(both["b"]), pause=pauses)
    behind.close()
    assert len(pauses) == ATTEMPTS
    assert commit_reading(store, other, "token", read(other)) == 1


class Counted(SqlStore):
    """A store that notes which of its writes a merge asked for."""

    def __init__(self, url):
        super().__init__(url)
        self.asked = []

    def commit(self, *args, **kwargs):
        self.asked.append("commit")
        return super().commit(*args, **kwargs)

    def take_merge_lease(self, *args):
        self.asked.append("take")
        return super().take_merge_lease(*args)

    def drop_merge_lease(self, *args):
        self.asked.append("drop")
        super().drop_merge_lease(*args)


def test_a_merge_without_a_race_writes_once(store, url):
    claimed = post(store, "a")["a"]
    counted = Counted(url)
    commit_reading(counted, claimed, "token", read(claimed))
    assert counted.asked == ["commit"]
    counted.close()


class Watched(Behind):
    """A store whose merges lose every race; notes who is the merger while they wait."""

    mergers: tuple = ()

    def snapshot(self, timeline):
        self.mergers = (*self.mergers, self.find_merger(TIMELINE))
        return super().snapshot(timeline)


def test_who_lost_a_race_holds_the_merge_lease_until_it_is_through(store, url):
    claimed = post(store, "a")["a"]
    watched = Watched(url)
    with pytest.raises(StoreUnavailableError):
        commit_reading(watched, claimed, "token", read(claimed), pause=Pauses())
    assert watched.mergers == (None, *["token"] * (ATTEMPTS - 1))
    assert store.find_merger(TIMELINE) is None
    watched.close()
