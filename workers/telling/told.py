"""What a clause is told to be: the labels of a mention, before it has a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.timeline.model import Kind, Status
from workers.grammar.clauses import Clause
from workers.grammar.trees import Tree
from workers.lexicon.triggers import Triggers


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The labels of one clause; `trigger` is a lemma, `trigger_class` empty when it is in none.

    `strong` is false for what is worth a mention only with a date of its own.
    """

    kind: Kind
    status: Status
    trigger: str
    trigger_class: str
    strong: bool = True
    opens: bool = True
    """Whether it may be an event by itself; else it only joins one that is told elsewhere."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A clause among those of its sentence; `is_headline` reads the present as past.

    Of a sentence that `leads` its text the present of a deed is past: "Four men *rob* a bank".
    """

    tree: Tree
    clauses: Sequence[Clause]
    is_headline: bool
    leads: bool = False


def statement(clause: Clause, table: Triggers, *, strong: bool) -> Told:
    """The labels of a clause in which somebody says something."""
    return Told(
        kind=Kind.STATEMENT,
        status=Status.HAPPENED,
        trigger=clause.verb,
        trigger_class=table.verbs.get(clause.verb, ""),
        strong=strong,
    )


def labels(kind: Kind, status: Status, trigger: str, group: str, *, strong: bool = True) -> Told:
    """The labels of any other clause."""
    return Told(kind=kind, status=status, trigger=trigger, trigger_class=group, strong=strong)
