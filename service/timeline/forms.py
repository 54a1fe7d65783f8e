"""Forms of a verb among stems: "refus" and "refuse" of "refuse", "carri" of "carry"."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

SHORTEST_STEM = 3
LONGEST_ENDING = 2
"""Letters that a stem may be shorter than its verb."""


def shortest_form(verb: str) -> str:
    """The shortest stem that the verb may have."""
    return verb[: max(SHORTEST_STEM, len(verb) - LONGEST_ENDING)]


def holds(words: Collection[str], verb: str) -> bool:
    """Whether the verb, in whatever form, is among the words."""
    shortest = len(shortest_form(verb))
    return any(verb[:size] in words for size in range(shortest, len(verb) + 1))


@lru_cache(maxsize=16_384)  # each mention is compared with many others
def without(words: tuple[str, ...], verb: str) -> tuple[str, ...]:
    """The words that are no form of the verb."""
    form = shortest_form(verb)
    return tuple([each for each in words if not (verb.startswith(each) or each.startswith(form))])
