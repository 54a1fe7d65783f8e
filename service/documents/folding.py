"""Words as they are searched for: without case, accents and ways of spelling one letter.

`fold` gives the words of a text with one space between them. Scripts that are written without
spaces between words (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese) fold into single
letters, so that any run of them is found as a phrase. Decompositions are those of Unicode
(normalisation forms NFKC and NFKD); the letters that Unicode does not take apart are listed here.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

LONGEST_WORD = 64
"""Characters of a word that are looked at."""

_SPELT = "æ:ae œ:oe ø:o ł:l đ:d ð:d þ:th ħ:h ŧ:t ŋ:n ı:i ĸ:k ə:e ɓ:b ɗ:d ƙ:k"
# Arabic script: one letter of several shapes, as Persian and Arabic keyboards write them.
_SHAPED = "ي:ی ى:ی ې:ی ك:ک ڪ:ک ة:ه ە:ه ہ:ه ھ:ه ٱ:ا"
_LETTERS = dict(each.split(":") for each in f"{_SPELT} {_SHAPED}".split())
"""Letters, in lower case and without marks, and what they are searched as."""

_DROPPED = "\u00ad\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphen, tatweel, joiners and direction marks: they part no word."""

_ACCENTS = (
    *((0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F)),
    *((0x0670, 0x0670), (0x06D6, 0x06ED), (0x08D3, 0x08FF), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF)),
    *((0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F)),
)
"""Marks that are accents or vowel points of Latin, Greek, Cyrillic, Hebrew and Arabic script."""

_UNSPACED = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3041, 0x312F)),
    *((0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF)),
    *((0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0x20000, 0x323AF)),
)
"""Blocks of scripts in which no space parts words, or in which particles cling to them."""


def fold(text: str) -> str:
    """The words of `text` as they are compared, one space between them.

    >>> fold("Café «München»: 3,000 PEOPLE's")
    'cafe munchen 3 000 people s'
    >>> fold("東京 2026年")
    '東 京 2026 年'
    """
    lower = unicodedata.normalize("NFKC", text).casefold()
    plain = unicodedata.normalize("NFKD", lower).translate(_PLAIN)
    whole = unicodedata.normalize("NFKC", plain).casefold()
    return " ".join(whole.translate(_PARTED).split())


def search_terms(folded: str) -> frozenset[str]:
    """What a folded text is found by: its words, and each pair of neighbouring unspaced letters.

    >>> sorted(search_terms("東 京 2026"))
    ['2026', '京', '東', '東京']
    """
    words = folded.split()
    pairs = (one + other for one, other in pairwise(words) if _is_single(one) and _is_single(other))
    return frozenset(word[:LONGEST_WORD] for word in (*words, *pairs))


def asked_terms(folded: str) -> frozenset[str]:
    """The terms that a text holds when it holds `folded`: of unspaced letters their pairs suffice.

    >>> sorted(asked_terms("東 京 都"))
    ['京都', '東京']
    """
    words = folded.split()
    terms = search_terms(folded)
    if len(words) < 2:
        return terms
    paired = {letter for term in terms if _is_pair(term) for letter in term}
    return terms - paired


def is_unspaced(word: str) -> bool:
    """Whether a folded word is one letter of a script without spaces."""
    return _is_single(word)


class _Plain(dict[int, str | int | None]):
    """What each letter becomes once it is in lower case and taken apart; filled as asked for."""

    def __missing__(self, code: int) -> str | int | None:
        letter = chr(code)
        found: str | int | None = code
        if letter in _DROPPED or _is_in(code, _ACCENTS):
            found = None
        elif letter in _LETTERS:
            found = _LETTERS[letter]
        elif (digit := unicodedata.decimal(letter, None)) is not None:
            found = str(digit)
        self[code] = found
        return found


class _Parted(dict[int, str | int | None]):
    """Letters, digits and marks stay, unspaced letters stand alone, all else parts words."""

    def __missing__(self, code: int) -> str | int | None:
        letter = chr(code)
        found: str | int | None = code
        if unicodedata.category(letter)[0] not in "LNM":
            found = " "
        elif _is_in(code, _UNSPACED) and unicodedata.category(letter)[0] != "N":
            found = f" {letter} "
        self[code] = found
        return found


def _is_single(word: str) -> bool:
    return len(word) == 1 and _is_in(ord(word), _UNSPACED)


def _is_pair(term: str) -> bool:
    return len(term) == 2 and all(map(_is_single, term))


def _is_in(code: int, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in blocks)


_PLAIN = _Plain()
_PARTED = _Parted()
