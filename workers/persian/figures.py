"""Figures of a Persian clause: a number, what it counts, and what became of the counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from service.temporal.interval import Day
from service.temporal.timex import Span
from service.timeline.details import Comparator, Figure
from workers.persian.numbers import Number, find_numbers
from workers.persian.wordlists import count_words
from workers.persian.words import Word, known_form

REACH = 8
"""Words behind a number in which it is told what became of the counted."""
LONGEST_COMPARATOR = 2
TERM_REACH = 3

_DONE = {
    "kill": "killed",
    "die": "killed",
    "wound": "injured",
    "arrest": "arrested",
    "release": "freed",
    "execute": "executed",
    "rescue": "rescued",
    "infect": "infected",
    "disappear": "missing",
}
"""What becomes of those whom a class of triggers counts."""
_PERSONS = frozenset(
    {
        *("killed", "injured", "arrested", "freed", "missing", "rescued", "displaced", "evacuated"),
        *("infected", "trapped", "executed"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """On which day the figures were told, and by whom; the class of what their clause tells."""

    as_of: Day
    by: str
    group: str = ""


def read_figures(
    words: Sequence[Word], dated: Collection[Span], saying: Saying
) -> tuple[Figure, ...]:
    """The figures among the words of one clause; those inside expressions of time are none."""
    found = (_figure(words, each, saying) for each in plain_numbers(words, dated))
    return tuple(each for each in found if each is not None)


def plain_numbers(words: Sequence[Word], dated: Collection[Span]) -> Iterator[Number]:
    """The numbers that are no part of a date."""
    for each in find_numbers(words):
        start = words[each.first].start
        if not any(span.start <= start < span.end for span in dated):
            yield each


def _figure(words: Sequence[Word], number: Number, saying: Saying) -> Figure | None:
    unit, until = _unit(words, number.until)
    what, counted = _counted(words, until)
    scope = _scope(words, until) or _DONE.get(saying.group, "")
    if number.value == 1 and number.until == until and what != "person":
        return None  # the article: "yek karkhane"
    if unit == "count" and not what:
        what = "person" if scope in _PERSONS else ""
    if unit == "count" and not what and not counted:
        return None
    if unit in count_words().terms.values():
        scope = "sentence"
    return Figure(
        what=what,
        value=number.value,
        comparator=Comparator.AT_LEAST if number.vague else _comparator(words, number.first),
        unit=unit,
        scope=scope,
        as_of=saying.as_of,
        attributed_to=saying.by,
        start=words[number.first].start,
        end=words[number.until - 1].end,
    )


def _comparator(words: Sequence[Word], first: int) -> Comparator:
    for size in range(LONGEST_COMPARATOR, 0, -1):
        phrase = " ".join(each.key for each in words[max(0, first - size) : first])
        if phrase in count_words().comparators:
            return count_words().comparators[phrase]
    return Comparator.EXACT


def _unit(words: Sequence[Word], at: int) -> tuple[str, int]:
    """A currency, measure or percentage behind the number; a stretch of time only as a term."""
    listed = count_words()
    if at >= len(words):
        return "count", at
    key = words[at].key
    if key in listed.units and not (key == "تن" and _is_person(words, at)):
        return listed.units[key], at + 1
    if key in listed.terms:
        behind = words[at + 1 : at + 1 + TERM_REACH]
        if any(each.key in listed.of_terms for each in behind):
            return listed.terms[key], at + 1
    return "count", at


def _is_person(words: Sequence[Word], at: int) -> bool:
    """Whether "tan" counts people, not tonnes of something."""
    following = words[at + 1] if at + 1 < len(words) else None
    return following is None or known_form(following.text, count_words().goods) is None


def _counted(words: Sequence[Word], at: int) -> tuple[str, bool]:
    """What is counted, by its noun in the terms of English; and whether a noun counts at all."""
    listed = count_words()
    found, counts = "", False
    for word in words[at : at + 4]:
        name = known_form(word.text, listed.counted)
        between = word.key in listed.between
        if name is not None and (not found or found == "person"):
            found = listed.counted[name]
        if name is None and not between:
            break
        counts = True
    return found, counts


def _scope(words: Sequence[Word], at: int) -> str:
    """What became of the counted: the nearest word behind the number that says it."""
    listed = count_words()
    for word in words[at : at + REACH]:
        name = known_form(word.text, listed.scopes)
        if name is not None:
            return listed.scopes[name]
        if word.is_number:
            return ""
    return ""
