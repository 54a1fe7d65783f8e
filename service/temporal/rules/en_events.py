"""English: what is told from an event ("two days after the verdict"), whose day the words lack.

Read after all other rules: a word that joins ("after", "of", "during"), the name of an event on its
right, and words of time on its left. An event that is dated itself ("the March attack") is left to
those rules, and so is what is counted from a day ("two days after Christmas").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from service.temporal.grammar import Meaning, codes_of
from service.temporal.rules.en_event_heads import (
    counted_head,
    head_classes,
    head_reader,
)
from service.temporal.rules.en_event_joints import (
    AFTER,
    BEFORE,
    EVENT,
    INTO,
    OF,
    SOME_DAY,
    Head,
    Joint,
    made,
)
from service.temporal.rules.en_event_names import Named, find_clause, find_event, find_name, is_verb
from service.temporal.scanner import BREAK, Scan
from service.temporal.tagger import Timex
from service.temporal.timex import TimexType

_OPENING_WORDS = 6
_CLAUSE_WORDS = 14
_ALONE = codes_of("during") + codes_of("since") + codes_of("until") + AFTER + BEFORE
_LINKED = {"prior": "to", "preceding": "", "previous": "", "ahead": "of"}
# "Named after the battle", "looks after the funeral": no time.
_NOT_BEFORE_ALONE = frozenset(
    [
        "named", "called", "look", "looks", "looked", "looking", "modeled", "modelled", "patterned",
        "the", "styled", "ever", "known",
    ]
)  # fmt: skip


def with_events(timexes: tuple[Timex, ...], scan: Scan) -> tuple[Timex, ...]:
    """The timexes with those that are told from an event, in order; words in both are the latter's.

    >>> from service.temporal.lexicon import lexicon
    >>> from service.temporal.scanner import scan
    >>> (found,) = with_events((), scan("It rained during the protests.", lexicon("en")))
    >>> found.rule
    'during <event>'
    """
    found = list(_found(timexes, scan))
    if not found:
        return timexes
    starts = [each.first for each in found]
    kept = [each for each in timexes if not _is_inside(each, found, starts)]
    return tuple(sorted((*kept, *found), key=lambda each: each.first))


def _is_inside(timex: Timex, found: Sequence[Timex], starts: Sequence[int]) -> bool:
    at = bisect_left(starts, timex.until) - 1
    return at >= 0 and timex.first < found[at].until


def _found(timexes: Sequence[Timex], scan: Scan) -> Iterator[Timex]:
    """Those told from an event; none runs into the one before."""
    ending = {timex.until: timex for timex in timexes}
    firsts = [timex.first for timex in timexes]
    free_from = 0
    for match in _joints().finditer(scan.codes):
        made = _at(match.start(), scan, ending.get(match.start()))
        if made is None or made.first < free_from or made.event is None:
            continue
        if not _is_dated(made.event, timexes, firsts) and not _cuts(made, timexes, firsts):
            free_from = made.until
            yield made


def _is_dated(event: tuple[int, int], timexes: Sequence[Timex], firsts: Sequence[int]) -> bool:
    """Whether some other expression stands in the name of the event."""
    before = bisect_left(firsts, event[1]) - 1
    return before >= 0 and timexes[before].until > event[0]


def _cuts(made: Timex, timexes: Sequence[Timex], firsts: Sequence[int]) -> bool:
    """Whether it would take a part of another expression only."""
    before = bisect_left(firsts, made.first) - 1
    return before >= 0 and timexes[before].until > made.first


def _at(at: int, scan: Scan, told: Timex | None) -> Timex | None:
    """What the joint at that token makes, `told` being the expression that ends there."""
    following = _after_joint(scan, at)
    if following is None:
        return None
    counts = told is not None and told.meaning.type is TimexType.DURATION
    alone = scan.codes[at] in _ALONE and scan.word(at - 1) not in _NOT_BEFORE_ALONE
    if not (alone or counts or head_reader(scan, at)):
        return None
    opens = _opens(scan, at)
    event = find_event(scan, following, cut=opens)
    named = event or _told_by_clause(scan, at, following, cut=opens)
    if named is None and counts:
        named = find_name(scan, following)
    headed = _headed(at, scan, told if counts else None, named)
    if headed is not None:
        return headed
    return _alone(Joint(scan, at, event)) if alone and event is not None else None


def _headed(at: int, scan: Scan, told: Timex | None, named: Named | None) -> Timex | None:
    """What the joint makes with the words of time before it, the amount `told` or a unit."""
    if named is None:
        return None
    joint = Joint(scan, at, named)
    reader = head_reader(scan, at)
    if told is not None:
        head = counted_head(joint, told)
    else:
        head = None if reader is None else reader(joint)
    return None if head is None else made(joint, head)


def _opens(scan: Scan, at: int) -> bool:
    """Whether a sentence opens with it and goes on without a comma: "After the quake aid came"."""
    ends = codes_of("dot") + codes_of("stop") + codes_of(BREAK)
    for index in range(at - 1, max(at - 1 - _OPENING_WORDS, -1), -1):
        if scan.codes[index] in ends:
            break
        if is_verb(scan, index):
            return False
    else:
        if at > _OPENING_WORDS:
            return False
    return codes_of("comma") not in scan.codes[at : at + _CLAUSE_WORDS]


def _told_by_clause(scan: Scan, at: int, following: int, *, cut: bool) -> Named | None:
    """The event by its clause; "the day before engineers had warned" is one of a day named."""
    clause = None if scan.codes[at] == OF else find_clause(scan, following, cut=cut)
    if clause is None or scan.codes[at] not in BEFORE:
        return clause
    return None if "had" in scan.words[clause.first : clause.until] else clause


def _after_joint(scan: Scan, at: int) -> int | None:
    """The token after the joint, which may be two words; None when the second one is missing."""
    second = _LINKED.get(scan.word(at))
    if second is None:
        return None if scan.codes[at] == codes_of("tocome") else at + 1
    return at + 2 if second and scan.word(at + 1) == second else None


# during the protests, since the war, until the vote, after the attack; not "after an attack"
def _alone(joint: Joint) -> Timex | None:
    """The event itself, where nothing but the joint says when."""
    word = joint.scan.word(joint.at)
    event = joint.event
    if not event.definite or event.edged or (word == "since" and event.verb_follows):
        return None  # "until the end of the war" is told from its end
    meaning = Meaning(says="the time of an event", expr=EVENT, value=SOME_DAY, confidence=0.85)
    return made(joint, Head(joint.at, meaning, f"{word} <event>", labelled=False))


@cache
def _joints() -> re.Pattern[str]:
    """Joints by class; "of" only after a word of time or one that the lexicon does not know."""
    before_of = head_classes() + codes_of("eve") + codes_of("time") + codes_of("other")
    before_of += codes_of("begin") + codes_of("end") + codes_of("moment")
    return re.compile(f"[{_ALONE}{INTO}]|(?<=[{before_of}]){OF}")
