"""What the API logs of requests: enough to find one, and nothing of what was posted."""

import io
import json
import logging

import pytest

from service import logs
from service.api.app import create_app
from service.api.running.watch import request_fields
from service.settings import Settings
from service.wakeups import Wakeups
from service.wiring import Parts
from tests.servers.api import ARTICLES, NOWHERE, article

MARK = "aardvark"


@pytest.fixture
def lines():
    """The lines written so far, as JSON objects."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines("web", request_fields))
    root = logging.getLogger()
    root.addHandler(handler)
    before = root.level
    root.setLevel(logging.DEBUG)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.setLevel(before)
    root.removeHandler(handler)


def of_requests(lines):
    return [each for each in lines() if each["event"] == "request"]


def test_a_write_is_one_line_that_names_its_article(api, lines):
    taken = api.client.post(ARTICLES, json=article(), headers={"X-Request-ID": "abc"})
    (line,) = of_requests(lines)
    assert line["level"] == "info"
    assert (line["method"], line["status"], line["request_id"]) == ("POST", 202, "abc")
    assert line["route"] == "/v1/timelines/<timeline>/articles"
    assert (line["timeline"], line["article_id"]) == ("demo", taken.json["id"])
    assert line["ms"] >= 0


def test_a_subscription_and_a_delivery_are_named_and_where_they_go_is_not(api, lines):
    api.post()
    hooks = "/v1/timelines/demo/subscriptions"
    made = api.post({"url": f"https://desk.example/{MARK}"}, hooks).json
    tested = api.post({}, f"{hooks}/{made['id']}/test").json
    _, made_line, test_line = of_requests(lines)
    assert made_line["subscription_id"] == test_line["subscription_id"] == made["id"]
    assert test_line["delivery_id"] == tested["id"]
    api.post({}, f"/v1/deliveries/{tested['id']}/redeliver")
    assert of_requests(lines)[-1]["delivery_id"] == tested["id"]
    told = json.dumps(lines())
    assert MARK not in told
    assert made["secret"] not in told


def test_a_read_is_logged_for_whoever_looks_closer(api, lines):
    api.get("/v1/timelines/demo?token=secret")
    (line,) = of_requests(lines)
    assert (line["level"], line["status"]) == ("debug", 404)
    assert line["route"] == "/v1/timelines/<timeline>"


def test_an_address_is_never_logged_only_its_pattern(api, lines):
    for path in (f"/{MARK}", f"/v1/timelines/%0A{MARK}", f"/v1/articles/{MARK}", f"/?{MARK}=1"):
        api.get(path)
    assert len(of_requests(lines)) == 4
    assert MARK not in json.dumps(lines())


def marked() -> dict[str, object]:
    """An article whose every word of its own is the mark."""
    return {
        "text": f"{MARK} {MARK}",
        "title": MARK,
        "publisher": MARK,
        "external_id": MARK,
        "url": f"https://{MARK}.example/{MARK}",
        "published_at": "2026-01-29T10:00:00+01:00",
    }


class Broken:
    """A record whose every method fails and quotes what it was given."""

    def __init__(self, kind: type[Exception]) -> None:
        self.kind = kind

    def __getattr__(self, name: str):
        def fail(*given, **_options):
            raise self.kind(f"{name} {given} {MARK}")

        return fail


def test_nothing_of_an_article_is_logged_when_it_is_taken_or_refused(api, lines):
    assert api.post(marked()).status_code == 202
    assert api.post({**marked(), "title": "other"}).status_code == 409
    assert api.post({**marked(), MARK: 1}).status_code == 422
    assert api.post({**marked(), "published_at": MARK}).status_code == 422
    assert api.send(f'{{"text": "{MARK}'.encode()).status_code == 400
    assert api.send(MARK.encode(), "text/plain").status_code == 415
    assert api.post([marked(), MARK]).status_code == 200
    api.client.get("/v1/timelines/demo", headers={"Authorization": f"Bearer {MARK}"})
    api.client.get(f"/v1/timelines/demo?q={MARK}&token={MARK}")
    assert len(of_requests(lines)) == 9
    assert MARK not in json.dumps(lines())


@pytest.mark.parametrize("kind", [RuntimeError, KeyError, OSError, UnicodeError])
def test_nothing_of_an_article_is_logged_when_the_service_fails(api, lines, kind):
    parts = Parts(Broken(kind), api.bell, Wakeups(NOWHERE), api.tallies)
    client = create_app(Settings(), parts).test_client()
    assert client.post(ARTICLES, json=marked()).status_code == 500
    said = lines()
    assert MARK not in json.dumps(said)
    (fault,) = [each for each in said if each["level"] == "error"]
    assert fault["trace"][0] == kind.__name__
    assert fault["request_id"]
    assert of_requests(lines)[0]["level"] == "warning"
