"""Where a text speaks of time: non-overlapping expressions, longest first, latent ones marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from service.temporal.grammar import Item, Meaning, Rulebook, apply, codes_of
from service.temporal.languages import beside_english
from service.temporal.lexicon import OTHER, Lexicon
from service.temporal.rules import en, numeric
from service.temporal.scanner import BREAK, Scan
from service.temporal.timex import Span

_INNER = codes_of("TheUnit")
_DOTTED = codes_of("monthdot") + codes_of("weekdaydot")
_LINKS = (
    "the", "a", "this", "that", "same", "of", "in", "on", "at", "since", "until", "by", "before",
    "after", "from", "to", "through", "between", "and", "or", "for", "during", "over", "within",
    "alternate", "dozens", "about", "more", "less", "than", "least", "most", "up", "as", "one",
    "some", "comma", "dash", "longdash", "dot", "stop", "open", "close", "poss", "quote", "colon",
    "semicolon", "n12", "n31", "n99", "n999", "num", "big", "ordinal", "title", "these", "right",
    "time", "second", "rest", "turn", "begin", "end", "early", "late", "earlier", "later",
    "last", "previous", "next", "coming", "following", "current", "every", "middle", "mid",
    "nearly", "once", "twice", "times", "old", "solarname", "final", "near", "couple", "dozen",
    "fiscal", "new", "eve", "feastfirst", "feastday", "opening", "all", "war", "latest", "full",
    "al", "dhu", "lunartail", "calendarname", "calendar", "style", "squareopen", "squareclose",
    "oldstyle", "newstyle", "comparable", "kind", "long", "so", "starting", "tocome", "into",
    "latter", "portion", "midway", "julian", BREAK,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression in the text, before it meets its context: tokens [first, until) of the scan.

    `event` is the tokens that name the event which it is told from; its one part is then the words
    of time that TIMEX3 labels.
    """

    span: Span
    meaning: Meaning
    rule: str
    first: int
    until: int
    parts: tuple[Timex, ...] = ()
    event: tuple[int, int] | None = None


def tag(scan: Scan, lexicon: Lexicon) -> tuple[Timex, ...]:
    """The expressions of a scanned text in the order of their spans; latent ones are included."""
    found: list[Timex] = []
    for island in _islands(lexicon.language).finditer(scan.codes):
        found.extend(_tag_island(scan, island.start(), island.end(), lexicon.language))
    return tuple(found)


def _tag_island(scan: Scan, first: int, until: int, language: str) -> list[Timex]:
    """The expressions in a stretch of known tokens (and one unknown on its right, for names)."""
    until = min(until + 1, len(scan.codes))
    places, nexts = range(first, until), range(first + 1, until + 1)
    items = tuple(map(Item, scan.codes[first:until], places, nexts, scan.values[first:until]))
    return [
        timex
        for item in apply(items, _stages(language), scan)
        if isinstance(item.value, Meaning) and item.code not in _INNER
        for timex in _timexes(item, scan)
    ]


def _timexes(item: Item, scan: Scan) -> tuple[Timex, ...]:
    """The expression that the item is, or nothing."""
    if not isinstance(item.value, Meaning):
        return ()
    span = Span(scan.starts[item.first], _end(scan, item.until - 1))
    ends = item.value.ends
    parts = tuple(timex for end in ends for timex in _timexes(end, scan)) if ends else ()
    return (Timex(span, item.value, item.rule, item.first, item.until, parts),)


def _end(scan: Scan, last: int) -> int:
    """Where the last token ends; the full stop of an abbreviation may be that of the sentence."""
    end = scan.ends[last]
    if scan.codes[last] not in _DOTTED:
        return end
    following = scan.written(last + 1)
    inside = following[:1].islower() or following[:1] in {",", ";", ")"} or following[:1].isdigit()
    return end if inside else end - 1


@cache
def _stages(language: str) -> tuple[Rulebook, ...]:
    if language == "en":
        return en.stages()
    own = beside_english(language)
    return (numeric.BASICS,) if own is None else own.stages()


@cache
def _islands(language: str) -> re.Pattern[str]:
    """A stretch of known classes that is worth reading: one of them is no mere link."""
    own = beside_english(language)
    links = "".join(codes_of(name) for name in (_LINKS if own is None else own.links))
    known = f"[^{OTHER}]"
    return re.compile(f"(?<!{known})[{links}]*+[^{links}{OTHER}]{known}*+")
