"""The corpus and docs/conventions.md name the same conventions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "conventions.md").read_text(encoding="utf-8")
ROWS = set(re.findall(r"^\| ([^|`]+?) \|", PAGE, re.MULTILINE))
FILES = sorted((ROOT / "tests" / "corpus").glob("*.toml"))
MARK = "docs/conventions.md: "
KEYS = {
    "value",
    "mod",
    "earliest",
    "latest",
    "granularity",
    "type",
    "edtf",
    "calendar",
    "relation",
    "candidates",
    "frame",
    "interval",
    "implies",
    "parts",
    "event",
    "bound",
    "bound_lasting",
    "quant",
    "freq",
    "xfail",
    "texts",
    "source",
    "language",
    "title",
    "zone",
    "domain",
    "publisher",
    "because",
}


def examples(path):
    return tomllib.loads(path.read_text(encoding="utf-8")).get("example", [])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_convention_that_the_corpus_names_has_its_row(path):
    named = {
        each["source"].removeprefix(MARK)
        for each in examples(path)
        if each.get("source", "").startswith(MARK)
    }
    assert named - ROWS == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples_have_known_keys_and_one_gap_in_their_frame(path):
    for each in examples(path):
        assert each.keys() <= KEYS
        assert each.get("frame", "{}").count("{}") == 1
        assert each["texts"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_phrase_stands_twice_in_the_same_frame(path):
    seen = [(each.get("frame", "{}"), text) for each in examples(path) for text in each["texts"]]
    assert sorted(set(seen)) == sorted(seen)


def test_the_corpus_has_phrases_and_near_misses_enough():
    phrases = sum(len(each["texts"]) for path in FILES for each in examples(path))
    document = tomllib.loads((ROOT / "tests/corpus/not_dates.toml").read_text(encoding="utf-8"))
    misses = sum(len(group["texts"]) for group in document["group"])
    assert phrases >= 330
    assert misses >= 120
