"""Drafts of the events that a noun names with their day: "the toll of *Sunday's quake* rose".

They open no event, and join one that a clause tells; what points at such an event has its day.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.timeline.model import Kind, Status
from workers.grammar.clauses import noun_phrase, read_clauses
from workers.grammar.trees import Tree
from workers.lexicon.sequences import listed
from workers.lexicon.triggers import Triggers
from workers.telling.drafts import Draft
from workers.telling.nominal import noun_draft
from workers.telling.owndates import dates_by_noun
from workers.telling.slots import usable_dates
from workers.telling.tellings import Telling
from workers.telling.told import Told


def read_dated_nouns(telling: Telling, tree: Tree, table: Triggers) -> Iterator[Draft]:
    """The drafts of one sentence, in the order of its expressions."""
    usable = usable_dates(telling)
    named = any(node.lemma.lower() in table.nouns for node in tree.nodes)
    if not usable or not named:
        return
    for noun, each in dates_by_noun(tree, read_clauses(tree), usable):
        lemma = tree.nodes[noun].lemma.lower()
        group = table.nouns.get(lemma, "")
        if group and lemma not in listed("ambiguous"):
            told = Told(
                kind=Kind.HAPPENING,
                status=Status.HAPPENED,
                trigger=lemma,
                trigger_class=group,
                strong=False,
                opens=False,
            )
            yield noun_draft(telling, tree, noun, told, noun_phrase(tree, noun), own=(each,))
