"""An expression of time as JSON: what is written, where, what it says and why (API.md)."""

from __future__ import annotations

from service.documents.dates import bounds
from service.documents.jsontext import Json, JsonObject
from service.temporal.edtf import interval_edtf
from service.temporal.interval import Interval
from service.temporal.timex import Anchor, Candidate, Resolution


def expression_document(resolution: Resolution, identifier: str) -> JsonObject:
    """The document of one resolved expression; what is unknown is absent."""
    return {"id": identifier, **_body(resolution)}


def _body(resolution: Resolution) -> dict[str, Json]:
    found: dict[str, Json] = {
        "text": resolution.text,
        "start": resolution.span.start,
        "end": resolution.span.end,
        "type": resolution.type.value,
        "value": resolution.value,
        "granularity": resolution.granularity.word,
        "calendar": resolution.calendar.value,
        "confidence": round(resolution.confidence, 3),
        "candidates": [_candidate(each) for each in resolution.candidates],
        "derivation": [{"rule": step.rule, "says": step.says} for step in resolution.derivation],
    }
    labels = {"mod": resolution.mod, "quant": resolution.quant, "freq": resolution.freq}
    found.update({name: text for name, text in labels.items() if text is not None})
    if resolution.interval is not None:
        found.update(_reading(resolution.interval))
    if resolution.implies is not None:
        found["implies"] = bounds(resolution.implies)
    if resolution.relation is not None:
        found["relation"] = resolution.relation.value
    if resolution.anchor is not None:
        found["anchor"] = _anchor(resolution.anchor)
    if resolution.parts:
        found["parts"] = [_body(part) for part in resolution.parts]
    return found


def _reading(interval: Interval) -> dict[str, Json]:
    return {"edtf": interval_edtf(interval), **bounds(interval)}


def _candidate(candidate: Candidate) -> JsonObject:
    return {
        **_reading(candidate.interval),
        "calendar": candidate.calendar.value,
        "confidence": round(candidate.confidence, 3),
    }


def _anchor(anchor: Anchor) -> JsonObject:
    found: dict[str, Json] = {"kind": anchor.kind, **bounds(anchor.interval)}
    if anchor.text is not None:
        found["text"] = anchor.text
    return found
