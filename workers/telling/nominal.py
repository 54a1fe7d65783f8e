"""Drafts of what no clause tells: a noun with its phrase, or a sentence by the event it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.temporal.timex import Resolution
from workers.grammar.clauses import Clause, noun_clause, read_clauses
from workers.grammar.trees import Tree
from workers.lexicon.triggers import Triggers
from workers.telling.drafts import Draft, may_tell
from workers.telling.phrases import phrased
from workers.telling.slots import usable_dates
from workers.telling.tellings import Telling
from workers.telling.told import Sentence, Told
from workers.telling.triggering import read_noun
from workers.text.layout import Role


def noun_draft(
    telling: Telling,
    tree: Tree,
    noun: int,
    told: Told,
    words: Sequence[int],
    *,
    own: tuple[Resolution, ...] = (),
) -> Draft:
    """The draft of what a noun tells with the nodes `words`, over its expressions of time too."""
    nodes = [tree.nodes[each] for each in words]
    start = min([*(each.start for each in nodes), *(each.span.start for each in own)])
    end = max([*(each.end for each in nodes), *(each.span.end for each in own)])
    clause = replace(noun_clause(tree, noun), words=tuple(words), start=start, end=end)
    return Draft(
        telling=telling,
        tree=tree,
        clause=clause,
        told=told,
        start=start,
        end=end,
        own=own,
        words=tuple(words),
        nouns=(noun,),
    )


def sentence_draft(
    telling: Telling, tree: Tree, clause: Clause, told: Told, own: Sequence[Resolution]
) -> Draft:
    """The draft of a whole sentence that one noun tells."""
    return Draft(
        telling=telling,
        tree=tree,
        clause=clause,
        told=told,
        start=telling.start,
        end=telling.sentence.end,
        own=tuple(own),
        main=True,
    )


def read_named(telling: Telling, tree: Tree, table: Triggers) -> tuple[Draft, ...]:
    """The draft of a sentence whose verb tells nothing, by the event that it names."""
    clauses = phrased(tree, read_clauses(tree), table)
    is_headline = telling.role is Role.HEADLINE
    found = read_noun(Sentence(tree, clauses, is_headline), table)
    if found is None or not may_tell(telling):
        return ()
    at, told = found
    is_subject = any(each.subject == at for each in clauses)
    clause = replace(noun_clause(tree, at), subject=at if is_subject else None)
    own = usable_dates(telling) if is_headline else ()
    return (sentence_draft(telling, tree, clause, told, own),)
