"""Countries, their large cities and demonyms, and words that tell a place (`places_en.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """`names` gives the usual spelling of each name, `demonyms` the country of each adjective."""

    names: Mapping[str, str]
    demonyms: Mapping[str, str]
    prepositions: frozenset[str]
    weak: frozenset[str]
    kinds: frozenset[str]
    last: frozenset[str]
    first: frozenset[str]
    not_of: frozenset[str]

    def place(self, name: str) -> str | None:
        """The usual spelling of a listed place, None for another name."""
        return self.names.get(name)

    def is_built_like_one(self, words: tuple[str, ...]) -> bool:
        """Whether the words of a name are those of a place: "Harbour Square", "Lake Victoria"."""
        if len(words) < 2:  # "Bay" alone is no name of a place
            return False
        inside = any(word in self.last for word in words[:-1]) and "of" in words
        return words[-1] in self.last or words[0] in self.first or inside


@cache
def gazetteer() -> Gazetteer:
    """The table for English."""
    text = files("workers.lexicon").joinpath("places_en.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    names: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    for country, listed in table["countries"].items():
        cities, adjectives, others = (*listed.split(";"), "", "")[:3]
        names[country] = country
        names.update(dict.fromkeys(_listed(others), country))
        names.update({each: each for each in _listed(cities)})
        demonyms.update(dict.fromkeys(_listed(adjectives), country))
    words = {name: frozenset(each.split()) for name, each in table["words"].items()}
    return Gazetteer(names=names, demonyms=demonyms, **words)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())
