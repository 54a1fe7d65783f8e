import random

import spacy
from spacy.training import Example

from training.style import headline_case, newsstyle, typeset

CHANCE = random.Random(0)  # noqa: S311  # the same in every run


def test_straight_quotes_become_curly_by_turns():
    words = ['"', "Go", '"', "``", "now", "''", "it's"]
    assert typeset(words, CHANCE) == ["“", "Go", "”", "“", "now", "”", "it’s"]


def test_double_hyphens_become_one_kind_of_dash():
    assert len(set(typeset(["--", "---"], CHANCE))) == 1


def test_a_headline_has_capitals_but_for_small_words_within():
    words = ["the", "end", "of", "a", "strike", "n't", "5"]
    assert headline_case(words) == ["The", "End", "of", "a", "Strike", "n't", "5"]


def test_every_look_keeps_the_tree_and_the_number_of_words():
    nlp = spacy.blank("en")
    doc = nlp.make_doc('He said "go" -- now')
    told = {"heads": [1, 1, 3, 1, 3, 1, 1], "deps": ["nsubj", "ROOT", *["dep"] * 5]}
    example = Example.from_dict(doc, told)
    for share in ({"curly": 1.0}, {"lower": 1.0}, {"upper": 1.0}, {"title": 1.0}):
        usual = {"curly": 0.0, "lower": 0.0, "upper": 0.0, "title": 0.0}
        (styled,) = newsstyle(**(usual | share))(nlp, example)
        assert len(styled.reference) == len(example.reference)
        assert [token.head.i for token in styled.reference] == told["heads"]
