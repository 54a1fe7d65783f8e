"""Vetoes: which two mentions can never tell one event, whatever links them (EVENTS section 4)."""

from __future__ import annotations

from itertools import combinations

from service.timeline.deeds import FURTHER, LATER, are_done_to_others, told_as_one
from service.timeline.likenesses import by_words
from service.timeline.model import Mention
from service.timeline.windows import named_day, shape, shown_day

IDENTICAL = 0.75
"""Likeness from which two near days are a disagreement, not two events."""
ONE_DEED = 0.7
"""The same by what was done and to whom."""
OPPOSITES = frozenset(
    frozenset(pair)
    for pair in (
        *(("arrest", "release"), ("convict", "acquit"), ("invade", "withdraw"), ("win", "lose")),
        *(("resign", "appoint"), ("dismiss", "appoint"), ("agree", "reject"), ("open", "close")),
        *(("begin", "end"), ("rise", "fall"), ("arrive", "depart")),
    )
)
"""Classes of triggers that never tell one event."""
STAGES = frozenset(
    frozenset(pair)
    for course in (
        ("arrest", "charge", "convict", "acquit", "execute"),
        ("charge", "trial", "convict", "sentence", "execute"),
        ("acquit", "sentence", "execute"),
        ("search", "arrest", "resign"),
        ("vote", "resign", "appoint"),
        ("win", "resign"),
        ("lose", "resign"),
        ("protest", "arrest"),
        ("crackdown", "arrest"),
        ("bomb", "arrest"),
        ("kill", "arrest"),
        ("walkout", "agree"),
        ("walkout", "end"),
        ("kill", "mourn"),
        *((cause, "escape") for cause in ("attack", "bomb", "burn", "clash", "flood", "quake")),
    )
    for pair in combinations(course, 2)
)
"""Classes that follow one another in one affair, and are events of their own."""


def is_vetoed(one: Mention, other: Mention) -> bool:
    """Whether the two can never be one event, whatever links them."""
    classes = frozenset((one.trigger_class, other.trigger_class))
    if classes in OPPOSITES or classes in STAGES or _is_one_of_two(one, other):
        return True
    if one.article_key == other.article_key and _are_of_one_sentence(one, other):
        return True
    if are_done_to_others(one, other):
        return True
    clash = shape(one).clashes(shape(other))
    return not _may_be_one(one, other) if clash is None else clash


def _may_be_one(one: Mention, other: Mention) -> bool:
    """Whether words join what the dates of two articles leave apart but do not exclude."""
    mine, yours = named_day(one), named_day(other)
    if mine is not None and yours is not None:
        return _is_disagreement(one, other)
    return told_as_one(one, other) > 0


def _are_of_one_sentence(one: Mention, other: Mention) -> bool:
    """Whether two clauses of one sentence tell two things."""
    return (one.within, one.start, one.end) == (other.within, other.start, other.end)


def _is_one_of_two(one: Mention, other: Mention) -> bool:
    """Whether just one of them is told as a further one, on another day: "another strike"."""
    if LATER.isdisjoint(one.terms) != LATER.isdisjoint(other.terms):
        return True
    further = [not FURTHER.isdisjoint(each.terms) for each in (one, other)]
    return further[0] != further[1] and shown_day(one) != shown_day(other)


def _is_disagreement(one: Mention, other: Mention) -> bool:
    """Whether two near named days are one event told differently by two articles."""
    if one.article_key == other.article_key:
        return False
    if told_as_one(one, other) >= ONE_DEED:
        return True
    return by_words(one, other) >= IDENTICAL
