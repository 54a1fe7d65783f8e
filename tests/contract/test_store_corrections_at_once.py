"""Corrections, workers and readers again at once, on both stores: exact all the same."""

import json
from random import Random

import pytest

from service.corrections import Corrections
from service.errors import LostClaimError, NotFailedError, NotFoundError
from service.intake import draft
from service.merging import Read, commit_failure, commit_reading
from service.store.sql import SqlStore
from service.wakeups import Wakeups
from tests.contract.storevalues import PROBLEM
from tests.contract.test_store_concurrency import at_once
from tests.faults import hazards
from tests.servers.api import NOWHERE, Bell
from tests.servers.house import content

TIMELINE = "demo"
NOW = 2e9
ARTICLES = 5
STEPS = 14
WORDS = ("Lima flooded", "Lima flooded heavily", "Cusco burned", "Quito shook", "FAIL")


def new(number, text):
    fields = {"external_id": f"a{number}", "text": text, "published_at": "2026-01-27"}
    return draft(TIMELINE, fields, received=NOW)


def work(store, token, limit=3):
    """Whether there was anything to claim; all of it is read."""
    claimed = store.claim(token, limit=limit, characters=1_000, lease=60.0)
    for each in claimed:
        words = json.loads(each.posted)["text"].split()
        try:
            if words == ["FAIL"]:
                commit_failure(store, each, token, PROBLEM)
            else:
                told = (hazards.mention(each, words),)
                commit_reading(store, each, token, Read(hazards.reading(), told))
        except LostClaimError:
            pass
    store.release(token)
    return bool(claimed)


def correct(store, wakeups, dice):
    """Do something to some article; what is impossible at the moment is left."""
    corrections = Corrections(store, Bell(), wakeups)
    number = dice.randrange(ARTICLES)
    id_ = new(number, "-").id
    deed = dice.choice(("post", "put", "put", "retract", "erase", "retry", "mark"))
    try:
        if deed == "post":
            store.add_articles(TIMELINE, [new(number, dice.choice(WORDS))])
        elif deed == "mark":
            store.mark_again(TIMELINE)
        elif deed == "put":
            found = store.find_article(id_)
            if found is not None:
                corrections.replace(found, new(number, dice.choice(WORDS)), received=NOW)
        else:
            getattr(corrections, deed)(id_)
    except (NotFoundError, NotFailedError):
        pass


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_at_once_the_content_is_that_of_the_present_versions(
    store, store_url, tmp_path, migrated_file, seed
):
    wakeups = Wakeups(NOWHERE)
    stores = [SqlStore(store_url) for _ in range(4)]
    store.add_articles(TIMELINE, [new(number, WORDS[0]) for number in range(ARTICLES)])

    def act(thread):
        dice = Random(f"{seed} {thread}")  # noqa: S311  # the same deeds each time
        for step in range(STEPS):
            if thread % 2:
                work(stores[thread], f"w{thread}-{step}")
            else:
                correct(stores[thread], wakeups, dice)

    at_once(act, 4)
    while store.has_work():
        work(store, "last", 20)
    kept = store.list_articles(TIMELINE, limit=200, after=None)
    told = [each for each in kept if each.status == "processed"]
    assert {each.status for each in kept} <= {"processed", "failed", "retracted"}
    counts = store.find_timeline(TIMELINE).articles
    assert {name: counts[name] for name in ("accepted", "processing", "processed")} == {
        "accepted": 0,
        "processing": 0,
        "processed": len(told),
    }
    fresh_path = tmp_path / "fresh.sqlite3"
    fresh_path.write_bytes(migrated_file.read_bytes())
    fresh = SqlStore(f"sqlite:///{fresh_path}")
    fresh.add_articles(
        TIMELINE, [draft(TIMELINE, json.loads(each.posted), received=NOW) for each in told]
    )
    while fresh.has_work():
        work(fresh, "only", 20)
    assert content(store, TIMELINE) == content(fresh, TIMELINE)
    for each in (fresh, *stores):
        each.close()
    wakeups.close()
