"""Quotes are verbatim at their offsets, and dates inside their bounds, however a page is typed."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from service.documents.jsontext import loads
from tests.making import claimed
from workers.grammar.analysis import build
from workers.pipeline import read_batch
from workers.telling.quotes import LONGEST_QUOTE

GOLD = Path(__file__).parents[1] / "stories" / "gold"
ARTICLES = [
    article
    for path in sorted(GOLD.glob("*.toml"))
    for article in tomllib.loads(path.read_text(encoding="utf-8"))["article"]
]
analyser = cache(build)
STRANGE = (
    "  ",
    "\t",
    "\r\n",
    "\u00a0",
    "\u200b",
    "\u200f",
    "\ufeff",
    "😀",
    "\u0301",
    "“",
    "...",
    "\n",
)


@st.composite
def pages(draw):
    """An article of our own as somebody else would have typed it."""
    article = draw(st.sampled_from(ARTICLES))
    lines = [line for line in article["text"].split("\n") if line]
    if draw(st.booleans()):
        lines = draw(st.permutations(lines))
    text = draw(st.sampled_from(("\n", "\n\n", "\r\n\r\n", "  \n"))).join(lines)
    for at in sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)), reverse=True):
        text = text[:at] + draw(st.sampled_from(STRANGE)) + text[at:]
    title, rest = draw(st.sampled_from(((None, text), (lines[0], text), (lines[0], text[40:]))))
    return {**article, "text": rest, "title": title}


@given(pages())
@settings(max_examples=60, deadline=None)
def test_what_is_quoted_stands_there_and_what_is_shown_is_possible(page):
    ((_, read),) = read_batch([claimed(**page)], analyser())
    stands_there(page, read)
    for mention in read.mentions:
        is_possible(mention.date)


def stands_there(page, read):
    """Every quote, clause, figure and expression is verbatim at its offsets."""
    parts = {"text": page["text"], "title": page["title"] or ""}
    for mention in read.mentions:
        part = parts[mention.within]
        assert part[mention.start : mention.end] == mention.quote
        assert 0 < len(mention.quote) <= LONGEST_QUOTE
        assert mention.start <= mention.clause_start < mention.clause_end <= mention.end
        for figure in mention.figures:
            assert mention.start <= figure.start < figure.end <= mention.end
        for evidence in map(loads, mention.evidence):
            assert part[evidence["start"] : evidence["end"]] == evidence["text"]
    for each in map(loads, read.reading.expressions):
        assert page["text"][each["start"] : each["end"]] == each["text"]


def is_possible(date):
    """What is shown lies within what the text proves."""
    for day in (date.start, date.start_latest, date.end):
        assert None in (day, date.earliest) or date.earliest <= day
        assert None in (day, date.latest) or day <= date.latest
    assert None in (date.start, date.end) or date.start <= date.end
