"""The words of a language, read once from `words/*.toml`.

Every word stands in one class (`month`, `weekday`, `ago`), and every class has a one-character
code, so that a text becomes a string of codes and a rule a regular expression over it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from service.temporal.languages import beside_english, known_as

Value: TypeAlias = int | str

_ENGLISH = "en"

OTHER = "x"
"""The code of every word that no rule knows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One word: its class, its value, whether it needs a capital and takes a full stop along."""

    kind: str
    value: Value
    capital: bool = False
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language by their lower-case spelling."""

    language: str
    words: dict[str, Entry]


@dataclass(frozen=True, slots=True)
class Cues:
    """Named sets of words that are looked up around an expression."""

    sets: dict[str, frozenset[str]]

    def has(self, name: str, word: str) -> bool:
        """Whether `word` (lower case) is in the set `name`."""
        return word in self.sets[name]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a rule claimed on the mean, how often gold had its expression, how often as it read."""

    claimed: float
    seen: int
    right: int


@cache
def lexicon(language: str) -> Lexicon:
    """The words of `language`; one that is not read in full has none."""
    if language == _ENGLISH:
        return Lexicon(language, _words(_table(language)))
    own = beside_english(language)
    if own is None:
        return Lexicon("und", {})
    name = known_as(language)
    entries = _words(_table(name))
    return Lexicon(
        name, {key: entry for word, entry in entries.items() for key in own.spellings(word)}
    )


@cache
def cues(language: str) -> Cues:
    """The cue words of `language`; FileNotFoundError when it has no file."""
    table = _table(f"{language}_cues")
    own = beside_english(language)
    if own is None:
        return Cues({name: frozenset(words) for name, words in table.items()})
    return Cues(
        {
            name: frozenset(key for word in words for key in own.spellings(word))
            for name, words in table.items()
        }
    )


@cache
def measures(language: str) -> dict[str, Measure]:
    """How each rule of `language` did on gold; FileNotFoundError when it has no file."""
    table = _table(f"{language}_measured")
    return {
        rule: Measure(int(row["claimed"]) / 100, int(row["seen"]), int(row["right"]))
        for rule, row in table.items()
    }


@cache
def outlet_words() -> Cues:
    """Zones, domains, places and spellings that tell where an outlet is; whatever the language."""
    return Cues({name: frozenset(words) for name, words in _table("outlets").items()})


def _table(name: str) -> dict[str, dict[str, Value]]:
    text = files("service.temporal").joinpath("words", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _words(table: dict[str, dict[str, Value]]) -> dict[str, Entry]:
    capital, dotted = frozenset(table.pop("capital", ())), frozenset(table.pop("dotted", ()))
    found: dict[str, Entry] = {}
    for kind, words in table.items():
        for word, value in words.items():
            if word in found:
                raise ValueError(f"'{word}' is in two classes: {found[word].kind} and {kind}")
            found[word] = Entry(kind, value, word in capital, word in dotted)
    return found
