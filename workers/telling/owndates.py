"""Which clause of a sentence an expression of time belongs to: the one that its words hang on.

A parser that errs leaves the day between subject and verb ("the navy on Thursday seized a boat")
with the noun before it, or with no clause at all; what follows it tells better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from service.temporal.timex import Resolution
from workers.grammar.clauses import Clause
from workers.grammar.trees import Tense, Tree

NEAREST = 2
"""Words between an expression and the verb that it stands before: "on Thursday again seized"."""

_AT = frozenset({"in", "during", "by", "amid", "at", "on", "after", "since", "before", "until"})
"""Prepositions by which a dated event dates what is told: "hurt in Sunday's quake"."""


def dates_by_clause(
    tree: Tree, clauses: Sequence[Clause], resolutions: Iterable[Resolution]
) -> list[list[Resolution]]:
    """The expressions of each clause, in the order of the text."""
    found: list[list[Resolution]] = [[] for _ in clauses]
    owner = {word: at for at, clause in enumerate(clauses) for word in clause.words}
    for each in resolutions:
        clause = _owner(tree, clauses, each, owner)
        if clause is not None:
            found[clause].append(each)
    return found


def _owner(
    tree: Tree, clauses: Sequence[Clause], resolution: Resolution, owner: Mapping[int, int]
) -> int | None:
    span = resolution.span
    inside = [at for at, node in enumerate(tree.nodes) if span.start <= node.start < span.end]
    if not inside:
        return None
    heads = [at for at in inside if tree.nodes[at].head not in inside]
    hangs = next((owner[at] for at in heads if at in owner), None)
    if hangs is not None and any(_is_of_object(tree, at, clauses[hangs]) for at in heads):
        return None
    before = _stands_before(tree, clauses, inside)
    if before is not None and (hangs is None or _is_beside(tree, clauses[hangs])):
        return before
    return hangs if hangs is not None else _nearest(clauses, inside)


def _is_of_object(tree: Tree, at: int, clause: Clause) -> bool:
    """Whether it only tells which one is meant: "convicted of *the 20 June* murder".

    Not in "killed in Sunday's quake", nor in the subject of the clause.
    """
    noun = tree.nodes[at].head
    if noun <= at or tree.nodes[noun].pos != "NOUN" or tree.of_kind(at, "case"):
        return False
    if not any(each < at for each in tree.of_kind(noun, "det")):
        return False
    cases = {tree.nodes[each].lower for each in tree.of_kind(noun, "case")}
    beside = tree.nodes[noun].kind in {"obj", "nmod", "obl"} and cases.isdisjoint(_AT)
    return beside and noun != clause.subject


def _stands_before(tree: Tree, clauses: Sequence[Clause], inside: Sequence[int]) -> int | None:
    """The clause whose finite verb follows the expression: "on Thursday seized"."""
    if inside[0] == 0:
        return None
    for at in range(inside[-1] + 1, min(inside[-1] + 2 + NEAREST, len(tree.nodes))):
        for number, clause in enumerate(clauses):
            if clause.head == at and tree.nodes[at].tag in {"VBD", "VBN"}:
                return number
        if tree.nodes[at].pos not in {"ADV", "AUX"}:
            return None
    return None


def _is_beside(tree: Tree, clause: Clause) -> bool:
    """Whether the clause only tells of a noun by an "-ing": "the navy patrolling the gulf"."""
    return clause.tense is Tense.NONE and tree.nodes[clause.head].tag == "VBG"


def _nearest(clauses: Sequence[Clause], inside: Sequence[int]) -> int | None:
    """Of an expression that hangs on none: the next clause after it, else the last before it."""
    after = [at for at, clause in enumerate(clauses) if clause.head > inside[-1]]
    if after:
        return after[0]
    return len(clauses) - 1 if clauses else None
