"""Persian as it is written: letters, marks and digits of the Arabic script, folded for look-up.

Folding keeps every code point in its place, so that spans count the text as posted; what a word
drops (ZWNJ, tatweel, vowel marks) is dropped only in the key by which it is looked up. Source of
the letter variants: Unicode 15, block Arabic; ISIRI 6219 for those of Persian.
"""

from __future__ import annotations

import re

from service.temporal.scanner import Script

_LETTERS = {
    "ي": "ی",
    "ى": "ی",
    "ئ": "ی",
    "ك": "ک",
    "ة": "ه",
    "ۀ": "ه",
    "ە": "ه",
    "آ": "ا",
    "أ": "ا",
    "إ": "ا",
    "ٱ": "ا",
    "ؤ": "و",
    "،": ",",
    "٬": ",",
    "٫": ".",
    "؛": ";",
    "؟": "?",
    "٪": "%",
    "−": "-",
}
_DIGITS = {
    digit: str(index) for row in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for index, digit in enumerate(row)
}
_FOLDED = str.maketrans(_LETTERS | _DIGITS)
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670"
_JOINERS = "\u200c\u200d\u200e\u200f"
_DROPPED = re.compile(f"[{_MARKS}{_JOINERS}\u0640]")

# As the Latin tokens, less what only English writes; a word may hold marks and ZWNJ, and digits
# may touch letters ("۲۲بهمن").
_TOKEN = re.compile(
    rf"""
    (?=\S|\n) (?:
    (?P<word> [^\W\d_]++ (?: [{_MARKS}]++ [^\W\d_]*+ | [{_JOINERS}]++ [^\W\d_]++ )*+ )
  | (?P<point> [,.;:!?()"] )
  | (?P<spaced> \n\s* )
  | (?P<money> [$€£¥]\s?\d[\d.,]*\w* | \d[\d.,]{{0,40}}+\s?(?:%|€|£|°|‰) )
  | (?P<iso> \d{{4}}-\d\d-\d\d (?:[Tt]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?)?
      (?![\w-]) )
  | (?P<numeric> \d{{1,4}}(?P<between>[/.-])\d{{1,2}}(?P=between)\d{{1,4}} (?![\w/-]|\.\d) )
  | (?P<chain> \+?\d++(?:[-./]\d++){{2,}} | \+\d++ | \d{{3}}-\d{{5,}} )
  | (?P<clock> \d{{1,2}}:\d\d(?::\d\d)? (?![\w:]) )
  | (?P<big> \d++(?:,\d{{3}}){{1,9}}+(?:\.\d++)?(?![^\W_]) | \d++\.\d++(?![^\W_]) )
  | (?P<int> \d++ (?![A-Za-z_]) )
  | (?P<solid> \w+ )
  | (?P<mark> [^\w\s{_JOINERS}{_MARKS}] )
    )""",
    re.VERBOSE,
)


def folded(text: str) -> str:
    """The text with one spelling of each letter, digit and mark; as long as the text."""
    return text.translate(_FOLDED)


def key(word: str) -> str:
    """By what a folded word is looked up: lower case, without joiners, tatweel and vowels."""
    return _DROPPED.sub("", word).lower()


def spellings(word: str) -> tuple[str, ...]:
    """The keys of a word of the lexicon: as it stands and, after a final h, with the ezafe."""
    plain = key(folded(word))
    return (plain, f"{plain}ی") if plain.endswith("ه") else (plain,)


SCRIPT = Script(pattern=_TOKEN, fold=folded, key=key)
