"""What is sent to subscriptions."""

from __future__ import annotations

from typing import cast

from service.api.examples import story, subscriptions
from service.documents.jsontext import JsonObject, known

AT = "2026-01-29T17:31:02.320+00:00"
CHANGE: JsonObject = {
    "type": "event.created",
    "timestamp": AT,
    "data": {
        "revision": 1,
        "at": AT,
        "type": "created",
        "event_id": story.EVENT_ID,
        "event": story.EVENT,
        "timeline": "harbour",
    },
}
RESET: JsonObject = {
    "type": "timeline.reset",
    "timestamp": AT,
    "data": {
        "timeline": "harbour",
        "revision": 12_400,
        "links": {
            "timeline": subscriptions.TIMELINE,
            "changes": f"{subscriptions.TIMELINE}/changes",
        },
    },
}
TEST: JsonObject = {
    "type": "subscription.test",
    "timestamp": AT,
    "data": {"timeline": "harbour", "subscription_id": subscriptions.ID},
}


def as_cloud_event(message: JsonObject) -> JsonObject:
    """The same message in the other envelope."""
    data = cast("JsonObject", message["data"])
    return known(
        {
            "specversion": "1.0",
            "id": subscriptions.DELIVERY_ID,
            "source": subscriptions.TIMELINE,
            "type": message["type"],
            "time": message["timestamp"],
            "subject": data.get("event_id"),
            "datacontenttype": "application/json",
            "data": data,
        }
    )
