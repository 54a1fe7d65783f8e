"""TimelineJS3 JSON, read back by TimelineJS's own loader."""

import pytest
from lxml import html

from service.documents.exports.exported import Options
from service.documents.exports.timelinejs import render
from service.documents.jsontext import loads
from tests.exporting import HOSTILE, State, export, hostile_events, told
from tests.making import on, since


@pytest.fixture
def load(npm_reader):
    return lambda made: npm_reader.read("timelinejs", render(made))


@pytest.mark.parametrize(
    "date, start, end",
    [
        (on("2026-01-27"), (2026, 1, 27), None),
        (on("2026-01-01", "2026-01-31"), (2026, 1), None),
        (on("2025-01-01", "2025-12-31"), (2025,), None),
        (on("1990-01-01", "1999-12-31"), (1990,), (1999,)),
        (on("2025-12-21", "2025-12-31"), (2025, 12, 21), (2025, 12, 31)),
        (on("2025-01-01", "2025-04-30"), (2025, 1), (2025, 4)),
        (since("2025-12-21", "2025-12-31", "2026-01-28"), (2025, 12), (2026, 1, 28)),
        (since("2025-09-01", "2025-12-31", "2026-01-28"), (2025, 9), (2026, 1, 28)),
        (since("2025-12-28", "2026-01-03", "2026-01-28"), (2025, 12), (2026, 1, 28)),
        (since("2025-01-01", "2025-12-31", "2026-01-28"), (2025,), (2026, 1, 28)),
        (on("2026-01-27", durative=True), (2026, 1, 27), None),
        (on("2026-01-27", start=None), (2026, 1, 27), None),
        (on("2026-01-27", end=None), (2026, 1, 27), None),
        (on("2026-01-27", start=None, durative=True), (2026, 1, 27), None),
        (on("2026-01-27", end=None, durative=True), (2026, 1, 27), None),
    ],
)
def test_dates_have_the_parts_that_are_known_and_never_end_where_they_start(date, start, end):
    event = told(date)
    (slide,) = loads(render(export(event)))["events"]
    assert tuple(slide["start_date"].values()) == start
    assert tuple(slide.get("end_date", {}).values()) == (end or ())
    assert slide["display_date"] == event.date.display


def test_the_loader_finds_every_event_at_its_place_in_words_and_rows(load):
    first = told(on("2025-12-21", "2025-12-31"), kind="statement", headline="It began")
    second = told(on("2026-01-01", "2026-01-31", inferred=True))
    read = load(export(second, first, state=State(title="The harbour", description="Ships & co.")))
    assert (read["errors"], read["scale"]) == ([], "human")
    assert read["title"]["headline"]["text"] == "The harbour"
    assert read["title"]["text"]["text"] == "Ships & co.2 events"
    assert [slide["unique_id"] for slide in read["events"]] == [first.id, second.id]
    one, other = read["events"]
    assert (one["start"]["there"], one["end"]["there"]) == ([2025, 12, 21], [2025, 12, 31])
    assert (one["display_date"], one["group"]) == ("late December 2025", "What was said")
    assert one["headline"]["text"] == "It began"
    assert "Quake hits Lima" in one["text"]["text"]
    assert (
        f"https://timelines.example/v1/timelines/harbour/events/{first.id}" in one["text"]["links"]
    )
    assert "https://post0.example/" in one["text"]["links"][0]
    assert (other["start"]["month"], "day" in other["start"]) == (1, False)
    assert other["display_date"] == "probably January 2026"


def test_an_event_without_any_day_is_left_out():
    assert loads(render(export(told(on("2026-01-01", start=None, end=None)))))["events"] == []


@pytest.mark.parametrize(
    "year, scale", [("-0043", "human"), ("12345", "human"), ("-300000", "cosmological")]
)
def test_years_far_away_are_where_they_belong(load, year, scale):
    shown = f"Y{int(year)}-03-15"
    read = load(export(told({"start": shown, "end": shown, "display": "long ago"})))
    assert (read["errors"], read["scale"]) == ([], scale)
    assert read["events"][0]["start"]["there"][0] == int(year)


def test_a_slide_quotes_the_best_source_and_names_the_others(load):
    event = told(sources=3)
    (slide,) = load(export(event))["events"]
    told_by = slide["text"]["text"]
    assert told_by.count("Quake hits Lima") == 1
    assert told_by.index("Quake hits Lima") < told_by.index("Also told by Post 1, “Title 1”")
    assert slide["text"]["links"][:3] == list(event.addresses)


@pytest.mark.parametrize(
    "url", ["https://pic.example/a.jpg", "https://pic.example/a?id=7", "https://pic.example/iframe"]
)
def test_a_picture_is_taken_for_a_picture_with_its_words_and_its_maker(load, url):
    picture = {"url": url, "alt": "A <bridge>", "credit": "R. Vos & sons"}
    (slide,) = load(export(told(image=picture)))["events"]
    assert (slide["media"]["type"], slide["media"]["credit"]) == ("image", "R. Vos & sons")
    assert slide["media"]["url"].startswith(url)


@pytest.mark.parametrize(
    "group, rows", [("kind", {"What happened"}), ("publisher", {"Post 0"}), ("none", {None})]
)
def test_slides_lie_in_rows_by_kind_or_by_outlet(load, group, rows):
    read = load(export(told(), options=Options(group=group)))
    assert {slide.get("group") for slide in read["events"]} == rows


def test_the_name_of_a_row_is_text_where_it_is_set_as_html(load):
    read = load(export(*hostile_events(), options=Options(group="publisher")))
    for text, slide in zip(HOSTILE, read["events"], strict=True):
        shown = html.fragment_fromstring(slide["group"], create_parent="div")
        assert _flat(shown.text_content()) == _flat(text)
        assert len(shown) == 0


def test_hostile_text_is_shown_as_it_is_and_does_nothing(load):
    read = load(export(*hostile_events()))
    assert read["errors"] == []
    for text, slide in zip(HOSTILE, read["events"], strict=True):
        flat = _flat(text)
        assert _flat(slide["headline"]["text"]) == flat
        assert _flat(slide["text"]["text"]).count(flat) == 3
        assert slide["headline"]["elements"] == slide["media"]["elements"] == []
        assert set(slide["text"]["elements"]) <= {"p", "a", "em", "span", "blockquote"}
        assert set(slide["text"]["attributes"]) <= {"dir", "href", "rel", "target"}
        assert all(link.startswith("https://") for link in slide["text"]["links"])
        assert slide["media"]["type"] == "image"
        assert not set("<>\"' ") & set(slide["media"]["url"]) - {"'"}


def _flat(text):
    """What can be seen of `text`."""
    return " ".join("".join(each for each in text if each.isprintable() or each.isspace()).split())
