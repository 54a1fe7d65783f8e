"""Drafts of "according to X": that somebody said it, without a verb of saying.

They open no event: they join what X is told to have said elsewhere, and so name its sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from service.timeline.model import Kind, Status
from workers.grammar.trees import Tree
from workers.telling.drafts import Draft
from workers.telling.nominal import noun_draft
from workers.telling.sayers import named_sayers
from workers.telling.tellings import Telling
from workers.telling.told import Told
from workers.text.layout import Role

SAYING = Told(
    kind=Kind.STATEMENT, status=Status.HAPPENED, trigger="say", trigger_class="", opens=False
)


def read_attributions(telling: Telling, tree: Tree) -> Iterator[Draft]:
    """The drafts of one sentence of prose, in their order."""
    if telling.role is not Role.PROSE:
        return
    for words in named_sayers(tree):
        names = [at for at in words if tree.nodes[at].pos == "PROPN"]
        if names:
            yield _draft(telling, tree, words, names[-1])


def _draft(telling: Telling, tree: Tree, words: range, sayer: int) -> Draft:
    found = noun_draft(telling, tree, sayer, SAYING, words)
    return replace(found, clause=replace(found.clause, agents=tuple(words)), speaks=True)
