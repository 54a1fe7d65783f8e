"""The words of a Persian sentence: where they stand, their keys, and what they say to other texts.

A key has one spelling of each letter and no ZWNJ. What is looked up in a word list is tried as it
stands, then without endings; so nothing is cut off a word that no list has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.temporal.arabic_script import folded, key

_TOKEN = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u064b-\u065f\u0670\u0640]|[\u200c\u200d](?=[^\W\d_]))*|"
    r"\d+(?:[.,/]\d+)*|[^\w\s\u200c-\u200f]"
)
_JOINER = re.compile("[\u200c\u200d]")
_ENDINGS = frozenset({"ها", "های", "هایی", "هایش", "هایشان", "ای", "ام", "اش", "شان", "تر", "ترین"})
_PLURALS = frozenset({"ها", "های", "هایی"})
_JOINED = ("هایشان", "هایش", "هایی", "های", "ها")
_WHOLE = frozenset(key(each) for each in ("تنها", "انتها", "بها", "رها", "انها", "اینها", "نهایی"))
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or mark at [start, end) of the text as posted."""

    start: int
    end: int
    text: str
    key: str

    @property
    def is_mark(self) -> bool:
        """Whether it is a punctuation mark."""
        return not self.key[:1].isalnum()

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.key[:1].isdigit()


def read_words(text: str, start: int) -> tuple[Word, ...]:
    """The words of `text`, which begins at `start`; a plural ending apart belongs to its noun."""
    plain = folded(text)
    found: list[Word] = []
    for match in _TOKEN.finditer(plain):
        first, last = match.span()
        told = key(match.group())
        spaced = found and start + first - found[-1].end == 1
        if told in _PLURALS and spaced and not found[-1].is_mark:
            before = found.pop()
            first = before.start - start
            told = before.key + told
        found.append(Word(start + first, start + last, text[first:last], told))
    return tuple(found)


@lru_cache(maxsize=16_384)
def bare(text: str) -> str:
    """The key of a word without the endings that are set apart by ZWNJ, or make a plural."""
    parts = [part for part in _JOINER.split(folded(text)) if part]
    while len(parts) > 1 and key(parts[-1]) in _ENDINGS:
        parts.pop()
    found = key("".join(parts))
    for ending in _JOINED:
        rest = found.removesuffix(ending)
        if rest != found and len(rest) >= _SHORTEST and found not in _WHOLE:
            return rest
    return found


@lru_cache(maxsize=16_384)
def forms(text: str) -> tuple[str, ...]:
    """The keys by which a word may stand in a list: as it is, then without its endings."""
    whole, plain = key(folded(text)), bare(text)
    return tuple(dict.fromkeys((whole, plain, *_shorter(plain))))


def known_form(text: str, listed: Collection[str]) -> str | None:
    """The first form of a word that a list has."""
    return next((each for each in forms(text) if each in listed), None)


def known_here(words: Sequence[Word], at: int, listed: Collection[str]) -> str | None:
    """`known_form` of the word at this index, or of it with the next: a space may be a ZWNJ."""
    pair = "\u200c".join(each.text for each in words[at : at + 2])
    return known_form(pair, listed) or known_form(words[at].text, listed)


def phrases(words: Sequence[Word], at: int, most: int) -> Iterator[tuple[str, int]]:
    """What begins at the word `at`, of `most` words and fewer, with where it ends."""
    for size in range(min(most, len(words) - at), 0, -1):
        yield " ".join(each.key for each in words[at : at + size]), at + size


def _shorter(plain: str) -> Iterator[str]:
    """Without an ezafe or article, or the plural of persons: "zendaniyan", "koshtegan"."""
    if plain.endswith("ی") and len(plain) > _SHORTEST:
        yield plain[:-1]
    if plain.endswith("ای") and len(plain) > _SHORTEST + 1:
        yield plain[:-2]
    for ending in ("ان", "انی", "ات"):
        stem = plain.removesuffix(ending)
        if stem == plain or len(stem) < _SHORTEST:
            continue
        yield stem
        if stem.endswith("گ"):
            yield f"{stem[:-1]}ه"
        if stem.endswith("ی"):
            yield stem[:-1]
