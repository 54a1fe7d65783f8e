"""Posts that wait, over real Redis, real workers and both records; and the server that stops."""

import json
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.api.app import create_app
from service.api.wire import waiting
from service.settings import Settings
from service.wiring import build
from tests.servers.waiting import wait_until
from tests.servers.web import serving

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "tests" / "pages" / "wordpress.html").read_text(encoding="utf-8")
ARTICLES = "/v1/timelines/harbour/articles"
ARTICLE = {"text": "The bridge was closed on Tuesday.", "published_at": "2026-01-29"}


@pytest.fixture
def client(open_house, record_url, tmp_path):
    """The API over a record on which a worker works."""
    house = open_house(record_url)
    settings = Settings(database_url=record_url, redis_url=house.redis.url, data_dir=tmp_path)
    parts = build(settings)
    yield create_app(settings, parts).test_client()
    parts.store.close()
    parts.wakeups.close()


def test_a_page_is_read_while_its_client_waits(client):
    begun = time.monotonic()
    response = client.post(ARTICLES, json={"html": PAGE}, headers={"Prefer": "wait=30"})
    assert response.status_code == 201, response.text
    assert response.json["status"] == "processed"
    assert time.monotonic() - begun < 20
    article = client.get(response.headers["Location"]).json
    assert article["published_at"] == "2026-01-29T18:30:00+01:00"
    assert any(each["text"] == "late December" for each in article["expressions"])
    assert client.get("/v1/timelines/harbour").json["events"]


def test_a_page_without_a_date_fails_while_its_client_waits(client):
    html = "<p>The bridge of Ostry was closed on Tuesday, the port said.</p>"
    response = client.post(ARTICLES, json={"html": html}, headers={"Prefer": "wait=30"})
    assert (response.status_code, response.json["status"]) == (201, "failed")
    assert response.json["problem"]["type"] == "/problems/publication-date-missing"


def test_who_waits_is_woken_and_does_not_wait_for_the_next_look(client, monkeypatch):
    monkeypatch.setattr(waiting, "LOOK_SECONDS", 30)
    begun = time.monotonic()
    response = client.post(ARTICLES, json=ARTICLE, headers={"Prefer": "wait=30"})
    assert response.status_code == 201
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize("form", ["with", "without"])
def test_a_server_that_is_asked_to_stop_answers_who_waits(tmp_path, redis_url, form):
    chosen = {"redis_url": redis_url} if form == "with" else {}
    with serving(tmp_path, **chosen) as server, ThreadPoolExecutor(1) as pool:
        body, headers = json.dumps(ARTICLE), {"Content_Type": "application/json"}
        asked = pool.submit(server.ask, "POST", ARTICLES, body, **headers, Prefer="wait=60")
        wait_until(lambda: server.ask("GET", "/v1/timelines")[1]["timelines"], 10, "it is kept")
        server.process.send_signal(signal.SIGTERM)
        status, document = asked.result(10)
        assert (status, document["status"]) == (202, "accepted")
