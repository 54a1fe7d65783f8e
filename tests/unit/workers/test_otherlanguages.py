"""Articles in languages without rules of their own: dated sentences and the lead, trusted less."""

import tomllib
from pathlib import Path

import pytest

from service.temporal.calendars import GREGORIAN
from tests.making import claimed
from workers.grammar.analysis import build
from workers.pipeline import read_batch

FILE = Path(__file__).with_name("otherlanguages.toml")
CASES = tomllib.loads(FILE.read_text("utf-8"))["case"]
NAMES = [f"{case['language']} {case.get('about', '')}".strip() for case in CASES]


@pytest.fixture(scope="module")
def analyser():
    return build()


def read_one(analyser, text):
    """Read without a language given: it is told from the text."""
    ((_, found),) = read_batch([claimed(text=text, language=None)], analyser)
    return found


def iso(day):
    civil = GREGORIAN.from_day(day)
    return f"{civil.year}-{civil.month:02}-{civil.day:02}"


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_dated_sentences_and_the_lead_are_told(analyser, case):
    found = read_one(analyser, case["text"])
    assert (found.reading.language, found.reading.level) == (case["language"], "dates")
    told = [f"{each.kind.value} {iso(each.date.start)} {each.role}" for each in found.mentions]
    assert told == case["tells"]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_they_are_trusted_less_and_quoted_as_posted(analyser, case):
    for each in read_one(analyser, case["text"]).mentions:
        assert each.date.confidence <= 0.6
        assert case["text"][each.start : each.end] == each.quote
