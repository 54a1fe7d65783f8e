"""Paragraphs of a text as posted: whether a line break ends one is decided per article.

Three customs meet: a blank line between paragraphs, one paragraph a line, and hard-wrapped lines.
A break inside hard-wrapped text is told by width: the next line's first word would not have fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.temporal.timex import Span

WIDEST_WRAP = 120
"""Characters of the longest line that may be a wrapped one."""
FEWEST_WRAPS = 3
"""Full lines that show that a text is hard-wrapped."""

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


def split_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of `text` without the white space around them, in order."""
    lines = [span for match in _LINE.finditer(text) if (span := _trimmed(match)) is not None]
    width = _wrap_width(text, lines)
    if width is None:
        return tuple(lines)
    return tuple(_joined(text, lines, width))


def _trimmed(match: re.Match[str]) -> Span | None:
    line = match.group()
    bare = line.strip()
    if not bare:
        return None
    start = match.start() + line.index(bare[0])
    return Span(start, start + len(bare))


def _wrap_width(text: str, lines: Sequence[Span]) -> int | None:
    """The width to which the text was wrapped, or None when its breaks end paragraphs."""
    width = max((line.end - line.start for line in lines), default=0)
    if width > WIDEST_WRAP:
        return None
    pairs = [pair for pair in pairwise(lines) if _adjacent(text, *pair)]
    full = sum(_is_full(text, one, other, width) for one, other in pairs)
    return width if full >= FEWEST_WRAPS and full * 2 >= len(pairs) else None


def _adjacent(text: str, one: Span, other: Span) -> bool:
    return len(_BREAK.findall(text, one.end, other.start)) == 1


def _is_full(text: str, one: Span, other: Span, width: int) -> bool:
    """Whether the first word of `other` would not have fit at the end of `one`."""
    word = text[other.start : other.end].split(maxsplit=1)[0]
    return one.end - one.start + 1 + len(word) > width


def _joined(text: str, lines: Sequence[Span], width: int) -> Iterator[Span]:
    start = lines[0].start
    for one, other in pairwise(lines):
        if not _adjacent(text, one, other) or not _is_full(text, one, other, width):
            yield Span(start, one.end)
            start = other.start
    yield Span(start, lines[-1].end)
