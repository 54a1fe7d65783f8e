"""Whom a leading pronoun means: the nearest subject before it that fits, where that is safe.

Persons are names of several parts, parts of them told again, and nouns for people. "It" and "this"
mean too many things, and stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.grammar.clauses import noun_phrase
from workers.grammar.trees import Tree
from workers.lexicon.triggers import english

MOST_WORDS = 6
"""Words of a phrase that may stand for a pronoun."""
WINDOW = 400
"""Characters back to which a pronoun reaches."""

_ONE = {"he": "female_people", "she": "male_people"}
_MANY = "they"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject at `start` of the text: its words, its last noun, its number."""

    start: int
    text: str
    noun: str
    is_plural: bool
    is_person: bool


def find_subjects(trees: Sequence[Tree]) -> tuple[Subject, ...]:
    """The subjects of an article's sentences that a pronoun may mean, in order."""
    found: list[Subject] = []
    surnames: set[str] = set()
    for tree in trees:
        for at in _subjects(tree):
            phrase = noun_phrase(tree, at)
            surnames |= _parts_of_name(tree, at)
            if len(phrase) <= MOST_WORDS:
                found.append(_subject(tree, at, phrase, surnames))
    return tuple(found)


def find_antecedent(subjects: Sequence[Subject], pronoun: str, at: int) -> str:
    """The words that the pronoun at `at` stands for; empty where that is not safe."""
    before = [each for each in subjects if at - WINDOW <= each.start < at]
    if pronoun == _MANY:
        last = before[-1:]
        return last[0].text if last and last[0].is_plural else ""
    wrong = _ONE.get(pronoun)
    if wrong is None:
        return ""
    fitting = [
        each
        for each in before
        if each.is_person and not each.is_plural and not english().is_listed(wrong, each.noun)
    ]
    return fitting[-1].text if fitting else ""


def _subjects(tree: Tree) -> Iterator[int]:
    for at, node in enumerate(tree.nodes):
        if node.kind == "nsubj" and node.pos in {"NOUN", "PROPN"}:
            yield at


def _subject(tree: Tree, at: int, phrase: Sequence[int], surnames: set[str]) -> Subject:
    nodes = [tree.nodes[each] for each in phrase]
    named = tree.nodes[at].text in surnames and not any(each.kind == "det" for each in nodes)
    noun = tree.nodes[at].lemma.lower()
    return Subject(
        start=nodes[0].start,
        text=" ".join(each.text for each in nodes),
        noun=noun,
        is_plural=tree.nodes[at].tag in {"NNS", "NNPS"},
        is_person=named or english().is_listed("people", noun),
    )


def _parts_of_name(tree: Tree, at: int) -> set[str]:
    """The words of a name of several parts: "Ada" and "Lorne"."""
    flat = [
        tree.nodes[each].text
        for each in tree.of_kind(at, "flat", "appos")
        if each == at + 1 and tree.nodes[each].pos == "PROPN"
    ]
    bare = not tree.of_kind(at, "det")
    return {tree.nodes[at].text, *flat} if flat and bare else set()
