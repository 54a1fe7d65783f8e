"""Numbers in Persian text, in digits and in words: "۳۰۰۰", "سه هزار و دویست", "ده‌ها"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workers.persian.wordlists import count_words
from workers.persian.words import Word

_AND = "و"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the words [first, until) of a sentence; `vague` is a plural such as "dozens"."""

    first: int
    until: int
    value: float
    vague: bool = False


def find_numbers(words: Sequence[Word]) -> tuple[Number, ...]:
    """The numbers of a sentence in order."""
    found: list[Number] = []
    at = 0
    while at < len(words):
        number = _number(words, at)
        if number is not None:
            found.append(number)
        at = at + 1 if number is None else number.until
    return tuple(found)


def _number(words: Sequence[Word], first: int) -> Number | None:
    """The number that begins here: what a scale multiplies, and what "va" adds."""
    listed = count_words()
    key = words[first].key
    if key in listed.vague:
        return _scaled(words, Number(first, first + 1, float(listed.vague[key]), vague=True))
    total, part, at, limit = 0.0, _small(words[first]), first, float("inf")
    if part is None:
        return None
    while True:
        at += 1
        while at < len(words) and words[at].key in listed.scales:
            part *= listed.scales[words[at].key]
            at += 1
        total += part
        limit = _step(part)
        following = _small(words[at + 1]) if _joins(words, at) else None
        if following is None or following >= limit:
            return Number(first, at, total)
        part, at = following, at + 1


def _scaled(words: Sequence[Word], number: Number) -> Number:
    """Dozens of thousands: "dah-ha hezar"."""
    value, at = number.value, number.until
    while at < len(words) and words[at].key in count_words().scales:
        value *= count_words().scales[words[at].key]
        at += 1
    return Number(number.first, at, value, vague=True)


def _joins(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and words[at].key == _AND


def _small(word: Word) -> float | None:
    """The value of one word: digits, or a number below a thousand in words; a scale by itself."""
    listed = count_words()
    if word.is_number:
        digits = word.key.replace(",", "")
        return float(digits) if digits.replace(".", "", 1).isdigit() else None
    if word.key in listed.cardinals:
        return float(listed.cardinals[word.key])
    return float(listed.scales[word.key]) if word.key in listed.scales else None


def _step(value: float) -> float:
    """What may follow with "va": tens behind hundreds, units behind tens."""
    step = 1.0
    while value >= step * 10 and value % (step * 10) == 0:
        step *= 10
    return step
