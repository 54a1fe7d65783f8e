"""Whether a mention tells of the event that a noun names: "the quake", "the killing"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workers.lexicon.sequences import listed
from workers.lexicon.triggers import english
from workers.telling.drafts import Draft

_PART_OF = frozenset({"in", "during", "of", "from", "by"})
"""Prepositions by which an event is named that the rest is part of."""


def is_noun(draft: Draft) -> bool:
    """Whether it is an event that only a noun names with its day."""
    return draft.clause.head in draft.nouns and not draft.told.opens


def class_of(lemma: str) -> str:
    """The class of an event's name; none for a word that may name two kinds of event."""
    table = english()
    if lemma in listed("ambiguous"):
        return ""
    return table.nouns.get(lemma) or table.verbs.get(lemma) or ""


def tells_of(draft: Draft, lemmas: Sequence[str], group: str) -> bool:
    """Whether it tells of the event with these lemmas or class: by its trigger or its subject."""
    if _is_triggered(draft, lemmas, group):
        return True
    occurs = draft.clause.verb in listed("occurring") | listed("lasting")
    return occurs and _has_noun(draft, draft.nouns, lemmas, group)


def names_it(draft: Draft, lemmas: Sequence[str], group: str) -> bool:
    """Whether it tells of the event or names it as what it is part of: "ten dead in a quake".

    Not what came of it later: "villagers shelter after a quake".
    """
    inside = [at for at in draft.words if draft.tree.cases(at) <= _PART_OF]
    return _is_triggered(draft, lemmas, group) or _has_noun(draft, inside, lemmas, group)


def _is_triggered(draft: Draft, lemmas: Sequence[str], group: str) -> bool:
    told = draft.told
    return told.trigger in lemmas or bool(group and told.trigger_class == group)


def _has_noun(draft: Draft, nouns: Iterable[int], lemmas: Sequence[str], group: str) -> bool:
    names = {draft.tree.nodes[each].lemma.lower() for each in nouns}
    table = english().nouns
    return any(each in lemmas or (group and table.get(each) == group) for each in names)
