"""Which words of a Persian clause make its headline: all but its date, its source, an aside.

Persian verbs stand last, so that a long clause loses words inside it, never its end.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.timeline.headline import FEWEST, MOST
from service.timeline.model import Kind
from workers.grammar.clauses import Role
from workers.persian.parsed import Parsed
from workers.persian.sayers import find_sources
from workers.persian.words import Word
from workers.telling.drafts import Draft
from workers.telling.wording import Wording

_PREPOSITIONS = frozenset({"در", "با", "از", "به", "برای", "روز", "طی", "توسط", "پس"})
_ADVERBS = frozenset({"پیش", "گفتنی", "همزمان", "بعد", "قبل"})
_OPENERS = frozenset({"و", "که", "اما", "ولی", "تا", "همچنین", "نیز", "هم"})
_ON = frozenset({"روز", "در", "شب", "بامداد", "صبح", "ظهر", "عصر", "شامگاه", "تاریخ", "از"})

LONGEST_ADVERB = 4
"""Words of a leading phrase that a headline may drop."""

Stretch = tuple[int, int]
"""Code points of the text as posted."""


def word(inside: Sequence[Word], draft: Draft, parsed: Parsed) -> Wording:
    """The words of the draft's headline; `inside` are those of its clauses."""
    start = _start(inside, parsed)
    end = _end(parsed, start, _whole_end(draft))
    if _size(parsed, start, end) <= MOST:
        return Wording("", start, end)
    own = {parsed.words[at].start for at in draft.clause.words}
    told = [each for each in inside if each.start >= start and each.start in own]
    told = [each for each in told if not each.is_mark]
    return _shortened(told, parsed) if told else Wording("", start, end)


def _shortened(told: Sequence[Word], parsed: Parsed) -> Wording:
    """The subject of a long clause, and as much of what it ends with as there is room for.

    What stands between its words, a relative clause, is left out.
    """
    end = told[-1].end
    gaps = [at for at in range(1, len(told)) if _is_gap(told[at - 1], told[at], parsed)]
    last_gap = gaps[-1] if gaps else 0
    breaks = [at for at in range(1, len(told)) if at in gaps or _may_break(told[at], parsed)]
    if not breaks:
        return Wording("", told[0].start, end)
    opening = _written(parsed, told[0].start, told[breaks[0] - 1].end)
    room = MOST - len(opening.split())
    behind = [at for at in breaks if at >= last_gap]
    fitting = [at for at in behind if _size(parsed, told[at].start, end) <= room]
    return Wording(opening, told[min(fitting, default=behind[0])].start, end)


def _is_gap(one: Word, other: Word, parsed: Parsed) -> bool:
    """Whether words of another clause stand between the two."""
    return any(one.end <= each.start < other.start and not each.is_mark for each in parsed.words)


def _may_break(here: Word, parsed: Parsed) -> bool:
    """Whether a phrase begins at this word: a preposition or a date, or what a comma sets off."""
    if any(each.start < here.start < each.end for each in parsed.dated):
        return False
    dated = any(each.start == here.start for each in parsed.dated)
    before = [each for each in parsed.words if each.end <= here.start][-1:]
    return dated or here.key in _PREPOSITIONS or any(each.key == "," for each in before)


def _start(inside: Sequence[Word], parsed: Parsed) -> int:
    """Where the clause begins once conjunction, leading date and source are left out."""
    spans = [*_sources(parsed), *((each.start, each.end) for each in parsed.dated)]
    until = 0
    for at, each in enumerate(inside):
        until = max(until, _adverb_end(inside, at))
        covered = at < until or any(start <= each.start < end for start, end in spans)
        leads = each.key in _ON and _leads_to(inside, at, spans)
        if not (covered or leads or each.is_mark or each.key in _OPENERS):
            return each.start
    return inside[0].start


def _adverb_end(inside: Sequence[Word], at: int) -> int:
    """Behind a leading phrase such as "pish az in,"; 0 where none begins."""
    if inside[at].key not in _PREPOSITIONS | _ADVERBS:
        return 0
    near = range(at, min(at + LONGEST_ADVERB + 1, len(inside) - 1))
    return next((number + 1 for number in near if inside[number].key == ","), 0)


def _leads_to(inside: Sequence[Word], at: int, spans: Sequence[Stretch]) -> bool:
    """Whether words such as "dar ruz-e" stand before a date."""
    following = next((each for each in inside[at + 1 :] if each.key not in _ON), None)
    return following is not None and any(start <= following.start < end for start, end in spans)


def _whole_end(draft: Draft) -> int:
    """The end of the clause; a statement goes on with what is said."""
    if draft.told.kind is not Kind.STATEMENT:
        return draft.end
    return draft.telling.start + len(draft.telling.text.rstrip(" .!»"))


def _end(parsed: Parsed, start: int, end: int) -> int:
    """The end of the first verb from which on the words would be too many; else the clause's."""
    if _size(parsed, start, end) <= MOST:
        return end
    verbs = [
        parsed.words[part.verb.until - 1].end
        for part in parsed.parts
        if part.role is not Role.RELATIVE
    ]
    fitting = [
        at for at in verbs if start < at < end and FEWEST <= _size(parsed, start, at) <= MOST
    ]
    return max(fitting, default=end)


def _sources(parsed: Parsed) -> list[Stretch]:
    words = parsed.words
    return [(words[at[0]].start, words[at[-1]].end) for at, _ in find_sources(words)]


def _size(parsed: Parsed, start: int, end: int) -> int:
    return len(_written(parsed, start, end).split())


def _written(parsed: Parsed, start: int, end: int) -> str:
    return " ".join(parsed.text[start:end].split())
