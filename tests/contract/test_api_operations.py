"""Is it up, can it work, what is here."""

import yaml

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
        "waiting": 2,
    }
    assert response.headers["Cache-Control"] == "no-store"


def test_without_redis_the_service_is_degraded_but_ready(api):
    api.bell.answers = False
    response = api.get("/readyz")
    assert response.status_code == 200
    assert (response.json["status"], response.json["redis"]) == ("degraded", "unreachable")


def test_without_record_the_service_is_not_ready(without_record):
    response = without_record.get("/readyz")
    assert response.status_code == 503
    assert response.json["type"] == "/problems/store-unavailable"
    assert "Retry-After" in response.headers


def test_the_index_leads_to_what_is_there(api):
    for name, path in api.get("/").json["links"].items():
        assert (name, api.get(path).status_code) in {(name, 200), (name, 405)}


def test_the_description_is_served_and_asked_for_cheaply(api):
    response = api.get("/openapi.yaml")
    assert response.content_type == "application/yaml"
    assert yaml.safe_load(response.text)["openapi"] == "3.1.0"
    assert api.get("/openapi.yaml", If_None_Match=response.headers["ETag"]).status_code == 304
