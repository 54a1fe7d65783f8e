"""Which clause of a sentence an expression of time belongs to: the one that its words hang on.

A parser that errs leaves the day between subject and verb ("the navy on Thursday seized a boat")
with the noun before it, or with no clause at all; what follows it tells better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from service.temporal.interval import Granularity
from service.temporal.timex import Resolution
from workers.grammar.clauses import Clause
from workers.grammar.trees import Tense, Tree
from workers.lexicon.triggers import english

NEAREST = 2
"""Words between an expression and the verb that it stands before: "on Thursday again seized"."""

_AT = frozenset({"in", "during", "by", "amid", "at", "on", "after", "since", "before", "until"})
"""Prepositions by which a dated event dates what is told: "hurt in Sunday's quake"."""

_CHARGED = frozenset({"of", "with", "for", "over"})
"""Words by which a deed hangs on the verb of its charge."""


def dates_by_clause(
    tree: Tree, clauses: Sequence[Clause], resolutions: Iterable[Resolution]
) -> list[list[Resolution]]:
    """The expressions of each clause, in the order of the text."""
    found: list[list[Resolution]] = [[] for _ in clauses]
    owner = {word: at for at, clause in enumerate(clauses) for word in clause.words}
    for each in resolutions:
        clause = _owner(tree, clauses, each, owner)
        if clause is not None:
            found[clause].append(each)
    return found


def dates_by_noun(
    tree: Tree, clauses: Sequence[Clause], resolutions: Iterable[Resolution]
) -> Iterator[tuple[int, Resolution]]:
    """The nouns that an expression only tells apart from others of their kind, with it."""
    owner = {word: at for at, clause in enumerate(clauses) for word in clause.words}
    for each in resolutions:
        inside = _inside(tree, each)
        hangs = next((owner[at] for at in _heads(tree, inside) if at in owner), None)
        noun = None if hangs is None else _told_apart(tree, inside, clauses[hangs])
        if noun is not None:
            yield noun, each


def _owner(
    tree: Tree, clauses: Sequence[Clause], resolution: Resolution, owner: Mapping[int, int]
) -> int | None:
    inside = _inside(tree, resolution)
    if not inside:
        return None
    hangs = next((owner[at] for at in _heads(tree, inside) if at in owner), None)
    deed = _deed(clauses, resolution, inside)
    if deed is not None:
        return deed
    if hangs is not None and _told_apart(tree, inside, clauses[hangs]) is not None:
        return None
    before = _stands_before(tree, clauses, inside)
    if before is not None and (hangs is None or _is_beside(tree, clauses[hangs])):
        return before
    return hangs if hangs is not None else _nearest(clauses, inside)


def _inside(tree: Tree, resolution: Resolution) -> list[int]:
    """The words of the expression."""
    span = resolution.span
    return [at for at, node in enumerate(tree.nodes) if span.start <= node.start < span.end]


def _heads(tree: Tree, inside: Sequence[int]) -> list[int]:
    return [at for at in inside if tree.nodes[at].head not in inside]


def _deed(clauses: Sequence[Clause], resolution: Resolution, inside: Sequence[int]) -> int | None:
    """The deed that somebody is charged with: "was charged with *killing a guard in June 2005*".

    A bare weekday behind it, "yesterday" or "this week" may as well be that of the charge.
    """
    own = resolution.granularity > Granularity.WEEK or any(map(str.isdigit, resolution.text))
    if not own and not resolution.text.endswith("ago"):
        return None
    for number, clause in enumerate(clauses):
        above = None if clause.parent is None else clauses[clause.parent]
        charged = above is not None and is_charge(clause, above)
        later = [each.head for each in clauses if each.head > clause.head]
        if charged and clause.head < inside[0] < min(later, default=inside[0] + 1):
            return number
    return None


def is_charge(clause: Clause, above: Clause) -> bool:
    """Whether it names the deed that somebody is charged with: "convicted of *killing* a guard"."""
    by_verb = english().is_listed("charging", above.verb)
    return by_verb and clause.marker in _CHARGED and clause.tense is Tense.NONE


def is_unproven(clause: Clause, above: Clause | None) -> bool:
    """Whether somebody is charged with it and not convicted of it."""
    charged = above is not None and is_charge(clause, above)
    return charged and above is not None and english().verbs.get(above.verb) != "convict"


def _told_apart(tree: Tree, inside: Sequence[int], clause: Clause) -> int | None:
    """The noun of which it only tells which event is meant: "convicted of *the 20 June* murder".

    So in "the toll of *Sunday's* quake rose" and "condemned *Sunday's* attack"; not in "killed in
    Sunday's quake", "won Sunday's vote", nor in the subject of the clause.
    """
    for at in inside:
        noun = tree.nodes[at].head
        if noun > inside[-1] and tree.nodes[noun].pos == "NOUN" and tree.of_kind(at, "case"):
            kind = tree.nodes[noun].kind
            apart = kind == "nmod" or (kind == "obj" and _is_said(clause))
            return noun if apart and noun != clause.subject else None
    first, noun_after = _after_determiner(tree, inside), _noun_after(tree, inside[-1] + 1)
    if first is None or noun_after is None:
        return None
    governed = first > 1 and tree.nodes[first - 2].lower in _AT
    apart = not governed and clause.head < first and noun_after != clause.subject
    return noun_after if apart else None


def _is_said(clause: Clause) -> bool:
    """Whether it says something of its object, at another time."""
    return any(english().is_listed(name, clause.verb) for name in ("acts", "saying", "comment"))


def _after_determiner(tree: Tree, inside: Sequence[int]) -> int | None:
    """Where the words behind "the", "a" or "his" begin; "the" may be one of a calendar day's."""
    first = inside[0]
    dated = any(tree.nodes[at].pos == "NUM" for at in inside)
    if dated and len(inside) > 1 and tree.nodes[first].tag == "DT":
        return first + 1
    return first if first > 0 and tree.nodes[first - 1].tag in {"DT", "PRP$"} else None


def _noun_after(tree: Tree, at: int) -> int | None:
    """The common noun that begins here, whatever tells of it: "attempted *murder*"."""
    for number in range(at, min(at + 3, len(tree.nodes))):
        node = tree.nodes[number]
        if node.pos == "NOUN":
            return number
        if node.pos != "ADJ" and node.tag not in {"VBN", "VBD", "VBG"}:
            return None
    return None


def _stands_before(tree: Tree, clauses: Sequence[Clause], inside: Sequence[int]) -> int | None:
    """The clause whose finite verb follows the expression: "on Thursday seized"."""
    if inside[0] == 0:
        return None
    for at in range(inside[-1] + 1, min(inside[-1] + 2 + NEAREST, len(tree.nodes))):
        for number, clause in enumerate(clauses):
            if clause.head == at and tree.nodes[at].tag in {"VBD", "VBN"}:
                return number
        if tree.nodes[at].pos not in {"ADV", "AUX"}:
            return None
    return None


def _is_beside(tree: Tree, clause: Clause) -> bool:
    """Whether the clause tells nothing that happened then: it is no verb of its own.

    An "-ing" beside a noun ("the navy patrolling the gulf"), a "have" that the expression parts
    from its participle ("police have this morning charged him").
    """
    parted = clause.verb == "have" and clause.tense is Tense.PRESENT
    return parted or (clause.tense is Tense.NONE and tree.nodes[clause.head].tag == "VBG")


def _nearest(clauses: Sequence[Clause], inside: Sequence[int]) -> int | None:
    """Of an expression that hangs on none: the next clause after it, else the last before it."""
    after = [at for at, clause in enumerate(clauses) if clause.head > inside[-1]]
    if after:
        return after[0]
    return len(clauses) - 1 if clauses else None
