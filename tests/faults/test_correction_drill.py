"""Workers are killed while articles are corrected, retracted and read again: exact all the same."""

import time

import pytest

from service.corrections import Corrections
from service.jobqueue import RqJobQueue
from service.wakeups import Wakeups
from tests.faults import test_drill as drill
from tests.servers.house import content, new_article
from tests.servers.waiting import wait_until

TEXTS = drill.TEXTS[:60]
RETRACTED = TEXTS[::5]
KEPT = [text for text in TEXTS if text not in RETRACTED]
FAULTS = (
    drill.kill_horse,
    drill.flush_redis,
    drill.kill_worker_with_its_horse,
    drill.kill_the_parent_of_the_workers,
)


@pytest.fixture
def correct(open_house, record_url):
    """A house with workers, and corrections of what is in its record."""
    house = open_house(
        record_url, module="tests.faults.hazards", workers=2, lease_seconds=drill.LEASE
    )
    wakeups = Wakeups(house.redis.url)
    yield house, Corrections(house.store, RqJobQueue(house.redis.url), wakeups)
    wakeups.close()


@pytest.mark.slow
def test_corrections_are_exact_whatever_is_killed(correct, record_url, tmp_path, monkeypatch):
    house, corrections = correct
    drafts = [
        new_article(f"Wrong town {number} burned", external_id=text)
        for number, text in enumerate(TEXTS)
    ]
    ids = [each.id for each in house.intake.accept(drill.TIMELINE, drafts)]
    for at, fault in enumerate(FAULTS):
        part = ids[at :: len(FAULTS)]
        for id_, text in zip(part, TEXTS[at :: len(FAULTS)], strict=True):
            corrections.replace(house.article(id_), new_article(text), received=time.time())
            if text in RETRACTED:
                corrections.retract(id_)
        house.store.mark_again(drill.TIMELINE)
        fault(house)
        # One fault for an article at most: three would rightly make it fail.
        wait_until(lambda: not house.store.has_work(), 60, "all is claimed")
        house.await_processed([each for each in ids if is_open(house, each)], 60)
        wait_until(lambda: not house.store.count_again(None, at_most=1), 60, "all is read again")
    counts = house.store.find_timeline(drill.TIMELINE).articles
    assert (counts["processed"], counts["retracted"]) == (len(KEPT), len(RETRACTED))
    drill.assert_changes_are_gapless(record_url, house.store)
    monkeypatch.setattr(drill, "TEXTS", KEPT)
    assert content(house.store) == drill.clean_run(tmp_path)


def is_open(house, id_):
    return house.article(id_).status in {"accepted", "processing"}
