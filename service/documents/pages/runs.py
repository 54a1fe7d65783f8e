"""Text with marks on it, cut into runs: marks may overlap, and HTML can not say so by nesting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that says something: what kind of thing, and which one."""

    start: int
    end: int
    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same marks, the longest first.

    `begins` and `ends` are those of them that have their first or last piece of this text here.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()


def cut(text: str, marks: Iterable[Mark], *, offset: int = 0) -> tuple[Run, ...]:
    """`text` in runs; marks count code points from `offset` before it, and are clipped to it.

    >>> [(run.text, len(run.marks)) for run in cut("abcd", [Mark(0, 3, "a"), Mark(2, 4, "b")])]
    [('ab', 1), ('c', 2), ('d', 1)]
    """
    ours = [mark for mark in marks if mark.start < offset + len(text) and mark.end > offset]
    ours = sorted(
        (mark for mark in ours if mark.start < mark.end),
        key=lambda mark: (mark.start, -mark.end, mark.kind, mark.key),
    )
    edges = {0, len(text)}
    edges.update(max(0, mark.start - offset) for mark in ours)
    edges.update(min(len(text), mark.end - offset) for mark in ours)
    places = sorted(edges)
    return tuple(_runs(text, ours, places, offset=offset))


def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    r"""Where the paragraphs of `text` start and end, without the blanks around them.

    Blank lines part them; a text without any has a paragraph for each line.

    >>> paragraphs("a b\n\n c\nd"), paragraphs("a\nb")
    (((0, 3), (6, 9)), ((0, 1), (2, 3)))
    """
    lines = list(_lines(text))
    filled = [each for each in lines if each[0] < each[1]]
    if len(filled) == len(lines):
        return tuple(filled)
    return tuple(_joined(lines))


def marks_within(
    places: Sequence[tuple[int, int]], marks: Iterable[Mark]
) -> Iterator[tuple[Mark, ...]]:
    """For each place of a text, in order, the marks that reach into it."""
    coming = sorted(marks, key=lambda mark: mark.start)
    current: list[Mark] = []
    taken = 0
    for start, end in places:
        while taken < len(coming) and coming[taken].start < end:
            current.append(coming[taken])
            taken += 1
        current = [mark for mark in current if mark.end > start]
        yield tuple(current)


def _runs(text: str, marks: Sequence[Mark], places: Sequence[int], *, offset: int) -> Iterator[Run]:
    taken, current = 0, list[Mark]()
    for start, end in pairwise(places):
        begun = taken
        while taken < len(marks) and max(0, marks[taken].start - offset) <= start:
            taken += 1
        begins = tuple(marks[begun:taken])
        current = [mark for mark in current if mark.end - offset > start] + list(begins)
        ends = tuple(mark for mark in current if min(len(text), mark.end - offset) == end)
        longest = tuple(sorted(current, key=lambda mark: mark.start - mark.end))
        yield Run(text[start:end], longest, begins, ends)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        yield start, max(start, at + len(line.rstrip()))
        at += len(line) + 1


def _joined(lines: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    begun: tuple[int, int] | None = None
    for start, end in lines:
        if start < end:
            begun = (start, end) if begun is None else (begun[0], end)
        elif begun is not None:
            yield begun
            begun = None
    if begun is not None:
        yield begun
