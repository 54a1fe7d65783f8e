"""Whatever a timeline holds, its exports can be read, hold each event once, and claim no more."""

import csv
import io
import json
from datetime import date as calendar_day

import feedparser
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt

from service.documents.dates import date_document
from service.documents.exports import calendars, feeds, jsonld, markdown, table, timelinejs
from service.documents.exports.exported import Options
from service.temporal.calendars import GREGORIAN
from service.temporal.interval import Granularity
from service.timeline.model import Basis, DateClaim
from tests.exporting import export, told

FAR = GREGORIAN.to_day(12_000, 1, 1)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
NEAR = st.integers(-400, 25_000)
DAYS = st.one_of(NEAR, st.integers(-800_000, FAR))


@st.composite
def claims(draw):
    """Dates of every shape: known, open on either side or both, lasting, of every unit."""
    start = draw(DAYS)
    end = start + draw(st.sampled_from([0, 0, 1, 6, 9, 27, 28, 29, 30, 31, 59, 364, 365, 3652]))
    if draw(st.booleans()):  # a whole month or year
        there = GREGORIAN.from_day(start)
        whole = draw(st.booleans())
        start = GREGORIAN.to_day(there.year, 1 if whole else there.month, 1)
        last = 12 if whole else there.month
        end = GREGORIAN.to_day(there.year, last, GREGORIAN.month_length(there.year, last))
    durative = draw(st.booleans())
    begun = draw(st.none() | st.integers(start, end)) if durative else None
    open_side = draw(st.sampled_from(["", "", "", "start", "end", "both"]))
    ongoing = durative and draw(st.booleans())
    return DateClaim(
        start=None if open_side in {"start", "both"} else start,
        end=None if open_side in {"end", "both"} else end,
        start_latest=None if open_side in {"start", "both"} else begun,
        earliest=start,
        latest=end,
        granularity=draw(st.sampled_from(Granularity)),
        basis=draw(st.sampled_from(Basis)),
        confidence=0.5,
        approximate=draw(st.booleans()),
        inferred=draw(st.booleans()),
        durative=durative,
        ongoing=ongoing,
        as_of=end if ongoing else None,
    )


@st.composite
def told_claims(draw):
    """An event with the claim that dates it."""
    claim, words = draw(claims()), draw(WORDS)
    source = {"quote": draw(WORDS), "publisher": draw(WORDS), "title": draw(WORDS)}
    kind = draw(st.sampled_from(["happening", "statement", "planned", "state"]))
    event = told(
        date_document(claim),
        revision=draw(st.integers(1, 50)),
        headline=words,
        kind=kind,
        places=draw(st.lists(WORDS, max_size=2)),
        source=source,
    )
    return event, claim


TIMELINES = st.lists(told_claims(), max_size=6)


def covered(first, last):
    """First and last day of what two dates in parts say."""
    year, month, day = (*first, 1, 1)[:3]
    last_year, last_month = (*last, 12)[:2]
    last_day = last[2] if len(last) == 3 else GREGORIAN.month_length(last_year, last_month)
    begin = GREGORIAN.to_day(year, month, day)
    return begin, GREGORIAN.to_day(last_year, last_month, last_day)


@settings(max_examples=150, deadline=None)
@given(TIMELINES)
def test_timelinejs_has_each_dated_event_once_and_claims_no_more(events):
    made = json.loads(timelinejs.render(export(*(event for event, _ in events))))
    slides = {each["unique_id"]: each for each in made["events"]}
    assert len(slides) == len(made["events"])
    dated = [(e, c) for e, c in events if (c.start, c.end) != (None, None)]
    assert list(slides) == [event.id for event, _ in dated]
    for event, claim in dated:
        slide = slides[event.id]
        first = tuple(slide["start_date"].values())
        last = tuple(slide.get("end_date", {}).values())
        assert last != first
        assert slide["display_date"] == event.date.display
        begin, end = covered(first, last or first)
        assert begin <= min(day for day in (claim.start, claim.end) if day is not None)
        assert (
            end >= max(day for day in (claim.start, claim.end) if day is not None) or claim.durative
        )
        if claim.durative and claim.start is not None and claim.end is not None and last:
            assert end == claim.end
        assert all(type(part) is int for part in (*first, *last))


@settings(max_examples=150, deadline=None)
@given(TIMELINES, st.booleans())
def test_a_calendar_has_each_event_once_but_for_what_it_leaves_out(events, coarse):
    made = export(*(event for event, _ in events), options=Options(coarse=coarse))
    calendar = Calendar.from_ical(calendars.render(made))
    found = {str(each["UID"]).partition("@")[0]: each for each in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    for event, claim in events:
        writable = [day for day in (claim.start, claim.end) if day is not None]
        low, high = GREGORIAN.to_day(1, 1, 1), GREGORIAN.to_day(9999, 12, 31)
        can = bool(writable) and all(low <= day < high for day in writable)
        last = (claim.start_latest or claim.start) if claim.durative else claim.end
        known = claim.start is not None and last is not None
        fine = known and covered_month(claim.start, last)
        assert (event.id in found) is (can and (fine or coarse)), claim
        if event.id in found:
            entry = found[event.id]
            epoch = calendar_day(1970, 1, 1).toordinal()
            assert entry["DTSTART"].dt.toordinal() - epoch == min(writable)
            after = max(writable) if claim.start is not None else claim.end
            assert entry["DTEND"].dt.toordinal() - epoch == after + 1
            assert entry["STATUS"] == "CONFIRMED"


def covered_month(first, last):
    """Whether at most a month lies between."""
    return last - first <= 30


@settings(max_examples=100, deadline=None)
@given(TIMELINES)
def test_json_ld_has_each_event_once_and_dates_no_finer_than_known(events):
    made = json.loads(jsonld.render(export(*(event for event, _ in events))))
    items = [each["item"] for each in made["itemListElement"]]
    assert [each["identifier"] for each in items] == [event.id for event, _ in events]
    for item, (event, claim) in zip(items, events, strict=True):
        assert item["temporalCoverage"] == event.date.edtf
        if "startDate" in item:
            begin, end = covered(*[parts(item["startDate"])] * 2)
            assert begin <= claim.start
            if not claim.durative:
                assert end >= claim.end
            elif claim.start_latest is not None and len(parts(item["startDate"])) > 1:
                assert end >= claim.start_latest
        if "endDate" in item:
            assert covered(*[parts(item["endDate"])] * 2) == (claim.end, claim.end)


def parts(iso):
    sign = -1 if iso.startswith("-") else 1
    year, *rest = iso.lstrip("+-").split("-")
    return (sign * int(year), *map(int, rest))


@settings(max_examples=100, deadline=None)
@given(TIMELINES)
def test_table_and_text_have_each_event_once_in_order(events):
    made = export(*(event for event, _ in events))
    rows = list(csv.DictReader(io.StringIO(table.render(made), newline=""), strict=True))
    assert [row["id"] for row in rows] == [event.id for event, _ in events]
    for row, (event, _) in zip(rows, events, strict=True):
        date = event.document["date"]
        assert row["start"] == date.get("start", "")
        assert row["edtf"].removeprefix("'") == date["edtf"]  # -0043 would be a sum
        assert row["headline"].removeprefix("'") == event.headline.removeprefix("'")
    shown = MarkdownIt("commonmark").render(markdown.render(made))
    places = [shown.find(f"/events/{event.id}") for event, _ in events]
    assert places == sorted(places)
    assert -1 not in places
    assert shown.count("<strong>") == len(events)


@settings(max_examples=100, deadline=None)
@given(TIMELINES)
def test_feeds_have_each_event_once(events):
    made = export(*(event for event, _ in events))
    atom = feedparser.parse(feeds.render_atom(made).encode(), sanitize_html=False)
    assert not atom.bozo, atom.get("bozo_exception")
    items = json.loads(feeds.render_json(made))["items"]
    ids = [entry.id for entry in atom.entries]
    assert ids == [item["id"] for item in items]
    assert sorted(ids) == sorted(f"tag:event-timelines,2026:harbour/{e.id}" for e, _ in events)


@settings(max_examples=25, deadline=None)
@given(events=TIMELINES)
def test_the_loader_of_timelinejs_and_ical_js_take_all_of_it(npm_reader, events):
    made = export(*(event for event, _ in events), options=Options(coarse=True))
    dated = {e.id for e, c in events if (c.start, c.end) != (None, None)}
    read = npm_reader.read("timelinejs", timelinejs.render(made))
    assert {slide["unique_id"] for slide in read["events"]} == dated
    read = npm_reader.read("ics", calendars.render(made))
    ours = Calendar.from_ical(calendars.render(made)).walk("VEVENT")
    assert [each["uid"] for each in read["events"]] == [str(each["UID"]) for each in ours]
