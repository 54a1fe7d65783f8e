"""Which expressions of time date a Persian clause: those that stand in it and say when it was."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from service.temporal.interval import Granularity
from service.temporal.timex import Resolution, TimexType
from workers.persian.clauses import Part
from workers.persian.wordlists import trigger_words
from workers.persian.words import Word, known_form

REACH = 4
"""Words before an expression that may compare with it or hang it on a noun."""

_COMPARED = (("نسبت", "به"), ("مقایسه", "با"))
_ALIKE = frozenset({"برخلاف", "مانند", "همچون"})
_ON = frozenset({"روز", "در", "شب", "بامداد", "صبح", "ظهر", "عصر", "شامگاه", "تاریخ"})


def usable(resolution: Resolution, words: Sequence[Word]) -> bool:
    """Whether an expression may date something: no duration, no hour alone, no comparison."""
    dated = resolution.type in {TimexType.DATE, TimexType.TIME} and resolution.interval is not None
    if not dated or resolution.granularity > Granularity.YEAR or _is_clock(resolution):
        return False
    before = [each.key for each in words if each.end <= resolution.span.start][-REACH:]
    pairs = tuple(pairwise(before))
    return not any(each in pairs for each in _COMPARED) and _ALIKE.isdisjoint(before[-2:])


def own_dates(
    words: Sequence[Word], parts: Sequence[Part], dates: Sequence[Resolution]
) -> tuple[tuple[Resolution, ...], ...]:
    """The expressions of each clause: of the innermost whose words hold them."""
    found: list[list[Resolution]] = [[] for _ in parts]
    for each in dates:
        holder = _holder(words, parts, each)
        if holder is not None and not _is_of_toll(words, parts[holder], each):
            found[holder].append(each)
    return tuple(tuple(each) for each in found)


def _holder(words: Sequence[Word], parts: Sequence[Part], date: Resolution) -> int | None:
    span = date.span
    for number, part in enumerate(parts):
        if any(span.start <= words[at].start < span.end for at in part.words):
            return number
    return None


def _is_of_toll(words: Sequence[Word], part: Part, date: Resolution) -> bool:
    """Whether it dates what the dead are of: "shomar-e koshte-ha-ye enfejar-e ruz-e shanbe"."""
    listed = trigger_words()
    before = [at for at in part.words if words[at].end <= date.span.start]
    while before and words[before[-1]].key in _ON:
        before.pop()
    opening = next((words[at] for at in part.words if not words[at].is_mark), None)
    if not before or opening is None:
        return False
    named = known_form(words[before[-1]].text, listed.nouns) is not None
    return named and known_form(opening.text, listed.lists["tolls"]) is not None


def _is_clock(resolution: Resolution) -> bool:
    """Whether it is a time of the day of publication, for want of a day: "saat 10"."""
    anchor = resolution.anchor
    fits = resolution.type is TimexType.TIME and anchor is not None
    return (
        fits and anchor is not None and anchor.kind == "publication" and "ساعت" in resolution.text
    )
