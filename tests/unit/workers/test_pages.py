"""Pages read: every date of the article stays, furniture goes, nothing is guessed or crashes."""

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import UnreadableArticleError
from tests.unit.workers.without_extra import without_extra
from workers.page_facts import page_fields
from workers.page_text import read_page

FOLDER = Path(__file__).resolve().parents[2] / "pages"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
NOW = 1_772_292_000.0
"""2026-02-28T15:20:00Z."""


CHANGED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", '
    '"dateModified": "2026-02-02T10:00:00Z"}</script>'
)


def page_of(name):
    return read_page((FOLDER / f"{name}.html").read_text(encoding="utf-8"), received_at=NOW)


def fields_of(html):
    return page_fields(read_page(html, received_at=NOW), received_at=NOW)


def test_every_page_has_its_expectations():
    assert {path.stem for path in FOLDER.glob("*.html")} == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_every_date_of_the_article_is_kept_and_no_furniture(name):
    text = page_of(name).text
    assert [phrase for phrase in EXPECTED[name]["kept"] if phrase not in text] == []
    assert [phrase for phrase in EXPECTED[name]["dropped"] if phrase in text] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_the_page_says_what_the_post_may_leave_open(name):
    assert page_fields(page_of(name), received_at=NOW) == EXPECTED[name]["fields"]


def test_paragraphs_items_and_broken_lines_stand_apart():
    paragraphs = page_of("wordpress").text.split("\n\n")
    assert "In March 2020 a motor failed." in paragraphs
    assert "A long history of trouble" in paragraphs
    assert len(page_of("agency").text.split("\n\n")) == 5


@pytest.mark.parametrize(
    "head, published",
    [
        ('<meta property="article:published_time" content="2026-01-29T10:00:00+0330">', "+03:30"),
        ('<meta itemprop="datePublished" content="2026-01-29">', "2026-01-29"),
        ('<meta name="date" content="2026-01-29T10:00:00">', "2026-01-29"),
        ("", None),
        ('<meta name="date" content="2031-01-01">', None),
        ('<meta name="date" content="0001-01-01T00:00:00Z">', None),
        ('<meta name="date" content="tomorrow">', None),
        ('<meta http-equiv="last-modified" content="Mon, 02 Feb 2026 10:00:00 GMT">', None),
        (
            '<meta name="date" content="2031-01-01"><meta name="pubdate" content="2026-01-02">',
            "2026-01-02",
        ),
        (
            '<meta property="article:published_time" content="2026-01-29T10:00:00Z">' + CHANGED,
            "2026-01-29",
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle",</script>', None),
        (f'<script type="application/ld+json">{"[" * 900}{"]" * 900}</script>', None),
    ],
)
def test_the_date_is_one_that_the_page_gives_as_its_own(head, published):
    found = fields_of(
        f"<html><head>{head}</head><body><article><p>The bridge of Ostry was closed on "
        "5 January 2026, and it opened again on 2026-01-17.</p></article></body></html>"
    ).get("published_at")
    assert found is None if published is None else published in found


@pytest.mark.parametrize(
    "element",
    [
        '<time itemprop="datePublished" datetime="2026-01-29T10:00:00+01:00">today</time>',
        '<div class="article-date">29 January 2026</div>',
        '<span class="byline">Ada Berg, January 29, 2026</span>',
    ],
)
def test_a_date_beside_the_article_counts(element):
    html = f"<body><h1>Rain</h1>{element}<p>Rain fell on the town of Ostry on Monday.</p></body>"
    assert fields_of(html)["published_at"].startswith("2026-01-29")


def test_what_cannot_be_used_is_left_out():
    head = (
        '<meta property="og:image" content="/a.jpg"><meta property="og:url" content="ftp://a/b">'
        f'<meta name="author" content="https://a.example/ada"><title>{"x" * 2_000}</title>'
    )
    html = f'<html lang="English"><head>{head}</head><body><p>Rain fell.</p></body></html>'
    assert fields_of(html) == {}


def test_the_markup_decides_and_no_declaration_of_another_coding():
    html = '<meta charset="shift_jis"><p>Åsa Öberg kom på måndag, سه‌شنبه.</p>'
    assert read_page(html, received_at=NOW).text == "Åsa Öberg kom på måndag, سه‌شنبه."


HOSTILE = {
    "nested": "<div>" * 100_000 + "word",
    "attribute": f"<p title='{'x' * 900_000}'>Rain fell.</p>",
    "entities": '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;&b;</p>',
    "unclosed": "<a " * 300_000,
    "comment": "<!--" * 200_000,
    "spans": "<p>" + "<span>x</span>" * 60_000,
    "breaks": "x<br>" * 100_000,
    "controls": "<p>\x00\x01\x0b\ufffeRain\x7f fell.</p>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_in_time(name):
    begun = time.process_time()
    with suppress(UnreadableArticleError):
        read_page(HOSTILE[name], received_at=NOW)
    assert time.process_time() - begun < 8


TAGS = ("<p>", "</p>", "<div>", "</div>", "<table>", "<td>", "<script>", "<!--", "-->", "<br>", "<")
PIECES = st.one_of(st.sampled_from(TAGS), st.text(max_size=20))


@given(st.lists(PIECES, max_size=30).map("".join) | st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_crash_the_reading(markup):
    html = markup if isinstance(markup, str) else markup.decode("latin-1")
    html = html.encode("utf-8", "ignore").decode()
    try:
        page = read_page(html, received_at=NOW)
    except UnreadableArticleError:
        return
    page_fields(page, received_at=NOW)


def test_without_the_extra_the_problem_says_what_to_install():
    with (
        without_extra(),
        pytest.raises(UnreadableArticleError, match=r"event-timelines\[html\]") as caught,
    ):
        read_page("<p>Rain fell.</p>", received_at=NOW)
    assert caught.value.problem == "html-not-supported"
