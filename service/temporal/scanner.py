"""Text to lexical tokens: one regular expression finds words, numbers and marks with their places.

Each token has a class; the classes as one-character codes make a string that rules are matched
against. The scan is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TypeAlias

from service.temporal.lexicon import OTHER, Entry, Lexicon, Value
from service.temporal.lexicon import lexicon as lexicon_of

BREAK = "break"
"""Class of a line or paragraph end that no expression and no clause crosses."""

# What may stand behind a clock time to say where it runs: "Tehran time", "Eastern", "UTC+4".
_ZONE = r"""
    [ \u00a0] (?:
        (?!Prime|Full|Part|Half|Free|Play|Mrs?[ ]|Ms[ ]|Dr[ ]) (?:[A-Z][a-z]+[ ]){1,3}[Tt]ime\b
      | (?:Eastern|Central|Mountain|Pacific)\b (?![ ][A-Z])
      | (?:GMT|UTC)[ ]?[+−–-][ ]?\d{1,2}(?::?\d\d)?(?![\d:])
      | \+\d\d:?\d\d\b
      | (?:AKST|AKDT|HST|AEST|AEDT|ACST|ACDT|AWST|NZST|NZDT|SAST|WAT|EAT|CAT|EEST|TRT|IRDT|GST|PKT
          |NPT|WIB|HKT|SGT|KST|BRT|AST|ADT)\b
    )"""

_TOKEN = re.compile(
    r"""
    (?=\S|\n) (?:
    (?P<word> [A-Za-z]{2,}+[^\W\d_]*+ (?![\d_]) )
  | (?P<point> [,.;:!?()"] )
  | (?P<oclock> [oO]['’]clock\b )
  | (?P<initials> (?:A\.[DHMP]|B\.C\.E|B\.[CE]|C\.E|E\.C|[NO]\.S|[apP]\.[mM])\.(?!\w) )
  | (?P<rareword> [^\W\d_]++ (?![\d_]) )
  | (?P<spaced> \n\s* )
  | (?P<money> [$€£¥₹₽\#]\s?\d[\d.,]*\w* | \d[\d.,]{0,40}+\s?(?:%|€|£|°|‰) )
  | (?P<iso> \d{4}-\d\d-\d\d (?:[Tt]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?)?
      (?![\w-]) )
  | (?P<numeric> \d{1,4}(?P<between>[/.-])\d{1,2}(?P=between)\d{2,4}
      (?![\w/]|-(?!\d{1,2}/\d{1,2}/\d)|\.\d) )
  | (?P<isomonth> [12]\d{3}-(?:0[1-9]|1[0-2]) (?![\w-]) )
  | (?P<chain> \+?\d++(?:[-./]\d++){2,} | \+\d++ | \d{3}-\d{3,4}(?![\w-]) )
  | (?P<clockap> \d{1,2}(?:[:.]\d\d){0,2}[ \u00a0\u202f]?[aApP]
      (?:\.[ ]?[mM]\.|[mM]\b) | \d{3,4}[ ]?[ap](?:\.m\.|m\b) | \d{1,2}:\d\d[ap]\b ) (?:{ZONE})?
  | (?P<amount> (?<![\w:.,/]) \d{1,4}(?:h|hrs?|mins?|secs?|yrs?|wks?)\b )
  | (?P<clock> \d{1,2}:\d\d(?::\d\d)? (?![\w:]) | [0-2]?\dh[0-5]\d\b ) (?:{ZONE})?
  | (?P<ord> \d{1,2}(?:st|nd|rd|th|ST|ND|RD|TH)\b )
  | (?P<decade> ['’‘]?(?:\d{2})?\d0['’]?s\b(?!\s?°) )
  | (?P<shortyear> (?<!\w)['’‘]\d\d(?!\w) )
  | (?P<big> \d++(?:,\d{3}){1,9}+(?:\.\d++)?(?![^\W_]) | \d++\.\d++(?![^\W_]) )
  | (?P<int> \d++ (?![^\W_]) )
  | (?P<clitic> ['’](?:s|ll|d|re|ve|t|m)\b )
  | (?P<code> [QqHh][1-4](?![\w]) | [12]H(?![\w]) )
  | (?P<fiscal> (?:FY[ ]?(?:19|20)|CY[ ]?(?:19|20)|FY['’]?)\d{2}(?![\w]) )
  | (?P<solid> \w+ )
  | (?P<mark> [^\w\s] )
    )""".replace("{ZONE}", _ZONE),
    re.VERBOSE,
)
_MARKS = {
    ",": "comma",
    "-": "dash",
    "‐": "dash",
    "‑": "dash",
    "–": "dash",
    "—": "longdash",
    ".": "dot",
    "!": "stop",
    "?": "stop",
    "(": "open",
    ")": "close",
    "[": "squareopen",
    "]": "squareclose",
    "/": "slash",
    "&": "and",
    "'": "quote",
    "’": "quote",
    ":": "colon",
    ";": "semicolon",
}
_INITIALS: dict[str, tuple[str, Value]] = {
    "a.d.": ("era", 1),
    "b.c.": ("era", -1),
    "b.c.e.": ("era", -1),
    "c.e.": ("era", 1),
    "a.h.": ("otherera", "islamic-umalqura"),
    "b.e.": ("otherera", "buddhist"),
    "a.m.": ("worldera", "hebrew"),
    "e.c.": ("worldera", "ethiopic"),
    "o.s.": ("oldstyle", 0),
    "n.s.": ("newstyle", 0),
}
_WORDS = frozenset(["word", "rareword"])
_POINTS = ',.;:!?()"'
_NUMBERED = "numbered"
"""Class of words that count as time only with a full stop."""

Token: TypeAlias = tuple[str, Value | None]
"""What a word is read as: the code of its class, and its value."""

_UNKNOWN: Token = (OTHER, None)
_HALF_DAYS = frozenset(["a.m.", "p.m."])
_LETTERED = {"h": "hour", "m": "minute", "s": "second", "y": "year", "w": "week"}
_LINE = 50
_LONGEST_NUMBER = 9

_CODE_ALPHABET = "".join(
    chr(point)
    for first, last in ((0x41, 0x5A), (0x61, 0x77), (0x30, 0x39), (0xA1, 0xFF), (0x100, 0x17F))
    for point in range(first, last + 1)
)
EVERY_CODE = _CODE_ALPHABET + OTHER
"""The codes of all classes that there may be."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A text as tokens: parallel sequences, and `codes` with one character a token.

    `day_first` counts the dates in digits that can only be day/month, less the month/day ones.
    """

    text: str
    codes: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    values: list[Value | None]
    day_first: int = 0

    def word(self, index: int) -> str:
        """The token at `index` in lower case; empty outside the text."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def written(self, index: int) -> str:
        """The token at `index` as written; empty outside the text."""
        if not 0 <= index < len(self.words):
            return ""
        return self.text[self.starts[index] : self.ends[index]]


@cache
def code(kind: str) -> str:
    """The one-character code of a class of tokens; the same one for the life of the process."""
    if kind == "other":
        return OTHER
    with _NAMING:  # two threads may ask for a new class at once
        return _CODE_ALPHABET[_KINDS.setdefault(kind, len(_KINDS))]


_KINDS: dict[str, int] = {}
_NAMING = Lock()


@dataclass(frozen=True, slots=True)
class Script:
    """How a text of some script is cut: `pattern` with the groups of the Latin one.

    `fold` gives a text of the same length with one spelling of each letter and digit, `key` the
    form in which a folded word is looked up.
    """

    pattern: re.Pattern[str]
    fold: Callable[[str], str]
    key: Callable[[str], str]


LATIN = Script(_TOKEN, str, str.lower)


def scan(text: str, lexicon: Lexicon, script: Script = LATIN) -> Scan:
    """The tokens of `text`, white space left out."""
    folded = script.fold(text)
    reader = _Reader(folded, lexicon, script.key)
    reader.read(script.pattern)
    return Scan(
        text,
        "".join(reader.codes),
        reader.starts,
        reader.ends,
        reader.words,
        reader.values,
        reader.day_first,
    )


class _Reader:
    """Collects tokens; the only place where a scan is under construction."""

    def __init__(self, text: str, lexicon: Lexicon, key: Callable[[str], str]) -> None:
        self.text = text
        self.key = key
        self.entries = lexicon.words
        self.settled = _settled(lexicon.language)
        self.codes: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.values: list[Value | None] = []
        self.line_start = 0
        self.day_first = 0

    def read(self, pattern: re.Pattern[str]) -> None:
        """Every token but soft line ends and the full stops of abbreviations.

        Words and points, which are most of a text, are done with here: a call each would cost more.
        """
        find, key, points = self.settled.get, self.key, _points()
        codes, starts, ends = self.codes, self.starts, self.ends
        words, values = self.words, self.values
        for match in pattern.finditer(self.text):
            group = match.lastgroup
            if group in _WORDS:
                word = key(match[0])
                found = find(word, _UNKNOWN)
                if found is None:
                    self.take_varying(match, word, self.entries[word])
                    continue
                start, end = match.span()
            elif group == "point":
                start, end = match.span()
                if ends and start < ends[-1]:
                    continue  # an abbreviation has taken the full stop
                word = match[0]
                found = points[word]
            else:
                self.take_other(match, group or "")
                continue
            char, value = found
            codes.append(char)
            starts.append(start)
            ends.append(end)
            words.append(word)
            values.append(value)

    def take_varying(self, match: re.Match[str], word: str, entry: Entry) -> None:
        """A word whose class hangs on its capital or on the full stop after it."""
        start, end = match.span()
        if entry.capital and match.group().islower():
            self.add(OTHER, start, end, word)
            return
        kind = entry.kind
        if entry.dotted and self.text.startswith(".", end):
            end += 1
            kind = {"monthshort": "monthdot", "weekdayshort": "weekdaydot"}.get(kind, kind)
        elif kind == _NUMBERED:
            kind = "other"
        self.add(code(kind), start, end, word, entry.value)

    def take_line_end(self, match: re.Match[str]) -> None:
        """A blank line or a short line ends a clause; a wrapped line does not."""
        start, end = match.span()
        short = start - self.line_start < _LINE
        self.line_start = end
        if short or match.group().count("\n") > 1 or self.text[start - 1 : start] in '.!?”"':
            self.add(code(BREAK), start, end, "\n")

    def take_other(self, match: re.Match[str], group: str) -> None:
        """A line end, a number or a mark."""
        if group == "spaced":
            self.take_line_end(match)
            return
        start, written, end = match.start(), match[group], match.end(group)
        kind, value = _number_or_mark(group, written)
        if kind == "numeric":
            self.day_first += _order(written)
        self.add(code(kind), start, end, written.lower(), value)
        if match.end() > end:  # a clock time with its zone
            zone = self.text[end + 1 : match.end()]
            self.add(code("zone"), end + 1, match.end(), zone.lower(), zone)

    def add(self, char: str, start: int, end: int, word: str, value: Value | None = None) -> None:
        """Append one token."""
        self.codes.append(char)
        self.starts.append(start)
        self.ends.append(end)
        self.words.append(word)
        self.values.append(value)


@cache
def _settled(language: str) -> dict[str, Token | None]:
    """Class and value of each word that has one class however it is written; None for the rest."""
    return {
        word: None
        if entry.capital or entry.dotted or entry.kind == _NUMBERED
        else (code(entry.kind), entry.value)
        for word, entry in lexicon_of(language).words.items()
    }


@cache
def _points() -> dict[str, Token]:
    """Classes of the commonest marks."""
    return {mark: (code(_MARKS.get(mark, "other")), None) for mark in _POINTS}


def _order(written: str) -> int:
    """1 when only day/month is possible, -1 when only month/day, else 0."""
    first, second, _ = (int(part) for part in re.split("[/.-]", written))
    if max(first, second) > 31:
        return 0
    return (first > 12) - (second > 12)


def _number_or_mark(group: str, written: str) -> tuple[str, Value | None]:
    if group in _AS_WRITTEN:
        return group, written
    if group in _MADE:
        return _MADE[group](written)
    return "other", None


def _mark(written: str) -> tuple[str, Value | None]:
    return _MARKS.get(written, "other"), None


def _int(written: str) -> tuple[str, Value | None]:
    """Classes of whole numbers by what they may count: months, days, minutes, years."""
    if len(written) > _LONGEST_NUMBER:
        return "other", None
    number = int(written)
    if len(written) <= 2:
        return ("n12" if 1 <= number <= 12 else "n31" if 13 <= number <= 31 else "n99"), number
    if len(written) == 4 and 1000 <= number <= 2999:
        return "year", number
    return ("n999" if len(written) == 3 else "num"), number


def _short_year(written: str) -> tuple[str, Value | None]:
    return "shortyear", int(written[1:])


def _ordinal(written: str) -> tuple[str, Value | None]:
    return "ord", int(written[:-2])


def _clitic(written: str) -> tuple[str, Value | None]:
    return ("poss" if written[1:] == "s" else "other"), None


def _short_amount(written: str) -> tuple[str, Value | None]:
    """A count with its unit in letters, as "12 h"."""
    count = written.rstrip("abcdefghijklmnopqrstuvwxyz")
    return "shortamount", f"{int(count)} {_LETTERED[written[len(count)]]}"


def _initials(written: str) -> tuple[str, Value | None]:
    if written.lower() in _HALF_DAYS and written != "A.M.":
        return "halfday", written[0].lower()
    return _INITIALS.get(written.lower(), ("other", None))


def _fiscal(written: str) -> tuple[str, Value | None]:
    digits = written[2:].strip(" '’")
    return "fiscalcode", int(digits) if len(digits) > 2 else 2000 + int(digits)


def _quarter(written: str) -> tuple[str, Value | None]:
    number = next(int(char) for char in written if char.isdigit())
    return ("quartercode" if written[0] in "Qq" else "halfcode"), number


_AS_WRITTEN = frozenset(
    ["iso", "numeric", "isomonth", "clockap", "clock", "decade", "big", "oclock"]
)
_MADE: dict[str, Callable[[str], tuple[str, Value | None]]] = {
    "mark": _mark,
    "int": _int,
    "ord": _ordinal,
    "shortyear": _short_year,
    "clitic": _clitic,
    "initials": _initials,
    "amount": _short_amount,
    "code": _quarter,
    "fiscal": _fiscal,
}
