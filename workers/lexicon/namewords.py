"""The words around and inside names: titles, organisations, given names (`names_en.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """Each a set of words; those of organisations with their capitals, all others small."""

    offices: frozenset[str]
    modifiers: frozenset[str]
    courtesy: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    gone: frozenset[str]
    organisations: frozenset[str]
    particles: frozenset[str]
    joiners: frozenset[str]
    suffixes: frozenset[str]
    not_names: frozenset[str]
    given_male: frozenset[str]
    given_female: frozenset[str]


@cache
def name_words() -> NameWords:
    """The table for English."""
    text = files("workers.lexicon").joinpath("names_en.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return NameWords(**{name: frozenset(words.split()) for name, words in table.items()})
