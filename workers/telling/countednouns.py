"""Drafts of what a noun tells by number: "amid *thousands of arrests*", "after *14 deaths*".

They open no event, and join one that a clause tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.timeline.model import Certainty, Kind, Status
from workers.grammar.clauses import noun_clause, noun_phrase
from workers.grammar.trees import Tree
from workers.lexicon.triggers import Triggers
from workers.telling.drafts import Draft
from workers.telling.tellings import Telling
from workers.telling.told import Told
from workers.text.layout import Role

_MANY = frozenset({"thousand", "hundred", "dozen", "score", "ten"})
_OF_PEOPLE = frozenset({"arrest", "kill", "die", "wound"})
"""Classes whose number is one of people, and so a toll."""


def read_counted_nouns(
    telling: Telling, tree: Tree, found: Sequence[Draft], table: Triggers
) -> Iterator[Draft]:
    """The drafts of one sentence of prose, but for nouns of what `found` tell."""
    if telling.role is not Role.PROSE:
        return
    told = {at for each in found for at in (each.clause.head, *each.nouns)}
    for at, node in enumerate(tree.nodes):
        group = table.nouns.get(node.lemma.lower(), "")
        if group in _OF_PEOPLE and node.tag == "NNS" and at not in told and _is_counted(tree, at):
            yield _draft(telling, tree, at, group)


def _is_counted(tree: Tree, at: int) -> bool:
    above = tree.nodes[tree.nodes[at].head]
    is_of = any(tree.nodes[each].lower == "of" for each in tree.of_kind(at, "case"))
    return bool(tree.of_kind(at, "nummod")) or (is_of and above.lemma.lower() in _MANY)


def _draft(telling: Telling, tree: Tree, at: int, group: str) -> Draft:
    node = tree.nodes[at]
    top = at if tree.of_kind(at, "nummod") else node.head
    phrase = noun_phrase(tree, top)
    start, end = tree.nodes[min(phrase)].start, tree.nodes[max(phrase)].end
    return Draft(
        telling=telling,
        tree=tree,
        clause=replace(noun_clause(tree, at), words=phrase, start=start, end=end),
        told=Told(
            kind=Kind.HAPPENING,
            status=Status.HAPPENED,
            trigger=node.lemma.lower(),
            trigger_class=group,
            opens=False,
        ),
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
