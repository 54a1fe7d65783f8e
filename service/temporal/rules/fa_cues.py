"""Persian: which way the verb points, what bounds an expression, where a number may be a year.

The verb ends its clause, so that the first one after an expression is its own; only when none
follows is the nearest one before it asked.
"""

from __future__ import annotations

from functools import cache

from service.temporal.algebra import Date
from service.temporal.cues import Cue
from service.temporal.lexicon import OTHER, cues
from service.temporal.scanner import BREAK, Scan, code
from service.temporal.tagger import Timex
from service.temporal.timex import Relation, Tense

_REACH = 30
_PERSONS = ("", "م", "ی", "یم", "ید", "ند")
_NOW_PERSONS = ("م", "ی", "د", "یم", "ید", "ند")
_PERFECT = ("هاند", "هام", "هایم", "هاید")
_BEFORE_VERBS = ("", "ن", "می", "نمی")
_PROGRESSIVE = frozenset(["می", "نمی"])
_AUXILIARIES = frozenset(["است", "اند", "بود", "بودند", "نیست"])
_AFTER = frozenset(["پس", "بعد"])
_BEFORE = frozenset(["پیش", "قبل"])
_DATE_NOUNS = frozenset(["تاریخ", "مورخ", "مورخه"])
_GLUE = frozenset(["-", "/", ":", "."])


def find_cue(scan: Scan, first: int, until: int) -> Cue | None:
    """The first verb after the expression in its sentence, else the nearest one before it."""
    ends = _sentence_ends()
    for index in range(until, min(until + _REACH, len(scan.codes))):
        if scan.codes[index] in ends:
            break
        found = _cue(scan, index)
        if found is not None:
            return found
    for index in range(first - 1, max(first - 1 - _REACH, -1), -1):
        if scan.codes[index] in ends:
            break
        found = _cue(scan, index)
        if found is not None:
            return found
    return None


def relation(scan: Scan, first: int) -> Relation | None:
    """The bound of the preposition before the token `first`."""
    if scan.word(first - 1) in _DATE_NOUNS:
        first -= 1
    before, further = scan.word(first - 1), scan.word(first - 2)
    if before == "تا":
        return Relation.UNTIL
    if before != "از":
        return None
    if further in _AFTER:
        return Relation.AFTER
    return Relation.BEFORE if further in _BEFORE else Relation.SINCE


def is_supported(timex: Timex, scan: Scan) -> bool:
    """Gate 1: whether the words beside a bare number let it be a year."""
    words, before, after = cues("fa"), scan.word(timex.first - 1), scan.word(timex.until)
    happening = words.has("happenings", before)
    counted = words.has("amounted" if happening else "counted", after)
    if not isinstance(timex.meaning.expr, Date) or counted:
        return False
    if words.has("labels", before) or words.has("measures", scan.word(timex.first - 2)):
        return False
    if before in _GLUE or after in {"-", "/", ":"}:
        return False
    return happening or words.has("slots", before)


def _cue(scan: Scan, index: int) -> Cue | None:
    """What the word at `index` says, when it is a verb that points."""
    word, written = scan.words[index], scan.written(index)
    if word in _PROGRESSIVE:
        word += scan.word(index + 1)
        written += f" {scan.written(index + 1)}"
    elif scan.codes[index] != OTHER:
        return None
    words = cues("fa")
    if words.has("neutral", word):
        return None
    if words.has("future", word) or word in _present_forms():
        return Cue(Tense.FUTURE, written)
    if word not in _past_forms():
        return _participle(scan, index, word)
    lone = words.has("nouns_too", word)
    if lone and not _ends_clause(scan, index):
        return None
    planned = words.has("planning", scan.word(index - 1))
    return Cue(Tense.FUTURE if planned else Tense.PAST, written)


def _participle(scan: Scan, index: int, word: str) -> Cue | None:
    """A past participle, where an auxiliary or the end of the clause makes a verb of it."""
    if not word.endswith("ه") or word[:-1] not in _past_forms():
        return None
    if cues("fa").has("planning", scan.word(index - 1)):
        return Cue(Tense.FUTURE, scan.written(index))
    finite = scan.word(index + 1) in _AUXILIARIES or _ends_clause(scan, index)
    return Cue(Tense.PAST, scan.written(index)) if finite else None


def _ends_clause(scan: Scan, index: int) -> bool:
    following = scan.word(index + 1)
    return not following or cues("fa").has("clause_ends", following)


@cache
def _past_forms() -> frozenset[str]:
    stems = cues("fa").sets["past_stems"]
    endings = (*_PERSONS, *_PERFECT)
    return frozenset(
        before + stem + end for stem in stems for before in _BEFORE_VERBS for end in endings
    )


@cache
def _present_forms() -> frozenset[str]:
    stems = cues("fa").sets["present_stems"]
    return frozenset(
        before + stem + end for stem in stems for before in ("می", "نمی") for end in _NOW_PERSONS
    )


def _sentence_ends() -> str:
    return code("dot") + code("stop") + code(BREAK) + code("semicolon")
