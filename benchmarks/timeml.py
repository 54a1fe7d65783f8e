"""Our readings in the habits of TimeML, as scorers of date taggers want them.

A range whose two ends are each complete is given as its parts, one with an elliptical end
("5-8 October", "5 to 6 p.m.") as one expression; two days that "and" joins are two ("5 and 6
October" are "5" and "6 October"). What is told from an event is given by its words of time ("two
days" of "two days after the verdict", "the day" of "the day after the vote"), and not at all when
it has none ("during the protests"), no more than a unit ("weeks before the vote", "the first days
after the vote") or the unit that holds the event ("the year of the flood"). One rule for all
corpora.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Context, Resolution, Span, TimexType

_YEAR = 4
_STATED = re.compile(r"[+−–-]\s?\d\d?(?::?\d\d)?$")
_EDGE = re.compile(
    r"(?:the )?(?:first|early|opening|last|final|closing|dying) \w+s$", re.IGNORECASE
)
_NAMED = re.compile(r"XXXX-(?:WXX-|[A-Z][A-Z]$)")
_OFFSET = re.compile(r"[+-]\d\d:\d\d\b")
_LISTS = frozenset(["<month> <day> and <day>", "<day> and <day> <month>"])
_ELLIPTICAL = re.compile(
    r"\b(?:the|\d+(?:st|nd|rd|th)|(?:twen|thir)ty|(?:(?:twen|thir)ty-?)?first|second|third"
    r"|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen)th|(?:twenti|thirti)eth)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d{4}|\b(?:last|this|next)\b", re.IGNORECASE)


def tag(text: str, reference: dt.date) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, TIMEX3 type, TIMEX3 value) of each expression; offsets in code points."""
    for *answer, _ in tag_with_confidence(text, reference):
        yield tuple(answer)


def tag_with_confidence(
    text: str, reference: dt.date
) -> Iterator[tuple[int, int, str, str, float]]:
    """As `tag`, with the chance that the reading is right."""
    for each in readings(text, reference):
        yield each.span.start, each.span.end, each.type.value, each.value, each.confidence


def readings(text: str, reference: dt.date) -> Iterator[Resolution]:
    """The resolutions that `tag` tells of."""
    context = Context(publication=read_publication(reference.isoformat()))
    for resolution in resolve(text, context):
        for each in _labelled(resolution):
            value = _without_name(each)
            yield each if value == each.value else replace(each, value=value)


def _labelled(resolution: Resolution) -> tuple[Resolution, ...]:
    """What TimeML marks of an expression."""
    waits = resolution.unbound
    if waits is None:
        return _parts(resolution)
    words = waits.words
    if words is None:
        return ()
    first, until = (point - resolution.span.start for point in (words.start, words.end))
    written = resolution.text[first:until]
    alone = " " not in written or _EDGE.match(written) is not None
    unit = resolution.type is not TimexType.DURATION and _NAMED.search(resolution.value) is None
    held = unit and resolution.text[until:].split()[0] == "of"
    return () if alone or held else (replace(resolution, span=words),)


def _parts(resolution: Resolution) -> tuple[Resolution, ...]:
    if resolution.derivation and resolution.derivation[-1].rule in _LISTS:
        first, last = resolution.parts
        start, end = resolution.span.start, resolution.span.end
        whole = Span(start, first.span.end), Span(last.span.start, end)
        return replace(first, span=whole[0]), replace(last, span=whole[1])
    complete = resolution.type is TimexType.DATE and len(resolution.parts) == 2
    if complete and all(_is_complete(part) for part in resolution.parts):
        first, last = (part.text for part in resolution.parts)
        if not _DATED.search(last) or _DATED.search(first):
            return resolution.parts
    return (resolution,)


def _without_name(resolution: Resolution) -> str:
    """TIMEX3 writes offsets that the text gives in digits; a zone by its name it leaves out."""
    stated = resolution.type is not TimexType.TIME or _STATED.search(resolution.text)
    return resolution.value if stated else _OFFSET.sub("", resolution.value)


def _is_complete(part: Resolution) -> bool:
    """Whether the end stands alone: "9 April", "1947", not "9", "the 9th" or "ninth"."""
    text = _ELLIPTICAL.sub("", part.text)
    return len(part.text) == _YEAR or any(character.isalpha() for character in text)
