"""An expression of time as JSON: what is written, where, what it says and why (API.md)."""

from __future__ import annotations

from service.documents.dates import bounds
from service.documents.jsontext import Json, JsonObject, known
from service.documents.tree import tree_document
from service.temporal.edtf import interval_edtf
from service.temporal.interval import Interval
from service.temporal.timex import Anchor, Candidate, Resolution, Unbound


def expression_document(resolution: Resolution, identifier: str) -> JsonObject:
    """The document of one resolved expression; what is unknown is absent."""
    return {"id": identifier, **_body(resolution)}


def _body(resolution: Resolution) -> JsonObject:
    interval, implied, waits = resolution.interval, resolution.implies, resolution.unbound
    reading = {} if interval is None else _reading(interval)
    return known(
        {
            "text": resolution.text,
            "start": resolution.span.start,
            "end": resolution.span.end,
            "type": resolution.type.value,
            "value": resolution.value,
            "mod": resolution.mod,
            "quant": resolution.quant,
            "freq": resolution.freq,
            **reading,
            "relation": None if resolution.relation is None else resolution.relation.value,
            "parts": [_body(part) for part in resolution.parts] or None,
            "implies": None if implied is None else bounds(implied),
            "granularity": resolution.granularity.word,
            "calendar": resolution.calendar.value,
            "anchor": _counted_from(resolution),
            "tree": None if waits is None else tree_document(waits.expr),
            "confidence": round(resolution.confidence, 3),
            "candidates": [_candidate(each) for each in resolution.candidates],
            "derivation": [
                {"rule": step.rule, "says": step.says} for step in resolution.derivation
            ],
        }
    )


def _reading(interval: Interval) -> dict[str, Json]:
    return {"edtf": interval_edtf(interval), **bounds(interval)}


def _candidate(candidate: Candidate) -> JsonObject:
    return {
        **_reading(candidate.interval),
        "calendar": candidate.calendar.value,
        "confidence": round(candidate.confidence, 3),
    }


def _counted_from(resolution: Resolution) -> JsonObject | None:
    """The anchor that it was counted from, or the event that it waits for."""
    if resolution.unbound is not None:
        return _event(resolution.unbound)
    return None if resolution.anchor is None else _anchor(resolution.anchor)


def _event(waits: Unbound) -> JsonObject:
    return {
        "kind": "event",
        "text": waits.text,
        "start": waits.event.start,
        "end": waits.event.end,
    }


def _anchor(anchor: Anchor) -> JsonObject:
    return known({"kind": anchor.kind, "text": anchor.text, **bounds(anchor.interval)})
