"""Crossing: whether two mentions in different languages tell one event (EVENTS section 6).

The same named day, or one within the other, and two of: figures, names, what happened, and the
things that it is told of, by the English stems that a mention has for its words. A day that is only
inferred asks for one more.
"""

from __future__ import annotations

from collections.abc import Iterable

from service.temporal.calendars import GREGORIAN
from service.temporal.interval import Day, Granularity
from service.timeline.forms import holds
from service.timeline.model import Basis, Kind, Link, Mention
from service.timeline.transliteration import keys as name_keys
from service.timeline.weights import weight
from service.timeline.windows import DISAGREE_WITHIN, named_day, shown_day, window

ENOUGH = 2.0
"""Points of two mentions that name one day, or one within the other's stretch."""
ENOUGH_INFERRED = 3.0
"""Points where a day is inferred, or the two tell it by different classes of triggers."""
WEAKEST, STRONGEST = 0.5, 0.95
"""Probabilities of a link with as few points as may be, and of one with all."""
MOST_POINTS = 6.0
SHORTEST_RANGE = 2
"""Days of a stretch that is as good as a day: "Monday night"."""
PLACE = 0.5
"""Points for a place alone, by whatever spelling: much happens there on one day."""
LARGE = 10
"""Numbers from which one that is shared says much."""
FEW, MANY = 2, 3
"""Shared things that count, and that count twice."""
COVERED = 0.5
"""Share of one side's words from which a few shared things count twice."""
HARM = frozenset(
    {"kill", "die", "wound", "bomb", "attack", "shoot", "burn", "collapse", "crash", "quake"}
)
"""Classes by any of which one disaster may be told."""


def keys(mention: Mention) -> frozenset[str]:
    """The keys under which it is looked for from other languages, besides its own words."""
    sounds = {f"~{key}" for each in _sounds(mention) for key in each}
    numbers = _numbers(mention) if mention.language != "en" else ()
    return frozenset({*sounds, *mention.glosses, *numbers})


def ends(mention: Mention) -> tuple[Day, ...]:
    """Days near which a coarse stretch of another calendar is looked for, too.

    Those around the Gregorian month or year that has most of its days: 1398 is told as 2019.
    """
    grain = mention.date.granularity
    if mention.language == "en" or grain not in {Granularity.MONTH, Granularity.YEAR}:
        return ()
    first, last = window(mention)
    civil = GREGORIAN.from_day(Day((first + last) // 2))
    if grain is Granularity.YEAR:
        begin, after = (civil.year, 1), (civil.year + 1, 1)
    else:
        begin = (civil.year, civil.month)
        after = (civil.year + civil.month // 12, civil.month % 12 + 1)
    return Day(GREGORIAN.to_day(*begin, 1) - DISAGREE_WITHIN), GREGORIAN.to_day(*after, 1)


def link(one: Mention, other: Mention) -> Link | None:
    """The link between two mentions in different languages that are not vetoed."""
    found = points(one, other)
    if found < _asked(one, other):
        return None
    share = min(1.0, (found - ENOUGH) / (MOST_POINTS - ENOUGH))
    return Link.between(one.id, other.id, round(WEAKEST + share * (STRONGEST - WEAKEST), 3))


def may_be_one(one: Mention, other: Mention) -> bool:
    """Whether the two may tell one event."""
    return points(one, other) >= _asked(one, other)


def points(one: Mention, other: Mention) -> float:
    """How much the two have in common; 0 for things alone, or where they name different places."""
    if one.places and other.places and set(one.places).isdisjoint(other.places):
        return 0.0
    alike = float(_is_told_alike(one, other))
    found = _shared_numbers(one, other) + _shared_names(one, other) + alike
    return found + _shared_things(one, other) if found else 0.0


def _asked(one: Mention, other: Mention) -> float:
    """The points that two mentions need, by how they are dated; more than there are for never."""
    differ = one.trigger_class and other.trigger_class and not _is_told_alike(one, other)
    if _is_one_day(one, other):
        return ENOUGH_INFERRED if differ else ENOUGH
    mine, yours = shown_day(one), shown_day(other)
    inferred = named_day(one) is None or named_day(other) is None
    near = mine is not None and yours is not None and abs(mine - yours) <= 1
    return ENOUGH_INFERRED if inferred and near and not differ else MOST_POINTS + 1


def _is_one_day(one: Mention, other: Mention) -> bool:
    """Whether they name one day, or stretches of which one lies within the other or on its edge."""
    if any(each.date.inferred or each.date.basis is Basis.PLANNED for each in (one, other)):
        return False
    (first, last), (begin, end) = window(one), window(other)
    if first > end or begin > last:
        return False
    within = (begin <= first and last <= end) or (first <= begin and end <= last)
    shorter = min(last - first, end - begin)
    shared = min(last, end) - max(first, begin)
    return within or shorter < SHORTEST_RANGE or 2 * shared >= shorter


def _is_told_alike(one: Mention, other: Mention) -> bool:
    """Whether one class tells both, or the words of one have what the other is told by."""
    mine, yours = one.trigger_class, other.trigger_class
    if mine and yours and one.kind is not Kind.STATEMENT:
        return mine == yours or {mine, yours} <= HARM
    return _echoes(one, other) or _echoes(other, one)


def _echoes(one: Mention, other: Mention) -> bool:
    """Whether the other's words have the class, or the English trigger, of this one."""
    verb = one.trigger.partition(" ")[0] if one.trigger.isascii() else ""
    told = verb if one.kind is Kind.STATEMENT else one.trigger_class or verb
    if not told or told == "say":
        return False
    return holds(_stems(other), told)


def _shared_numbers(one: Mention, other: Mention) -> float:
    shared = _numbers(one) & _numbers(other)
    large = sum(float(each) >= LARGE for each in shared)
    return min(2.0, large + 0.5 * (len(shared) - large))


def _numbers(mention: Mention) -> frozenset[str]:
    return frozenset(each for each in mention.terms if each[0].isdigit())


def _shared_names(one: Mention, other: Mention) -> float:
    """Names of both by one spelling, or by one key of their sounds."""
    mine, yours = _sounds(one), _sounds(other)
    shared = sum(not each.isdisjoint(sound) for each in mine for sound in yours)
    places = len(set(one.places) & set(other.places))
    if not shared and places:
        return 1.0 if one.kind is Kind.STATEMENT else PLACE
    return float(min(2, shared))


def _sounds(mention: Mention) -> list[frozenset[str]]:
    """The keys of each name; but in English any word may be one, for want of better signs."""
    told = mention.terms if mention.language != "en" else ()
    return [found for each in (*mention.names, *told) if (found := name_keys(each))]


def _shared_things(one: Mention, other: Mention) -> float:
    """Things of both, what happened apart."""
    mine, yours = _stems(one), _stems(other)
    shared = {each for each in mine & yours if not _is_class(each, one, other)}
    if len(shared) < FEW:
        return 0.0
    least = min(_weighed(mine), _weighed(yours))
    covers = _weighed(shared) >= COVERED * least
    return 2.0 if len(shared) >= MANY or covers else 1.0


def _stems(mention: Mention) -> frozenset[str]:
    """Its words as English has them."""
    own = mention.glosses if mention.language != "en" else mention.terms
    return frozenset(each for each in own if not each[0].isdigit())


def _weighed(stems: Iterable[str]) -> float:
    return sum(weight(each) for each in sorted(stems))


def _is_class(stem: str, *mentions: Mention) -> bool:
    """Whether the word is what the mentions are told by."""
    return any(
        each.trigger_class.startswith(stem)
        or (each.trigger.isascii() and each.trigger.startswith(stem))
        for each in mentions
    )
