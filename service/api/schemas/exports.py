"""The parameters of exports: what chooses events, and what each format lets one choose."""

from __future__ import annotations

from collections.abc import Mapping

from marshmallow import fields
from marshmallow.validate import OneOf

from service.api.schemas.base import Text
from service.api.schemas.timelinequery import EventsQuery
from service.documents.exports.exported import GROUPINGS
from service.documents.exports.formats import FORMATS


class ExportQuery(EventsQuery):
    """Which events."""


class CalendarQuery(EventsQuery):
    """Which events, and which of them a calendar shows."""

    coarse = fields.Boolean(
        load_default=False,
        error_messages={"invalid": "is neither true nor false"},
        metadata={
            "description": "Also what is known less finely than by the month, or has no first day."
        },
    )


class TableQuery(EventsQuery):
    """Which events, and how a table begins."""

    bom = fields.Boolean(
        load_default=False,
        error_messages={"invalid": "is neither true nor false"},
        metadata={"description": "Begin with the mark by which old spreadsheets know UTF-8."},
    )


class SlidesQuery(EventsQuery):
    """Which events, and which rows they lie in."""

    group = Text(
        "What slides lie in rows by: their kind, the outlet that is quoted, or no rows.",
        validate=OneOf(GROUPINGS, error="is no row: use one of {choices}"),
        load_default="kind",
    )


QUERIES: Mapping[str, type[EventsQuery]] = {
    name: {"coarse": CalendarQuery, "bom": TableQuery, "group": SlidesQuery}.get(
        next(iter(form.options), ""), ExportQuery
    )
    for name, form in FORMATS.items()
}
"""The schema of the query of each format."""

_TEXT: Mapping[str, object] = {"type": "string"}


def _object(*required: str) -> Mapping[str, object]:
    return {"type": "object", "required": list(required)}


SCHEMAS: Mapping[str, Mapping[str, object]] = {
    **dict.fromkeys(FORMATS, _TEXT),
    "feed.json": _object("version", "title", "items"),
    "timelinejs.json": _object("title", "scale", "events"),
    "jsonld": _object("@context", "@type", "itemListElement"),
}
"""What each format is; each has a specification of its own elsewhere."""
