"""Which words of a Persian clause make its headline: all but its date, its source, an aside.

Persian verbs stand last, so that a long clause loses words inside it, never its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.timeline.headline import FEWEST, MOST
from service.timeline.model import Kind
from workers.persian.drafts import Parsed
from workers.persian.sayers import find_sources
from workers.persian.words import Word
from workers.telling.drafts import Draft
from workers.telling.wording import Wording

_OPENERS = frozenset({"و", "که", "اما", "ولی", "تا", "همچنین", "نیز", "هم"})
_ON = frozenset({"روز", "در", "شب", "بامداد", "صبح", "ظهر", "عصر", "شامگاه", "تاریخ", "از"})

Stretch = tuple[int, int]
"""Code points of the text as posted."""


def word(inside: Sequence[Word], draft: Draft, parsed: Parsed) -> Wording:
    """The words of the draft's headline; `inside` are those of its clauses."""
    start = _start(inside, parsed)
    end = _end(parsed, start, _whole_end(draft))
    if _size(parsed, start, end) <= MOST:
        return Wording("", start, end)
    cuts = (each for each in _droppable(parsed) if start < each[0] and each[1] < end)
    longest = max(cuts, key=lambda each: each[1] - each[0], default=None)
    if longest is None:
        return Wording("", start, end)
    opening = _written(parsed, start, longest[0])
    return Wording(opening, longest[1], end)


def _start(inside: Sequence[Word], parsed: Parsed) -> int:
    """Where the clause begins once conjunction, leading date and source are left out."""
    spans = [*_sources(parsed), *((each.start, each.end) for each in parsed.dated)]
    for at, each in enumerate(inside):
        covered = any(start <= each.start < end for start, end in spans)
        leads = each.key in _ON and _leads_to(inside, at, spans)
        if not (covered or leads or each.is_mark or each.key in _OPENERS):
            return each.start
    return inside[0].start


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
    verbs = [parsed.words[part.verb.until - 1].end for part in parsed.parts]
    fitting = [
        at for at in verbs if start < at < end and FEWEST <= _size(parsed, start, at) <= MOST
    ]
    return max(fitting, default=end)


def _droppable(parsed: Parsed) -> Iterator[Stretch]:
    """Dates with the words that lead to them, and what stands between two commas."""
    words = parsed.words
    for span in parsed.dated:
        first = next((at for at, each in enumerate(words) if each.start >= span.start), 0)
        while first > 0 and words[first - 1].key in _ON:
            first -= 1
        yield words[first].start, span.end
    commas = [at for at, each in enumerate(words) if each.key == ","]
    for one, other in pairwise(commas):
        yield words[one].start, words[other].end


def _sources(parsed: Parsed) -> list[Stretch]:
    words = parsed.words
    return [(words[at[0]].start, words[at[-1]].end) for at, _ in find_sources(words)]


def _size(parsed: Parsed, start: int, end: int) -> int:
    return len(_written(parsed, start, end).split())


def _written(parsed: Parsed, start: int, end: int) -> str:
    return " ".join(parsed.text[start:end].split())
