"""One deed in two wordings: what was done is of one class, and nothing told of it differs.

The likeness of words finds copies and paraphrases; this finds two reports of one arrest that share
little but the arrested. It is a function of the two mentions alone (EVENTS section 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from service.timeline.details import Being, Comparator, Figure, Part, keys_of
from service.timeline.forms import without
from service.timeline.likenesses import is_told_alike, words
from service.timeline.model import Basis, Kind, Mention
from service.timeline.weights import likeness
from service.timeline.windows import INFERRED_WITHIN, named_day, shown_day

ACTING = frozenset({Part.AGENT, Part.PATIENT})
MAY_BE_PERSONS = frozenset({Being.PERSON, Being.UNKNOWN})
OF_DEATH = {"kill", "die"}
"""Two classes of one deed, told by who did it or by whom it was done to."""
LATER = frozenset({"aftershock", "anniversary", "rematch", "replay"})
"""Terms of a clause that tell of what comes after another event, and is never that one."""
FURTHER = frozenset({"another", "second", "third", "fourth"}) | LATER
"""Terms of a clause that tell of one more of a kind."""
ALIKE = 0.2
"""Likeness of two clauses of one class from which they tell one deed on days that are near."""
BARELY = 0.05
"""The same between clauses that name one day, and somebody or somewhere in common."""
KINDRED = 0.25
"""The same where just a noun of the one tells what the other tells."""
VERY_ALIKE = 0.4
"""The same where days or parties say less."""
NEVER = 9.0
BY_PARTY = 0.5
BY_SENTENCE = 0.8
BY_FIGURE = 0.2
BY_PERSON = 0.2
"""What shared words of sentences count, and one party, figure or person of both clauses."""
LEAST = 0.4
"""The weight of a link between two clauses that tell one deed in wholly other words."""
CROWD = 5
"""People from which on somebody with a name is not all of them."""
CROWDS = frozenset({"hundr", "hundred", "thousand", "dozen", "score", "million"})
MAGNITUDE = 10
"""Times a number that is only a lower bound, up to which another may be the same."""


def told_as_one(one: Mention, other: Mention) -> float:
    """The weight, 0.4 to 1, of what lets two mentions tell one deed; 0 where nothing does."""
    kin = _kinship(one, other)
    if kin is Kin.NONE or one.kind is Kind.STATEMENT or _differ(one, other):
        return 0.0
    alike = _likeness(one, other)
    if alike < _wanted(one, other, kin):
        return 0.0
    return round(LEAST + min(alike, 1.0) * (1 - LEAST), 3)


class Kin(Enum):
    """By what two clauses tell one kind of deed."""

    NONE = "none"
    NAMED = "named"
    """Some noun of both names it."""
    SAME = "same"
    """One verb or class tells both."""


def _kinship(one: Mention, other: Mention) -> Kin:
    if is_told_alike(one, other) or {one.trigger_class, other.trigger_class} == OF_DEATH:
        return Kin.SAME
    if _is_named_by(one, other) or _is_named_by(other, one):
        return Kin.SAME
    return Kin.NONE if set(one.deeds).isdisjoint(other.deeds) else Kin.NAMED


def _is_named_by(one: Mention, other: Mention) -> bool:
    """Whether a noun tells what the one does, and the verb nothing: "a wave of protests swept"."""
    return not one.trigger_class and other.trigger_class in one.deeds


def _likeness(one: Mention, other: Mention) -> float:
    """How alike two clauses, who takes part in them, or their sentences are but for their verbs."""
    verbs = [each.trigger for each in (one, other) if each.trigger]
    mine, yours = (_others(each.names + each.terms, verbs) for each in (one, other))
    parties = [_others(each.parties, verbs) for each in (one, other)]
    sentences = [_others(words(each), verbs) for each in (one, other)]
    clauses = likeness(mine, yours) + BY_PARTY * likeness(*parties)
    clauses += BY_FIGURE * _tell_one_figure(one, other) + BY_PERSON * _name_one_person(one, other)
    return max(clauses, BY_SENTENCE * likeness(*sentences))


def _others(found: tuple[str, ...], verbs: Sequence[str]) -> tuple[str, ...]:
    """The words without forms of these verbs."""
    for verb in verbs:
        found = without(found, verb)
    return found


def _wanted(one: Mention, other: Mention, kin: Kin) -> float:
    """How alike two clauses must be, by how near their days are and by who and where they share."""
    mine, yours = named_day(one), named_day(other)
    shared = _shares(one, other)
    if mine is not None and mine == yours:
        bare = kin is Kin.SAME and (_says_no_more(one) or _says_no_more(other))
        return 0.0 if bare else BARELY if shared else ALIKE
    if kin is Kin.SAME and _lasts(one) and _lasts(other):
        return 0.0
    near = _is_near(one, other)
    if not near and _are_far(one, other):
        return NEVER
    if kin is Kin.NAMED:
        wanted = (KINDRED, VERY_ALIKE) if near else (VERY_ALIKE, NEVER)
    else:
        wanted = (ALIKE, ALIKE) if near else (ALIKE, VERY_ALIKE)
    return wanted[0] if shared else wanted[1]


def _says_no_more(mention: Mention) -> bool:
    """Whether the clause names its deed and hardly a word besides: "the quake struck on 3 May"."""
    return len(_others(mention.names + mention.terms, [mention.trigger])) <= 1


def _lasts(mention: Mention) -> bool:
    """Whether its own words spread it over more than a week."""
    told = mention.date.basis in {Basis.EXPLICIT, Basis.ANCHORED}
    return told and (mention.date.durative or _is_wide(mention))


def _are_far(one: Mention, other: Mention) -> bool:
    """Whether both are shown on some day, and these lie further apart than an inference errs."""
    if one.date.durative or other.date.durative or _is_wide(one) or _is_wide(other):
        return False
    return not _is_near(one, other)


def _is_near(one: Mention, other: Mention) -> bool:
    """Whether both show a day or lasting time, a week apart at most."""
    if one.date.durative != other.date.durative or _is_wide(one) or _is_wide(other):
        return False
    mine, yours = shown_day(one), shown_day(other)
    return mine is not None and yours is not None and abs(mine - yours) <= INFERRED_WITHIN


def _is_wide(mention: Mention) -> bool:
    """Whether its words leave more than a week; where nothing is known, its last day counts."""
    date = mention.date
    if date.durative or date.start is None:
        return False
    return date.end is None or date.end - date.start > INFERRED_WITHIN


def _shares(one: Mention, other: Mention) -> bool:
    """Whether the two name somebody or some place in common, or tell one figure."""
    if _who(one) & _who(other) or set(one.places) & set(other.places):
        return True
    return _tell_one_figure(one, other)


def _tell_one_figure(one: Mention, other: Mention) -> bool:
    return any(_is_one(mine, yours) for mine in one.figures for yours in other.figures)


def _name_one_person(one: Mention, other: Mention) -> bool:
    """Whether one is named as doer or done to in both."""
    mine, yours = (keys_of(each.participants, parts=ACTING) for each in (one, other))
    return not mine.isdisjoint(yours)


def _who(mention: Mention) -> frozenset[str]:
    return keys_of(mention.participants) | set(mention.names)


def _is_one(mine: Figure, yours: Figure) -> bool:
    of_one = mine.what == yours.what or not (mine.what and yours.what)
    alike = mine.scope == yours.scope or not (mine.scope and yours.scope)
    if not of_one or not alike or mine.unit != yours.unit:
        return False
    return mine.value == yours.value or _meet(mine, yours)


def _meet(mine: Figure, yours: Figure) -> bool:
    """Whether one vague number holds the other: "thousands" and "more than 3,000"."""
    low, high = sorted((mine, yours), key=lambda each: each.value)
    open_above = low.comparator in {Comparator.MORE_THAN, Comparator.AT_LEAST}
    return open_above and low.value >= CROWD and high.value <= MAGNITUDE * low.value


def are_done_to_others(one: Mention, other: Mention) -> bool:
    """Whether one deed is told of two people ("arrested Dalen", "arrested Voss"), or of a crowd."""
    if not is_told_alike(one, other):
        return False
    mine, yours = _victims(one), _victims(other)
    if mine and yours:
        return mine.isdisjoint(yours)
    return bool(mine and _is_crowd(other)) or bool(yours and _is_crowd(one))


def _victims(mention: Mention) -> frozenset[str]:
    """The keys of the persons whom it was done to, by name."""
    return keys_of(mention.participants, parts={Part.PATIENT}, beings={Being.PERSON})


def _is_crowd(mention: Mention) -> bool:
    """Whether it was done to many whom nobody names."""
    if not CROWDS.isdisjoint(mention.parties):
        return True
    return any(each.unit == "count" and each.value >= CROWD for each in mention.figures)


def _differ(one: Mention, other: Mention) -> bool:
    """Whether one of the two is a further one, or they name different people in one part."""
    if FURTHER.isdisjoint(one.terms) != FURTHER.isdisjoint(other.terms):
        return True
    return any(_are_others(one, other, part) for part in (Part.AGENT, Part.PATIENT))


def _are_others(one: Mention, other: Mention, part: Part) -> bool:
    mine, yours = (
        keys_of(each.participants, parts={part}, beings=MAY_BE_PERSONS) for each in (one, other)
    )
    return bool(mine) and bool(yours) and mine.isdisjoint(yours)
