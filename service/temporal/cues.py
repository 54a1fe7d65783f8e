"""Which way the words around an expression point: past, future, or no cue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from typing import NamedTuple

from service.temporal import lexicon
from service.temporal.languages import beside_english
from service.temporal.plans import (
    headline,
    is_fixture,
    is_held,
    is_planned,
    is_under_way,
    planning_words,
    stands_off,
    told_in_present,
)
from service.temporal.scanner import BREAK, Scan, code
from service.temporal.timex import Hint, Tense

_REACH = 24
_LONGEST_CLAUSE = 2000
_REACH_AHEAD = 32
_AUXILIARY_REACH = 4
# "set to resume", "about to fall": the words alone do not point ahead.
_BEFORE_TO = frozenset(["set", "about", "ready", "supposed", "bound", "is", "are"])
_SUBJECT_REACH = 9
_DENYING = frozenset(["not", "neither", "nobody", "none", "nothing", "no", "nor", "hardly"])
_AHEAD = frozenset(["will", "shall", "ll", "would"])
_SMALL = frozenset(["no", "not", "longer", "now", "also", "still", "often", "yet", "so"])
_NOW = frozenset(["is", "are", "remains", "remain", "stays", "stay", "s", "re", "m"])
_BEFORE_BE = frozenset(["to", "could", "might", "may", "can", "cannot", "not", "ca"])
_MODALS = frozenset(["may", "might", "could", "can", "must", "will", "would", "should"])
_SCHEDULED = frozenset(
    ["open", "close", "begin", "start", "resume", "end", "reopen", "meet", "vote"]
)
_TIMETABLED = frozenset(["closes", "resumes", "reopens", "meets"])
_BEFORE_PLANS = frozenset(["was", "were", "been"])
_TURNS = frozenset(["but", "however", "until"])
_POSSESSIVE = frozenset(["'s", "’s"])
_ARTICLES = frozenset(["the", "a", "an", "this", "that", "his", "her", "its", "their"])
_CLOSE = 6
# "will", so many words off, speaks of something else.
_FAR_AHEAD = 10
# "was planned for May, but no day was fixed" is still to come.
_GOES_ON = frozenset(["no", "not", "is", "are", "will", "has", "have", "only", "that", "still"])
_WEAK_PLANS = frozenset(["due", "been"])


class Cue(NamedTuple):
    """A word that points, and where; `away` is how many words off it stands.

    One that clause analysis has pointed out is `hinted`; its word is the verb of the clause. A
    `mild` one is a present form: it tells of a plan more often than of what is over. It has no
    word where the whole sentence is told in the present.
    A `loose` one stands off, one that is `apart` belongs to something else in the sentence.
    """

    tense: Tense
    word: str
    away: int = 0
    hinted: bool = False
    mild: bool = False
    loose: bool = False
    apart: bool = False

    def at(self, away: int) -> Cue:
        """The same cue, that many words off."""
        return Cue(self.tense, self.word, away, self.hinted, self.mild, self.loose, self.apart)

    def trusted(self, *, loose: bool, apart: bool) -> Cue:
        """The same cue, trusted so far."""
        return Cue(self.tense, self.word, self.away, self.hinted, self.mild, loose, apart)


def find_cue(scan: Scan, first: int, until: int, language: str) -> Cue | None:
    """The nearest cue in the sentence: before the expression if any is there, else after it."""
    own = beside_english(language)
    if own is not None:
        return own.find_cue(scan, first, until)
    if language != "en":
        return None
    if _ends_open(scan, first):
        return Cue(Tense.FUTURE, scan.word(first - 1))
    return _cue_owned(scan, first, until) or _nearest(scan, first, until)


def _nearest(scan: Scan, first: int, until: int) -> Cue | None:
    """The nearest cue, with how far it may be trusted; a future one far off points elsewhere."""
    found = _cue_before(scan, first)
    apart = found is not None and _is_apart(scan, first, until, found.away)
    found = found or _cue_after(scan, until)
    if found is None:
        return _headline(scan, first) or _present(scan, first, until)
    if found.tense is Tense.FUTURE and found.away > _FAR_AHEAD:
        return None
    loose = apart or found.away > _CLOSE
    if (loose, apart) == (found.loose, found.apart):
        return found
    return found.trusted(loose=loose, apart=apart)


def _hints_before(hints: tuple[Hint, ...], start: int) -> tuple[Hint, ...]:
    """The hints that begin at `start` or before it, within the length of a clause."""
    last = bisect_right(hints, start, key=lambda each: each.span.start)
    first = bisect_left(hints, start - _LONGEST_CLAUSE, key=lambda each: each.span.start)
    return hints[first:last]


def hinted_cue(scan: Scan, first: int, until: int, hints: tuple[Hint, ...]) -> Cue | None:
    """What the shortest clause around the expression says, where words say nothing or two things.

    None when no hint covers the expression, or its words agree on one tense. `hints` are in the
    order of their starts.
    """
    start, end = scan.starts[first], scan.ends[until - 1]
    around = [hint for hint in _hints_before(hints, start) if end <= hint.span.end]
    if not around:
        return None
    said = {cue.tense for cue in (_cue_before(scan, first), _cue_after(scan, until)) if cue}
    if len(said) == 1:
        return None
    hint = min(around, key=lambda each: each.span.end - each.span.start)
    verb = hint.governor or hint.span
    return Cue(hint.tense, scan.text[verb.start : verb.end], hinted=True)


def _cue_before(scan: Scan, first: int) -> Cue | None:
    for index in _before(scan, first):
        if not may_point(scan.words[index]):
            continue
        cue = cue_at(scan, index) or _held(scan, index, first)
        if cue is not None and not (cue.mild and stands_off(scan, index, first)):
            return cue.at(first - index)
    return None


def _cue_after(scan: Scan, until: int) -> Cue | None:
    owns = scan.word(until) in _POSSESSIVE
    for index in _after(scan, until):
        if not may_point(scan.words[index]):
            continue
        cue = cue_at(scan, index, beyond=True)
        if owns and cue is None and is_fixture(scan, until) and scan.word(index) in {"is", "are"}:
            cue = Cue(Tense.FUTURE, scan.word(index), mild=True)
        if cue is not None and not (cue.mild and owns and not is_fixture(scan, until)):
            return cue.at(index - until + 1)
    return None


def _cue_owned(scan: Scan, first: int, until: int) -> Cue | None:
    """What is over when it has a name: "Monday's ruling will be appealed", "the Friday attacks"."""
    possessive = scan.word(until) in _POSSESSIVE
    if not possessive and scan.word(first - 1) not in _ARTICLES:
        return None
    owned = scan.word(until + possessive)
    if not lexicon.cues("en").has("told_of", owned):
        return None
    return Cue(Tense.PAST, owned, away=1 + possessive)


def _present(scan: Scan, first: int, until: int) -> Cue | None:
    """A whole sentence in the present: "Nurses walk out on Friday."."""
    before, after = _before(scan, first), _after(scan, until)
    if not before or first - before[-1] == _REACH:
        return None
    stop = (after[-1] if after else until - 1) + 1
    if not told_in_present(scan, (before[-1], stop), first, until):
        return None
    return Cue(Tense.FUTURE, "", mild=True, loose=True)


def _headline(scan: Scan, first: int) -> Cue | None:
    """A headline that is all plan: "Court to rule on Thursday"."""
    before = _before(scan, first)
    verb = headline(scan, before[-1], first) if before else None
    return None if verb is None else Cue(Tense.FUTURE, f"to {verb}", mild=True, loose=True)


def _held(scan: Scan, index: int, first: int) -> Cue | None:
    if not is_held(scan, index, first):
        return None
    return Cue(Tense.FUTURE, scan.word(index).lstrip("'’"), mild=True)


def _is_apart(scan: Scan, first: int, until: int, away: int) -> bool:
    """Whether an infinitive lies between, or a noun: "told to reply by 3 May", "the 3 May vote"."""
    between = range(first - away + 1, first - 2)
    infinitive = any(scan.words[index] == "to" for index in between)
    return infinitive or (scan.word(first - 1) in _ARTICLES and scan.written(until).islower())


def _ends_open(scan: Scan, first: int) -> bool:
    """Whether it bounds what is still open: "as soon as Tuesday", "gave them until Friday"."""
    before = scan.word(first - 1)
    if before == "as":
        return scan.word(first - 2) in {"soon", "early"} and scan.word(first - 3) == "as"
    near = [scan.word(first - 1 - back) for back in range(1, 7)]
    words = lexicon.cues("en")
    if before == "by":
        return any(words.has("demanding", word) for word in near)
    if before == "for":
        return "been" not in near and any(words.has("appointing", word) for word in near)
    if before in {"until", "till"} and any(scan.written(at) in _MODALS for at in _just(first)):
        return True
    open_end = before in {"until", "till", "to"}
    return open_end and any(words.has("granting", word) for word in near)


def _just(first: int) -> range:
    """The places of the six words before the one before `first`."""
    return range(max(first - 7, 0), max(first - 1, 0))


def sentence_around(scan: Scan, index: int) -> str:
    """The text of the sentence that holds the token at `index`, within reach."""
    first, last = min((*_before(scan, index), index)), max((*_after(scan, index), index))
    return scan.text[scan.starts[first] : scan.ends[last]]


def sentence_words(scan: Scan, first: int, until: int) -> tuple[str, ...]:
    """The other words of the sentence that holds tokens [first, until), within reach."""
    return tuple(scan.words[at] for at in (*_before(scan, first), *_after(scan, until)))


def _before(scan: Scan, first: int) -> list[int]:
    """Tokens of the sentence before `first`, the nearest one first."""
    ends, found = _sentence_ends(), []
    for index in range(first - 1, max(first - 1 - _REACH, -1), -1):
        if scan.codes[index] in ends and _ends_sentence(scan, index):
            break
        found.append(index)
    return found


def _after(scan: Scan, until: int) -> list[int]:
    """Tokens of the sentence from `until` on."""
    ends, found = _sentence_ends(), []
    for index in range(until, min(until + _REACH_AHEAD, len(scan.codes))):
        if scan.codes[index] in ends and _ends_sentence(scan, index):
            break
        found.append(index)
    return found


def may_point(word: str) -> bool:
    """Whether the word (lower case) is worth a look: most words are no cue wherever they stand."""
    word = word.lstrip("'’")
    return word in _pointing() or word.endswith("ed")


@cache
def _pointing() -> frozenset[str]:
    """Every word but the past forms in -ed that may be a cue, without quotes."""
    listed = lexicon.cues("en").sets
    kinds = ("future", "plan_nouns", "deciding", "past", "reporting")
    words = planning_words() | _BEFORE_TO | _SCHEDULED | _TIMETABLED
    return words.union(*(listed[kind] for kind in kinds))


def cue_at(scan: Scan, index: int, *, beyond: bool = False) -> Cue | None:
    """What the word says of the expression; `beyond` when it stands after it."""
    word = scan.words[index].lstrip("'’")
    if _points_ahead(scan, index, word) or (not beyond and _decides(scan, index, word)):
        return _planned(scan, index, word)
    if is_under_way(scan, index) or is_planned(scan, index):
        return Cue(Tense.FUTURE, word, mild=True)
    return _past(scan, index, word) if is_past(word) else None


def _points_ahead(scan: Scan, index: int, word: str) -> bool:
    following = scan.word(index + 1)
    if word == "would" and scan.word(index - 1) in {"that", "which", "who"}:
        return False  # "a box that would hold it" says nothing of the clause
    if lexicon.cues("en").has("plan_nouns", word) and following != "to":
        return not lexicon.cues("en").has("not_before_verb", scan.word(index - 1))
    return (
        lexicon.cues("en").has("future", word)
        or (word in _BEFORE_TO and following in {"to", "for"})
        or _is_timetable(scan, index, word)
    )


def _is_timetable(scan: Scan, index: int, word: str) -> bool:
    """What a timetable says: "polls close at 10", "kick-off is at 7.50pm", "closes on Friday"."""
    if scan.word(index + 1) not in {"at", "on"}:
        return False
    if word in {"is", "are"}:
        return scan.codes[index + 2 : index + 3] in _timely()
    subject = scan.word(index - 1)
    plural = subject.isalpha() and subject.endswith("s") and not subject.endswith("ss")
    return (word in _SCHEDULED and plural) or word in _TIMETABLED


def _timely() -> frozenset[str]:
    """Codes of clock times, weekdays and months."""
    kinds = ("clock", "clockap", "weekday", "weekdaydot", "month", "monthdot", "maymarch")
    return frozenset(code(kind) for kind in kinds)


def _decides(scan: Scan, index: int, word: str) -> bool:
    """A verb of deciding with its infinitive: "decided to walk out on Thursday"."""
    return lexicon.cues("en").has("deciding", word) and scan.word(index + 1) == "to"


def _planned(scan: Scan, index: int, word: str) -> Cue:
    """A plan told in the past, and dropped: "was due on Monday but did not appear"."""
    before = {scan.word(index - back).lstrip("'’") for back in range(1, 3)}
    if not before & _BEFORE_PLANS:
        return Cue(Tense.FUTURE, word)
    dropped = any(
        scan.words[after] in _TURNS and scan.word(after + 1) not in _GOES_ON
        for after in _after(scan, index + 1)
    )
    return Cue(Tense.PAST if dropped or word in _WEAK_PLANS else Tense.FUTURE, word)


def is_past(word: str) -> bool:
    """Whether the word (lower case) has the form of a past verb or reports."""
    words = lexicon.cues("en")
    if words.has("past", word) or words.has("reporting", word):
        return True
    return len(word) > 3 and word.endswith("ed") and not words.has("not_past", word)


def _past(scan: Scan, index: int, word: str) -> Cue | None:
    """The past, unless what stands before makes a participle of it: "will be held", "is closed"."""
    words = lexicon.cues("en")
    if word in {"was", "were", "had", "did"} or words.has("reporting", word):
        return Cue(Tense.PAST, word)
    if _verb_before(scan, index) in _NOW:
        return None
    for before in _before(scan, index)[:_AUXILIARY_REACH]:
        ahead = scan.words[before].lstrip("'’")
        to_be = ahead in _BEFORE_BE and scan.word(before + 1) == "be"
        points = ahead != "next" and _points_ahead(scan, before, ahead)
        if to_be and _is_denied(scan, before):
            return Cue(Tense.PAST, word)
        if ahead in _AHEAD or to_be or points:
            return Cue(Tense.FUTURE, ahead)
    return Cue(Tense.PAST, word)


def _verb_before(scan: Scan, index: int) -> str:
    """The word before, small ones of time and denial left out: "is no longer needed"."""
    place = index - 1
    while scan.word(place) in _SMALL and index - place <= _AUXILIARY_REACH:
        place -= 1
    return scan.word(place).lstrip("'’")


def _is_denied(scan: Scan, index: int) -> bool:
    """Whether nobody was able to: "could not be reached", "neither of them could be found"."""
    able = "could" in {scan.word(index), scan.word(index - 1)}
    near = (scan.word(index - back) for back in range(_SUBJECT_REACH))
    return able and any(word in _DENYING for word in near)


def _sentence_ends() -> str:
    return code("dot") + code("stop") + code(BREAK) + code("semicolon")


def _ends_sentence(scan: Scan, index: int) -> bool:
    """Whether the mark ends a sentence: no full stop of "U.S. officials", "Mobile, Ala., fell"."""
    if scan.words[index] != ".":
        return True
    following = scan.written(index + 1)
    glued = bool(following) and scan.starts[index + 1] == scan.ends[index] and following.isalnum()
    initial = len(scan.word(index - 1)) == 1 and scan.written(index - 1).isupper()
    return not (glued or initial or following[:1].islower() or following == ",")
