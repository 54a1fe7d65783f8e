"""Corrections on both stores: what is told, kept, counted and forgotten by each."""

import json

import pytest

from service.corrections import Corrections
from service.errors import (
    ArticleTakenError,
    LostClaimError,
    NotFailedError,
    NotFoundError,
    StaleVersionError,
)
from service.intake import draft
from service.merging import Read, commit_failure, commit_reading, commit_withdrawal
from service.store.amendments import Withdrawal
from service.store.eventquery import EventQuery
from service.wakeups import Wakeups
from tests.contract.storevalues import PROBLEM
from tests.faults import hazards
from tests.servers.api import NOWHERE, Bell

TIMELINE = "demo"
NOW = 2e9


def new(text, name=None, **fields):
    named = {} if name is None else {"external_id": name}
    said = {"text": text, "published_at": "2026-01-27", **named, **fields}
    return draft(TIMELINE, said, received=NOW)


def post(store, *articles):
    return [each.id for each in store.add_articles(TIMELINE, articles)]


def work(store, *, fail=()):
    """Read all that waits: each article tells one event in its own words."""
    while batch := store.claim("token", limit=20, characters=10_000, lease=60.0):
        for claimed in batch:
            text = json.loads(claimed.posted)["text"]
            if text in fail:
                commit_failure(store, claimed, "token", PROBLEM)
            else:
                found = (hazards.mention(claimed, text.split()),)
                commit_reading(store, claimed, "token", Read(hazards.reading(), found))


def content(store):
    found = store.list_events(TIMELINE, EventQuery(limit=200))
    return [json.loads(each.document) for each in found]


def quotes(store):
    return sorted(each["quote"] for event in content(store) for each in event["sources"])


def counts(store):
    return {name: count for name, count in store.find_timeline(TIMELINE).articles.items() if count}


@pytest.fixture
def correct(store):
    wakeups = Wakeups(NOWHERE)
    yield Corrections(store, Bell(), wakeups)
    wakeups.close()


def test_a_correction_is_told_once_it_was_read_and_the_old_version_until_then(store, correct):
    (id_,) = post(store, new("Lima flooded", "a", title="Old"))
    work(store)
    assert correct.replace(store.find_article(id_), new("Cusco burned", "a"), received=NOW)
    assert quotes(store) == ["Lima flooded"]
    found = store.find_article(id_)
    assert (found.status, found.version, found.told_version) == ("accepted", 2, 1)
    work(store)
    assert quotes(store) == ["Cusco burned"]
    assert store.find_article(id_).told_version is None


def test_what_is_told_of_a_former_version_keeps_its_own_title_when_others_are_merged(
    store, correct
):
    (id_,) = post(store, new("Lima flooded heavily today", "a", title="Old"))
    work(store)
    corrected = new("Cusco burned", "a", title="New")
    correct.replace(store.find_article(id_), corrected, received=NOW)
    store.add_articles(TIMELINE, [new("Lima flooded heavily today", "b")])
    (first, other) = store.claim("token", limit=2, characters=1000, lease=60.0)
    assert first.head.title == "New"
    told = hazards.mention(other, ["Lima", "flooded", "heavily", "today"])
    commit_reading(store, other, "token", Read(hazards.reading(), (told,)))
    (event,) = content(store)
    assert {each.get("title") for each in event["sources"]} == {"Old", None}
    store.release("token")
    work(store)
    assert {each["sources"][0].get("title") for each in content(store)} == {None, "New"}


def test_a_page_may_be_as_young_as_the_version_that_it_came_with(store, correct):
    (id_,) = post(store, new("Lima flooded", "a"))
    work(store)
    correct.replace(store.find_article(id_), new("Cusco burned", "a"), received=NOW)
    first, second = store.list_versions(id_, limit=9, after=0)
    (claimed,) = store.claim("token", limit=1, characters=1_000, lease=60.0)
    assert claimed.received_at == second.received_at > first.received_at
    store.release("token")
    work(store)
    store.mark_again(TIMELINE)
    (again,) = store.claim("token", limit=1, characters=1_000, lease=60.0)
    assert again.received_at == second.received_at


def test_saying_the_same_again_is_no_version(store, correct):
    (id_,) = post(store, new("Lima flooded", "a"))
    work(store)
    before = store.find_revision(TIMELINE)
    assert not correct.replace(store.find_article(id_), new("Lima flooded", "a"), received=NOW)
    assert store.find_revision(TIMELINE) == before
    assert store.find_article(id_).version == 1


def test_a_retracted_article_tells_nothing_and_is_kept(store, correct):
    ids = post(store, new("Lima flooded", "a"), new("Cusco burned", "b"))
    work(store)
    found = correct.retract(ids[0])
    assert (found.status, found.version, found.reading_number) == ("retracted", 2, 0)
    assert json.loads(found.posted)["text"] == "Lima flooded"
    assert (found.mentions, found.expressions, found.outcome) == ((), (), None)
    assert quotes(store) == ["Cusco burned"]
    assert counts(store) == {"processed": 1, "retracted": 1}
    assert store.waiting() == 0
    assert [each.type for each in store.list_versions(ids[0], limit=9, after=0)] == [
        "posted",
        "retracted",
    ]


def test_retracting_twice_changes_nothing_the_second_time(store, correct):
    (id_,) = post(store, new("Lima flooded", "a"))
    work(store)
    first = correct.retract(id_)
    before = store.find_revision(TIMELINE)
    assert correct.retract(id_, fits=frozenset({1}).__contains__) == first
    assert store.find_revision(TIMELINE) == before


def test_a_correction_meant_for_another_version_is_refused(store, correct):
    (id_,) = post(store, new("Lima flooded", "a"))
    work(store)
    stale = frozenset({7}).__contains__
    with pytest.raises(StaleVersionError, match='"1-1"'):
        correct.retract(id_, fits=stale)
    with pytest.raises(StaleVersionError):
        correct.erase(id_, fits=stale)
    with pytest.raises(StaleVersionError):
        correct.replace(store.find_article(id_), new("B", "a"), received=NOW, fits=stale)
    assert quotes(store) == ["Lima flooded"]


def test_a_claimed_article_can_be_retracted_and_its_worker_loses_it(store, correct):
    (id_,) = post(store, new("Lima flooded", "a"))
    (claimed,) = store.claim("token", limit=1, characters=1000, lease=60.0)
    correct.retract(id_)
    assert counts(store) == {"retracted": 1}
    with pytest.raises(LostClaimError):
        commit_reading(
            store, claimed, "token", Read(hazards.reading(), (hazards.mention(claimed, ["x"]),))
        )
    assert content(store) == []


def test_posting_a_retracted_article_again_gives_it_a_further_version(store, correct):
    (id_,) = post(store, new("Lima flooded", "a"))
    work(store)
    correct.retract(id_)
    (added,) = store.add_articles(TIMELINE, [new("Lima flooded", "a")])
    assert (added.id, added.outcome, added.version) == (id_, "accepted", 3)
    work(store)
    assert quotes(store) == ["Lima flooded"]
    assert counts(store) == {"processed": 1}
    assert [each.type for each in store.list_versions(id_, limit=9, after=0)] == [
        "posted",
        "retracted",
        "posted",
    ]


def test_a_correction_revives_a_retracted_article_even_with_the_same_words(store, correct):
    (id_,) = post(store, new("Lima flooded", "a"))
    work(store)
    found = correct.retract(id_)
    assert correct.replace(found, new("Lima flooded", "a"), received=NOW)
    work(store)
    assert quotes(store) == ["Lima flooded"]


def test_an_erased_article_leaves_no_word_behind(store, correct):
    ids = post(
        store, new("Lima flooded heavily today", "a"), new("Lima flooded heavily today", "b")
    )
    work(store)
    correct.replace(store.find_article(ids[0]), new("Secret words", "a"), received=NOW)
    work(store)
    (secret,) = [each["id"] for each in content(store) if "Secret" in each["headline"]]
    before = store.find_revision(TIMELINE).revision
    correct.erase(ids[0])
    assert store.find_article(ids[0]) is None
    assert store.find_version(ids[0], 1) is None
    assert quotes(store) == ["Lima flooded heavily today"]
    assert counts(store) == {"processed": 1}
    history = store.list_changes(TIMELINE, secret, limit=9, after=0)
    assert {each.type for each in history} >= {"created", "updated", "removed"}
    assert [each for each in history if each.erased] == [
        each for each in history if each.type in {"created", "updated"}
    ]
    every = [
        change
        for event in {secret, content(store)[0]["id"]}
        for change in store.list_changes(TIMELINE, event, limit=99, after=0)
    ]
    assert not [each for each in every if each.document and ids[0] in each.document]
    assert store.find_revision(TIMELINE).revision == before + 1


def test_rows_that_were_written_after_the_search_are_erased_as_well(store, correct):
    (id_,) = post(store, new("Lima flooded", "a"))
    traces = store.find_traces(TIMELINE, id_)
    work(store)
    (event,) = [each["id"] for each in content(store)]
    assert traces.revisions == ()
    commit_withdrawal(store, Withdrawal(id_, TIMELINE, 1, traces), "another")
    assert store.list_changes(TIMELINE, event, limit=1, after=0)[0].erased


def test_an_erased_article_can_be_posted_anew(store, correct):
    (id_,) = post(store, new("Lima flooded", "a"))
    work(store)
    correct.erase(id_)
    (added,) = store.add_articles(TIMELINE, [new("Lima flooded", "a")])
    assert (added.id, added.outcome, added.version) == (id_, "accepted", 1)
    work(store)
    assert quotes(store) == ["Lima flooded"]


def test_a_retracted_article_can_be_erased(store, correct):
    (id_,) = post(store, new("Lima flooded", "a"))
    work(store)
    correct.retract(id_)
    correct.erase(id_)
    assert counts(store) == {}
    with pytest.raises(NotFoundError):
        correct.erase(id_)


def test_a_failed_article_is_tried_again_with_all_its_attempts(store, correct):
    (id_,) = post(store, new("Lima flooded", "a"))
    work(store, fail={"Lima flooded"})
    assert counts(store) == {"failed": 1}
    found = correct.retry(id_)
    assert (found.status, found.attempts, found.problem) == ("accepted", 0, None)
    assert counts(store) == {"accepted": 1}
    with pytest.raises(NotFailedError, match="is accepted, not failed"):
        correct.retry(id_)
    work(store)
    assert quotes(store) == ["Lima flooded"]
    with pytest.raises(NotFoundError):
        correct.retry("art_none")


def test_without_an_external_id_an_article_goes_by_what_it_says_now(store, correct):
    (id_,) = post(store, new("Lima flooded"))
    work(store)
    correct.replace(store.find_article(id_), new("Cusco burned"), received=NOW)
    work(store)
    corrected = content(store)
    (again,) = store.add_articles(TIMELINE, [new("Cusco burned")])
    assert (again.id, again.outcome) == (id_, "known")
    (former,) = store.add_articles(TIMELINE, [new("Lima flooded")])
    assert (former.id, former.outcome) == (id_, "differs")
    correct.erase(id_)
    post(store, new("Cusco burned"))
    work(store)
    fresh = content(store)
    assert [each["id"] for each in corrected] == [each["id"] for each in fresh]


def test_no_article_is_corrected_into_another_one(store, correct):
    first, second = post(store, new("Lima flooded"), new("Cusco burned"))
    work(store)
    with pytest.raises(ArticleTakenError, match=second):
        correct.replace(store.find_article(first), new("Cusco burned"), received=NOW)
    correct.replace(store.find_article(second), new("Quito shook"), received=NOW)
    with pytest.raises(ArticleTakenError, match=second):
        correct.replace(store.find_article(first), new("Quito shook"), received=NOW)
    with pytest.raises(ArticleTakenError, match=second):  # whose mentions go by it still
        correct.replace(store.find_article(first), new("Cusco burned"), received=NOW)
    work(store)
    assert correct.replace(store.find_article(first), new("Cusco burned"), received=NOW)
    work(store)
    assert quotes(store) == ["Cusco burned", "Quito shook"]


def test_what_is_still_told_of_a_corrected_article_is_not_taken_for_another(store, correct):
    (id_,) = post(store, new("Lima flooded"))
    for text in ("Cusco burned", "Quito shook"):
        work(store)
        correct.replace(store.find_article(id_), new(text), received=NOW)
    (added,) = store.add_articles(TIMELINE, [new("Cusco burned")])
    assert (added.id, added.outcome) == (id_, "differs")
    work(store)
    (added,) = store.add_articles(TIMELINE, [new("Cusco burned")])
    assert (added.id != id_, added.outcome) == (True, "accepted")
    work(store)
    assert quotes(store) == ["Cusco burned", "Quito shook"]
