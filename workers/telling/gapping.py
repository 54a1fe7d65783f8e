"""One verb for two deeds: "shells hit a market on Tuesday and a school on Wednesday".

Each has its day; the second lacks its verb, which is called gapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from service.temporal.timex import Resolution
from workers.grammar.clauses import noun_phrase
from workers.grammar.trees import Tree
from workers.telling.drafts import NO_CLAUSE, Draft

_JOINS = frozenset({"and", "or", "but"})
_NAMING = frozenset({"NOUN", "PROPN"})


def parted(draft: Draft) -> tuple[Draft, ...]:
    """The draft, or the two that share its verb."""
    if len(draft.own) > 1:
        for at, joint in _seconds(draft.tree, draft):
            cut = draft.tree.nodes[joint].start
            first = tuple(each for each in draft.own if each.span.end <= cut)
            second = tuple(each for each in draft.own if each.span.start > cut)
            if len(first) == len(second) == 1 and draft.start < cut < draft.end:
                return _first(draft, joint, first), _second(draft, at, joint, second)
    return (draft,)


def _seconds(tree: Tree, draft: Draft) -> Iterator[tuple[int, int]]:
    """The nouns that stand beside the verb or its object, each with the word that joins it."""
    clause = draft.clause
    for above in (clause.head, *clause.objects):
        for at in tree.of_kind(above, "conj"):
            joints = [each for each in tree.of_kind(at, "cc") if tree.nodes[each].lower in _JOINS]
            if joints and tree.nodes[at].pos in {"NOUN", "PROPN", "PRON", "NUM", "DET"}:
                yield at, joints[0]


def _first(draft: Draft, joint: int, own: tuple[Resolution, ...]) -> Draft:
    """What stands before the joining word."""
    end = draft.tree.nodes[joint - 1].end
    before = range(joint)
    objects = tuple(each for each in draft.clause.objects if each in before)
    clause = replace(draft.clause, words=_in(draft.clause.words, before), end=end, objects=objects)
    return replace(
        draft,
        clause=clause,
        end=end,
        own=own,
        words=_in(draft.words, before),
        nouns=_in(draft.nouns, before),
    )


def _second(draft: Draft, at: int, joint: int, own: tuple[Resolution, ...]) -> Draft:
    """What stands behind it, with the subject and the verb of the first."""
    tree, clause = draft.tree, draft.clause
    behind = range(joint + 1, len(tree.nodes))
    start = tree.nodes[joint + 1].start
    subject = () if clause.subject is None else noun_phrase(tree, clause.subject)
    words = (*subject, clause.head, *_in(clause.words, behind))
    nouns = tuple(each for each in noun_phrase(tree, at) if tree.nodes[each].pos in _NAMING)
    passive = clause.passive and clause.subject is not None
    return replace(
        draft,
        clause=replace(
            clause,
            words=tuple(dict.fromkeys(words)),
            start=start,
            subject=at if passive else clause.subject,
            objects=() if passive else (at,),
        ),
        start=start,
        own=own,
        words=_in(draft.words, behind),
        nouns=nouns,
        number=NO_CLAUSE,
    )


def _in(words: Iterable[int], inside: range) -> tuple[int, ...]:
    return tuple(each for each in words if each in inside)
