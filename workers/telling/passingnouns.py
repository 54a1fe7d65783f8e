"""Drafts of what a noun tells in passing: "amid *thousands of arrests*", "the *pending execution*".

They open no event, and join one that a clause tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.timeline.model import Kind, Status
from workers.grammar.clauses import noun_phrase
from workers.grammar.trees import Node, Tree
from workers.lexicon.triggers import Triggers
from workers.telling.drafts import Draft
from workers.telling.nominal import noun_draft
from workers.telling.tellings import Telling
from workers.telling.told import Told
from workers.text.layout import Role

_MANY = frozenset({"thousand", "hundred", "dozen", "score", "ten"})
_OF_PEOPLE = frozenset({"arrest", "kill", "die", "wound"})
"""Classes whose number is one of people, and so a toll."""


def read_passing_nouns(
    telling: Telling, tree: Tree, found: Sequence[Draft], table: Triggers
) -> Iterator[Draft]:
    """The drafts of one sentence of prose, but for nouns of what `found` tell: tolls and plans."""
    if telling.role is not Role.PROSE:
        return
    known = {at for each in found for at in (each.clause.head, *each.nouns)}
    for at, node in enumerate(tree.nodes):
        group = table.nouns.get(node.lemma.lower(), "")
        if not group:
            continue
        if group in _OF_PEOPLE and node.tag == "NNS" and at not in known and _is_counted(tree, at):
            planned = False
        elif _is_to_come(tree, at, table):
            planned = True
        else:
            continue
        told = _told(node, group, planned=planned)
        yield noun_draft(telling, tree, at, told, _words(tree, at, planned=planned))


def _is_counted(tree: Tree, at: int) -> bool:
    above = tree.nodes[tree.nodes[at].head]
    return bool(tree.of_kind(at, "nummod")) or (
        "of" in tree.cases(at) and above.lemma.lower() in _MANY
    )


def _is_to_come(tree: Tree, at: int, table: Triggers) -> bool:
    """The pending execution; plans for the merger."""
    lists = table.lists
    if any(tree.nodes[each].lower in lists["ahead"] for each in tree.of_kind(at, "amod")):
        return True
    above = tree.nodes[tree.nodes[at].head]
    return (
        "for" in tree.cases(at) and above.pos == "NOUN" and above.lemma.lower() in lists["plotting"]
    )


def _told(node: Node, group: str, *, planned: bool) -> Told:
    return Told(
        kind=Kind.PLANNED if planned else Kind.HAPPENING,
        status=Status.PLANNED if planned else Status.HAPPENED,
        trigger=node.lemma.lower(),
        trigger_class=group,
        opens=False,
    )


def _words(tree: Tree, at: int, *, planned: bool) -> tuple[int, ...]:
    """The phrase of the noun, with the number that it is counted by: "thousands of arrests"."""
    is_of = not planned and not tree.of_kind(at, "nummod")
    return noun_phrase(tree, tree.nodes[at].head if is_of else at)
