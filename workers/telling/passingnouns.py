"""Drafts of what a noun tells in passing: "amid *thousands of arrests*", "the *pending execution*".

They open no event, and join one that a clause tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.timeline.model import Certainty, Kind, Status
from workers.grammar.clauses import noun_clause, noun_phrase
from workers.grammar.trees import Node, Tree
from workers.lexicon.triggers import Triggers
from workers.telling.drafts import Draft
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
    told = {at for each in found for at in (each.clause.head, *each.nouns)}
    for at, node in enumerate(tree.nodes):
        group = table.nouns.get(node.lemma.lower(), "")
        if not group:
            continue
        if group in _OF_PEOPLE and node.tag == "NNS" and at not in told and _is_counted(tree, at):
            yield _draft(telling, tree, at, _told(node, group, Kind.HAPPENING))
        elif _is_to_come(tree, at, table):
            yield _draft(telling, tree, at, _told(node, group, Kind.PLANNED))


def _is_counted(tree: Tree, at: int) -> bool:
    above = tree.nodes[tree.nodes[at].head]
    is_of = any(tree.nodes[each].lower == "of" for each in tree.of_kind(at, "case"))
    return bool(tree.of_kind(at, "nummod")) or (is_of and above.lemma.lower() in _MANY)


def _is_to_come(tree: Tree, at: int, table: Triggers) -> bool:
    """The pending execution; plans for the merger."""
    lists = table.lists
    if any(tree.nodes[each].lower in lists["ahead"] for each in tree.of_kind(at, "amod")):
        return True
    above = tree.nodes[tree.nodes[at].head]
    is_for = any(tree.nodes[each].lower == "for" for each in tree.of_kind(at, "case"))
    return is_for and above.pos == "NOUN" and above.lemma.lower() in lists["plotting"]


def _told(node: Node, group: str, kind: Kind) -> Told:
    planned = kind is Kind.PLANNED
    return Told(
        kind=kind,
        status=Status.PLANNED if planned else Status.HAPPENED,
        trigger=node.lemma.lower(),
        trigger_class=group,
        opens=False,
    )


def _draft(telling: Telling, tree: Tree, at: int, told: Told) -> Draft:
    is_of = told.kind is Kind.HAPPENING and not tree.of_kind(at, "nummod")
    top = tree.nodes[at].head if is_of else at
    phrase = noun_phrase(tree, top)
    start, end = tree.nodes[min(phrase)].start, tree.nodes[max(phrase)].end
    return Draft(
        telling=telling,
        tree=tree,
        clause=replace(noun_clause(tree, at), words=phrase, start=start, end=end),
        told=told,
        certainty=Certainty.ASSERTED,
        start=start,
        end=end,
        own=(),
        said_on=None,
        sayers=(),
        background=False,
        main=False,
        speaks=False,
        number=-1,
        words=phrase,
        nouns=(at,),
    )
