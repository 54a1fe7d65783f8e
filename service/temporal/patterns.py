"""What the matches of a rule's pattern begin with, told from the pattern alone.

Two classes are enough to pass over nearly every rule that cannot match where they stand.
"""

from __future__ import annotations

import re
from typing import TypeAlias

NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9]*")
"""A class or set of classes in a pattern."""
Openings: TypeAlias = frozenset[tuple[str, ...]]
"""Names of classes: the first two of a match, or the only one."""

_PIECES = re.compile(rf"{NAME.pattern}|[()|?*+]")
_LENGTH = 2
_NOTHING: Openings = frozenset([()])


def openings(pattern: str) -> Openings:
    """How the matches of the pattern may begin.

    >>> sorted(openings("early? (month|season year)"))
    [('early', 'month'), ('early', 'season'), ('month',), ('season', 'year')]
    """
    return _either(_PIECES.findall(pattern))


def _either(pieces: list[str]) -> Openings:
    """Of the alternatives up to a closing bracket; takes what it has read off `pieces`."""
    found = _chain(pieces)
    while pieces and pieces[0] == "|":
        del pieces[0]
        found |= _chain(pieces)
    return found


def _chain(pieces: list[str]) -> Openings:
    found = _NOTHING
    while pieces and pieces[0] not in {"|", ")"}:
        found = _joined(found, _element(pieces))
    return found


def _element(pieces: list[str]) -> Openings:
    """Of one class or bracket with the sign that repeats it."""
    piece = pieces.pop(0)
    found: Openings = frozenset([(piece,)])
    if piece == "(":
        found = _either(pieces)
        del pieces[0]
    sign = pieces.pop(0) if pieces and pieces[0] in {"?", "*", "+"} else ""
    if sign in {"*", "+"}:
        found |= _joined(found, found)
    return found | _NOTHING if sign in {"?", "*"} else found


def _joined(first: Openings, then: Openings) -> Openings:
    return frozenset((one + other)[:_LENGTH] for one in first for other in then)
