"""Every example of a request in the description is sent, and answered as is described."""

import json
from functools import partial
from pathlib import Path

import pytest
import yaml
from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from service.api.wire.assets import address_of
from service.documents.jsontext import loads
from service.settings import Settings
from service.wiring import Parts
from tests.faults import hazards
from tests.servers.api import Api, cut_short
from workers import jobs, pipeline
from workers.grammar import analysis
from workers.limits import StopSign

DESCRIPTION = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "openapi.yaml").read_text(encoding="utf-8")
)
METHODS = ("get", "post", "put", "patch", "delete")
TIMELINE = "harbour"
TOLD = {
    "text": "The town hall burned down on Tuesday.",
    "published_at": "2026-01-28",
    "external_id": "told1",
}


def operations():
    for path, item in DESCRIPTION["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item[method], item.get("parameters", [])


def cases():
    """(method, path, media type or None, name of the example)."""
    for method, path, operation, _ in operations():
        content = operation.get("requestBody", {}).get("content", {})
        for media_type, said in content.items():
            for name in said.get("examples", {"example": None}):
                yield pytest.param(method, path, media_type, name, id=f"{method} {path} {name}")
        if not content:
            yield pytest.param(method, path, None, None, id=f"{method} {path}")


class Prepared:
    """The API with a story in it, and what the parts of addresses stand for there."""

    def __init__(self, api: Api, read: jobs.Reader) -> None:
        self.api = api
        taken = api.post(TOLD, f"/v1/timelines/{TIMELINE}/articles").json
        self.work(read)
        (event,) = api.get(f"/v1/timelines/{TIMELINE}").json["events"]
        token = api.post({"name": "calendar"}, f"/v1/timelines/{TIMELINE}/tokens").json
        hooks = f"/v1/timelines/{TIMELINE}/subscriptions"
        subscription = api.post({"url": "https://desk.example/hook"}, hooks).json
        tested = api.post({}, f"{hooks}/{subscription['id']}/test").json
        self.values = {
            "timeline": TIMELINE,
            "subscription_id": subscription["id"],
            "delivery_id": tested["id"],
            "article_id": taken["id"],
            "event_id": event["id"],
            "version": "1",
            "token_id": token["id"],
            "code": "not-found",
            "name": address_of("pages.css").rpartition("/")[2],
        }

    def fail_the_article(self) -> None:
        """Let the article be one that can be tried again."""
        posted = {**TOLD, "text": "REFUSE it", "external_id": "told2"}
        refused = self.api.post(posted, f"/v1/timelines/{TIMELINE}/articles").json["id"]
        for _ in range(3):
            self.work(hazards.read)
        self.values["article_id"] = refused

    def work(self, read: jobs.Reader) -> None:
        parts = Parts(self.api.store, self.api.bell, self.api.wakeups, self.api.tallies)
        jobs.Shift(jobs.Workshop(Settings(), parts, read), StopSign()).work()

    def send(self, method: str, path: str, body: str | None, **more):
        address = path.format(**self.values)
        return cut_short(self.api.client.open(address, method=method, data=body, **more))


@pytest.fixture(scope="module")
def read() -> jobs.Reader:
    return partial(pipeline.read_batch, analyser=analysis.build())


@pytest.fixture
def prepared(api, read) -> Prepared:
    return Prepared(api, read)


def parameters_of(operation, shared, place: str) -> dict[str, str]:
    """The examples of parameters in one place; of headers those that are needed."""
    found = {}
    for each in (*shared, *operation.get("parameters", [])):
        example = each.get("example", each.get("schema", {}).get("example"))
        if (
            each["in"] == place
            and example is not None
            and (place == "query" or each.get("required"))
        ):
            found[each["name"]] = str(example)
    return found


@pytest.mark.parametrize("method, path, media_type, name", list(cases()))
def test_the_example_is_answered_as_described(prepared, method, path, media_type, name):
    item = DESCRIPTION["paths"][path]
    operation, shared = item[method], item.get("parameters", [])
    if path.endswith("/retry"):
        prepared.fail_the_article()
    response = prepared.send(
        method,
        path,
        body_of(operation, media_type, name, path),
        content_type=media_type,
        query_string=parameters_of(operation, shared, "query"),
        headers=parameters_of(operation, shared, "header"),
    )
    assert response.status_code < 400, response.text
    described = operation["responses"][str(response.status_code)]
    content = described.get("content", {})
    assert bool(response.data) == bool(content)
    if content:
        assert response.mimetype in content
    if response.mimetype == "application/json":
        assert not faults(content["application/json"]["schema"], loads(response.text))


def body_of(operation, media_type, name, path) -> str | None:
    if media_type is None:
        return None
    said = operation["requestBody"]["content"][media_type]
    value = said["example"] if "example" in said else said["examples"][name]["value"]
    if path == "/v1/articles/{article_id}" and isinstance(value, dict):
        # A correction keeps the external_id that its article has here.
        value = {
            each: "told1" if each in {"external_id", "uri", "@id"} else kept
            for each, kept in value.items()
        }
    return value if isinstance(value, str) else json.dumps(value)


BASE = "urn:openapi"
REGISTRY = Registry().with_resource(
    BASE, Resource.from_contents(DESCRIPTION, default_specification=DRAFT202012)
)


def faults(schema, document) -> list[str]:
    local = json.loads(json.dumps(schema).replace("#/components", f"{BASE}#/components"))
    found = OAS31Validator(local, registry=REGISTRY).iter_errors(document)
    return [each.message for each in found]


def test_every_body_that_can_be_sent_has_an_example():
    for method, path, operation, _ in operations():
        for media_type, said in operation.get("requestBody", {}).get("content", {}).items():
            assert "example" in said or said.get("examples"), (method, path, media_type)
