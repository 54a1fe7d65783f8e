"""Copies: how alike two texts are, told by short signatures (MinHash).

The runs of words of a text are spread over places by a fixed hash, and each place keeps its lowest
value; a place that got none borrows from the next (one-permutation hashing: Li, Owen and Zhang
2012; Shrivastava and Li 2014). The share of equal places estimates the share of common runs. Texts
as like as copies agree in a whole band of places, so bands are what an index looks copies up by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import eq
from typing import TypeAlias
from zlib import crc32

Signature: TypeAlias = tuple[int, ...]

PLACES = 64
BANDS = 16
RUN = 4
"""Words of a run."""
FEWEST_WORDS = 25
"""Words of a text below which likeness may be chance: it gets no signature."""
COPY = 0.8
"""Likeness from which a text is a copy."""
BORROWED = 1 << 26
"""Added to a value for each place that it was borrowed over; values are smaller."""
_WORD = re.compile(r"\w+")


def sign(text: str) -> Signature:
    """The signature of a text, empty for one of few words; capitals and points do not matter."""
    words = _WORD.findall(text.casefold())
    if len(words) < FEWEST_WORDS:
        return ()
    lowest: dict[int, int] = {}
    for at in range(len(words) - RUN + 1):
        value, place = divmod(crc32(" ".join(words[at : at + RUN]).encode()), PLACES)
        lowest[place] = min(value, lowest.get(place, value))
    return tuple(_value(lowest, place) for place in range(PLACES))


def likeness(one: Signature, other: Signature) -> float:
    """The estimated share of common runs of words, 0 to 1; 0 where one has no signature."""
    if not one or not other:
        return 0.0
    equal: int = sum(map(eq, one, other))
    return equal / PLACES


def are_copies(one: Signature, other: Signature) -> bool:
    """Whether one text is a copy of the other."""
    return likeness(one, other) >= COPY


@lru_cache(maxsize=1024)  # an article's are asked for with every event that it tells
def bands(signature: Signature) -> tuple[str, ...]:
    """The keys under which its copies are looked for, none without a signature."""
    size = PLACES // BANDS
    return tuple(
        f"{at:02}" + "".join(f"{value:x}." for value in signature[at * size : (at + 1) * size])
        for at in range(BANDS if signature else 0)
    )


def pairs(signatures: Mapping[str, Signature]) -> Iterator[tuple[str, str]]:
    """Copies among these texts, by names: enough pairs to join every group of copies."""
    holders: dict[str, list[str]] = {}
    group: dict[str, set[str]] = {}
    for name in sorted(signatures):
        group[name] = {name}
        keys = bands(signatures[name])
        for other in sorted({each for key in keys for each in holders.get(key, ())}):
            known = other in group[name]
            if not known and are_copies(signatures[other], signatures[name]):
                joined = group[other] | group[name]
                group.update(dict.fromkeys(joined, joined))
                yield other, name
        for key in keys:
            holders.setdefault(key, []).append(name)


def _value(lowest: Mapping[int, int], place: int) -> int:
    steps = next(steps for steps in range(PLACES) if (place + steps) % PLACES in lowest)
    return lowest[(place + steps) % PLACES] + steps * BORROWED
