"""CSV (RFC 4180): one row an event, every field of its date in a column of its own.

Nothing is left out but the sources' own dates and expressions. A cell that a spreadsheet would
take for a formula begins with an apostrophe. Several values in one cell are parted by " | ".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from types import MappingProxyType

from service.documents.exports.exported import Export
from service.documents.exports.told import Told
from service.documents.jsontext import Json

BOM = "\ufeff"
BETWEEN = " | "
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula, or skips on its way to one."""

Cell = Callable[[Export, Told], Json]


def render(export: Export) -> str:
    """The timeline as CSV, with the names of the columns in the first row."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for event in export.events:
        rows.writerow([_cell(read(export, event)) for read in COLUMNS.values()])
    return (BOM if export.options.bom else "") + written.getvalue()


def _cell(value: Json) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _field(name: str) -> Cell:
    return lambda _, event: event.document.get(name)


def _date_field(name: str) -> Cell:
    def read(_: Export, event: Told) -> Json:
        date = event.document.get("date")
        return date.get(name) if isinstance(date, Mapping) else None

    return read


def _quote(_: Export, event: Told) -> Json:
    return event.best.quote if event.best else None


def _attribution(_: Export, event: Told) -> Json:
    said = dict.fromkeys(each.attributed_to for each in event.sources if each.attributed_to)
    return BETWEEN.join(said)


DATE_FIELDS = (
    *("start", "end", "start_latest", "earliest", "latest", "durative", "ongoing", "as_of"),
    *("edtf", "granularity", "approximate", "inferred", "basis", "confidence"),
)

COLUMNS: Mapping[str, Cell] = MappingProxyType(
    {
        "id": _field("id"),
        "date": _date_field("display"),
        "headline": _field("headline"),
        "kind": _field("kind"),
        "status": _field("status"),
        "certainty": _field("certainty"),
        **{name: _date_field(name) for name in DATE_FIELDS},
        "quote": _quote,
        "outlets": lambda _, event: BETWEEN.join(event.outlets),
        "urls": lambda _, event: BETWEEN.join(event.addresses),
        "attributed_to": _attribution,
        "participants": lambda _, event: BETWEEN.join(event.participants),
        "places": lambda _, event: BETWEEN.join(event.places),
        "conflicts": lambda _, event: BETWEEN.join(event.conflicts),
        "source_count": _field("source_count"),
        "independent_source_count": _field("independent_source_count"),
        "salience": _field("salience"),
        "image": lambda _, event: event.picture.url if event.picture else None,
        "revision": lambda _, event: event.revision,
        "address": lambda export, event: export.event_address(event),
    }
)
"""The columns in their order; what is unknown is an empty cell."""
