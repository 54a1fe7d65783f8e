"""Present forms that tell of what is fixed: "the court sits on Monday", "talks resume Thursday".

English tells what is over in the present, too ("Minister resigns Monday"), so that only verbs of
what a calendar holds count, and less than "will" does. What a headline is "to" do is fixed as well.
"""

from __future__ import annotations

from functools import cache

from service.temporal.lexicon import Cues, cues
from service.temporal.scanner import Scan, code

_IS = frozenset(["is", "are", "re", "am", "m"])
_PRONOUNS = frozenset(["he", "she", "that", "there", "who", "what"])
_OFF_DAYS = frozenset(["since", "after", "before", "of", "than", "like", "between", "to", "and"])
_SUBJECTS = frozenset(["they", "we", "you", "i"])
_SUBJECT_REACH = 2
_SHORTEST = 3
_PAST_FORMS = frozenset(
    ["did", "didn", "could", "couldn", "had", "hadn", "wasn", "weren", "set", "wed", "split"]
)
_AFTER_PARTICIPLE = frozenset(["of", "by", "with", "for"])
_NOT = frozenset(["not", "t"])
_DOES = frozenset(["do", "does", "don", "doesn"])
_PLURAL_WORDS = frozenset(
    ["people", "police", "children", "women", "men", "fans", "they", "we", "you", "i", "who"]
)
_ADVERBS = frozenset(["also", "then", "again", "still", "now", "finally", "both", "all", "only"])
_IS_REACH = 4
_HEADLINE_SUBJECT = 5
_OPEN = frozenset(["may", "might", "could", "can", "likely", "possible", "unlikely"])
_TURNING = frozenset(["turn", "turns"])


@cache
def planning_words() -> frozenset[str]:
    """Every word that `is_planned`, `is_held` and `is_under_way` look at twice, without quotes."""
    listed = cues("en").sets
    pairs = listed["scheduled_pairs"] | listed["asking_pairs"]
    alone = listed["scheduled"] | listed["scheduled_plural"] | listed["asking"]
    return alone | {pair.partition(" ")[0] for pair in pairs} | _IS | {"s"} | _OPEN | _TURNING


def is_planned(scan: Scan, index: int) -> bool:
    """Whether the verb at `index` tells of a plan: "resume", "takes effect", "could return"."""
    words, word = cues("en"), scan.word(index).lstrip("'’")
    pair = f"{word} {scan.word(index + 1)}"
    if words.has("unplanned_pairs", pair):
        return False
    if _is_asked(scan, index, word, words):
        return True
    if words.has("scheduled", word) or words.has("scheduled_pairs", pair):
        return _is_verb(scan, index)
    if word in _TURNING and scan.word(index + 1).isdigit():
        return _is_verb(scan, index)  # "turns 80 on Saturday"
    if words.has("scheduled_plural", word):
        return _is_verb(scan, index) and _has_plural_subject(scan, index)
    return _is_possible(scan, index, word, words)


def is_held(scan: Scan, index: int, first: int) -> bool:
    """Whether "is" at `index` places what is told on the day: "the final is on Saturday"."""
    if not _is_is(scan, index) or first - index > _IS_REACH + 1:
        return False
    if scan.word(index - 1) in {"it", "today", "this"}:
        return False
    if scan.word(index - 1) == "there":
        return True
    between = [scan.word(each) for each in range(index + 1, first)]
    return not any(word.endswith(("ed", "ing", "ead", "en")) for word in between)


def is_under_way(scan: Scan, index: int) -> bool:
    """A plan in the present: "is leaving on Friday", "we're meeting on Thursday"."""
    following = scan.word(index + 1)
    return _is_is(scan, index) and following.endswith("ing") and len(following) > len("doing") - 1


def _is_is(scan: Scan, index: int) -> bool:
    word = scan.word(index).lstrip("'’")
    return word in _IS or (word == "s" and scan.word(index - 1) in _PRONOUNS)


def stands_off(scan: Scan, index: int, first: int) -> bool:
    """Whether the day belongs to a noun behind the verb: "faces charges over a raid on Sunday"."""
    words = cues("en")
    return any(words.has("causes", scan.word(each)) for each in range(index + 1, first - 1))


def is_fixture(scan: Scan, until: int) -> bool:
    """Whether what the day owns is fixed beforehand: "Sunday's election", "Friday's cup final"."""
    owned = (scan.word(until + 1), scan.word(until + 2))
    return any(cues("en").has("fixtures", word) for word in owned)


def told_in_present(scan: Scan, sentence: tuple[int, int], first: int, until: int) -> bool:
    """Whether a whole sentence without a past form sets something on the day at its end.

    "Nurses walk out on Friday." A headline has no full stop, a subject its verb behind the day:
    "The report out on Friday is grim." `sentence` is its first token and its full stop.
    """
    start, stop = sentence
    words = cues("en")
    if scan.word(stop) != "." or first - start < _SHORTEST or not scan.written(start).istitle():
        return False
    if scan.word(first - 1) in _OFF_DAYS or words.has("causes", scan.word(first - 1)):
        return False
    if not any(char in _weekdays() for char in scan.codes[first:until]):
        return False
    if (
        stands_off(scan, start, first)
        or not _has_verb(scan, start, first)
        or any(_is_over(scan, each) for each in range(start, first))
    ):
        return False
    following = scan.word(until)
    return not following.isalpha() or words.has("after_day", following)


def _has_verb(scan: Scan, start: int, first: int) -> bool:
    """Whether a word may be a verb in -s with its subject, or a plural may stand before one."""
    if scan.word(start) in _SUBJECTS:
        return True
    for index in range(start, first - 1):
        word, before = scan.word(index), scan.word(index - 1)
        led = index > start and not cues("en").has("not_before_verb", before)
        small = word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > len("was")
        if small and (led or (index - start < _SUBJECT_REACH and _goes_on(scan, index))):
            return True
    return any(_is_is(scan, index) for index in range(start, first))


def _goes_on(scan: Scan, index: int) -> bool:
    """Whether a verb may follow the plural: "nurses walk out", not "talks in Geneva"."""
    following = scan.word(index + 1)
    return following.isalpha() and not cues("en").has("after_day", following) and following != "of"


def _weekdays() -> str:
    return code("weekday") + code("weekdaydot") + code("weekdayshort")


def _is_over(scan: Scan, index: int) -> bool:
    """A form of the past that decides nothing alone: "could see", "is accused of a theft"."""
    word, following = scan.word(index), scan.word(index + 1)
    return word in _PAST_FORMS or (word.endswith("ed") and following in _AFTER_PARTICIPLE)


def headline(scan: Scan, start: int, first: int) -> str | None:
    """The verb of a headline that begins at `start`: "Court to rule on Thursday"."""
    words = cues("en")
    for index in range(start + 1, min(start + 1 + _HEADLINE_SUBJECT, first)):
        if scan.word(index) != "to":
            continue
        verb = scan.word(index + 1)
        named = not words.has("not_before_verb", scan.word(start))
        fixed = any(words.has(kind, verb) for kind in _FIXED)
        return verb if named and fixed else None
    return None


_FIXED = ("scheduled", "scheduled_plural", "headline_verbs")


def _is_verb(scan: Scan, index: int) -> bool:
    """Whether a subject stands before it, and neither an article, a count nor "did not"."""
    before = scan.word(index - 1).lstrip("'’")
    if before in _NOT:
        return scan.word(index - 2) in _DOES and scan.word(index - 3) != "to"
    plain = before[:1].isalpha() or before in {")", "”", '"', ","}
    return plain and not cues("en").has("not_before_verb", before)


def _has_plural_subject(scan: Scan, index: int) -> bool:
    """Whether a plural, a pronoun or a name stands before it: "lawmakers vote", "Chile host"."""
    place = index - 1
    if scan.word(place).lstrip("'’") in _NOT:
        return True  # "do not open": a noun would have its article
    while scan.word(place) in _ADVERBS:
        place -= 1
    word = scan.word(place)
    plural = word.endswith("s") and not word.endswith(("ss", "'s", "’s"))
    return plural or word in _PLURAL_WORDS or scan.written(place)[:1].isupper()


def _is_possible(scan: Scan, index: int, word: str, words: Cues) -> bool:
    """Whether it may yet happen: "could return", "is likely"; not "may have left", "could see"."""
    if word in {"may", "might"}:
        following = scan.word(index + 1)
        after = scan.word(index + 2) if following == "not" else following
        lower = scan.written(index).islower()
        return lower and after != "have" and after.isalpha()
    if word in {"could", "can"}:
        following = scan.word(index + 1)
        return any(words.has(kind, following) for kind in ("could_happen", *_FIXED[:2]))
    return word in {"likely", "possible", "unlikely"} and scan.word(index - 1).lstrip("'’") in _IS


def _is_asked(scan: Scan, index: int, word: str, words: Cues) -> bool:
    """Whether a sentence begins with what the reader is asked to do: "Join us on Thursday"."""
    if index > 0 and scan.word(index - 1) not in {".", "!", "?", "\n", ":"}:
        return False
    following = scan.word(index + 1).lstrip("'’")
    return words.has("asking", word) or words.has("asking_pairs", f"{word} {following}")
