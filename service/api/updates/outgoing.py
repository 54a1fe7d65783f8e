"""What is sent to subscriptions, described: OpenAPI's `webhooks`, beside its `paths`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from service.api.described import DescribedApi
from service.api.examples import messages as examples
from service.api.schemas.messages import (
    BriefChangeMessage,
    ChangeMessage,
    CloudEventRead,
    ResetMessage,
    TrialMessage,
)
from service.api.wire.bodies import JSON
from service.documents.jsontext import JsonObject

CLOUD = "application/cloudevents+json"
HEADERS: Mapping[str, JsonObject] = {
    "webhook-id": {
        "description": "The id of the message. It is the same each time the message is sent, also "
        "by a replay: keep the ids that were seen, and take each once.",
        "example": "dlv_9b2e47c01d8f3a6550e7c4b1",
    },
    "webhook-timestamp": {
        "description": "When this attempt was made, in seconds since 1970 UTC: refuse what is "
        "minutes old.",
        "example": "1769707862",
    },
    "webhook-signature": {
        "description": "`v1,` and the HMAC-SHA256, in base64, of id, timestamp and body with a dot "
        "between, by the secret without its `whsec_`, decoded. Two of them with a space "
        "between for 24 hours after a rotation: one that fits is enough.",
        "example": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
}
ANSWERS: JsonObject = {
    "2XX": {"description": "Taken: the next message may come. The body does not matter."},
    "410": {"description": "No more messages are wanted: the subscription is disabled at once."},
    "default": {
        "description": "Not taken, a redirection among them: the message is tried again after 5 s, "
        "5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, or later if `Retry-After` says so. "
        "Those after it wait. Then the subscription is disabled."
    },
}


def describe_webhooks(api: DescribedApi) -> None:
    """Add what is sent to the description of what is answered."""
    found = {
        "event": _webhook(
            "A change of one event.",
            "The type is `event.` and what became of the event. What is told by one change list "
            "is told by another: see the changes of a timeline. A body of more than 20 kB has the "
            "event in brief.",
            {"anyOf": [ChangeMessage, BriefChangeMessage]},
            examples.CHANGE,
        ),
        "timeline.reset": _webhook(
            "Changes were let go before they were sent.",
            "What follows is told from `revision` on: read the timeline anew. It comes to a "
            "subscription that was paused or disabled for longer than changes are kept.",
            ResetMessage,
            examples.RESET,
        ),
        "subscription.test": _webhook(
            "A message that was asked for by hand.",
            "It tells nothing but that messages arrive.",
            TrialMessage,
            examples.TEST,
        ),
    }
    for each in found.values():
        api.ma_plugin.resolver.resolve_operations(each)
    api.spec.options["webhooks"] = found


def _webhook(
    summary: str, says: str, schema: type[Schema] | Mapping[str, object], example: JsonObject
) -> dict[str, Any]:
    return {
        "post": {
            "summary": summary,
            "description": says,
            "tags": ["subscriptions"],
            "security": [],
            "parameters": [_header(name, said) for name, said in HEADERS.items()],
            "requestBody": {
                "required": True,
                "content": {
                    JSON: {"schema": schema, "example": example},
                    CLOUD: {"schema": CloudEventRead, "example": examples.as_cloud_event(example)},
                },
            },
            "responses": dict(ANSWERS),
        }
    }


def _header(name: str, said: JsonObject) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": True, "schema": {"type": "string"}, **said}
