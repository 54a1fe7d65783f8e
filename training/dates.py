"""Dates as newswire puts them ("said Tuesday", "On May 3, ..."), set into treebank sentences.

The web treebank holds some twenty weekdays without a preposition: without these sentences a parser
takes "Tuesday" for the subject of "said".
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from training.treebank import Sentence, Word

SHARE = 0.45
"""Of the sentences that have room for a date, how many get one."""
SHORTEST, LONGEST = 6, 45
FRONT_WITHIN = 12
"""A date may open a sentence whose main verb is among its first words."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December", "Jan.", "Feb.", "Sept.", "Oct.", "Nov.", "Dec."),
)
PARTS_OF_DAY = ("morning", "afternoon", "evening", "night")

_GOVERNOR = 0
_CLAUSES = frozenset({"ccomp", "advcl", "acl", "parataxis", "conj", "csubj", "xcomp"})
_VERBS = frozenset({"VBD", "VBZ", "VBP", "VBN", "VB"})
_NO_CLAUSE = frozenset({"aux", "cop", "aux:pass", "amod", "acl"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a date may stand: before the word at `before`, governed by the word at `governor`."""

    before: int
    governor: int
    opens: bool = False


def with_dates(sentences: Iterable[Sentence], seed: int) -> Iterator[Sentence]:
    """A copy with a date of a seeded share of the sentences."""
    rng = random.Random(seed)  # noqa: S311  # a recipe must repeat itself
    for sentence in sentences:
        places = find_places(sentence) if SHORTEST <= len(sentence) <= LONGEST else ()
        if places and rng.random() <= SHARE:
            yield _dated(sentence, rng.choice(places), rng)


def find_places(sentence: Sentence) -> tuple[Place, ...]:
    """Right behind a verb with its object, at the end, and in front of the main clause."""
    return tuple(
        place
        for at, word in enumerate(sentence)
        if word.tag in _VERBS and word.relation not in _NO_CLAUSE
        for place in _places_at(sentence, at)
    )


def insert(sentence: Sentence, place: Place, phrase: Sequence[Word]) -> Sentence:
    """The sentence with the phrase; heads of the phrase count from its own start, 0 is the verb."""
    at, size = place.before, len(phrase)
    moved = [replace(word, head=word.head + size * (word.head > at)) for word in sentence]
    governor = place.governor + 1 + size * (place.governor >= at)
    new = [replace(word, head=at + word.head if word.head else governor) for word in phrase]
    if at:
        new[-1] = replace(new[-1], spaced=moved[at - 1].spaced)
        moved[at - 1] = replace(moved[at - 1], spaced=True)
    return (*moved[:at], *new, *moved[at:])


def _places_at(sentence: Sentence, verb: int) -> Iterator[Place]:
    children = [(at, _kind(word)) for at, word in enumerate(sentence) if word.head == verb + 1]
    if not any(kind in {"nsubj", "csubj"} for _, kind in children):
        return
    right = [(at, kind) for at, kind in children if at > verb and kind != "punct"]
    if any(kind in {"compound", "iobj"} for _, kind in right):
        return
    objects = [at for at, kind in right if kind == "obj"]
    if objects:
        end, has_clause = _reach(sentence, objects[0])
        if not has_clause and end + 1 < len(sentence):
            yield Place(end + 1, verb)
    elif not right or right[0][1] in {"ccomp", "advcl", "obl", "parataxis"}:
        yield Place(verb + 1, verb)
    if sentence[verb].relation == "root":
        yield from _outer_places(sentence, verb)


def _outer_places(sentence: Sentence, verb: int) -> Iterator[Place]:
    end, has_clause = _reach(sentence, verb)
    if not has_clause and end == len(sentence) - 1 and sentence[end].form in {".", "!"}:
        yield Place(end, verb)
    if verb < FRONT_WITHIN and _kind(sentence[0]) not in {"cc", "discourse", "punct"}:
        yield Place(0, verb, opens=True)


def _reach(sentence: Sentence, top: int) -> tuple[int, bool]:
    """The last position below `top`, and whether a clause stands there."""
    last, has_clause, waiting = top, False, [top]
    while waiting:
        here = waiting.pop()
        last = max(last, here)
        for at, word in enumerate(sentence):
            if word.head == here + 1:
                waiting.append(at)
                has_clause = has_clause or _kind(word) in _CLAUSES
    return last, has_clause


def _dated(sentence: Sentence, place: Place, rng: random.Random) -> Sentence:
    if not place.opens:
        kinds = (_bare, _bare, _bare, _prepositional, _relative)
        return insert(sentence, place, rng.choice(kinds)(rng))
    phrase = list(rng.choice((_prepositional, _prepositional, _relative))(rng))
    first = phrase[0]
    phrase[0] = replace(first, form=first.form[:1].upper() + first.form[1:])
    if rng.random() < 0.7:
        phrase[-1] = replace(phrase[-1], spaced=False)
        comma = Word(form=",", pos="PUNCT", tag=",", head=_GOVERNOR, relation="punct", spaced=True)
        phrase.append(comma)
    return insert(_lowered(sentence), place, phrase)


def _lowered(sentence: Sentence) -> Sentence:
    first = sentence[0]
    if first.pos == "PROPN" or first.form == "I" or first.form.isupper():
        return sentence
    return (replace(first, form=first.form[:1].lower() + first.form[1:]), *sentence[1:])


def _kind(word: Word) -> str:
    return word.relation.partition(":")[0]


_ADJECTIVE = partial(Word, pos="ADJ", tag="JJ", relation="amod", spaced=True)
_NOUN = partial(Word, pos="NOUN", tag="NN", spaced=True)
_NAME = partial(Word, pos="PROPN", tag="NNP", spaced=True)
_NUMBER = partial(Word, pos="NUM", tag="CD", spaced=True)
_PREPOSITION = partial(Word, pos="ADP", tag="IN", relation="case", spaced=True)


def _bare(rng: random.Random) -> Sequence[Word]:
    """Tuesday; late Tuesday; Tuesday night."""
    day, which = rng.choice(DAYS), rng.random()
    if which < 0.7:
        return (_NAME(form=day, head=_GOVERNOR, relation="obl:unmarked"),)
    if which < 0.85:
        when = _ADJECTIVE(form=rng.choice(("late", "early")), head=2)
        return (when, _NAME(form=day, head=_GOVERNOR, relation="obl:unmarked"))
    part = rng.choice(PARTS_OF_DAY)
    return (
        _NAME(form=day, head=2, relation="compound"),
        _NOUN(form=part, head=_GOVERNOR, relation="obl:unmarked"),
    )


def _prepositional(rng: random.Random) -> Sequence[Word]:
    """On Tuesday; on May 3; in May 2019."""
    which = rng.random()
    if which < 0.5:
        day = _NAME(form=rng.choice(DAYS), head=_GOVERNOR, relation="obl")
        return (_PREPOSITION(form="on", head=2), day)
    month = _NAME(form=rng.choice(MONTHS), head=_GOVERNOR, relation="obl")
    if which < 0.75:
        day = _NUMBER(form=str(rng.randint(1, 30)), head=2, relation="nummod")
        return (_PREPOSITION(form="on", head=2), month, day)
    year = _NUMBER(form=str(rng.randint(1990, 2030)), head=2, relation="nmod:unmarked")
    return (_PREPOSITION(form="in", head=2), month, year)


def _relative(rng: random.Random) -> Sequence[Word]:
    """Last week; next Tuesday."""
    which = _ADJECTIVE(form=rng.choice(("last", "next")), head=2)
    unit = rng.choice(("week", "month", "year", rng.choice(DAYS)))
    make = _NAME if unit in DAYS else _NOUN
    return (which, make(form=unit, head=_GOVERNOR, relation="obl:unmarked"))
