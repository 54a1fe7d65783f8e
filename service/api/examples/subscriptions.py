"""Subscriptions and their deliveries."""

from __future__ import annotations

from service.documents.jsontext import JsonObject

TIMELINE = "/v1/timelines/harbour"
SUBSCRIPTIONS = f"{TIMELINE}/subscriptions"
ID = "sub_4e1f0b7a92c3d6581f0e"
HERE = f"{SUBSCRIPTIONS}/{ID}"
URL = "https://desk.example/hooks/harbour"
SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfoNbxT7m8="  # noqa: S105  # of no one
NEXT_SECRET = "whsec_1kVd7wJX0hZbP0S3ZsL1h2mQ4Kf9yTz8cXr5uNqWpYE="  # noqa: S105  # of no one
POSTED: JsonObject = {"url": URL}
POSTED_NARROW: JsonObject = {
    "url": URL,
    "types": ["created", "updated", "left"],
    "filter": {"kind": "-statement", "min_sources": 2},
    "format": "cloudevents",
    "description": "the desk's board",
}
READ: JsonObject = {
    "id": ID,
    "timeline": "harbour",
    "url": URL,
    "status": "active",
    "types": ["created", "updated", "left"],
    "filter": {"kind": "-statement", "min_sources": 2},
    "format": "cloudevents",
    "description": "the desk's board",
    "position": 8,
    "behind": 1,
    "attempts": 2,
    "failing_since": "2026-01-29T17:31:03.118+00:00",
    "next_attempt_at": "2026-01-29T17:36:21.040+00:00",
    "delivered_at": "2026-01-29T17:31:02.871+00:00",
    "created_at": "2026-01-29T16:02:44.310+00:00",
    "updated_at": "2026-01-29T16:02:44.310+00:00",
    "links": {
        "self": HERE,
        "deliveries": f"{HERE}/deliveries",
        "subscriptions": SUBSCRIPTIONS,
        "timeline": TIMELINE,
    },
}
FAILING = ("attempts", "failing_since", "next_attempt_at")
FINE: JsonObject = {
    **{name: value for name, value in READ.items() if name not in FAILING},
    "position": 9,
    "behind": 0,
}
MADE: JsonObject = {
    **{name: value for name, value in FINE.items() if name != "delivered_at"},
    "secret": SECRET,
}
LIST: JsonObject = {
    "subscriptions": [READ],
    "links": {"self": SUBSCRIPTIONS, "timeline": TIMELINE},
}
PAUSE: JsonObject = {"status": "paused"}
MOVE: JsonObject = {"url": "https://desk.example/hooks/new", "filter": None, "status": "active"}
PAUSED: JsonObject = {
    **FINE,
    "status": "paused",
    "updated_at": "2026-01-29T18:40:00.512+00:00",
}
ROTATED: JsonObject = {
    **FINE,
    "former_until": "2026-01-30T18:41:07.209+00:00",
    "updated_at": "2026-01-29T18:41:07.209+00:00",
    "secret": NEXT_SECRET,
}
REPLAY: JsonObject = {"since": 0}
REPLAYED: JsonObject = {**FINE, "position": 0, "behind": 9}
DELIVERY_ID = "dlv_9b2e47c01d8f3a6550e7c4b1"
DELIVERY: JsonObject = {
    "id": DELIVERY_ID,
    "timeline": "harbour",
    "subscription_id": ID,
    "type": "event.updated",
    "revision": 9,
    "status": "waiting",
    "out_of_turn": False,
    "attempts": 2,
    "tries": [
        {
            "at": "2026-01-29T17:31:03.118+00:00",
            "ms": 41,
            "status": 503,
            "answer": "down for maintenance",
        },
        {
            "at": "2026-01-29T17:31:08.402+00:00",
            "ms": 5001,
            "error": "nothing took the connection within 5 s",
        },
    ],
    "created_at": "2026-01-29T17:31:03.101+00:00",
    "updated_at": "2026-01-29T17:31:13.403+00:00",
    "links": {
        "self": f"/v1/deliveries/{DELIVERY_ID}",
        "redeliver": f"/v1/deliveries/{DELIVERY_ID}/redeliver",
        "subscription": HERE,
        "timeline": TIMELINE,
    },
}
AGAIN: JsonObject = {**DELIVERY, "out_of_turn": True}
TEST_ID = "dlv_0c77a1be5d6f42839e10d4ab"
TEST: JsonObject = {
    **{name: value for name, value in DELIVERY.items() if name != "revision"},
    "id": TEST_ID,
    "type": "subscription.test",
    "out_of_turn": True,
    "attempts": 0,
    "tries": [],
    "updated_at": "2026-01-29T17:31:03.101+00:00",
    "links": {
        "self": f"/v1/deliveries/{TEST_ID}",
        "redeliver": f"/v1/deliveries/{TEST_ID}/redeliver",
        "subscription": HERE,
        "timeline": TIMELINE,
    },
}
DELIVERIES: JsonObject = {
    "deliveries": [DELIVERY],
    "links": {"self": f"{HERE}/deliveries", "subscription": HERE, "timeline": TIMELINE},
}
