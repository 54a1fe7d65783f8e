"""One small story, told as every document of it: a test holds them against the schemas."""

from __future__ import annotations

from service.documents.jsontext import JsonObject, dumps

ARTICLE_ID = "art_5d1c8b3e90f2a7c64b1d8e23"
EVENT_ID = "evt_7c1f0a93d2b84e51a6c0d2f4"
FORMER_ID = "evt_1b64c3e0a97d25f80c41e6b7"
ARTICLE_LINKS: JsonObject = {
    "self": f"/v1/articles/{ARTICLE_ID}",
    "versions": f"/v1/articles/{ARTICLE_ID}/versions",
    "timeline": "/v1/timelines/harbour",
}
TIMELINE_LINKS: JsonObject = {
    "self": "/v1/timelines/harbour",
    "articles": "/v1/timelines/harbour/articles",
    "changes": "/v1/timelines/harbour/changes",
    "stream": "/v1/timelines/harbour/stream",
}

ARTICLE: JsonObject = {
    "text": "The old swing bridge was closed on Tuesday after a crack was found, the port said.",
    "published_at": "2026-01-29T18:30:00+01:00",
    "title": "Swing bridge closed",
    "publisher": "Harbour Courier",
    "url": "https://courier.example/2026/swing-bridge",
    "language": "en",
    "external_id": "courier-1841",
    "image": {
        "url": "https://courier.example/2026/swing-bridge.jpg",
        "alt": "The open bridge behind a barrier",
        "credit": "R. Vos",
    },
}
OTHER_ARTICLE: JsonObject = {
    "text": "Ferries replaced the swing bridge from Wednesday on.",
    "published_at": "2026-01-30",
    "external_id": "courier-1842",
}
ARTICLES: JsonObject = {"articles": [ARTICLE, OTHER_ARTICLE]}
ARTICLE_LINES = f"{dumps(ARTICLE)}\n{dumps(OTHER_ARTICLE)}\n"
_STATE: JsonObject = {
    "id": ARTICLE_ID,
    "timeline": "harbour",
    "version": 1,
    "received_at": "2026-01-29T17:31:02.114+00:00",
    "links": ARTICLE_LINKS,
}
ARTICLE_TAKEN: JsonObject = {**_STATE, "status": "accepted"}
ARTICLE_TOLD: JsonObject = {
    **_STATE,
    "status": "processed",
    "outcome": "told",
    "language": "en",
    "level": "full",
}
BATCH_TAKEN: JsonObject = {
    "results": [
        {"index": 0, "status": "accepted", "id": ARTICLE_ID, "external_id": "courier-1841"},
        {
            "index": 1,
            "status": "refused",
            "external_id": "courier-1842",
            "problem": {
                "type": "/problems/invalid-input",
                "title": "Some of what was sent breaks the contract",
                "status": 422,
                "detail": "/published_at is missing",
                "errors": [{"pointer": "/published_at", "in": "body", "detail": "is missing"}],
            },
        },
    ],
    "accepted": 1,
    "known": 0,
    "retracted": 0,
    "refused": 1,
}

EXPRESSION: JsonObject = {
    "id": "exp_0c9f5a7d13e84b62f0a1c3d5",
    "text": "Tuesday",
    "start": 35,
    "end": 42,
    "type": "DATE",
    "value": "2026-01-27",
    "edtf": "2026-01-27",
    "earliest": "2026-01-27",
    "latest": "2026-01-27",
    "granularity": "day",
    "calendar": "gregory",
    "anchor": {"kind": "publication", "earliest": "2026-01-29", "latest": "2026-01-29"},
    "confidence": 0.95,
    "candidates": [],
    "derivation": [
        {
            "rule": "weekday",
            "says": "'Tuesday' with a verb in the past is the last one before publication on "
            "Thursday, 29 January 2026",
        }
    ],
}
DATE: JsonObject = {
    "start": "2026-01-27",
    "end": "2026-01-27",
    "earliest": "2026-01-27",
    "latest": "2026-01-27",
    "durative": False,
    "approximate": False,
    "inferred": False,
    "edtf": "2026-01-27",
    "granularity": "day",
    "basis": "explicit",
    "confidence": 0.95,
    "display": "27 January 2026",
}
TOLD_DATE: JsonObject = {**DATE, "derivation": ["Its clause names the day: 'Tuesday'."]}
MENTION: JsonObject = {
    "event_id": EVENT_ID,
    "quote": ARTICLE["text"],
    "in": "text",
    "start": 0,
    "end": 82,
    "clause": {"start": 0, "end": 66},
    "role": "prose",
    "kind": "happening",
    "status": "happened",
    "certainty": "asserted",
    "participants": [],
    "places": [],
    "attribution": [],
    "figures": [],
    "date": TOLD_DATE,
}
ARTICLE_READ: JsonObject = {
    **ARTICLE,
    **_STATE,
    "status": "processed",
    "outcome": "told",
    "level": "full",
    "expressions": [EXPRESSION],
    "mentions": [MENTION],
    "notices": [],
    "skipped": [],
    "counts": {"expressions": 1, "mentions": 1, "skipped": 0},
}
ARTICLE_LIST: JsonObject = {
    "articles": [
        {
            **{name: value for name, value in ARTICLE.items() if name != "text"},
            **_STATE,
            "status": "processed",
            "outcome": "told",
            "level": "full",
        }
    ],
    "links": {"self": "/v1/timelines/harbour/articles", "timeline": "/v1/timelines/harbour"},
}

EVENT: JsonObject = {
    "id": EVENT_ID,
    "headline": "The old swing bridge was closed after a crack was found",
    "kind": "happening",
    "status": "happened",
    "certainty": "asserted",
    "date": DATE,
    "sources": [
        {
            "article_id": ARTICLE_ID,
            "external_id": ARTICLE["external_id"],
            "publisher": ARTICLE["publisher"],
            "title": ARTICLE["title"],
            "url": ARTICLE["url"],
            "published_at": ARTICLE["published_at"],
            "quote": ARTICLE["text"],
            "in": "text",
            "start": 0,
            "end": 82,
            "clause": {"start": 0, "end": 66},
            "role": "prose",
            "independent": True,
            "certainty": "asserted",
            "date": TOLD_DATE,
            "expressions": [EXPRESSION],
        }
    ],
    "conflicts": [],
    "participants": [],
    "places": [],
    "attribution": [],
    "figures": [],
    "image": ARTICLE["image"],
    "source_count": 1,
    "independent_source_count": 1,
    "salience": 0.5,
    "revision": 1,
    "links": {
        "self": f"/v1/timelines/harbour/events/{EVENT_ID}",
        "history": f"/v1/timelines/harbour/events/{EVENT_ID}/history",
        "timeline": "/v1/timelines/harbour",
    },
}
EVENT_DETAIL: JsonObject = {**EVENT, "former_ids": [FORMER_ID], "joined_by": []}
HISTORY: JsonObject = {
    "event_id": EVENT_ID,
    "history": [
        {
            "revision": 7,
            "at": "2026-01-29T17:31:02.320+00:00",
            "type": "created",
            "event_id": EVENT_ID,
            "merged_from": [FORMER_ID],
            "event": {**EVENT, "revision": 7},
        }
    ],
    "links": {
        "self": f"/v1/timelines/harbour/events/{EVENT_ID}/history",
        "event": f"/v1/timelines/harbour/events/{EVENT_ID}",
    },
}
TIMELINE_SUMMARY: JsonObject = {
    "timeline": "harbour",
    "public": True,
    "revision": 1,
    "updated_at": "2026-01-29T17:31:02.320+00:00",
    "pending": 0,
    "counts": {
        "articles": {
            "accepted": 0,
            "processing": 0,
            "processed": 1,
            "failed": 0,
            "nothing_to_tell": 0,
            "retracted": 0,
        },
        "events": {"happening": 1, "statement": 0, "planned": 0, "state": 0},
    },
    "span": {"start": "2026-01-27", "end": "2026-01-27"},
    "links": TIMELINE_LINKS,
}
TIMELINE_READ: JsonObject = {**TIMELINE_SUMMARY, "events": [EVENT]}

TEXT_TO_RESOLVE: JsonObject = {
    "text": "The bridge was closed on Tuesday.",
    "reference_time": "2026-01-29T18:30:00+01:00",
}
RESOLVED: JsonObject = {
    "expressions": [{**EXPRESSION, "start": 25, "end": 32}],
    "language": "en",
    "engine": "event-timelines 0.1.0",
}
READINESS: JsonObject = {
    "status": "ready",
    "record": "reachable",
    "redis": "reachable",
    "workers": 2,
    "waiting": 3,
    "oldest_waiting_seconds": 0.118,
    "degraded": [],
}
METRICS = """\
# HELP timelines_queue_age_seconds How long the first of them has waited; 0 when none waits.
# TYPE timelines_queue_age_seconds gauge
timelines_queue_age_seconds 0.118
"""
