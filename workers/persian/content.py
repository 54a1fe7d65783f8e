"""Names and content words of a Persian clause, for linking: its own, and as English tells them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from service.temporal.timex import Span
from workers.persian.figures import plain_numbers
from workers.persian.names import Register, find_names
from workers.persian.verbs import find_verbs
from workers.persian.wordlists import glosses, trigger_words, verb_words
from workers.persian.words import Word, bare, forms, known_here, phrases

LONGEST_GLOSSED = 2
LEAST_NUMBER = 3
"""Smaller numbers are said of anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Folded names and stems of a clause and its sentence, sorted; `glosses` are English stems."""

    names: tuple[str, ...]
    terms: tuple[str, ...]
    sentence: tuple[str, ...]
    glosses: tuple[str, ...] = ()


def read_content(
    clause: Sequence[Word], sentence: Sequence[Word], dated: Collection[Span], register: Register
) -> Content:
    """What the words of a clause say, expressions of time apart."""
    named = find_names(_plain(clause, dated), register)
    of_sentence = find_names(_plain(sentence, dated), register)
    every = {*of_sentence, *_terms(sentence, dated, of_sentence)}
    return Content(
        names=named,
        terms=_terms(clause, dated, named),
        sentence=tuple(sorted(every)),
        glosses=_glosses(_plain(clause, dated)),
    )


def _plain(words: Sequence[Word], dated: Collection[Span]) -> list[Word]:
    return [
        each for each in words if not any(span.start <= each.start < span.end for span in dated)
    ]


def _terms(
    words: Sequence[Word], dated: Collection[Span], named: Collection[str]
) -> tuple[str, ...]:
    """Content words in one form each, and numbers; no names, auxiliaries and empty verbs."""
    empty = {
        at
        for verb in find_verbs(words)
        if verb.stem in verb_words().sets["light"] or verb.mode
        for at in range(verb.first, verb.until)
    }
    numbers = list(plain_numbers(words, dated))
    counted = {at for each in numbers for at in range(each.first, each.until)}
    told = {
        _common(each)
        for at, each in enumerate(words)
        if at not in empty
        and at not in counted
        and each.key[0].isalpha()
        and each.key not in named
        and each in _plain([each], dated)
    }
    values = {f"{each.value:g}" for each in numbers if each.value >= LEAST_NUMBER}
    return tuple(sorted({each for each in told if each and each not in glosses().small} | values))


def _common(word: Word) -> str:
    """The form that a list knows, else the word without its endings; empty for a small word."""
    if word.key in glosses().small:
        return ""
    lists = (glosses().stems, trigger_words().nouns)
    known = next((form for form in forms(word.text) for each in lists if form in each), None)
    return bare(word.text) if known is None else known


def _glosses(words: Sequence[Word]) -> tuple[str, ...]:
    found: set[str] = set()
    listed = glosses().stems
    for at in range(len(words)):
        told = next((p for p, _ in phrases(words, at, LONGEST_GLOSSED) if p in listed), None)
        form = told or known_here(words, at, listed)
        found.update(listed.get(form or "", ()))
    return tuple(sorted(found))
