"""Which way the words around an expression point: past, future, or no cue."""

from __future__ import annotations

from dataclasses import dataclass

from service.temporal import lexicon
from service.temporal.scanner import BREAK, Scan, code
from service.temporal.timex import Tense

_REACH = 24
_AUXILIARY_REACH = 4
# "set to resume", "about to fall"; the words alone do not point ahead.
_BEFORE_TO = frozenset(["set", "about", "ready", "supposed", "bound"])


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that points, and where."""

    tense: Tense
    word: str


def find_cue(scan: Scan, first: int, until: int, language: str) -> Cue | None:
    """The nearest cue in the sentence: before the expression if any is there, else after it."""
    if language != "en":
        return None
    return _backwards(scan, first) or _forwards(scan, until)


def sentence_around(scan: Scan, index: int) -> str:
    """The text of the sentence that holds the token at `index`."""
    first = last = index
    while first > 0 and scan.codes[first - 1] not in _ends():
        first -= 1
    while last < len(scan.codes) - 1 and scan.codes[last + 1] not in _ends():
        last += 1
    return scan.text[scan.starts[first] : scan.ends[last]]


def _backwards(scan: Scan, first: int) -> Cue | None:
    for index in range(first - 1, max(first - 1 - _REACH, -1), -1):
        if scan.codes[index] in _ends():
            return None
        cue = _cue(scan, index)
        if cue is not None:
            return _with_auxiliary(scan, index, cue)
    return None


def _forwards(scan: Scan, until: int) -> Cue | None:
    for index in range(until, min(until + _REACH, len(scan.codes))):
        if scan.codes[index] in _ends():
            return None
        cue = _cue(scan, index)
        if cue is not None:
            return cue
    return None


def _with_auxiliary(scan: Scan, index: int, cue: Cue) -> Cue:
    """A participle after "will be" or "to be" points ahead: "will be held Tuesday"."""
    if cue.tense is not Tense.PAST or cue.word in {"was", "were", "had", "did"}:
        return cue
    words = lexicon.cues("en")
    if words.has("reporting", cue.word):
        return cue
    for before in range(index - 1, max(index - 1 - _AUXILIARY_REACH, -1), -1):
        if scan.codes[before] in _ends():
            break
        word = scan.words[before]
        if word in {"will", "shall", "to", "ll"} or words.has("future", word):
            return Cue(Tense.FUTURE, word) if word != "to" or _be(scan, before + 1) else cue
    return cue


def _be(scan: Scan, index: int) -> bool:
    return scan.word(index) == "be"


def _cue(scan: Scan, index: int) -> Cue | None:
    word = scan.words[index].lstrip("'’")
    words = lexicon.cues("en")
    if words.has("future", word):
        return Cue(Tense.FUTURE, word)
    if word in _BEFORE_TO and scan.word(index + 1) in {"to", "for"}:
        return Cue(Tense.FUTURE, word)
    if words.has("past", word) or words.has("reporting", word):
        return Cue(Tense.PAST, word)
    if len(word) > 3 and word.endswith("ed") and not words.has("not_past", word):
        return Cue(Tense.PAST, word)
    return None


def _ends() -> str:
    return code("dot") + code("stop") + code(BREAK) + code("semicolon")
