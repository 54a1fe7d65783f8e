"""Is it up, can it work, what is here."""

import pytest
import yaml

from service.api.running.readiness import LEAST_BYTES, Seen, weaknesses
from service.settings import Settings
from service.store.subscribing import NewSubscription
from service.store.vitals import Vitals
from tests.servers.api import article


def test_the_process_says_that_it_is_up_without_the_record(without_record):
    response = without_record.get("/healthz")
    assert (response.status_code, response.json) == (200, {"status": "up"})


def test_ready_tells_what_waits(api):
    api.post([article("a"), article("b")])
    response = api.get("/readyz")
    assert response.status_code == 200
    assert response.json == {
        "status": "ready",
        "record": "reachable",
        "redis": "reachable",
        "workers": 1,
        "waiting": 2,
        "oldest_waiting_seconds": response.json["oldest_waiting_seconds"],
        "degraded": [],
    }
    assert 0 <= response.json["oldest_waiting_seconds"] < 60
    assert response.headers["Cache-Control"] == "no-store"


def test_without_redis_the_service_is_degraded_but_ready(api):
    api.bell.answers = False
    response = api.get("/readyz")
    assert response.status_code == 200
    assert (response.json["status"], response.json["redis"]) == ("degraded", "unreachable")
    assert weak_parts(response) == ["redis"]
    assert "workers" not in response.json, "whether one lives cannot be known"


def weak_parts(response) -> list[str]:
    assert all(each["says"] and each["cure"] for each in response.json["degraded"])
    return [each["part"] for each in response.json["degraded"]]


def test_without_workers_the_service_is_degraded(api):
    api.tallies.workers = 0
    response = api.get("/readyz")
    assert (response.status_code, response.json["status"]) == (200, "degraded")
    assert weak_parts(response) == ["workers"]
    assert "timelines worker" in response.json["degraded"][0]["cure"]


@pytest.mark.parametrize(
    "vitals, parts",
    [
        (Vitals(waiting=0, oldest_seconds=None, free_bytes=LEAST_BYTES), []),
        (Vitals(waiting=0, oldest_seconds=None, free_bytes=LEAST_BYTES - 1), ["disk"]),
        (Vitals(waiting=1, oldest_seconds=300.0, free_bytes=None), []),
        (Vitals(waiting=1, oldest_seconds=300.1, free_bytes=None), ["queue"]),
        (Vitals(waiting=1, oldest_seconds=900.0, free_bytes=0), ["disk", "queue"]),
    ],
)
def test_a_full_disk_and_a_long_queue_are_named(vitals, parts):
    found = list(weaknesses(Seen(redis=True, workers=1, vitals=vitals), Settings()))
    assert [each.part for each in found] == parts


def test_workers_that_cannot_read_pages_are_named():
    vitals = Vitals(waiting=0, oldest_seconds=None, free_bytes=None)
    seen = Seen(redis=True, workers=2, vitals=vitals, pageless=1)
    (found,) = weaknesses(seen, Settings())
    assert found.part == "pages"
    assert "1 of 2 workers" in found.says
    assert "event-timelines[html]" in found.cure


def test_webhooks_that_nobody_sends_are_named(api):
    api.post()
    new = NewSubscription(timeline="demo", url="https://news.example/", secret="whsec_")  # noqa: S106  # no key
    made = api.store.add_subscription(new, most=9)
    assert weak_parts(api.get("/readyz")) == []
    api.store.ask_test("demo", made.id, "nonce")
    response = api.get("/readyz")
    assert weak_parts(response) == ["senders"]
    assert "TIMELINES_DELIVERY_WORKERS" in response.json["degraded"][0]["cure"]
    api.tallies.senders = 1
    assert weak_parts(api.get("/readyz")) == []


def test_how_long_the_queue_may_be_is_a_setting():
    vitals = Vitals(waiting=1, oldest_seconds=20.0, free_bytes=None)
    seen = Seen(redis=True, workers=1, vitals=vitals)
    (found,) = weaknesses(seen, Settings(late_seconds=10.0))
    assert "20 s" in found.says


def test_without_record_the_service_is_not_ready(without_record):
    response = without_record.get("/readyz")
    assert response.status_code == 503
    assert response.json["type"] == "/problems/store-unavailable"
    assert "Retry-After" in response.headers
    assert "TIMELINES_DATABASE_URL" in response.json["detail"]


def test_the_index_leads_to_what_is_there(api):
    for name, path in api.get("/").json["links"].items():
        assert (name, api.get(path).status_code) in {(name, 200), (name, 405)}


def test_the_description_is_served_and_asked_for_cheaply(api):
    response = api.get("/openapi.yaml")
    assert response.content_type == "application/yaml"
    assert yaml.safe_load(response.text)["openapi"] == "3.1.0"
    assert api.get("/openapi.yaml", If_None_Match=response.headers["ETag"]).status_code == 304
