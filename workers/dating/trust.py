"""How far each rung of the dating ladder is trusted: the chance that the day it shows is right.

Measured on the first half of EventStoryLine by `benchmarks/rungs.py`, and rounded down to
twentieths; a rung that the corpus hardly has is trusted less than the one that is most like it.
What is taken from a source is trusted by this share of the source's own confidence.
"""

from __future__ import annotations

from enum import StrEnum


class Rung(StrEnum):
    """Where a day came from, finer than `Basis`."""

    EXPLICIT = "explicit"
    """Of the confidence in the expression itself."""
    NAMED = "named"
    """The day of the event that its words name: of the confidence in that event's day."""
    FOLLOWING = "following"
    """The day of what was told before it: "minutes later"."""
    BETWEEN = "between"
    """Bounds by an event that it came before or after."""
    PASSAGE = "passage"
    NARRATED = "narrated"
    """An older time that the story is still at."""
    LEAD = "lead"
    REPORTED = "reported"
    TOLD = "told"
    """Some time before it was told: bounds only."""


_TRUST = {
    Rung.EXPLICIT: 0.9,
    Rung.NAMED: 0.85,
    Rung.FOLLOWING: 0.75,
    Rung.BETWEEN: 0.7,
    Rung.PASSAGE: 0.95,
    Rung.NARRATED: 0.6,
    Rung.LEAD: 0.95,
    Rung.REPORTED: 0.7,
    Rung.TOLD: 0.5,
}
LEAST = 0.5
"""The chance below which a likely day is not shown, but the bounds."""


def trust(rung: Rung) -> float:
    """The share of right days on this rung."""
    return _TRUST[rung]
