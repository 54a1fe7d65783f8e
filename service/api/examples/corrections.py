"""A correction, a retraction, and the versions of an article."""

from __future__ import annotations

from service.api.examples import story
from service.documents.jsontext import JsonObject

PUT_BACK: JsonObject = {
    "id": story.ARTICLE_ID,
    "timeline": "harbour",
    "received_at": "2026-01-29T17:31:02.114+00:00",
    "links": story.ARTICLE_LINKS,
}
UNCHANGED: JsonObject = {
    **PUT_BACK,
    "status": "processed",
    "outcome": "told",
    "version": 1,
    "language": "en",
    "level": "full",
}
REPLACED: JsonObject = {**PUT_BACK, "status": "accepted", "version": 2, "told_version": 1}
RETRACTED: JsonObject = {**PUT_BACK, "status": "retracted", "version": 3}
RETRIED: JsonObject = {**PUT_BACK, "status": "accepted", "version": 1}
CORRECTED: JsonObject = {
    **story.ARTICLE,
    "text": "The old swing bridge was closed on Monday after a crack was found, the port said.",
}


def _version(number: int, kind: str, received_at: str) -> JsonObject:
    address = f"/v1/articles/{story.ARTICLE_ID}"
    return {
        "article_id": story.ARTICLE_ID,
        "timeline": "harbour",
        "version": number,
        "type": kind,
        "received_at": received_at,
        "links": {
            "self": f"{address}/versions/{number}",
            "versions": f"{address}/versions",
            "article": address,
        },
    }


VERSION: JsonObject = {
    **_version(1, "posted", "2026-01-29T17:31:02.114+00:00"),
    "article": story.ARTICLE,
}
VERSIONS: JsonObject = {
    "versions": [
        _version(1, "posted", "2026-01-29T17:31:02.114+00:00"),
        _version(2, "replaced", "2026-01-29T19:02:47.530+00:00"),
        _version(3, "retracted", "2026-01-30T08:15:09.871+00:00"),
    ],
    "links": {
        "self": f"/v1/articles/{story.ARTICLE_ID}/versions",
        "article": f"/v1/articles/{story.ARTICLE_ID}",
    },
}
