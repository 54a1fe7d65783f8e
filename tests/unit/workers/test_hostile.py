"""Texts that are no articles: each is processed, in time that grows with its length alone."""

import time

import pytest

from service.documents.jsontext import loads
from tests.making import claimed
from workers.extract import MOST_MENTIONS
from workers.grammar.analysis import build
from workers.pipeline import read_batch

SIZE = 10_000
GROWTH = 2.6
"""Times that double the text may take, beside a noise of FLOOR seconds."""
FLOOR = 0.25

RUBBISH = {
    "digits": "1234567890",
    "a single digit": "1",
    "letters without a space": "a",
    "line breaks": "\n",
    "short lines": "word word\n",
    "straight quotes": '"',
    "open quotes": "“",
    "apostrophes": "'",
    "emoji": "😀",
    "joined emoji": "👩‍👩‍👧",
    "combining marks": "\u0301",
    "words from the right": "مرحبا ",
    "overrides of direction": "\u202eabc ",
    "one word": "word ",
    "one weekday": "Tuesday ",
    "one date": "1 January 2026 ",
    "open tags": "<div>",
    "brackets": "(",
    "full stops": ". ",
    "slugs": "a-",
    "ones and slashes": "1/",
    "commas": ", ",
    "dashes": "-",
    "tabs": "\t",
}
REPORTS = {
    "one report": "He fell on 1 January 2026. ",
    "tags": '<p class="a">It <b>fell</b> on Monday.</p>\n',
    "an endless sentence": "the old bridge fell on Monday, and ",
    "questions": "Is it Monday? ",
    "credits": "It fell. Ann Wire/Getty\n",
}


@pytest.fixture(scope="module")
def analyser():
    return build()


@pytest.fixture
def read(analyser):
    def read_one(text):
        ((_, found),) = read_batch([claimed(text=text)], analyser)
        return found

    return read_one


def filled(unit, size):
    return "x" + (unit * (size // len(unit) + 1))[: size - 1]


@pytest.mark.parametrize("name", RUBBISH)
def test_rubbish_is_processed_and_tells_nothing(read, name):
    assert read(filled(RUBBISH[name], SIZE)).reading.outcome == "nothing_to_tell"


@pytest.mark.parametrize("name", [*RUBBISH, *REPORTS])
def test_spans_are_exact_in_any_text(read, name):
    text = filled((RUBBISH | REPORTS)[name], SIZE)
    found = read(text)
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.quote
    for expression in map(loads, found.reading.expressions):
        assert text[expression["start"] : expression["end"]] == expression["text"]


@pytest.mark.parametrize("name", [*RUBBISH, *REPORTS])
def test_time_grows_with_the_length_alone(read, name):
    unit = (RUBBISH | REPORTS)[name]

    def seconds(size):
        started = time.process_time()
        read(filled(unit, size))
        return time.process_time() - started

    # The best of a few: what else the machine does only ever adds time.
    tries = 0
    short, long = seconds(SIZE), seconds(2 * SIZE)
    while long > GROWTH * short + FLOOR and tries < 4:
        short, long, tries = min(short, seconds(SIZE)), min(long, seconds(2 * SIZE)), tries + 1
    assert long <= GROWTH * short + FLOOR, f"{short:.2f} s, doubled {long:.2f} s"


def test_more_mentions_than_are_kept_are_said(read):
    body = "".join(f"The bridge of hall {number} fell on Monday. " for number in range(510))
    found = read(body)
    assert len(found.mentions) == MOST_MENTIONS
    (notice,) = loads(found.reading.notices)
    assert notice["code"] == "too_many_mentions"
    assert "500" in notice["says"]


def test_as_many_mentions_as_are_kept_need_no_notice(read):
    body = "".join(f"The bridge of hall {number} fell on Monday. " for number in range(500))
    assert loads(read(body).reading.notices) == []
