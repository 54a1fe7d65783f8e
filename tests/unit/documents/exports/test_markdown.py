"""Markdown, read back by markdown-it."""

import re

import pytest
from lxml import html
from markdown_it import MarkdownIt

from service.documents.exports.markdown import plain, render
from tests.exporting import HOSTILE, State, export, hostile_events, told
from tests.making import on, since

COMMONMARK = MarkdownIt("commonmark")
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def page(made, parser=COMMONMARK):
    return html.fragment_fromstring(parser.render(render(made)), create_parent="div")


def texts(page_, tag):
    return [" ".join(each.text_content().split()) for each in page_.iter(tag)]


def test_a_chronology_reads_as_people_write_one():
    bridge = told(
        on("2025-12-21", "2025-12-31"),
        headline="The bridge was closed",
        image={"url": "https://pic.example/a_(1).jpg", "alt": "The bridge", "credit": "R. Vos"},
    )
    ferry = told(on("2026-01-28"), headline="Ferries will sail", kind="planned", status="planned")
    text = render(export(bridge, ferry, state=State(title="The harbour", description="News.")))
    site = "https://timelines.example/v1/timelines/harbour/events"
    assert (
        text
        == f"""\
# The harbour

News.

## 2025

### December

**Late December 2025:** [The bridge was closed]({site}/{bridge.id})

![The bridge](https://pic.example/a_%281%29.jpg) *Picture: R. Vos*

> “Quake hits Lima”
>
> — [Post 0, “Title 0”]({bridge.sources[0].url}), 27 January 2026

## 2026

### January

**28 January 2026:** [Ferries will sail]({site}/{ferry.id}) *(planned)*

> “Quake hits Lima”
>
> — [Post 0, “Title 0”]({ferry.sources[0].url}), 27 January 2026
"""
    )


def test_years_and_months_come_once_each_and_what_has_no_day_last():
    events = [
        told(on("2025-12-01")),
        told(on("2025-12-24")),
        told(on("2026-01-01")),
        told({"start": "Y-43-03-15", "end": "Y-43-03-15", "display": "15 March 44 BC"}),
        told(on("2026-01-01", start=None, end=None)),
    ]
    found = page(export(*events))
    assert texts(found, "h2") == ["2025", "2026", "44 BC", "Undated"]
    assert texts(found, "h3") == ["December", "January", "March"]
    assert len(texts(found, "strong")) == 5


@pytest.mark.parametrize(
    "date, year, month",
    [
        (on("2025-12-21", "2025-12-31"), "2025", "December"),
        (on("2025-01-01", "2025-12-31"), "2025", "During the year"),
        (on("2025-09-01", "2025-12-31"), "2025", "During the year"),
        (on("2025-03-21", "2026-03-20"), "2025", "During the year"),
        (since("2025-12-21", "2025-12-31", "2026-01-28"), "2025", "December"),
        (since("2025-09-01", "2025-12-31", "2026-01-28"), "2025", "During the year"),
        (on("2026-01-27", start=None), "2026", "January"),
        (on("2026-01-27", end=None), "2026", "January"),
    ],
)
def test_an_event_stands_under_no_month_that_is_not_known(date, year, month):
    found = page(export(told(date)))
    assert (texts(found, "h2"), texts(found, "h3")) == ([year], [month])


def test_an_empty_timeline_says_so():
    assert render(export()) == "# harbour\n\nNo events.\n"


def test_where_sources_differ_is_said():
    values = [
        {"value": "3,000", "article_ids": ["x"]},
        {"value": "thousands", "article_ids": ["y"]},
    ]
    event = told(conflicts=[{"field": "figures", "values": values}])
    assert "Sources differ on figures: 3,000 (x); thousands (y)." in render(export(event))


@pytest.mark.parametrize(
    "text", ["# x #", "- x", "1. x", "1) x", "+ x", "> x", "---", "===", "x ##"]
)
def test_title_and_description_stay_what_they_are(text):
    found = page(export(state=State(title=text, description=text)))
    assert texts(found, "h1") == [text]
    assert [each.tag for each in found] == ["h1", "p", "p"]
    assert texts(found, "p")[0] == text


@pytest.mark.parametrize("text", ["snake_case_name", "5 - 3 = 2", "R&D (2026)", "Post.com", "#1!"])
def test_what_means_nothing_is_left_alone(text):
    assert plain(text) == text


def test_text_from_right_to_left_leaves_the_text_around_it_in_order():
    source = {"publisher": "رادیو فردا", "title": "اعتراض‌ها", "quote": "تهران. \u202eabc"}
    text = render(export(told(source=source)))
    assert "> “\u2068تهران. \u202eabc\u2069”" in text
    assert "[\u2068رادیو فردا\u2069, “\u2068اعتراض‌ها\u2069”](" in text


@pytest.mark.parametrize("parser", [COMMONMARK, GITHUB])
def test_hostile_text_is_shown_as_it_is_and_is_no_markup(parser):
    for text, event in zip(HOSTILE, hostile_events(), strict=True):
        found = page(export(event), parser)
        flat = _flat(text)
        assert texts(found, "strong") == ["27 January 2026:"]
        (headline,) = [each for each in found.iter("a") if "/events/" in each.get("href")]
        assert _flat(headline.text_content()) == flat
        quotes = [_flat(each.text_content()) for each in found.iter("blockquote")]
        assert quotes[0].startswith(f"“{flat}” — {flat}")
        (image,) = found.iter("img")
        assert _flat(image.get("alt")) == flat
        assert {each.tag for each in found.iter()} <= {
            *("div", "h1", "h2", "h3", "p", "strong", "em", "a", "blockquote", "img"),
        }
        assert all(re.match("https://", each.get("href")) for each in found.iter("a"))


def _flat(text):
    """What can be seen of `text`."""
    return " ".join("".join(each for each in text if each.isprintable() or each.isspace()).split())
