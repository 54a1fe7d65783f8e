"""Which clauses of a sentence are mentions by themselves, and not a part of the one above them."""

from __future__ import annotations

from collections.abc import Sequence

from service.temporal.timex import Resolution
from service.timeline.model import Kind
from workers.grammar.clauses import Clause, Role
from workers.grammar.trees import Tense, Tree
from workers.lexicon.sequences import listed
from workers.lexicon.triggers import Triggers
from workers.telling.told import Sentence, Told
from workers.telling.triggering import event_noun

OPENING = frozenset({Role.MAIN, Role.COORDINATE, Role.REPORTED, Role.ASIDE})
"""Clauses that open a mention by themselves; others do when they have a date of their own."""

APART = frozenset({"while", "whereas"})
"""What sets a second happening beside the main one, to which it does not belong."""

PASSING = frozenset({"after", "before", "when", "as"})
"""What opens a clause that tells in passing what other sentences tell as news."""

WHEN = frozenset({"when", "after", "before", "as", "while", "once", "until"})
"""What tells a happening by another one."""


def opens_mention(
    clauses: Sequence[Clause],
    at: int,
    told: Sequence[Told | None],
    dates: Sequence[Sequence[Resolution]],
    *,
    links: Sequence[bool],
) -> bool:
    """Whether the clause is a mention by itself, not a part of the one above it."""
    mine, clause = told[at], clauses[at]
    above = None if clause.parent is None else told[clause.parent]
    if mine is None:
        return False
    if clause.role is Role.OPEN and above is not None and above.kind is Kind.PLANNED:
        return False
    if _carries_on(clauses, at):
        return False
    if dates[at]:
        return True
    shared = clause.parent is not None and clauses[clause.parent].subject == clause.subject
    goes_on = clause.role is Role.COORDINATE and above is not None and shared
    if goes_on and above is not None and _is_one_act(mine, above):
        return False
    led = clause.parent is not None and links[clause.parent] and clause.role is Role.SUBORDINATE
    opens = clause.role in OPENING or clause.parent is None
    opens = opens or not mine.opens  # denied: "a report that the unit had been sold"
    return mine.strong and (opens or led or _stands_apart(clauses, at, told))


def opens_at_last(sentence: Sentence, told: Sequence[Told | None], table: Triggers) -> list[bool]:
    """Where nothing else opens a mention, the clauses that tell when or in what it was.

    "*When the jury convicted him*, he sat still"; "the trial *in which he was convicted*".
    """
    return [
        mine is not None
        and mine.strong
        and bool(mine.trigger_class)
        and mine.kind is Kind.HAPPENING
        and (_is_when(clause) or _is_in_event(sentence.tree, clause, table))
        for clause, mine in zip(sentence.clauses, told, strict=True)
    ]


def _is_when(clause: Clause) -> bool:
    return clause.role is Role.SUBORDINATE and clause.marker in WHEN


def _is_in_event(tree: Tree, clause: Clause, table: Triggers) -> bool:
    return clause.role is Role.RELATIVE and bool(
        event_noun(tree, tree.nodes[clause.head].head, table)
    )


def _stands_apart(clauses: Sequence[Clause], at: int, told: Sequence[Told | None]) -> bool:
    """Whether it sets another's doing beside the main one: "while Halden fell"."""
    mine, clause = told[at], clauses[at]
    if mine is None or clause.parent is None or clause.role is not Role.SUBORDINATE:
        return False
    above = told[clause.parent]
    if mine.kind is Kind.STATEMENT and clause.marker == "with":
        return True
    other = clause.subject is not None and clause.subject != clauses[clause.parent].subject
    by_verb = mine.trigger == clause.verb  # not "while the march went on"
    happened = clause.marker in APART and mine.kind is Kind.HAPPENING and other and by_verb
    return happened and above is not None and not _is_one_act(mine, above)


def only_joins(clauses: Sequence[Clause], at: int, told: Sequence[Told | None]) -> bool:
    """Whether it says what came first, in passing: "arrested *after he declined orders*"."""
    mine, clause = told[at], clauses[at]
    if mine is None or clause.role is not Role.SUBORDINATE or clause.marker not in PASSING:
        return False
    above = None if clause.parent is None else told[clause.parent]
    happened = mine.kind is Kind.HAPPENING and mine.strong and mine.trigger == clause.verb
    return (
        happened and clause.tense is Tense.PAST and above is not None and bool(mine.trigger_class)
    )


def only_links(sentence: Sentence, at: int, table: Triggers) -> bool:
    """Whether it only names the news before it to tell what came first: "The move comes after"."""
    clause = sentence.clauses[at]
    if clause.subject is None or not table.is_listed("linking", clause.verb):
        return False
    noun = sentence.tree.nodes[clause.subject].lemma.lower()
    follows = any(each.parent == at and each.marker == "after" for each in sentence.clauses)
    return follows and table.is_listed("anaphors", noun)


def _carries_on(clauses: Sequence[Clause], at: int) -> bool:
    """Whether it only says how long: "began in May *and went on into June*"."""
    clause = clauses[at]
    if clause.role is not Role.COORDINATE or clause.parent is None:
        return False
    begins = clauses[clause.parent].verb in listed("beginning")
    return begins and clause.verb in listed("lasting") | {"end"}


def _is_one_act(mine: Told, above: Told) -> bool:
    """Whether a coordinated verb only goes on telling: "collapsed and rolled down"."""
    return not mine.trigger_class or mine.trigger_class == above.trigger_class
