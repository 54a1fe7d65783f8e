"""The words of `sequences_en.toml`: how a clause says that it is told from what stands before."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from service.timeline.model import Pointing

RELATIONS = {
    "same": Pointing.WITHIN,
    "after": Pointing.AFTER,
    "before": Pointing.BEFORE,
}


def find_relation(clause: str) -> tuple[Pointing, str] | None:
    """How the words of a clause lie to what was told before, and the words that say so."""
    for name, relation in RELATIONS.items():
        found = _pattern(name).search(clause)
        if found is not None:
            return relation, found.group()
    return None


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list."""
    text = _table()[name]
    return frozenset(word.strip() for word in text.replace("\n", " ").split(",") if word.strip())


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = sorted(listed(name), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


@cache
def _table() -> Mapping[str, str]:
    text = files("workers.lexicon").joinpath("sequences_en.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
