"""Articles that break their reader fail alone, and for a reason that says nothing of their text."""

import json

import pytest

from tests.servers.waiting import wait_until

HAZARDS = "tests.faults.hazards"
NEIGHBOURS = tuple(f"River Town{letter} flooded roads and houses" for letter in "abcdefghi")


def await_failed(house, article_id, seconds):
    wait_until(lambda: house.article(article_id).status == "failed", seconds, "it has failed")
    return house.article(article_id)


def test_an_article_that_kills_its_reader_fails_and_its_neighbours_do_not(open_house, record_url):
    house = open_house(record_url, module=HAZARDS, lease_seconds=1)
    ids = house.post(*NEIGHBOURS[:4], "CRASH now", *NEIGHBOURS[4:])
    failed = await_failed(house, ids[4], 15)
    neighbours = [*ids[:4], *ids[5:]]
    house.await_processed(neighbours, 20)
    assert failed.attempts == 4, "three that it cut short, and the claim that failed it"
    assert json.loads(failed.problem)["type"] == "/problems/reading-failed"
    # Those before it in the batch were done; those after it were held by the dead horse once.
    assert [house.article(each).attempts for each in neighbours] == [1] * 4 + [2] * 5


def test_an_article_that_raises_fails_at_once_without_telling_its_text(
    open_house, sqlite_url, capfd
):
    house = open_house(sqlite_url, module=HAZARDS)
    ids = house.post(*NEIGHBOURS[:2], "REFUSE this", *NEIGHBOURS[2:4])
    failed = await_failed(house, ids[2], 5)
    house.await_processed([*ids[:2], *ids[3:]], 20)
    assert failed.attempts == 3
    assert json.loads(failed.problem)["detail"] == "Reading it ended in an error (ValueError)."
    # Nobody else's attempt was spent, though the batch was read together at first.
    assert [house.article(each).attempts for each in [*ids[:2], *ids[3:]]] == [1] * 4
    house.stop()
    said = capfd.readouterr().err
    assert f"article {ids[2]}, attempt 3 not finished: ValueError in hazards.py" in said
    assert "secret" not in said


def test_an_article_that_never_ends_is_stopped_by_its_cpu_limit(open_house, sqlite_url, capfd):
    house = open_house(sqlite_url, module=HAZARDS, article_cpu_seconds=0.3)
    ids = house.post(NEIGHBOURS[0], "SPIN forever", NEIGHBOURS[1])
    failed = await_failed(house, ids[1], 20)
    house.await_processed([ids[0], ids[2]], 20)
    assert "more than 0.3 s of CPU" in json.loads(failed.problem)["detail"]
    assert [house.article(each).attempts for each in ids] == [1, 3, 1]
    assert "attempt 1 not finished: ReadingFailedError in hazards.py" in capfd.readouterr().err


@pytest.mark.slow
def test_native_code_that_hears_no_signal_is_ended_by_the_kernel(open_house, sqlite_url):
    house = open_house(sqlite_url, module=HAZARDS, article_cpu_seconds=0.1, lease_seconds=1)
    (id_,) = house.post("NATIVE loop")
    horse = house.await_horse()
    # 0.1 s rounded up, and the backstop of 2 s.
    wait_until(lambda: horse not in house.horses(), 20, "the horse was ended")
    wait_until(lambda: house.article(id_).attempts == 2, 5, "it is tried again")
