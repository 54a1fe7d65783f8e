"""The table of number words and of what numbers count (`figures_en.toml`), typed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.timeline.details import Comparator

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One thing that becomes of the counted, by the words that say it."""

    name: str
    done: frozenset[str]
    """Verbs that do it to their object."""
    undergone: frozenset[str]
    """Verbs whose subject it happens to."""
    beside: frozenset[str]
    nouns: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureWords:
    """Words of numbers, comparators, units and scopes."""

    cardinals: Mapping[str, int]
    scales: Mapping[str, int]
    vague: Mapping[str, int]
    before: tuple[tuple[Phrase, Comparator], ...]
    after: tuple[tuple[Phrase, Comparator], ...]
    signs: Mapping[str, str]
    currencies: Mapping[str, str]
    measures: Mapping[str, str]
    times: frozenset[str]
    terms: Mapping[str, str]
    powers: frozenset[str]
    scopes: tuple[Scope, ...]
    of_people: frozenset[str]
    persons: frozenset[str]
    tolls: frozenset[str]
    totals: frozenset[str]
    labels: frozenset[str]
    owned: frozenset[str]
    plurals: Mapping[str, str]
    no_one: frozenset[str]
    against: frozenset[str]
    of_what: frozenset[str]


@cache
def figure_words() -> FigureWords:
    """The table for English."""
    text = files("workers.lexicon").joinpath("figures_en.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    numbers, counted, measures = table["numbers"], table["counted"], table["measures"]
    units = dict(zip(numbers["units"].split(), range(1, 20), strict=True))
    tens = dict(zip(numbers["tens"].split(), range(20, 100, 10), strict=True))
    return FigureWords(
        cardinals=units | tens,
        scales=numbers["scales"],
        vague=numbers["vague"],
        before=tuple(_phrases(table["comparators"])),
        after=tuple(_phrases(table["after"])),
        signs=table["currencies"]["signs"],
        currencies=table["currencies"]["words"],
        measures=dict(pair.split(":", 1) for pair in measures["words"].split()),
        times=frozenset(measures["times"].split()),
        terms=dict(pair.split(":", 1) for pair in measures["terms"].split()),
        powers=frozenset(measures["powers"].split()),
        scopes=tuple(_scope(name, each) for name, each in table["scopes"].items()),
        of_people=frozenset(counted["people"].split()),
        persons=frozenset(counted["persons"].split()),
        tolls=frozenset(counted["tolls"].split()),
        totals=frozenset(counted["totals"].split()),
        labels=frozenset(counted["labels"].split()),
        owned=frozenset(counted["owned"].split()),
        plurals=dict(pair.split(":", 1) for pair in counted["plurals"].split()),
        no_one=frozenset(counted["no_one"].split()),
        against=frozenset(counted["against"].split()),
        of_what=frozenset(counted["of_what"].split()),
    )


def _phrases(table: Mapping[str, list[str]]) -> Iterator[tuple[Phrase, Comparator]]:
    """Each phrase with its comparator, longest first: "no more than" before "more than"."""
    every = [
        (tuple(phrase.split()), Comparator(name)) for name, each in table.items() for phrase in each
    ]
    yield from sorted(every, key=lambda pair: (-len(pair[0]), pair[0]))


def _scope(name: str, each: Mapping[str, str]) -> Scope:
    return Scope(
        name=name,
        done=_listed(each["done"]),
        undergone=_listed(each["self"]),
        beside=frozenset(each["beside"].split()),
        nouns=frozenset(each["nouns"].split()),
    )


def _listed(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(",") if word.strip())
