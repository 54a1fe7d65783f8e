"""A text cut into runs, so that a page can mark its clauses and its expressions of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are marked alike.

    `expression` is the place of the expression in the list that was given, None outside of all;
    `in_clause` says whether a clause covers the run.
    """

    text: str
    in_clause: bool = False
    expression: int | None = None


Stretch = tuple[int, int]
"""Offsets of characters, half-open."""


def cut(
    text: str, clauses: Sequence[Stretch], expressions: Sequence[Stretch], *, start: int = 0
) -> tuple[Run, ...]:
    """The runs of `text`, which together are `text` whatever the offsets are.

    The offsets count from where `text` starts at `start`; what lies outside is cut off. Where
    expressions overlap, the one that begins first has the characters, of those the longest.

    >>> [each.text for each in cut("It fell on Friday.", [(0, 17)], [(11, 17)])]
    ['It fell on ', 'Friday', '.']
    """
    told = _within(clauses, start, len(text))
    dated = _within(expressions, start, len(text))
    taken = tuple(_apart(dated))
    bounds = {0, len(text)}
    for first, last, _ in (*told, *taken):
        bounds |= {first, last}
    return tuple(
        Run(text[here:there], _covering(told, here) is not None, _covering(taken, here))
        for here, there in pairwise(sorted(bounds))
    )


_Placed = tuple[int, int, int]


def _within(stretches: Sequence[Stretch], start: int, length: int) -> tuple[_Placed, ...]:
    """What of the stretches lies in the text, each with its place in the list."""
    found = (
        (max(first - start, 0), min(last - start, length), place)
        for place, (first, last) in enumerate(stretches)
    )
    return tuple(each for each in found if each[0] < each[1])


def _apart(stretches: Iterable[_Placed]) -> Iterator[_Placed]:
    """The stretches without those characters that one before has."""
    reached = 0
    for first, last, place in sorted(stretches, key=lambda each: (each[0], -each[1])):
        if last > reached:
            yield max(first, reached), last, place
            reached = last


def _covering(stretches: Iterable[_Placed], at: int) -> int | None:
    return next((place for first, last, place in stretches if first <= at < last), None)
