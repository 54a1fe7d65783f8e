"""Where timelines and events are read: the links that documents carry, behind whatever proxy."""

from __future__ import annotations

from service.documents.jsontext import JsonObject


def timeline_address(timeline: str) -> str:
    """Where a timeline is read."""
    return f"/v1/timelines/{timeline}"


def event_address(timeline: str, event_id: str) -> str:
    """Where an event is read."""
    return f"{timeline_address(timeline)}/events/{event_id}"


def history_address(timeline: str, event_id: str) -> str:
    """Where an event's history is read."""
    return f"{event_address(timeline, event_id)}/history"


def event_links(event_id: str, timeline: str) -> JsonObject:
    """The links of an event."""
    return {
        "self": event_address(timeline, event_id),
        "history": history_address(timeline, event_id),
        "timeline": timeline_address(timeline),
    }
