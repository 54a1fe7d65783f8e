"""Corrections between real processes: a worker that holds the article, rivals, a killed API."""

import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

import pytest

from tests.servers.house import PUBLISHED, TIMELINE, content
from tests.servers.waiting import children_of, wait_until
from tests.servers.web import serving

HAZARDS = "tests.faults.hazards"
SLOW = "SLEEP 0.7 Town flooded"


@pytest.fixture
def house(open_house, record_url):
    return open_house(record_url, module=HAZARDS, lease_seconds=60)


@pytest.fixture
def server(house, record_url, tmp_path):
    with serving(tmp_path, database_url=record_url, redis_url=house.redis.url) as running:
        yield running


def put(server, id_, text, match="*"):
    body = json.dumps({"text": text, "published_at": PUBLISHED})
    headers = {"Content_Type": "application/json", "If_Match": match}
    return server.ask("PUT", f"/v1/articles/{id_}", body, **headers)


def delete(server, id_, match="*"):
    return server.ask("DELETE", f"/v1/articles/{id_}", If_Match=match)


def quotes(house):
    events = [json.loads(document) for *_, document in content(house.store)]
    return sorted(source["quote"] for event in events for source in event["sources"])


def await_held(house, id_):
    wait_until(lambda: house.article(id_).status == "processing", 20, "a worker holds it")


def await_idle(house):
    wait_until(lambda: not house.horses(), 20, "no worker is busy")


def test_a_worker_loses_the_article_that_is_corrected_under_its_hands(house, server):
    (id_,) = house.post(SLOW)
    await_held(house, id_)
    status, taken = put(server, id_, "Bridge opened", '"1-0"')
    assert (status, taken["version"]) == (202, 2)
    house.await_processed([id_])
    await_idle(house)
    assert quotes(house) == ["Bridge opened"]
    assert house.article(id_).version == 2


def test_a_worker_loses_the_article_that_is_retracted_under_its_hands(house, server):
    (id_,) = house.post(SLOW)
    await_held(house, id_)
    first = delete(server, id_, '"1-0"')
    assert (first[0], first[1]["status"]) == (200, "retracted")
    assert delete(server, id_, '"1-0"') == first
    await_idle(house)
    assert quotes(house) == []
    assert house.article(id_).status == "retracted"
    assert house.store.find_timeline(TIMELINE).articles["retracted"] == 1


def test_of_two_corrections_at_once_one_is_told_that_it_came_late(house, server):
    (id_,) = house.post("Town flooded")
    house.await_processed([id_])
    texts = ("Bridge opened", "River froze")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda text: put(server, id_, text, '"1-1"'), texts))
    assert sorted(status for status, _ in answers) == [202, 412]
    (kept,) = [text for text, (status, _) in zip(texts, answers, strict=True) if status == 202]
    wait_until(lambda: quotes(house) == [kept], 20)


def test_an_api_that_is_killed_in_the_middle_leaves_nothing_half_done(house, server):
    texts = [f"River Town{letter} flooded roads and houses" for letter in "abcdefghijkl"]
    ids = house.post(*texts)
    house.await_processed(ids)
    (worker,) = children_of(server.process.pid)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(delete, server, each) for each in ids]
        wait_until(lambda: "retracted" in house.statuses(ids), 20, "it has begun")
        os.kill(worker, signal.SIGKILL)
        done = [each for each, answer in zip(ids, asked, strict=True) if answered(answer)]
    statuses = {each: house.article(each).status for each in ids}
    assert all(statuses[each] == "retracted" for each in done), "answered means done"
    kept = [text for each, text in zip(ids, texts, strict=True) if statuses[each] == "processed"]
    assert set(statuses.values()) <= {"processed", "retracted"}
    assert quotes(house) == sorted(kept)
    counts = house.store.find_timeline(TIMELINE).articles
    assert (counts["processed"], counts["retracted"]) == (len(kept), len(ids) - len(kept))
    for each in ids:
        assert asked_again(server, each)[0] == 200
    assert quotes(house) == []
    versions = [house.article(each).version for each in ids]
    assert versions == [2] * len(ids), "retracted once, however often it was asked for"


def answered(future):
    try:
        return future.result()[0] == 200
    except (OSError, HTTPException):
        return False


def asked_again(server, id_):
    """The answer of the process that comes after the killed one."""
    until = time.monotonic() + 20
    while True:
        try:
            return delete(server, id_)
        except (OSError, HTTPException):
            assert time.monotonic() < until
            time.sleep(0.05)


def test_reading_again_ends_by_itself_and_moves_nothing(house, server):
    ids = house.post("Town flooded", "Bridge opened", "River froze")
    house.await_processed(ids)
    before = server.ask("GET", f"/v1/timelines/{TIMELINE}")
    assert house.store.mark_again(None).count == 3
    wait_until(lambda: not house.store.count_again(None, at_most=1), 20, "all were read again")
    assert server.ask("GET", f"/v1/timelines/{TIMELINE}") == before
    assert [house.article(each).reading_number for each in ids] == [1, 1, 1]
