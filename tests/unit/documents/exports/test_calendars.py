"""Calendars, read back by icalendar and by ical.js."""

import re
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from service.documents.exports.calendars import FOLD, render
from service.documents.exports.exported import Options
from tests.exporting import HOSTILE, State, export, hostile_events, told
from tests.making import on, since


def entries(made):
    calendar = Calendar.from_ical(render(made))
    assert calendar.errors == []
    found = calendar.walk("VEVENT")
    assert all(each.errors == [] for each in found)
    return found


def entry(event, **more):
    (found,) = entries(export(event, **more))
    return found


@pytest.mark.parametrize(
    "claim, first, after, edtf",
    [
        (on("2026-01-27"), "2026-01-27", "2026-01-28", "2026-01-27"),
        (on("2026-01-01", "2026-01-31"), "2026-01-01", "2026-02-01", "2026-01"),
        (on("2025-12-21", "2025-12-31"), "2025-12-21", "2026-01-01", "[2025-12-21..2025-12-31]"),
        (
            since("2025-12-21", "2025-12-31", "2026-01-28"),
            *("2025-12-21", "2026-01-29", "2025-12-21/2026-01-28"),
        ),
        (on("2026-01-27", end=None, durative=True), "2026-01-27", "2026-01-28", "2026-01-27/.."),
    ],
)
def test_days_are_whole_and_the_end_is_the_day_after(claim, first, after, edtf):
    found = entry(told(claim))
    assert found["DTSTART"].dt == date.fromisoformat(first)
    assert found["DTEND"].dt == date.fromisoformat(after)
    assert str(found["X-EDTF"]) == edtf
    assert found["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize(
    "claim, summary",
    [
        (on("2026-01-27"), "It burned"),
        (on("2026-01-27", "2026-02-03", durative=True), "It burned"),
        (on("2026-01-26", inferred=True), "It burned (probably 26 January 2026)"),
        (on("2025-12-21", "2025-12-31"), "It burned (late December 2025)"),
        (on("2026-01-27", end=None, durative=True), "It burned (since 27 January 2026)"),
        (
            since("2025-12-21", "2025-12-31", "2026-01-28"),
            "It burned (since late December 2025, still on 28 January 2026)",
        ),
    ],
)
def test_what_the_days_do_not_say_is_said_in_words(claim, summary):
    found = entry(told(claim, headline="It burned"))
    assert found["SUMMARY"] == summary


@pytest.mark.parametrize(
    "claim, first",
    [
        (on("2025-01-01", "2025-12-31"), "2025-01-01"),
        (on("2026-01-27", start=None), "2026-01-27"),
        (on("2026-01-27", end=None), "2026-01-27"),
    ],
)
def test_what_is_coarser_than_a_month_or_open_comes_only_when_asked_for(claim, first):
    event = told(claim, headline="It burned")
    assert entries(export(event)) == []
    found = entry(event, options=Options(coarse=True))
    assert found["DTSTART"].dt == date.fromisoformat(first)
    assert found["SUMMARY"] == f"It burned ({event.date.display})"


@pytest.mark.parametrize("year", ["Y-43", "0000", "Y10000", "9999"])
def test_years_that_calendars_cannot_write_are_left_out(year):
    day = f"{year}-12-31"
    event = told({"start": day, "end": day, "display": "far away"})
    assert entries(export(event, options=Options(coarse=True))) == []


def test_an_entry_says_who_tells_it_where_it_is_and_how_often_it_changed(npm_reader):
    event = told(revision=12, headline="It burned", sources=2, places=["Lima", "Callao"])
    found = entry(event)
    assert found["UID"] == f"{event.id}@harbour.event-timelines"
    assert (found["SEQUENCE"], found["STATUS"]) == (12, "CONFIRMED")
    assert found["DTSTAMP"].dt.timestamp() == event.changed_at
    assert found["LOCATION"] == "Lima; Callao"
    assert found["URL"] == f"https://timelines.example/v1/timelines/harbour/events/{event.id}"
    told_by = str(found["DESCRIPTION"]).split("\n\n")
    assert told_by[0] == "27 January 2026"
    assert told_by[1].splitlines() == [
        "“Quake hits Lima”",
        "— Post 0, 27 January 2026",
        event.sources[0].url,
    ]
    (other,) = npm_reader.read("ics", render(export(event)))["events"]
    assert other == {
        "uid": str(found["UID"]),
        "sequence": 12,
        "start": "2026-01-27",
        "all_day": True,
        "days": 1,
        "summary": "It burned",
        "description": str(found["DESCRIPTION"]),
        "status": "CONFIRMED",
        "edtf": "2026-01-27",
        "url": str(found["URL"]),
    }


@pytest.mark.parametrize(
    "status, said",
    [
        ("planned", "TENTATIVE"),
        ("possible", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
        ("did_not_happen", "CANCELLED"),
        ("disputed", "CONFIRMED"),
    ],
)
def test_plans_are_tentative_and_what_was_called_off_is_cancelled(status, said):
    found = entry(told(status=status))
    assert found["STATUS"] == said
    assert status.replace("_", " ") in found["DESCRIPTION"]


def test_a_withdrawn_event_is_cancelled_under_its_uid_with_a_later_sequence():
    stays, gone = told(revision=3), told(revision=9)
    found = {each["UID"]: each for each in entries(export(stays, withdrawn=[gone]))}
    ended = found[f"{gone.id}@harbour.event-timelines"]
    assert (ended["STATUS"], ended["SEQUENCE"]) == ("CANCELLED", 9)
    assert ended["DESCRIPTION"] == "Withdrawn, or told as a part of another event."
    assert found[f"{stays.id}@harbour.event-timelines"]["STATUS"] == "CONFIRMED"


def test_the_calendar_has_its_name_its_source_and_how_often_to_ask():
    state = State(title="Harbour, news; all", description="Ships\nand quays")
    calendar = Calendar.from_ical(render(export(state=state, here="/v1/timelines/harbour.ics?q=a")))
    # The reader does not know the type of either, so that it leaves the escapes.
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == r"Harbour\, news\; all"
    assert calendar["DESCRIPTION"] == "Ships\nand quays"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert calendar["SOURCE"] == "https://timelines.example/v1/timelines/harbour.ics?q=a"
    assert calendar["METHOD"] == "PUBLISH"


def test_text_from_right_to_left_leaves_the_text_around_it_in_order():
    quote, outlet = "سه‌شنبه ۷ بهمن، تهران.", "رادیو فردا"
    event = told(
        on("2026-01-26", inferred=True),
        headline="معترضان در تهران",
        source={"quote": quote, "publisher": outlet},
    )
    found = entry(event)
    assert found["SUMMARY"] == "\u2068معترضان در تهران\u2069 (probably 26 January 2026)"
    told_by = str(found["DESCRIPTION"]).split("\n\n")[1].splitlines()
    assert told_by[0] == f"“\u2068{quote}\u2069”"
    assert told_by[1] == f"— \u2068{outlet}\u2069, 27 January 2026"


def test_lines_end_and_fold_as_the_format_asks():
    text = render(export(*hostile_events()))
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) == FOLD
    assert not any("\r" in line or "\n" in line or "\x00" in line for line in lines)


def test_hostile_text_stays_text_for_both_readers(npm_reader):
    made = export(*hostile_events())
    read = npm_reader.read("ics", render(made))["events"]
    found = entries(made)
    assert len(found) == len(read) == len(HOSTILE)
    for text, one, other in zip(HOSTILE, found, read, strict=True):
        flat = " ".join("".join(each for each in text if each >= " " or each.isspace()).split())
        flat = " ".join(flat.replace("\x7f", "").split())
        assert str(one["SUMMARY"]) == other["summary"] == flat
        assert f"“{flat}”" in re.sub("[\u2068\u2069]", "", str(one["DESCRIPTION"]))
        assert str(one["DESCRIPTION"]) == other["description"]
        assert one["STATUS"] == other["status"] == "CONFIRMED"
