"""What makes two mentions alike: the features that a link weighs, each from 0 to 1.

Features are functions of the two mentions and the frozen frequency table, symmetric, and need
nothing of a timeline.
"""

from __future__ import annotations

from typing import NamedTuple

from service.timeline.forms import holds
from service.timeline.model import Kind, Mention
from service.timeline.weights import likeness
from service.timeline.windows import shown_day

NEAR = {0: 1.0, 1: 0.5}
"""How near two days shown are, by the days between them."""


class Likeness(NamedTuple):
    """How alike two mentions are.

    `sentence` and `clause` are cosines of their words, `trigger` tells one trigger or class,
    `echo` how many of the two sentences hold the other's trigger, `name` a name of both clauses.
    `near` is 1 where one day is shown of both, less for neighbours. `leads` is the likeness of
    the sentences of two leads that are near, `follow_ups` of two that are not, `led` that of a lead
    and what is told further down; none of these of statements, for in a lead many may speak.
    """

    sentence: float
    clause: float
    trigger: float
    echo: float
    name: float
    near: float
    leads: float
    follow_ups: float
    led: float


def compare(one: Mention, other: Mention) -> Likeness:
    """The likeness of two mentions."""
    sentence = likeness(words(one), words(other))
    echo = _echoes(one, other) + _echoes(other, one)
    near = _nearness(one, other)
    said = one.kind is Kind.STATEMENT
    leads = sentence if one.lead and other.lead and not said else 0.0
    return Likeness(
        sentence=sentence,
        clause=by_clause(one, other),
        trigger=float(is_told_alike(one, other)),
        echo=echo / 2,
        name=float(not set(one.names).isdisjoint(other.names)),
        near=near,
        leads=leads * near,
        follow_ups=leads * (1 - near),
        led=sentence if one.lead != other.lead and not said else 0.0,
    )


def by_clause(one: Mention, other: Mention) -> float:
    """The likeness of the words of two clauses."""
    return likeness(one.names + one.terms, other.names + other.terms)


def by_words(one: Mention, other: Mention) -> float:
    """The likeness of two clauses, or of their sentences where these are more alike."""
    return max(by_clause(one, other), likeness(words(one), words(other)))


def words(mention: Mention) -> tuple[str, ...]:
    """The content words and names of its sentence; of its clause where that is all there is."""
    return mention.sentence or (mention.names + mention.terms)


def is_told_alike(one: Mention, other: Mention) -> bool:
    """Whether one verb or noun, or two of one class, tell both."""
    if one.trigger and one.trigger == other.trigger:
        return True
    return bool(one.trigger_class) and one.trigger_class == other.trigger_class


def _nearness(one: Mention, other: Mention) -> float:
    """How near the days are that are shown of the two."""
    mine, yours = shown_day(one), shown_day(other)
    if mine is None or yours is None:
        return 0.0
    return NEAR.get(abs(mine - yours), 0.0)


def _echoes(one: Mention, other: Mention) -> bool:
    """Whether the sentence of the other holds the trigger of this one, in whatever form."""
    return holds(words(other), one.trigger.partition(" ")[0])
