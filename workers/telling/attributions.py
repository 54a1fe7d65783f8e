"""Drafts of "according to X": that somebody said it, without a verb of saying.

They open no event: they join what X is told to have said elsewhere, and so name its sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from service.timeline.model import Certainty, Kind, Status
from workers.grammar.clauses import noun_clause
from workers.grammar.trees import Tree
from workers.telling.drafts import Draft
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
    start, end = tree.nodes[words.start].start, tree.nodes[words.stop - 1].end
    clause = noun_clause(tree, sayer)
    return Draft(
        telling=telling,
        tree=tree,
        clause=replace(clause, words=tuple(words), start=start, end=end, agents=tuple(words)),
        told=SAYING,
        certainty=Certainty.ASSERTED,
        start=start,
        end=end,
        own=(),
        said_on=None,
        sayers=(),
        background=False,
        main=False,
        speaks=True,
        number=-1,
        words=tuple(words),
        nouns=(sayer,),
    )
