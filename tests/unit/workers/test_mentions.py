"""What sentences tell, as data: one case for each rule of `workers.telling`."""

import tomllib
from pathlib import Path

import pytest

from tests.making import claimed
from workers.grammar.analysis import build
from workers.pipeline import read_batch

CASES = tomllib.loads(Path(__file__).with_name("mentions.toml").read_text("utf-8"))["case"]
LEAD = "The river is wide and slow, and the valley is a quiet place in every season."


@pytest.fixture(scope="module")
def analyser():
    return build()


def told(analyser, text):
    """The mentions of a text that may be events by themselves, in order."""
    ((_, read),) = read_batch([claimed(text=text, language="en")], analyser)
    return [each for each in read.mentions if each.opens]


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_a_sentence_tells_what_the_rule_says(analyser, case):
    found = told(analyser, f"{LEAD}\n\n{case['text']}")
    labels = [f"{each.kind.value} {each.status.value} {each.trigger}" for each in found]
    assert labels == case["tells"]


WORDINGS = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", WORDINGS, ids=[case["rule"] for case in WORDINGS])
def test_a_headline_is_worded_as_the_rule_says(analyser, case):
    found = told(analyser, f"{LEAD}\n\n{case['text']}")
    assert [each.headline for each in found] == case["headlines"]


HEADLINES = tomllib.loads(Path(__file__).with_name("headlines.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", HEADLINES, ids=[case["rule"] for case in HEADLINES])
def test_a_headline_tells_what_the_rule_says(analyser, case):
    text = f"{case['title']}\n\n{case['text']} {LEAD}"
    ((_, read),) = read_batch([claimed(text=text, language="en")], analyser)
    found = [each for each in read.mentions if each.role == "headline"]
    labels = [
        f"{each.kind.value} {each.status.value} {each.trigger}/{each.trigger_class}"
        for each in found
    ]
    assert labels == case["tells"]


PASSING = tomllib.loads(Path(__file__).with_name("passing.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", PASSING, ids=[case["rule"] for case in PASSING])
def test_what_is_told_in_passing_opens_no_event(analyser, case):
    text = f"{LEAD}\n\n{case['text']}"
    ((_, read),) = read_batch([claimed(text=text, language="en")], analyser)
    found = [each for each in read.mentions if not each.opens]
    labels = [f"{each.kind.value} {each.trigger}/{each.trigger_class}" for each in found]
    assert labels == case["tells"]


TRIGGERS = tomllib.loads(Path(__file__).with_name("triggers.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", TRIGGERS, ids=[case["rule"] for case in TRIGGERS])
def test_the_words_that_tell_are_of_their_class(analyser, case):
    found = told(analyser, f"{LEAD}\n\n{case['text']}")
    assert [f"{each.trigger}/{each.trigger_class}" for each in found] == case["tells"]
