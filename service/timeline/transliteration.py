"""Names written in two scripts, by one key: the consonants that both spellings have.

"Khales" and "خالص" are both x-l-s. Vowels are left out, since Persian and Arabic do not write the
short ones; a letter that may be vowel or consonant gives a key for each. The letters follow the
usual romanisation of news (BGN/PCGN 1958 for Persian, without its marks).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

FEWEST = 3
"""Consonants of a key; shorter ones fit too many words."""
MOST_DOUBTFUL = 3
"""Letters of a word that are tried as vowel and as consonant."""

_ARABIC = dict(zip("بپتجدرفکگلمن", "bptjdrfkglmn", strict=True)) | {
    **dict.fromkeys("ثسص", "s"),
    **dict.fromkeys("ذزضظ", "z"),
    **dict.fromkeys("قغ", "q"),
    **dict.fromkeys("حهة", "h"),
    **dict.fromkeys("يئى", "y"),
    "ط": "t",
    "ك": "k",
    "چ": "c",
    "خ": "x",
    "ژ": "j",
    "ش": "w",
    **dict.fromkeys("وؤ", "v"),
    "ی": "y",
}
_DOUBTFUL = frozenset("vy")
_SILENT = re.compile("ه(?=\u200c?ای$)")
"""The h that only carries a vowel, before an ending: "Khamene-i"."""
_LATIN = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"kh", "X"),
        (r"sh|sch", "W"),
        (r"tch|ch", "C"),
        (r"zh|dj", "J"),
        (r"gh", "Q"),
        (r"ph", "F"),
        (r"th", "T"),
        (r"ck|c(?![eiy])", "K"),
        (r"c", "S"),
        (r"x", "KS"),
        (r"w", "V"),
        (r"y(?=[aeiou])", "Y"),
        (r"h$", ""),
        (r"[aeiouy'’-]", ""),
    )
)


@lru_cache(maxsize=16_384)
def keys(word: str) -> frozenset[str]:
    """The keys of a folded word; none for one that is too short or in another script.

    >>> sorted(keys("shayan") & keys("شایان"))
    ['wyn']
    """
    if word[:1] in _ARABIC or word[:1] in "اآعأإ":
        found = _of_arabic(word)
    elif word.isascii() and word[:1].isalpha():
        found = (_of_latin(word),)
    else:
        return frozenset()
    return frozenset(each for each in found if len(each) >= FEWEST)


def _of_latin(word: str) -> str:
    for pattern, letter in _LATIN:
        word = pattern.sub(letter, word)
    return _single(word.lower())


def _of_arabic(word: str) -> tuple[str, ...]:
    letters = [_ARABIC[each] for each in _SILENT.sub("", word) if each in _ARABIC]
    if letters and letters[-1] == "h":
        letters.pop()
    doubtful = [at for at, each in enumerate(letters) if each in _DOUBTFUL]
    tried, kept = doubtful[:MOST_DOUBTFUL], doubtful[MOST_DOUBTFUL:]
    forms = []
    for sounded in product((True, False), repeat=len(tried)):
        silent = {at for at, is_sounded in zip(tried, sounded, strict=True) if not is_sounded}
        silent.update(kept)
        forms.append(_single("".join(each for at, each in enumerate(letters) if at not in silent)))
    return tuple(forms)


def _single(letters: str) -> str:
    """Doubled consonants once, as Persian writes them."""
    return re.sub(r"(.)\1+", r"\1", letters)
