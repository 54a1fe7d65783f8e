"""Timelines as things."""

from __future__ import annotations

from service.api.examples import story
from service.documents.jsontext import JsonObject

TRAITS: JsonObject = {
    "title": "The harbour and its bridge",
    "description": "What became of the old swing bridge.",
    "timezone": "Europe/Oslo",
    "public": True,
}
SUMMARY: JsonObject = {**story.TIMELINE_SUMMARY, **TRAITS}
LIST: JsonObject = {"timelines": [SUMMARY], "links": {"self": "/v1/timelines"}}
CLOSING: JsonObject = {"timeline": "harbour", "status": "closing"}
