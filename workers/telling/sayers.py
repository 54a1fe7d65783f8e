"""Who says what a clause tells: the reporting clause's subject, "according to", "citing".

The nearest comes first: of "the mayor said police told him that ..." police, then the mayor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workers.grammar.clauses import Clause, Role, noun_phrase
from workers.grammar.trees import MOST_STEPS, Node, Tree
from workers.lexicon import cues
from workers.lexicon.triggers import english

LONGEST_SAYER = 8
"""Words of a sayer's name; what is longer is cut at its first comma or verb anyway."""

_NO_SOURCE = frozenset({"plan", "schedule", "law", "tradition", "custom", "script", "need"})
_SAID = frozenset({"said", "says", "reported", "announced", "added", "told"})
_STOPS = frozenset({",", ".", ";", ":", "—", "–", "(", ")", "”", "“", '"'})


def sayers(text: str, tree: Tree, clauses: Sequence[Clause], at: int) -> tuple[str, ...]:
    """Who says the clause at index `at`, nearest first; `text` is the sentence as written."""
    reported = [*_reporters(text, tree, clauses, at)]
    named = [_phrase(text, tree, words) for words in named_sayers(tree)]
    closing = [] if reported else _closing(text, tree)
    return tuple(dict.fromkeys([*reported, *closing, *named]))


def reporter_of(clauses: Sequence[Clause], at: int) -> int | None:
    """The clause that says what this one tells: above a reported one, or an aside below it."""
    clause = clauses[at]
    if clause.role is Role.REPORTED:
        return clause.parent
    if clause.role is Role.COORDINATE and clause.parent is not None:
        first = clauses[clause.parent]
        if first.role is Role.REPORTED:
            return first.parent
    return next(
        (
            number
            for number, each in enumerate(clauses)
            if each.role is Role.ASIDE and each.parent == at and cues.SAY.search(each.verb)
        ),
        None,
    )


def _reporters(text: str, tree: Tree, clauses: Sequence[Clause], at: int) -> Iterator[str]:
    here = at
    for _ in range(MOST_STEPS):
        above = reporter_of(clauses, here)
        above = _behind(clauses, here) if above is None else above
        if above is None:
            return
        here, clause = above, clauses[above]
        subject = clause.subject if clause.subject is not None else _inverted(tree, clause)
        if subject is not None and tree.nodes[subject].pos != "PRON" and _says(clause):
            yield _phrase(text, tree, noun_phrase(tree, subject))


def _behind(clauses: Sequence[Clause], at: int) -> int | None:
    """The clause of saying behind what is said: "The dam collapsed, *the agency reported*"."""
    clause = clauses[at]
    if clause.parent is None or clause.marker or clause.role not in {Role.ASIDE, Role.SUBORDINATE}:
        return None
    above = clauses[clause.parent]
    return clause.parent if clause.head < above.head and _says(above) else None


def _inverted(tree: Tree, clause: Clause) -> int | None:
    """The subject behind its verb: "said *Harold Finn*"."""
    behind = [each for each in tree.children[clause.head] if each > clause.head]
    nouns = [each for each in behind if tree.nodes[each].pos in {"NOUN", "PROPN"}]
    return next(iter(nouns), None)


def _says(clause: Clause) -> bool:
    table = english()
    listed = table.is_listed("saying", clause.verb) or table.is_listed("acts", clause.verb)
    return listed or cues.SAY.search(clause.verb) is not None


def named_sayers(tree: Tree) -> Iterator[range]:
    """The words of who says it: according to the mayor, per the ministry, citing the army."""
    nodes = tree.nodes
    for at, node in enumerate(nodes[:-1]):
        first = at + 1
        if node.lower == "according":
            first += nodes[first].lower == "to"
            if first == at + 1:
                continue
        elif node.lower == "per":
            if at or nodes[first].lower not in {"the", "a", "its"}:
                continue
        elif node.lower != "citing":
            continue
        words = _until_stop(nodes, first)
        if words and nodes[words[-1]].lower not in _NO_SOURCE:
            yield words


def _closing(text: str, tree: Tree) -> list[str]:
    """The sayer at a sentence's end, however it was parsed: ", a spokesman said on Tuesday."."""
    nodes = tree.nodes
    for at in range(len(nodes) - 1, 0, -1):
        if nodes[at].pos == "VERB" and nodes[at].lower not in _SAID:
            break
        if nodes[at].lower in _SAID and nodes[at - 1].pos in {"NOUN", "PROPN"}:
            first = at
            while first > 0 and nodes[first - 1].text not in _STOPS and at - first < LONGEST_SAYER:
                first -= 1
            return [_phrase(text, tree, range(first, at))] if first and first < at else []
    return []


def _until_stop(nodes: Sequence[Node], first: int) -> range:
    at = first
    while at < len(nodes) and at - first < LONGEST_SAYER:
        node = nodes[at]
        if node.pos == "ADJ" and at > first and nodes[at - 1].pos == "NOUN":
            break
        if node.text in _STOPS or node.pos in {"VERB", "AUX"} or node.lower in {"that", "who"}:
            break
        at += 1
    return range(first, at)


def _phrase(text: str, tree: Tree, words: Sequence[int]) -> str:
    """The words as written, without the space of a line's end."""
    base = tree.nodes[0].start
    first, last = tree.nodes[words[0]], tree.nodes[words[-1]]
    return " ".join(text[first.start - base : last.end - base].split())
