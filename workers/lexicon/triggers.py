"""Triggers: the verbs and nouns that tell of a happening, and the classes they fall into.

The table is ours (`triggers_en.toml`). A verb that is in no class is a trigger all the same, under
its own lemma.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_KINDS = ("verbs", "nouns", "alone", "passive")


@dataclass(frozen=True, slots=True)
class Triggers:
    """Classes by verb and by noun, the opposite of each class, and lists of verbs by name.

    `alone` gives the class of a verb without an object where it is another one, `passive` that of
    a passive. `answers` are words that answer what they do not name, with the classes of what they
    answer.
    """

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    alone: Mapping[str, str]
    passive: Mapping[str, str]
    opposites: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]
    answers: Mapping[str, tuple[str, ...]]

    def is_listed(self, name: str, verb: str) -> bool:
        """Whether the verb, with its particle, is in the list `name`."""
        return verb in self.lists[name]

    def knows(self, phrase: str) -> bool:
        """Whether a class or a list has the phrase."""
        return phrase in self.verbs or any(phrase in words for words in self.lists.values())


@cache
def english() -> Triggers:
    """The table for English."""
    text = files("workers.lexicon").joinpath("triggers_en.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    by_word = {kind: _by_word(table["classes"], kind) for kind in _KINDS}
    opposites = {
        name: words["opposite"] for name, words in table["classes"].items() if "opposite" in words
    }
    lists = {name: frozenset(_listed(words)) for name, words in table["words"].items()}
    answers = {word: _listed(classes) for word, classes in table["answers"].items()}
    return Triggers(**by_word, opposites=opposites, lists=lists, answers=answers)


def _by_word(classes: Mapping[str, Mapping[str, str]], kind: str) -> dict[str, str]:
    """The class of each word; the first class that claims it keeps it."""
    found: dict[str, str] = {}
    for name, words in classes.items():
        for word in _listed(words.get(kind, "")):
            found.setdefault(word, name)
    return found


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", " ").split(",") if word.strip())
