"""How much a shared word says: fixed weights from the frequency of words in English.

Fixed, so that no link depends on what else is in a timeline; they also merge better than weights
counted from the articles at hand. The table and its licence are in `wordweights/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from math import sqrt

RARE = 5.0
"""The weight of a word that the table does not know, as names are."""
FIGURE = 3.0
"""The weight of a number."""


@lru_cache(maxsize=65_536)  # each word is weighed with many others
def weight(word: str) -> float:
    """The weight of a folded name or stem, about 1 (very common) to 5 (rare)."""
    if word[0].isdigit():
        return FIGURE
    return min(_table().get(word, RARE), RARE)


def rarest(words: Iterable[str], most: int) -> list[str]:
    """The `most` words that say most, the first of them by letters where some say as much."""
    return sorted(words, key=lambda word: (-weight(word), word))[:most]


def likeness(mine: tuple[str, ...], yours: tuple[str, ...]) -> float:
    """The cosine of two sets of words under their weights, 0 to 1, to three decimals."""
    both = _bag(mine) & _bag(yours)
    if not both:
        return 0.0
    shared = sum([weight(word) ** 2 for word in sorted(both)])
    return round(shared / sqrt(_length(mine) * _length(yours)), 3)


@lru_cache(maxsize=10_000)
def _bag(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


@lru_cache(maxsize=10_000)  # each mention is compared with many others
def _length(words: tuple[str, ...]) -> float:
    return sum(weight(word) ** 2 for word in sorted(set(words)))


@cache
def _table() -> dict[str, float]:
    text = files("service.timeline").joinpath("wordweights", "en.txt").read_text(encoding="utf-8")
    found: dict[str, float] = {}
    for line in text.splitlines():
        value, *words = line.split()
        found.update(dict.fromkeys(words, float(value)))
    return found
