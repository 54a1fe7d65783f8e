"""`Prefer: wait=n`: the answer comes when the article is read, or in time without that."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from service.api.app import create_app
from service.api.wire.parts import stop_waiting
from service.merging import Read, commit_failure, commit_reading
from service.settings import Settings
from service.store.base import Reading
from service.wiring import Parts
from tests.servers.api import ARTICLE, ARTICLES, NOW, article

NOTHING = Reading(
    outcome="nothing_to_tell",
    language="en",
    level="full",
    expressions=(),
    mentions=(),
    notices="[]",
    skipped="[]",
)


def post(api, document=ARTICLE, prefer="wait=20", **headers):
    return api.client.post(ARTICLES, json=document, headers={"Prefer": prefer, **headers})


def work(api, wakeups=None, problem=None):
    """Read what waits, as a worker would; whether there was anything."""
    claimed = api.store.claim("token", limit=20, characters=100_000, lease=60)
    for each in claimed:
        if problem is None:
            revision = commit_reading(api.store, each, "token", Read(NOTHING, ()))
        else:
            revision = commit_failure(api.store, each, "token", problem)
        if wakeups is not None:
            wakeups.publish(each.timeline, revision)
    return bool(claimed)


@pytest.fixture
def worker(api):
    """Works in a thread on whatever is posted, until the test is over."""
    over = Event()
    chosen: dict[str, object] = {}

    def run() -> None:
        while not over.is_set():
            if not work(api, **chosen):
                over.wait(0.02)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run)
        yield chosen
        over.set()


@pytest.mark.usefixtures("worker")
def test_the_answer_comes_when_the_article_was_read(api):
    response = post(api)
    assert response.status_code == 201
    assert response.headers["Preference-Applied"] == "wait=20"
    assert (response.json["status"], response.json["outcome"]) == ("processed", "nothing_to_tell")
    assert response.headers["Location"] == response.json["links"]["self"]


def test_a_failed_article_ends_the_wait_and_says_why(api, worker):
    worker["problem"] = '{"type":"/problems/reading-failed","title":"no"}'
    response = post(api)
    assert response.status_code == 201
    assert response.json["status"] == "failed"
    assert response.json["problem"]["type"] == "/problems/reading-failed"


def test_when_the_time_is_over_the_article_waits_on(api):
    begun = time.monotonic()
    response = post(api, prefer="wait=1")
    assert 1 <= time.monotonic() - begun < 3
    assert response.status_code == 202
    assert "Preference-Applied" not in response.headers
    assert response.json["status"] == "accepted"


def test_a_known_article_is_waited_for_as_well(api):
    api.post()
    assert post(api, prefer="wait=1").status_code == 200
    work(api)
    response = post(api)
    assert (response.status_code, response.json["status"]) == (200, "processed")
    assert response.headers["Preference-Applied"] == "wait=20"


@pytest.mark.usefixtures("worker")
def test_of_many_all_are_waited_for(api):
    response = post(api, [article("a"), article("b", published_at="soon"), article("c")])
    assert response.status_code == 200
    assert response.headers["Preference-Applied"] == "wait=20"
    states = [each.get("state") for each in response.json["results"]]
    assert states == ["processed", None, "processed"]


@pytest.mark.parametrize(
    "prefer",
    [
        "respond-async",
        "wait",
        "wait=",
        "wait=-1",
        "wait=x",
        "wait=0",
        "return=minimal",
        "waiting=9",
    ],
)
def test_other_preferences_are_let_be(api, prefer):
    response = post(api, prefer=prefer)
    assert response.status_code == 202
    assert "Preference-Applied" not in response.headers


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    "prefer, applied",
    [
        ("return=minimal, wait=5", "wait=5"),
        ('WAIT = "7"', "wait=7"),
        ("wait=600", "wait=60"),
        ("wait=3; foo", "wait=3"),
    ],
)
def test_a_wait_is_found_among_others_and_has_an_end(api, prefer, applied):
    assert post(api, prefer=prefer).headers["Preference-Applied"] == applied


@pytest.fixture
def narrow(api):
    """The same service with room for one request that waits."""
    parts = Parts(api.store, api.bell, api.wakeups, api.tallies)
    app = create_app(Settings(waiters=1), parts, clock=lambda: NOW)
    return replace(api, app=app, client=app.test_client())


def test_whoever_finds_no_room_is_answered_at_once(narrow):
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(post, narrow, article("a"), "wait=20")
        while not narrow.store.waiting():
            pass
        second = pool.submit(post, narrow, article("b"), "wait=20")
        assert second.result(10).status_code == 202
        assert not first.done()
        work(narrow)
        assert first.result(10).status_code == 201


def test_a_server_that_stops_lets_nobody_wait(api):
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(post, api, ARTICLE, "wait=60")
        while not api.store.waiting():
            pass
        stop_waiting(api.app)
        assert waiting.result(5).status_code == 202
    assert post(api, article("b"), "wait=60").status_code == 202


@pytest.mark.usefixtures("worker")
def test_the_same_request_again_does_not_wait_again(api):
    first = post(api, **{"Idempotency-Key": "a"})
    again = post(api, **{"Idempotency-Key": "a"})
    assert (again.status_code, again.data) == (201, first.data)
    assert again.headers["Preference-Applied"] == "wait=20"
    assert again.headers["Idempotent-Replayed"] == "true"


def test_a_correction_and_a_further_attempt_are_waited_for_as_well(api, worker):
    address = post(api).headers["Location"]
    corrected = {**ARTICLE, "title": "Corrected"}
    headers = {"If-Match": "*", "Prefer": "wait=20"}
    response = api.client.put(address, json=corrected, headers=headers)
    assert (response.status_code, response.json["status"]) == (200, "processed")
    assert (response.json["version"], response.headers["ETag"]) == (2, '"2-1"')
    assert response.headers["Preference-Applied"] == "wait=20"
    worker["problem"] = '{"title":"no"}'
    api.client.put(address, json=ARTICLE, headers=headers)
    del worker["problem"]
    response = api.client.post(f"{address}/retry", headers={"Prefer": "wait=20"})
    assert (response.status_code, response.json["status"]) == (200, "processed")
    assert response.headers["Preference-Applied"] == "wait=20"


def test_a_correction_that_nobody_reads_in_time_waits_on(api):
    address = post(api, prefer="wait=0").headers["Location"]
    headers = {"If-Match": "*", "Prefer": "wait=1"}
    response = api.client.put(address, json={**ARTICLE, "title": "Corrected"}, headers=headers)
    assert (response.status_code, response.json["status"]) == (202, "accepted")
    assert "Preference-Applied" not in response.headers
