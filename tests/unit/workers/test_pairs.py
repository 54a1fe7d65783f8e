"""Pairs of reports as data: which two tell one event, whatever their words."""

import tomllib
from pathlib import Path

import pytest

from service.timeline.links import find_link
from tests.making import claimed
from workers.grammar.analysis import build
from workers.pipeline import read_batch

PAIRS = tomllib.loads(Path(__file__).with_name("pairs.toml").read_text("utf-8"))["pair"]
LEAD = "The river is wide and slow, and the valley is a quiet place in every season."


@pytest.fixture(scope="module")
def analyser():
    return build()


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["rule"] for pair in PAIRS])
def test_two_reports_are_joined_where_they_tell_one_event(analyser, pair):
    one, other = (told(analyser, name, *pair[name]) for name in ("one", "other"))
    linked = {find_link(mine, yours) is not None for mine in one for yours in other}
    assert (True in linked) is pair["joined"]


def told(analyser, name, published, text):
    """The happenings of the article `name`; there is at least one."""
    article = claimed(
        text=f"{LEAD}\n\n{text}", published_at=published, external_id=name, language="en"
    )
    ((_, read),) = read_batch([article], analyser)
    assert read.mentions, text
    return read.mentions
