"""The description is true: checked in as generated, valid, complete, its examples right."""

import re
from pathlib import Path

import pytest
import yaml
from flask import Flask
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from service.api.app import described
from service.api.openapi import openapi_yaml
from service.api.schemas.articles import ROLES_SAY
from workers.text.layout import Role

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def app() -> Flask:
    return Flask("service.api", static_folder=None)


@pytest.fixture(scope="module")
def text(app) -> str:
    return openapi_yaml(described(app))


@pytest.fixture(scope="module")
def document(text):
    return yaml.safe_load(text)


def operations_of(document, place="paths"):
    for path, item in document[place].items():
        for method in ("get", "post", "put", "delete", "patch"):
            if method in item:
                yield path, method, item[method]


def test_the_checked_in_description_is_the_generated_one(text):
    kept = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
    assert kept == text, "run `make openapi` and look at what changed"


def test_the_description_is_the_same_bytes_each_time(text):
    assert openapi_yaml(described(Flask("service.api", static_folder=None))) == text


def test_the_description_is_valid_openapi(document):
    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"].startswith("3.1")


def test_every_route_is_described_and_every_description_routed(app, document):
    routed = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert {(path, method) for path, method, _ in operations_of(document)} == routed


def test_every_operation_says_what_it_does_and_answers_problems(document):
    names = set()
    for path, method, operation in operations_of(document):
        assert operation["summary"], (path, method)
        assert operation["operationId"] not in names
        names.add(operation["operationId"])
        assert "default" in operation["responses"]
        for parameter in operation.get("parameters", []):
            assert parameter["description"], (path, parameter["name"])


def test_problems_are_described_with_their_own_type(document):
    for response in document["components"]["responses"].values():
        assert list(response["content"]) == ["application/problem+json"]


def test_every_field_says_what_it_holds(document):
    for name, schema in document["components"]["schemas"].items():
        for field, described_as in schema["properties"].items():
            if (name, field) != ("ArticleProblem", "status"):
                assert "description" in described_as or "$ref" in str(described_as), (name, field)


def test_requests_refuse_unknown_fields_and_answers_may_grow(document):
    for name, schema in document["components"]["schemas"].items():
        assert schema["additionalProperties"] is not name.endswith("Posted")


def examples_in(document):
    """(where, schema, example) of every media type."""
    for path, method, operation in (
        *operations_of(document),
        *operations_of(document, "webhooks"),
    ):
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for body in bodies:
            for media_type, content in body.get("content", {}).items():
                named = [each["value"] for each in content.get("examples", {}).values()]
                for example in [*named, *([content["example"]] if "example" in content else [])]:
                    yield f"{method} {path} {media_type}", content["schema"], example


def test_every_example_fits_its_schema(document):
    base = "urn:openapi"
    resource = Resource.from_contents(document, default_specification=DRAFT202012)
    registry = Registry().with_resource(base, resource)
    seen = 0
    for where, schema, example in examples_in(document):
        local = yaml.safe_load(
            yaml.safe_dump(schema).replace("#/components", f"{base}#/components")
        )
        faults = [
            each.message for each in OAS31Validator(local, registry=registry).iter_errors(example)
        ]
        assert not faults, (where, faults)
        seen += 1
    assert seen >= 10


def test_json_answers_come_with_an_example(document):
    shown = {where.split(" application")[0] for where, _, _ in examples_in(document)}
    for path, method, operation in operations_of(document):
        answers = operation["responses"].values()
        if any("application/json" in answer.get("content", {}) for answer in answers):
            assert f"{method} {path}" in shown


def test_the_roles_that_are_described_and_shown_are_those_that_are_given(text):
    given = {role.value for role in Role if role not in {Role.FURNITURE, Role.HEADING}}
    assert set(re.findall(r"[a-z]+", ROLES_SAY.partition(":")[2])) - {"or"} == given
    shown = set(re.findall(r"\brole: (\w+)$", text, re.MULTILINE))
    assert shown
    assert shown <= given
