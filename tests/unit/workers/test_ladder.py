"""The rungs of the dating ladder, as data: `ladder.toml`, published on Tuesday 27 January 2026."""

import tomllib
from pathlib import Path

import pytest

from service.documents.dates import iso_day
from tests.making import claimed
from workers.grammar.analysis import build
from workers.pipeline import read_batch

CASES = tomllib.loads(Path(__file__).with_name("ladder.toml").read_text(encoding="utf-8"))["case"]
DAYS = ("start", "end", "earliest", "latest", "start_latest")


@pytest.fixture(scope="module")
def analyser():
    return build()


@pytest.fixture(scope="module")
def read_mentions(analyser):
    def read(text):
        ((_, found),) = read_batch([claimed(text=text, language="en")], analyser)
        return found.mentions

    return read


def words_of(mention):
    first = mention.clause_start - mention.start
    return mention.quote[first : first + mention.clause_end - mention.clause_start]


def told_as(mention, mentions):
    """What a case may ask of a mention."""
    date, pointer = mention.date, mention.pointer
    days = {name: getattr(date, name) for name in DAYS}
    told = {name: iso_day(day) for name, day in days.items() if day is not None}
    told |= {"basis": date.basis.value, "inferred": date.inferred, "durative": date.durative}
    told |= {"status": mention.status.value, "granularity": date.granularity.word}
    told["says"] = mention.derivation[-1] if mention.derivation else ""
    if pointer is not None:
        target = next(each for each in mentions if each.id == pointer.target)
        told |= {"relation": pointer.relation.value, "target": words_of(target)}
        told |= {"least": pointer.least, "most": pointer.most}
    return told


def find_told(mentions, words):
    """The mention with the shortest clause that holds the words."""
    holding = [each for each in mentions if words in words_of(each)]
    assert holding, [words_of(each) for each in mentions]
    return told_as(min(holding, key=lambda each: len(words_of(each))), mentions)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_first_rung_that_fires_gives_the_day(case, read_mentions):
    told = find_told(read_mentions(case["text"]), case["clause"])
    asked = {name: case[name] for name in case if name not in {"name", "text", "clause", "none"}}
    if "target" in asked:
        assert asked.pop("target") in told.pop("target")
    assert {name: told.get(name) for name in asked} == asked
    assert [name for name in case.get("none", ()) if name in told] == []
