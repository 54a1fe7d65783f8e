"""An event in a few words: what lists and small screens show (API.md, `view=brief`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from service.documents.jsontext import JsonObject, dumps, known, read_object

KEPT = ("id", "headline", "kind", "status", "date")
COUNTED = ("source_count", "independent_source_count", "salience")
QUOTED = ("article_id", "publisher", "title", "url", "published_at")


def brief_event(document: str) -> str:
    """A stored event text cut down: what it is, when, and the sentence that tells it best."""
    event = read_object(document)
    best = best_source(cast("list[JsonObject]", event["sources"]))
    said = {name: event[name] for name in KEPT}
    source = known({name: best.get(name) for name in QUOTED})
    quoted = {"quote": best["quote"], "quoted_from": source, "image": event.get("image")}
    return dumps(known({**said, **quoted, **{name: event[name] for name in COUNTED}}))


def best_source(sources: Sequence[JsonObject]) -> JsonObject:
    """The first source of those that tell an event best.

    That is one that stands on its own, asserts it, and dates it by its own words.
    """
    return max(sources, key=_weight)


def _weight(source: JsonObject) -> tuple[bool, bool, bool]:
    # An event that ended is told by the document of its time, which may know less of a source.
    date = cast("JsonObject", source.get("date", {}))
    return (
        source.get("independent") is True,
        source.get("certainty") == "asserted",
        date.get("basis") == "explicit",
    )
