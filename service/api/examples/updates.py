"""The changes of a timeline."""

from __future__ import annotations

from service.api.examples import story
from service.documents.jsontext import JsonObject, dumps

MERGED: JsonObject = {
    "revision": 8,
    "at": "2026-01-29T17:31:02.320+00:00",
    "type": "merged",
    "event_id": story.FORMER_ID,
    "into": [story.EVENT_ID],
}
CHANGES: JsonObject = {
    "timeline": "harbour",
    "revision": 9,
    "until": 8,
    "changes": [
        {
            "revision": 7,
            "at": "2026-01-29T17:31:02.320+00:00",
            "type": "created",
            "event_id": story.EVENT_ID,
            "merged_from": [story.FORMER_ID],
            "event": {**story.EVENT, "revision": 7},
        },
        MERGED,
    ],
    "next": "/v1/timelines/harbour/changes?limit=2&since=8",
    "links": {"self": "/v1/timelines/harbour/changes", "timeline": "/v1/timelines/harbour"},
}

STREAM = f"""\
retry: 2000
id: 7

id: 8
event: merged
data: {dumps(MERGED)}

:

"""
