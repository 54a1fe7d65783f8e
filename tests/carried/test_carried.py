"""What sentences carry besides their words, by the tables beside this file."""

import tomllib
from pathlib import Path

import pytest

from tests.carried.reading import READ, analyser, time_spans
from workers.details.figures import Saying, read_figures
from workers.grammar.clauses import read_clauses

TABLES = {
    name: tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
    for name in READ
}


def cases():
    for name, table in TABLES.items():
        gaps = table.get("known_gaps", [])
        for text, expected in (table["taken"] | table["not_taken"]).items():
            marks = [pytest.mark.xfail(reason="known gap", strict=True)] if text in gaps else []
            yield pytest.param(name, text, expected, marks=marks, id=f"{name}-{text[:50]}")


@pytest.mark.parametrize("name, text, expected", list(cases()))
def test_a_sentence_carries_what_its_table_says(name, text, expected):
    assert [each.rstrip() for each in expected] == READ[name](text)


@pytest.mark.parametrize("name", TABLES)
def test_few_sentences_of_a_table_are_known_gaps(name):
    table = TABLES[name]
    assert 8 * len(table.get("known_gaps", [])) <= len(table["taken"]) + len(table["not_taken"])


def test_a_figure_stands_where_its_words_and_comparator_stand():
    text = "Ärzte said more than 3,000 people died, and 20 to 30 were hurt."
    (sentence,) = analyser().analyse([text])[0]
    (tree,) = analyser().trees([sentence])
    found = read_figures(tree, read_clauses(tree), time_spans(text), Saying(as_of=20_000))
    assert [text[each.start : each.end] for each in found] == ["more than 3,000", "20 to 30"]
