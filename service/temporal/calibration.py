"""Confidence as measured: what a rule claims, moved by how often gold found it right.

A rule states how sure its reading is, and direction, calendar and the order of digits lower that.
`words/en_measured.toml` counts for each rule how often the readings it gave were right. The odds
of the claim are multiplied by one factor a rule, so that within a rule more evidence always gives
more confidence; a rule that was seen seldom keeps nearly all of its own claim.
"""

from __future__ import annotations

import math
from functools import cache

from service.temporal.lexicon import measures
from service.temporal.timex import Candidate, Resolution

_OWN = 20
"""So many sightings weighs the claim of the rule itself (a beta prior); of 5 to 30 the best, when
one half of the halves that are tuned on foretells the other."""
_MOST = 1.0
"""No factor is above e or below 1/e: a set of labels has habits that are not the language's."""
_LEAST, _GREATEST = 0.02, 0.99
_NOT_RULES = frozenset(["relation", "apposition", "event", "fiscal", "hemisphere", "order", "zone"])


def measured(
    rule: str, claimed: float, others: tuple[Candidate, ...]
) -> tuple[float, tuple[Candidate, ...]]:
    """The measured confidence of a reading and its other readings, which stay below it."""
    step = step_of(rule)
    if not step:
        return claimed, others
    sure = max([moved(claimed, step), *[each.confidence for each in others]])
    if sure == claimed:
        return claimed, others
    left = min(1.0, (1 - sure) / (1 - claimed)) if claimed < 1 else 1.0
    return round(sure, 3), tuple(
        Candidate(
            interval=each.interval,
            calendar=each.calendar,
            confidence=round(each.confidence * left, 3),
        )
        for each in others
    )


def rule_of(found: Resolution) -> str:
    """The name of the rule that read the expression."""
    names = (step.rule for step in reversed(found.derivation))
    return next((name for name in names if name not in _NOT_RULES), "")


def moved(chance: float, step: float) -> float:
    """The chance whose log-odds are `step` higher; certainty stays what it is.

    >>> round(moved(0.5, 1.0), 3)
    0.731
    """
    if not step or chance > _GREATEST:
        return chance
    odds = _log_odds(chance) + step
    return min(max(1 / (1 + math.exp(-odds)), _LEAST), _GREATEST)


@cache
def step_of(rule: str) -> float:
    """How far the log-odds of what the rule claims are moved; 0 for one that was not measured."""
    told = measures("en").get(rule)
    if told is None:
        return 0.0
    shrunk = (told.right + _OWN * told.claimed) / (told.seen + _OWN)
    step = _log_odds(shrunk) - _log_odds(told.claimed)
    return max(-_MOST, min(_MOST, step))


def _log_odds(chance: float) -> float:
    return math.log(chance / (1 - chance))
