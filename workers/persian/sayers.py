"""Who says what a Persian clause tells: the subject of the verb of saying, "be gofte-ye ..."."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from service.temporal.timex import Span
from workers.persian.clauses import Part, reporter_of
from workers.persian.wordlists import trigger_words
from workers.persian.words import Word, phrases

LONGEST_SAYER = 8
"""Words of a sayer's name."""
LONGEST_SOURCE = 3
"""Words of a phrase that names who says so."""


def sayers(
    text: str,
    words: Sequence[Word],
    parts: Sequence[Part],
    at: int,
    dated: Collection[Span],
) -> tuple[str, ...]:
    """Who says the clause at this index, nearest first; `text` is the article's."""
    named = [_phrase(text, words, each) for each in _reporters(words, parts, at, dated)]
    sources = [_phrase(text, words, words_of) for _, words_of in find_sources(words)]
    return tuple(dict.fromkeys(each for each in (*named, *sources) if each))


def find_sources(words: Sequence[Word]) -> Iterator[tuple[range, range]]:
    """Each phrase that says by whom it is told, up to its comma, and the name in it."""
    listed = trigger_words().saying["sources"]
    for at in range(len(words)):
        for phrase, until in phrases(words, at, LONGEST_SOURCE):
            if phrase in listed:
                end = _until_comma(words, until)
                yield range(at, min(end + 1, len(words))), range(until, end)
                break


def _reporters(
    words: Sequence[Word], parts: Sequence[Part], at: int, dated: Collection[Span]
) -> Iterator[range]:
    if parts[at].trigger.relays is not None:
        yield speaker(words, parts[at], dated)
    here: int | None = reporter_of(parts, at)
    seen: set[int] = set()
    while here is not None and here not in seen:
        seen.add(here)
        yield speaker(words, parts[here], dated)
        here = reporter_of(parts, here)


def speaker(words: Sequence[Word], part: Part, dated: Collection[Span]) -> range:
    """The words of the subject of a clause of saying; empty for a pronoun."""
    stops = trigger_words().saying["stops"]
    sources = {at for whole, _ in find_sources(words) for at in whole}
    free = [
        at
        for at in part.words
        if at < part.trigger.element and at not in sources and not _is_in(words[at], dated)
    ]
    while free and (words[free[0]].is_mark or words[free[0]].key in stops):
        free.pop(0)
    if not free or words[free[0]].key in trigger_words().saying["nobody"]:
        return range(0)
    first = last = free[0]
    for at in free[1:]:
        if at != last + 1 or at - first >= LONGEST_SAYER:
            break
        if words[at].is_mark or words[at].key in stops or words[at].key == "که":
            break
        last = at
    return range(first, last + 1)


def _until_comma(words: Sequence[Word], first: int) -> int:
    at = first
    while at < len(words) and at - first < LONGEST_SAYER and not words[at].is_mark:
        at += 1
    return at


def _is_in(word: Word, dated: Collection[Span]) -> bool:
    return any(each.start <= word.start < each.end for each in dated)


def _phrase(text: str, words: Sequence[Word], at: range) -> str:
    if not at or words[at[0]].key in trigger_words().saying["nobody"]:
        return ""
    return " ".join(text[words[at[0]].start : words[at[-1]].end].split())
