"""What is told as not having come about: called off, not held after all, or denied by somebody.

EVENTS section 1: a plan that is dropped and a thing that failed to happen are news by themselves.
What is denied is none: it only stands against those who tell it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.temporal.timex import Resolution
from service.timeline.model import Kind, Status
from workers.grammar.clauses import Clause, Role
from workers.grammar.trees import Tense
from workers.lexicon.triggers import Triggers
from workers.telling import slots
from workers.telling.tellings import Telling
from workers.telling.told import Sentence, Told

UNDONE = frozenset({Status.CANCELLED, Status.DID_NOT_HAPPEN})


def revised(sentence: Sentence, at: int, told: Told | None, table: Triggers) -> Told | None:
    """The labels of a clause, once it is known whether what it tells came about."""
    if told is None or told.kind is Kind.STATEMENT:
        return told
    if is_denied(sentence, at, table):
        return replace(told, opens=False)
    clause = sentence.clauses[at]
    if clause.negated and _comes_about(sentence, clause, table):
        is_ahead = clause.tense is Tense.FUTURE
        status = Status.CANCELLED if is_ahead else Status.DID_NOT_HAPPEN
        return replace(told, status=status, strong=True)
    if table.is_listed("calling_off", clause.verb) and not clause.negated:
        is_told = clause.tense in {Tense.PAST, Tense.PERFECT}
        return replace(told, status=Status.CANCELLED) if is_told else told
    return told


def is_denied(sentence: Sentence, at: int, table: Triggers) -> bool:
    """Whether somebody denies it: "denied that he had left", "reports that he left are false"."""
    clause = sentence.clauses[at]
    if clause.parent is None:
        return False
    above = sentence.clauses[clause.parent]
    if table.is_listed("denying", above.verb) and not above.negated:
        return clause.role is Role.REPORTED or _is_of_rumour(sentence, clause, table)
    return _is_of_rumour(sentence, clause, table) and _is_called_false(sentence, above, table)


def sets_time(telling: Telling, clause: Clause, dates: Sequence[Resolution]) -> bool:
    """Whether it only says for when its noun was meant: "a truce *that they proposed for Friday*".

    Its day then belongs to what the clause above says of the noun.
    """
    return (
        clause.role in {Role.RELATIVE, Role.COORDINATE}
        and clause.marker == "that"
        and bool(dates)
        and all(slots.is_foreseen(each, telling.text, telling.start) for each in dates)
    )


def _is_of_rumour(sentence: Sentence, clause: Clause, table: Triggers) -> bool:
    """Whether it tells what a report says: "a report that the unit had been sold"."""
    node = sentence.tree.nodes[clause.head]
    noun = sentence.tree.nodes[node.head].lemma.lower()
    return node.kind in {"acl", "ccomp"} and table.is_listed("rumours", noun)


def _is_called_false(sentence: Sentence, clause: Clause, table: Triggers) -> bool:
    tree = sentence.tree
    words = {tree.nodes[each].lower for each in (clause.head, *tree.children[clause.head])}
    return not clause.negated and not words.isdisjoint(table.lists["false"])


def _comes_about(sentence: Sentence, clause: Clause, table: Triggers) -> bool:
    """Whether the verb only says that its subject comes about: takes place, goes ahead, is held."""
    if clause.subject is None:
        return False
    below = {sentence.tree.nodes[each].lower for each in sentence.tree.children[clause.head]}
    if clause.verb in {"take", "go"}:
        return not below.isdisjoint({"place", "ahead"})
    return (
        table.is_listed("held", clause.verb)
        if clause.passive
        else (table.is_listed("coming", clause.verb))
    )
