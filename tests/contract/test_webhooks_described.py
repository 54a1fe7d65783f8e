"""What is sent to subscriptions is what the description says is sent."""

import json
from pathlib import Path

import pytest
import yaml
from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from service.api.examples import story
from service.api.schemas.messages import TYPES
from service.documents.messages import (
    CLOUD,
    CONTENT_TYPES,
    FORMATS,
    MOST_BYTES,
    STANDARD,
    Message,
    change_body,
    reset_body,
    trial_body,
)
from service.documents.signing import signed_headers
from service.documents.tries import PAUSES
from service.store.lineage import StoredChange
from service.store.subscribing import KINDS
from service.timeline.model import EventId

DESCRIPTION = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "openapi.yaml").read_text(encoding="utf-8")
)
WEBHOOKS = {name: item["post"] for name, item in DESCRIPTION["webhooks"].items()}
BASE = "urn:openapi"
REGISTRY = Registry().with_resource(
    BASE, Resource.from_contents(DESCRIPTION, default_specification=DRAFT202012)
)
AT = 1_772_292_000.0
KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
DOCUMENT = json.dumps(story.EVENT)
LONG = json.dumps({**story.EVENT, "sources": story.EVENT["sources"] * (MOST_BYTES // 500)})


def told(kind: str, form: str, document: str | None) -> bytes:
    message = Message(
        id="dlv_1", type=f"event.{kind}", timeline="harbour", at=AT, subject=story.EVENT_ID
    )
    change = StoredChange(revision=7, at=AT, type=kind, event_id=EventId(story.EVENT_ID))
    return change_body(message, change, document, form=form)


def other(kind: str, form: str) -> bytes:
    message = Message(id="dlv_1", type=kind, timeline="harbour", at=AT)
    if kind == "timeline.reset":
        return reset_body(message, 9, form=form)
    return trial_body(message, "sub_1", form=form)


def faults(name: str, form: str, body: bytes) -> list[str]:
    media_type = CONTENT_TYPES[form].partition(";")[0]
    schema = WEBHOOKS[name]["requestBody"]["content"][media_type]["schema"]
    local = json.loads(json.dumps(schema).replace("#/components", f"{BASE}#/components"))
    found = OAS31Validator(local, registry=REGISTRY).iter_errors(json.loads(body))
    return [each.message for each in found]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("document", [DOCUMENT, LONG, None], ids=["whole", "brief", "without"])
def test_a_change_is_told_as_described(kind, form, document):
    assert not faults("event", form, told(kind, form, document))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["timeline.reset", "subscription.test"])
def test_other_messages_are_told_as_described(name, form):
    assert not faults(name, form, other(name, form))


def test_the_description_refuses_what_is_another_message():
    assert faults("event", STANDARD, other("timeline.reset", STANDARD))
    assert faults("timeline.reset", STANDARD, other("subscription.test", STANDARD))
    assert faults("event", CLOUD, told("created", STANDARD, DOCUMENT))


@pytest.mark.parametrize("name", WEBHOOKS)
def test_the_headers_that_are_described_are_those_that_are_sent(name):
    sent = signed_headers("dlv_1", b"{}", secrets=[KEY], at=AT)
    described = {each["name"] for each in WEBHOOKS[name]["parameters"] if each["in"] == "header"}
    assert described == set(sent)


def test_the_pauses_that_are_described_are_those_that_are_made():
    said = WEBHOOKS["event"]["responses"]["default"]["description"]
    units = {"s": 1, "min": 60, "h": 3600}
    words = said.partition("after ")[2].partition(", or later")[0].replace(" and", ",")
    pauses = [each.split() for each in words.split(", ")]
    assert [int(number) * units[unit] for number, unit in pauses] == list(PAUSES)


def test_every_type_of_message_is_described():
    assert tuple(f"event.{kind}" for kind in KINDS) == TYPES
    assert set(WEBHOOKS) == {"event", "timeline.reset", "subscription.test"}
