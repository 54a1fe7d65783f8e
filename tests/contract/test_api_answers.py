"""What the service really answers fits its description, field by field."""

import json
from pathlib import Path

import pytest
import yaml
from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from service.merging import commit_failure, commit_reading
from tests.servers.api import ARTICLES, article
from workers.grammar.analysis import build
from workers.pipeline import read_batch

ROOT = Path(__file__).resolve().parents[2]
BASE = "urn:openapi"
TIMELINE = "/v1/timelines/demo"


@pytest.fixture(scope="module")
def document():
    return yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def analyser():
    return build()


@pytest.fixture(scope="module")
def seeds() -> list[dict[str, object]]:
    files = sorted((ROOT / "seeds" / "articles").glob("*.json"))
    return [json.loads(each.read_text(encoding="utf-8"))["article"] for each in files]


def closed(schema: object) -> object:
    """The schema with every object closed: a field without a description is a fault."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: closed(each) for name, each in schema.items()}
    if found.get("additionalProperties") is True or found.get("additionalProperties") == {}:
        found["additionalProperties"] = False
    return found


def faults(document, response, path: str, method: str = "get") -> list[str]:
    """What in `response` does not fit the description of its operation."""
    described = document["paths"][path][method]["responses"]
    answer = described.get(str(response.status_code), described["default"])
    if "$ref" in answer:
        answer = document["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
    schema = answer["content"][response.mimetype]["schema"]
    text = json.dumps(closed({"schema": schema})).replace('"#/', f'"{BASE}#/')
    whole = Resource.from_contents(closed(document), default_specification=DRAFT202012)
    registry = Registry().with_resource(BASE, whole)
    validator = OAS31Validator(json.loads(text)["schema"], registry=registry)
    return [f"{each.json_path}: {each.message}" for each in validator.iter_errors(response.json)]


def work(api, analyser) -> None:
    while claimed := api.store.claim("token", limit=20, characters=200_000, lease=60):
        for each, read in read_batch(claimed, analyser):
            commit_reading(api.store, each, "token", read)


def test_the_sample_articles_are_answered_as_described(api, document, analyser, seeds):
    posted = api.post(seeds)
    assert posted.json["accepted"] == len(seeds) >= 12
    assert faults(document, posted, "/v1/timelines/{timeline}/articles", "post") == []
    work(api, analyser)
    page = api.get(f"{TIMELINE}?limit=200")
    assert page.json["pending"] == 0
    assert len(page.json["events"]) > 10
    assert faults(document, page, "/v1/timelines/{timeline}") == []
    listed = api.get(ARTICLES)
    assert faults(document, listed, "/v1/timelines/{timeline}/articles") == []
    for each in listed.json["articles"]:
        read = api.get(each["links"]["self"])
        assert faults(document, read, "/v1/articles/{article_id}") == [], each["external_id"]
    event = api.get(page.json["events"][0]["links"]["self"])
    assert faults(document, event, "/v1/timelines/{timeline}/events/{event_id}") == []
    timelines = api.get("/v1/timelines")
    assert faults(document, timelines, "/v1/timelines") == []


def test_every_quote_of_an_event_stands_in_its_article(api, analyser, seeds):
    api.post(seeds)
    work(api, analyser)
    for event in api.get(f"{TIMELINE}?limit=200").json["events"]:
        for source in event["sources"]:
            read = api.get(f"/v1/articles/{source['article_id']}").json
            assert read[source["in"]][source["start"] : source["end"]] == source["quote"]


def test_a_processed_article_is_sent_once(api, analyser):
    taken = api.post().json
    work(api, analyser)
    first = api.get(f"/v1/articles/{taken['id']}")
    assert first.json["status"] == "processed"
    assert first.headers["ETag"] == '"1-1"'
    again = api.get(f"/v1/articles/{taken['id']}", If_None_Match='"1-1"')
    assert (again.status_code, again.data) == (304, b"")


def test_a_failed_article_says_why(api, document):
    taken = api.post().json
    problem = (
        '{"status":500,"title":"The article could not be read","type":"/problems/reading-failed"}'
    )
    (claimed,) = api.store.claim("token", limit=1, characters=1_000, lease=60)
    commit_failure(api.store, claimed, "token", problem)
    response = api.get(f"/v1/articles/{taken['id']}", If_None_Match='"1-0"')
    assert (response.status_code, response.json["status"]) == (200, "failed")
    assert faults(document, response, "/v1/articles/{article_id}") == []
    assert api.get(response.json["problem"]["type"]).status_code == 200


@pytest.mark.parametrize(
    "path, described",
    [
        ("/", "/"),
        ("/healthz", "/healthz"),
        ("/readyz", "/readyz"),
        ("/v1/timelines/nowhere", "/v1/timelines/{timeline}"),
        ("/v1/timelines?limit=x", "/v1/timelines"),
    ],
)
def test_small_answers_and_problems_are_as_described(api, document, path, described):
    assert faults(document, api.get(path), described) == []


def test_answers_to_posts_are_as_described(api, document):
    path = "/v1/timelines/{timeline}/articles"
    posted = [
        api.post(),
        api.post(),
        api.post(article("courier-1", title="Other")),
        api.post([article("b"), 5, article("courier-1", title="Other")]),
        api.post({}),
        api.send(b"{"),
    ]
    assert [each.status_code for each in posted] == [202, 200, 409, 200, 422, 400]
    for response in posted:
        assert faults(document, response, path, "post") == []
    resolved = api.post(
        {"text": "from late 2025 to 1404", "reference_time": "2026-01-29"}, "/v1/resolve"
    )
    assert faults(document, resolved, "/v1/resolve", "post") == []
