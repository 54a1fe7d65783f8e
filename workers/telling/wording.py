"""Which words of a sentence make the headline of a clause: from its subject on, nothing before it.

Extractive: the words stand in the article, but for a pronoun whose name another sentence gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.timeline.model import Kind
from workers.grammar.clauses import Role, noun_phrase
from workers.grammar.trees import Tree, auxiliaries
from workers.lexicon import cues
from workers.telling.antecedents import Subject, find_antecedent
from workers.telling.drafts import Draft
from workers.telling.owndates import is_charge

FEWEST = 5
"""Words that a clause must have to stand by itself."""

_OPENERS = frozenset(
    {"and", "but", "or", "so", "yet", "that", "which", "who", "whom", "when", "where", ",", "then"}
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words [start, end) of the text with `opening` in front of them."""

    opening: str
    start: int
    end: int


def word(draft: Draft, subjects: Sequence[Subject] = ()) -> Wording:
    """The words of the draft's headline."""
    start, end = draft.start, _end(draft)
    tree, subject = draft.tree, draft.clause.subject
    if subject is None:
        return Wording("", start, end)
    if draft.above is not None and is_charge(draft.clause, draft.above):
        return Wording("", tree.nodes[draft.clause.head].start, end)
    phrase = _bare(tree, noun_phrase(tree, subject))
    if draft.told.kind is Kind.STATEMENT and draft.clause.marker != "with" and _is_behind(draft):
        return _turned(draft, phrase)
    begins = tree.nodes[phrase[0]].start
    if start <= begins < draft.end and subject < draft.clause.head:
        return _from_subject(draft, phrase, subjects, end)
    if start <= begins < draft.end or tree.nodes[subject].pos == "PUNCT":
        return Wording("", start, end)
    opening = [tree.nodes[each].text for each in phrase]
    helpers = [tree.nodes[each].text for each in _shared(draft)]
    verb = tree.nodes[draft.clause.head]
    if verb.start < start and draft.clause.head in draft.clause.words:  # shared with what is before
        helpers.append(verb.text)
    return Wording(" ".join((*opening, *helpers)), _after_openers(draft), end)


def _end(draft: Draft) -> int:
    """Where the clause ends; a short one goes on with what the sentence says behind it."""
    telling = draft.telling
    words = telling.text[draft.start - telling.start : draft.end - telling.start].split()
    behind = draft.told.kind is Kind.STATEMENT or draft.clause.role is Role.MAIN
    return draft.end if len(words) >= FEWEST or not behind else telling.sentence.end


def _is_behind(draft: Draft) -> bool:
    """Whether the words come first, and who says them after: "It sank, police said."."""
    if draft.clause.objects and draft.clause.verb != "tell":
        return False
    ink = draft.telling.text[: draft.start - draft.telling.start].strip(' “"‘')
    ends = draft.telling.text[draft.end - draft.telling.start :].strip(' .”"’!')
    return len(ink.split()) >= FEWEST and not ends


def _turned(draft: Draft, phrase: Sequence[int]) -> Wording:
    """The sentence with who says it in front."""
    tree, head = draft.tree, draft.clause.head
    first, last = phrase[0], max(phrase[-1], head)
    verbs = (*auxiliaries(tree, head), head)
    words = sorted({*range(first, phrase[-1] + 1), *verbs})
    inside = [at for at in words if first <= at <= last]
    opening = " ".join(tree.nodes[at].text for at in inside)
    telling = draft.telling
    told = telling.text[: draft.start - telling.start].rstrip(" ,")
    return Wording(opening, telling.start, telling.start + len(told))


def _from_subject(
    draft: Draft, phrase: Sequence[int], subjects: Sequence[Subject], end: int
) -> Wording:
    first = draft.tree.nodes[phrase[0]]
    telling = draft.telling
    before = telling.text[draft.start - telling.start : first.start - telling.start]
    rest = telling.text[first.start - telling.start : end - telling.start]
    keeps = cues.is_alleged(before) or "reportedly" in before.lower()
    start = draft.start if keeps or len(rest.split()) < FEWEST else first.start
    named = find_antecedent(subjects, first.lower, first.start) if len(phrase) == 1 else ""
    return Wording(named, first.end, end) if named and start else Wording("", start, end)


def _bare(tree: Tree, phrase: Sequence[int]) -> tuple[int, ...]:
    """The phrase without a preposition, mark or comma before it."""
    at = 0
    while at < len(phrase) - 1 and _opens(tree, phrase[at]):
        at += 1
    return tuple(phrase[at:])


def _opens(tree: Tree, at: int) -> bool:
    node = tree.nodes[at]
    lower_bound = node.tag == "IN" and node.kind == "case"
    return lower_bound or node.kind in {"mark", "cc", "punct"}


def _shared(draft: Draft) -> tuple[int, ...]:
    """The auxiliaries that a second verb shares with the first: "were arrested and *charged*"."""
    tree, head = draft.tree, draft.clause.head
    if tree.nodes[head].kind != "conj" or tree.nodes[head].tag not in {"VBN", "VBG", "VB"}:
        return ()
    return () if auxiliaries(tree, head) else auxiliaries(tree, tree.nodes[head].head)


def _after_openers(draft: Draft) -> int:
    """Where the clause goes on after "and", "which" or "that"."""
    for at in draft.clause.words:
        node = draft.tree.nodes[at]
        if node.start >= draft.start and node.lower not in _OPENERS:
            return node.start
    return draft.start
