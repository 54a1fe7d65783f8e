"""The word lists of Persian (`*_fa.toml`), typed; all words by their keys."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from service.temporal.arabic_script import folded, key
from service.timeline.details import Comparator
from workers.text.words import stem


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbWords:
    """How verbs are built: `stems` of the past by their key, each with its written form."""

    stems: Mapping[str, str]
    presents: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]
    modes: Mapping[str, str]
    joints: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerWords:
    """Classes by element of a light verb, by whole verb and by noun; and lists by name."""

    light: Mapping[str, str]
    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]
    saying: Mapping[str, frozenset[str]]
    states: Mapping[str, frozenset[str]]
    written: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """Places by key in their usual English spelling, and what names stand beside."""

    countries: Mapping[str, str]
    towns: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWords:
    """Words of numbers, comparators, units, counted nouns and scopes, all by key."""

    cardinals: Mapping[str, int]
    scales: Mapping[str, int]
    vague: Mapping[str, int]
    comparators: Mapping[str, Comparator]
    units: Mapping[str, str]
    goods: frozenset[str]
    terms: Mapping[str, str]
    of_terms: frozenset[str]
    counted: Mapping[str, str]
    between: frozenset[str]
    scopes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glosses:
    """The English stems of a key, and the words without content."""

    stems: Mapping[str, tuple[str, ...]]
    small: frozenset[str]


@cache
def verb_words() -> VerbWords:
    """Of verbs and conjunctions."""
    table = _table("verbs")
    pairs = [pair.split() for pair in _listed(table["stems"])]
    names = ("nouns_too", "never", "light", "passive", "bare", "being", "having", "perfect")
    sets = {name: _keys(table[name]) for name in (*names, "pluperfect", "future")}
    return VerbWords(
        stems={plain(past): past for past, _ in pairs},
        presents={plain(present): plain(past) for past, present in reversed(pairs)},
        sets=sets,
        modes=_persons(_by_word(table["modes"]), pairs),
        joints=_by_word(table["joints"]),
    )


@cache
def trigger_words() -> TriggerWords:
    """Of what happens and of saying."""
    table, verbs = _table("triggers"), _table("verbs")
    classes = table["classes"]
    light = {name: each["light"] for name, each in classes.items() if each.get("light")}
    whole = {name: each["verbs"] for name, each in classes.items() if each.get("verbs")}
    nouns = {name: each["nouns"] for name, each in classes.items() if each.get("nouns")}
    every = [*light.values(), *nouns.values(), *verbs["saying"].values(), *verbs["states"].values()]
    return TriggerWords(
        light=_by_word(light),
        verbs=_by_word(whole),
        nouns=_by_word(nouns),
        lists={name: _keys(each) for name, each in table["words"].items()},
        saying={name: _keys(each) for name, each in verbs["saying"].items()},
        states={name: _keys(each) for name, each in verbs["states"].items()},
        written={plain(each): each for words in every for each in _listed(words)},
    )


@cache
def name_words() -> NameWords:
    """Of places and of what stands beside names."""
    table = _table("names")
    return NameWords(
        countries=_by_word(table["countries"]),
        towns=_by_word(table["towns"]),
        lists={name: _keys(each) for name, each in table["words"].items()},
    )


@cache
def count_words() -> CountWords:
    """Of numbers and what they count."""
    table = _table("figures")
    numbers, terms = table["numbers"], dict(table["terms"])
    of_terms = _keys(terms.pop("of"))
    steps = (
        ("units", range(1, 20)),
        ("tens", range(20, 100, 10)),
        ("hundreds", range(100, 1000, 100)),
    )
    cardinals = {
        plain(word): value
        for name, values in steps
        for word, value in zip(numbers[name].split(), values, strict=True)
    }
    return CountWords(
        cardinals=cardinals,
        scales={plain(word): value for word, value in numbers["scales"].items()},
        vague={plain(word): value for word, value in numbers["vague"].items()},
        comparators={
            word: Comparator(name) for word, name in _by_word(table["comparators"]).items()
        },
        units=_by_word(table["units"]),
        goods=_keys(table["weighed"]["goods"]),
        terms=_by_word(terms),
        of_terms=of_terms,
        counted=_by_word(table["counted"]),
        between=_keys(numbers["between"]),
        scopes=_by_word(table["scopes"]),
    )


@cache
def glosses() -> Glosses:
    """Of what English news would call it."""
    table = _table("glosses")
    found: dict[str, list[str]] = {}
    for english, persian in table["things"].items():
        for word in _listed(persian):
            stems = (form for each in english.split() for form in _stems(each))
            found.setdefault(plain(word), []).extend(stems)
    return Glosses(
        stems={word: tuple(stems) for word, stems in found.items()},
        small=frozenset(plain(each) for each in table["words"]["small"].split()),
    )


def _persons(modes: Mapping[str, str], pairs: Iterable[list[str]]) -> Mapping[str, str]:
    """With the plural and the perfect of those that end with a past: "tasmim gereftand"."""
    pasts = {plain(past) for past, _ in pairs}
    of_past = {phrase: name for phrase, name in modes.items() if phrase.split()[-1] in pasts}
    endings = ("ند", "ه", "هاند", "ه است", "ه اند")
    more = {phrase + end: name for phrase, name in of_past.items() for end in endings}
    return more | dict(modes)


def _stems(word: str) -> Iterator[str]:
    """The stem of an English word, and that of its forms in "-ies" and "-ied"."""
    yield stem(word)
    if word.endswith("y"):
        yield stem(f"{word[:-1]}ies")


def plain(phrase: str) -> str:
    """The keys of the words of a phrase."""
    return " ".join(key(folded(each)) for each in phrase.split())


def _table(name: str) -> Mapping[str, Any]:
    text = files("workers.persian").joinpath(f"{name}_fa.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _listed(text: str) -> Iterator[str]:
    return (each.strip() for each in text.split(",") if each.strip())


def _keys(text: str) -> frozenset[str]:
    return frozenset(plain(each) for each in _listed(text))


def _by_word(table: Mapping[str, str]) -> Mapping[str, str]:
    """Each word of the lists with the name of its list; the first one keeps it."""
    found: dict[str, str] = {}
    for name, words in table.items():
        for each in _listed(words):
            found.setdefault(plain(each), name)
    return found
