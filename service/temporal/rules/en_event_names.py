"""English: the words that name an event, by its noun, by a clause or by a name of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from service.temporal.grammar import codes_of
from service.temporal.lexicon import cues
from service.temporal.scanner import BREAK, Scan

_REACH = 10
_MODIFIERS = 6
_VERBS_APART = 3
_DEFINITE = frozenset(
    ["the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your"]
)
_DETERMINERS = _DEFINITE | {"a", "an", "any", "some", "each", "both", "all", "another", "no"}
# Words that follow a whole name: no noun of which the one before is a part.
_FOLLOWING = frozenset(
    [
        "of", "in", "on", "at", "by", "to", "for", "from", "with", "without", "against", "over",
        "under", "between", "among", "near", "outside", "inside", "into", "through", "across",
        "around", "about", "and", "or", "but", "when", "where", "while", "as", "that", "which",
        "who", "whose", "because", "if", "so", "than", "is", "are", "was", "were", "be", "been",
        "has", "have", "had", "will", "would", "could", "can", "may", "might", "must", "should",
        "did", "does", "do", "not", "began", "begins", "ended", "ends", "started", "starts",
        "the", "a", "an", "his", "her", "its", "their", "he", "she", "it", "they", "we", "i",
        "you", "there", "this", "these", "those", "after", "before", "until", "since", "during",
        "following", "also", "then", "only", "even", "itself", "alone", "here", "last", "next",
        "earlier", "later", "today", "yesterday", "amid", "despite", "because", "due", "more",
        "some", "many", "most", "all", "both", "no", "off", "out", "up", "down", "just", "s",
    ]
)  # fmt: skip
_SUBJECTS = frozenset(["he", "she", "it", "they", "we", "i", "you", "who"])
_AUXILIARIES = frozenset(
    ["was", "were", "had", "been", "has", "have", "is", "are", "did", "be", "being", "got"]
)
_NO_VERBS = frozenset(["ago", "earlier", "since", "last", "yesterday", "read", "cost", "cut"])
_EDGES = frozenset(
    [
        "start", "beginning", "outset", "onset", "outbreak", "end", "close", "conclusion",
        "first", "height", "peak",
    ]
)  # fmt: skip
_NO_START = frozenset(["next", "last", "now", "then", "tomorrow", "yesterday", "today", "what"])


@dataclass(frozen=True, slots=True)
class Named:
    """Tokens [first, until) that name an event; `definite` when the reader is taken to know it.

    `edged` when they name its start or end, `verb_follows` when they may be a clause's subject.
    """

    first: int
    until: int
    confidence: float
    definite: bool = False
    verb_follows: bool = False
    edged: bool = False


def find_event(scan: Scan, first: int, *, cut: bool = False) -> Named | None:
    """An event by its noun: "the verdict", "his sister's wedding", "the start of the trial".

    None for what only begins like one: "the war museum", "the attack dogs"; but with `cut` a clause
    is to begin after it ("after the quake aid came").
    """
    at, definite = first, False
    if scan.word(at) in _DETERMINERS:
        definite = scan.word(at) in _DEFINITE
        at += 1
    if scan.word(at) in _EDGES and scan.word(at + 1) == "of":
        inner = find_event(scan, at + 2, cut=cut)
        if inner is None:
            return None
        return replace(inner, first=first, definite=definite or inner.definite, edged=True)
    for here in range(at, min(at + _MODIFIERS, len(scan.codes))):
        if cues("en").has("events", scan.words[here]) and _ends_name(scan, here, cut=cut):
            follows = is_verb(scan, here + 1)
            return Named(first, here + 1, 0.9, definite, follows)
        if not _may_modify(scan, here):
            return None
        definite = definite or scan.codes[here] == codes_of("poss")
    return None


def find_clause(scan: Scan, first: int, *, cut: bool = False) -> Named | None:
    """An event told by a clause, up to its verb: "he resigned", "the boat was found", "leaving".

    With `cut` another clause is to follow, or the clause is the main one and names no event.
    """
    if first >= len(scan.codes) or scan.word(first) in _NO_START or _is_time(scan, first):
        return None
    word = scan.words[first]
    if word.endswith("ing") and len(word) > 5 and scan.written(first).islower():
        return Named(first, first + 1, 0.75)
    for at in range(first, min(first + _REACH, len(scan.codes))):
        if scan.codes[at] in _stops():
            return None
        if at > first and is_verb(scan, at) and scan.word(at - 1) not in {"the", "a", "an"}:
            until = _verbs_end(scan, at)
            return None if cut and not _goes_on(scan, until) else Named(first, until, 0.8)
    return None


def find_name(scan: Scan, first: int) -> Named | None:
    """An event by a name of its own: "Watergate", "Hurricane Katrina"."""
    at = first + (scan.word(first) == "the")
    until = at
    while until < len(scan.codes) and scan.codes[until] == codes_of("other"):
        if not scan.written(until)[:1].isupper():
            break
        until += 1
    return Named(first, until, 0.7) if until > at else None


def is_verb(scan: Scan, at: int) -> bool:
    """Whether the word tells of the past, or is an auxiliary."""
    word = scan.word(at)
    if not word.isalpha() or word in _NO_VERBS:
        return False
    words = cues("en")
    if words.has("past", word) or words.has("reporting", word) or word in _AUXILIARIES:
        return True
    return len(word) > 3 and word.endswith("ed") and not words.has("not_past", word)


def _goes_on(scan: Scan, at: int) -> bool:
    """Whether the sentence has a verb from the token on."""
    for here in range(at, min(at + _REACH, len(scan.codes))):
        if scan.codes[here] in _ends():
            return False
        if is_verb(scan, here):
            return True
    return False


def _ends_name(scan: Scan, at: int, *, cut: bool) -> bool:
    """Whether the noun is the last of its name, not a part of a longer one."""
    following = scan.word(at + 1)
    if not following or scan.codes[at + 1] in _stops():
        return True
    if scan.codes[at + 1] in codes_of("dash"):
        return scan.starts[at + 1] > scan.ends[at]
    if scan.codes[at + 1] == codes_of("poss"):
        return False
    if following in _FOLLOWING or not following.isalpha() or is_verb(scan, at + 1):
        return True
    return cut and not cues("en").has("events", following) and is_verb(scan, at + 2)


def _may_modify(scan: Scan, at: int) -> bool:
    """Whether the word may stand before the noun of the name."""
    code, word = scan.codes[at], scan.words[at]
    if code == codes_of("poss") or code in codes_of("dash"):
        return True
    if word in {"last", "next", "first", "second", "final", "opening"}:
        return True
    return word.isalpha() and word not in _FOLLOWING and word not in _SUBJECTS


def _is_time(scan: Scan, at: int) -> bool:
    """Whether a day or a unit stands there: "that day he left", "Christmas they met"."""
    return any(code in _times() for code in scan.codes[at : at + 2])


@cache
def _times() -> str:
    """The classes of words that tell when by themselves."""
    names = ("feast", "feastname", "feastfirst", "nowruz", "unit", "units", "monthname", "dayname")
    return "".join(codes_of(name) for name in names)


def _verbs_end(scan: Scan, at: int) -> int:
    """After the verb, and after the one that an auxiliary leads to: "was effectively blocked"."""
    if scan.words[at] not in _AUXILIARIES:
        return at + 1
    for here in range(at + 1, min(at + 1 + _VERBS_APART, len(scan.codes))):
        if scan.codes[here] in _stops():
            break
        if is_verb(scan, here) or scan.words[here].endswith(("en", "ing")):
            return _verbs_end(scan, here)
    return at + 1


@cache
def _ends() -> str:
    """The classes of what ends a sentence."""
    return codes_of("dot") + codes_of("stop") + codes_of(BREAK)


@cache
def _stops() -> str:
    """The classes of marks that no name and no clause crosses."""
    marks = ("comma", "longdash", "dot", "stop", "open", "close", "quote", "colon", "semicolon")
    return "".join(codes_of(name) for name in marks) + codes_of(BREAK)
