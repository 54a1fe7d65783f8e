"""Verbs that tell only with what they govern: "take to the streets", "call on", "open fire"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workers.grammar.clauses import Clause
from workers.grammar.trees import Tree
from workers.lexicon.triggers import Triggers

_PREPOSITIONS = frozenset({"on", "for", "into"})
"""What makes a verb another one by itself: "call on", "look into"."""


def phrased(tree: Tree, clauses: Sequence[Clause], table: Triggers) -> tuple[Clause, ...]:
    """The clauses, each under the longest phrase of its verb that the table knows."""
    return tuple(_phrased(tree, each, table) for each in clauses)


def _phrased(tree: Tree, clause: Clause, table: Triggers) -> Clause:
    known = [each for each in _phrases(tree, clause) if table.knows(each)]
    return replace(clause, verb=max(known, key=len)) if known else clause


def _phrases(tree: Tree, clause: Clause) -> Iterator[str]:
    """The verb with each object, with each preposition, and with both its words."""
    verb = clause.verb
    for at in clause.objects:
        if not _is_owned(tree, at):
            yield f"{verb} {tree.nodes[at].lemma.lower()}"
        yield from (f"{verb} to {noun}" for noun in _ends(tree, at))
    passive = (clause.subject,) if clause.passive and clause.subject is not None else ()
    for at in passive:
        yield f"{verb} {tree.nodes[at].lemma.lower()}"
    for at in tree.of_kind(clause.head, "obl", "obj", "nmod", "advmod", "xcomp"):
        word = tree.nodes[at].lemma.lower()
        if at not in clause.objects:
            yield f"{verb} {word}"
        is_whole = tree.nodes[at].pos != "NUM" and not clause.passive
        for case in tree.of_kind(at, "case", "mark"):
            if case < at:
                if is_whole and tree.nodes[case].lower in _PREPOSITIONS:
                    yield f"{verb} {tree.nodes[case].lower}"
                yield f"{verb} {tree.nodes[case].lower} {word}"


def _ends(tree: Tree, at: int) -> Iterator[str]:
    """What it is brought to, where that hangs on the noun: "condemned a man *to death*"."""
    for each in tree.of_kind(at, "nmod"):
        if "to" in tree.cases(each):
            yield tree.nodes[each].lemma.lower()


def _is_owned(tree: Tree, at: int) -> bool:
    """Whether one thing is somebody's: "took its place"; "lost their lives" are many."""
    plural = tree.nodes[at].tag == "NNS"
    return not plural and any(
        tree.nodes[each].relation == "nmod:poss" for each in tree.children[at]
    )
