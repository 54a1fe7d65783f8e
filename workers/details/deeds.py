"""What a draft tells by its class, and who it happens to: what two wordings of one deed share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workers.grammar.clauses import Clause
from workers.grammar.trees import Tree
from workers.lexicon.triggers import english
from workers.telling.told import Told
from workers.text.words import SMALL, fold_word, stem

_CAUSES = frozenset({"in", "by", "with", "from", "into", "on"})
"""Before a noun that is part of what happened: killed *in* the quake, not arrested *after* it."""
_LEADING = frozenset({"lead", "result", "trigger", "spark", "prompt", "provoke", "cause"})
_SAME = ("conj", "appos", "flat")


@dataclass(frozen=True, slots=True)
class Deed:
    """The classes of what a clause tells, and the stems of the nouns that head its parties.

    `classes` are that of its trigger and those of the event nouns among its subject, objects and
    causes: "a strong quake killed 14" tells of killing and of a quake. Both are sorted.
    """

    classes: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


UNTOLD = Deed()


def read_deed(tree: Tree, clause: Clause, told: Told, words: Iterable[int] = ()) -> Deed:
    """The deed that a clause tells; `words` are the nodes of all clauses that belong to it."""
    nouns = set(_parties(tree, clause))
    parties = {stem(fold_word(tree.nodes[at].text)) for at in nouns if _is_noun(tree, at)}
    named = {*nouns, *_causes(tree, clause), clause.head}
    vague = {at for at in nouns if not _class(tree, at)}
    classes = {_class(tree, at) for at in (*named, *_parts(tree, vague), *_results(tree, words))}
    return Deed(
        classes=tuple(sorted({told.trigger_class, *classes} - {""})),
        parties=tuple(sorted(each for each in parties if not SMALL.fullmatch(each))),
    )


def _parties(tree: Tree, clause: Clause) -> Iterator[int]:
    """The nouns that head its subject, objects and agents, through lists."""
    heads = (*clause.objects, *clause.agents)
    waiting = list(heads if clause.subject is None else (clause.subject, *heads))
    while waiting:
        at = waiting.pop()
        yield at
        waiting.extend(tree.of_kind(at, *_SAME))


def _causes(tree: Tree, clause: Clause) -> Iterator[int]:
    for at in tree.of_kind(clause.head, "obl"):
        cases = tree.cases(at)
        if cases and cases <= _CAUSES:
            yield at


def _results(tree: Tree, words: Iterable[int]) -> Iterator[int]:
    """What it led to: "refused the order, *leading to his arrest*"."""
    for at in words:
        node = tree.nodes[at]
        if node.tag == "VBG" and node.lemma.lower() in _LEADING:
            yield from tree.of_kind(at, "obj", "obl")


def _parts(tree: Tree, nouns: set[int]) -> Iterator[int]:
    """What a vague noun is made or told of: "bomb threat", "a wave of protests"."""
    for noun in sorted(nouns):
        yield from tree.of_kind(noun, "compound")
        for at in tree.of_kind(noun, "nmod"):
            if "of" in tree.cases(at):
                yield at


def _class(tree: Tree, at: int) -> str:
    listed, noun = english().nouns, tree.nodes[at].lemma.lower()
    before = tree.nodes[at - 1].lower if at else ""
    return listed.get(f"{before} {noun}") or listed.get(noun, "")


def _is_noun(tree: Tree, at: int) -> bool:
    return tree.nodes[at].tag.startswith("NN")
