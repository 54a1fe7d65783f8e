"""CSV, read back by the csv module and by a spreadsheet's eyes."""

import csv
import io

import pytest

from service.documents.exports.exported import Options
from service.documents.exports.table import COLUMNS, render
from tests.exporting import HOSTILE, export, hostile_events, told
from tests.making import since

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows(made):
    return list(csv.DictReader(io.StringIO(render(made), newline=""), strict=True))


def test_a_row_has_every_field_of_the_date():
    event = told(since("2025-12-21", "2025-12-31", "2026-01-28", approximate=True), revision=4)
    (row,) = rows(export(event))
    said = {
        "date": "since late December 2025, still on 28 January 2026",
        "start": "2025-12-21",
        "end": "2026-01-28",
        "start_latest": "2025-12-31",
        "earliest": "2025-12-21",
        "latest": "",
        "durative": "true",
        "ongoing": "true",
        "as_of": "2026-01-28",
        "edtf": "2025-12-21~/2026-01-28",
        "granularity": "day",
        "approximate": "true",
        "inferred": "false",
        "basis": "explicit",
        "confidence": "0.9",
        "revision": "4",
        "source_count": "1",
    }
    assert {name: row[name] for name in said} == said
    assert list(row) == list(COLUMNS)


def test_several_values_stand_in_one_cell():
    event = told(sources=2, places=["Lima", "Callao"], source={"attributed_to": "police"})
    (row,) = rows(export(event))
    assert row["outlets"] == "Post 0 | Post 1"
    assert row["urls"] == " | ".join(event.addresses)
    assert (row["places"], row["attributed_to"]) == ("Lima | Callao", "police")
    assert row["address"].endswith(f"/v1/timelines/harbour/events/{event.id}")


def test_an_empty_timeline_has_its_columns():
    assert render(export()) == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize("bom", [True, False])
def test_the_mark_of_utf8_is_there_when_asked_for(bom):
    text = render(export(told(), options=Options(bom=bom)))
    assert text.encode().startswith(b"\xef\xbb\xbf") is bom
    assert text.endswith("\r\n")


def test_hostile_text_comes_back_whole_and_is_no_formula():
    found = rows(export(*hostile_events()))
    assert len(found) == len(HOSTILE)
    for text, row in zip(HOSTILE, found, strict=True):
        guarded = f"'{text}" if text.startswith(FORMULA) else text
        for name in ("headline", "quote", "outlets", "places", "participants", "attributed_to"):
            assert row[name] == guarded, name
        assert not any(cell.startswith(FORMULA) for cell in row.values())
