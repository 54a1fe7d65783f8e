"""What each stretch of an article is: headline, prose, caption, heading or furniture.

Told by form and position in any outlet's style. Each rule looks at the lines that no rule before
it has claimed; what nobody claims is prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workers.text.captions import credit_start, described, is_caption
from workers.text.lines import Line, fold
from workers.text.paragraphs import split_paragraphs


class Role(StrEnum):
    """What a stretch of an article is for."""

    HEADLINE = "headline"
    PROSE = "prose"
    CAPTION = "caption"
    HEADING = "heading"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """Code points [start, end) of the text with their role; `why` says it for what is left out."""

    start: int
    end: int
    role: Role
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Mark:
    role: Role
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """All lines, and the marks that the rules before have given."""

    lines: Sequence[Line]
    title: str
    marks: Mapping[int, _Mark] = field(default_factory=dict)

    @property
    def free(self) -> list[int]:
        """The lines that are not claimed yet."""
        return [at for at in range(len(self.lines)) if at not in self.marks]

    @property
    def body(self) -> list[int]:
        """The lines of running text; in a text without any, all that end like sentences."""
        sure = [at for at in self.free if self.lines[at].is_body]
        return sure or [at for at in self.free if self.lines[at].is_closed]


def lay_out(text: str, title: str | None = None) -> tuple[Block, ...]:
    """The blocks of `text` in order; together they hold all of it but white space."""
    lines = [Line(at.start, at.end, text[at.start : at.end]) for at in split_paragraphs(text)]
    marks: dict[int, _Mark] = {}
    for rule in RULES:
        page = _Page(lines, fold(title or ""), dict(marks))
        marks.update((at, mark) for at, mark in rule(page) if at not in marks)
    marked = (_blocks(line, marks.get(at, _Mark(Role.PROSE))) for at, line in enumerate(lines))
    return tuple(block for blocks in marked for block in blocks)


def _blocks(line: Line, mark: _Mark) -> Iterator[Block]:
    credit = credit_start(line) if mark.role is Role.CAPTION else None
    if credit is None:
        yield Block(line.start, line.end, mark.role, mark.why)
        return
    told = line.text[:credit].rstrip()
    yield Block(line.start, line.start + len(told), Role.CAPTION)
    yield Block(line.start + credit, line.end, Role.FURNITURE, "credit of a picture")


def _slugs(page: _Page) -> Iterator[tuple[int, _Mark]]:
    """`a-headline-in-small-letters`, and the headline of another story right below one."""
    for at in page.free:
        if page.lines[at].is_slug:
            yield at, _Mark(Role.FURNITURE, "slug of a headline")


def _headline(page: _Page) -> Iterator[tuple[int, _Mark]]:
    """The first copy of the headline; later copies anywhere, with or without a full stop."""
    chosen = _find_headline(page)
    known = {page.title, page.lines[chosen].folded if chosen is not None else ""} - {""}
    for at in page.free:
        if at == chosen:
            yield at, _Mark(Role.HEADLINE)
        elif page.lines[at].folded in known:
            yield at, _Mark(Role.FURNITURE, "copy of the headline")


def _find_headline(page: _Page) -> int | None:
    lines, body = page.lines, page.body
    head = [at for at in page.free if at < min(body, default=len(lines))]
    for at in [*head, *body[:1]]:
        if page.title and page.title in {lines[at].folded, lines[at].folded + _outlet(page, at)}:
            return at
    fitting = [at for at in head if _could_head(lines[at])]
    if page.title or not fitting:
        return None
    opening = set(" ".join(lines[at].folded for at in body[:2]).split())
    copies = Counter(line.folded for line in lines)
    return max(
        fitting,
        key=lambda at: (copies[lines[at].folded] > 1, _overlap(lines[at], opening), -at),
    )


def _outlet(page: _Page, at: int) -> str:
    """What a title adds to the headline: "Headline here - The Outlet"."""
    folded = page.lines[at].folded
    rest = page.title[len(folded) :]
    short = page.lines[at].size >= 4 and len(rest.split()) <= 4
    return rest if page.title.startswith(folded + " ") and short else ""


def _could_head(line: Line) -> bool:
    byline = line.words[:1] in {("By",), ("BY",)} and line.is_titled
    return 4 <= line.size <= 30 and not line.is_closed and not byline


def _overlap(line: Line, words: set[str]) -> float:
    mine = set(line.folded.split())
    return len(mine & words) / max(len(mine), 1)


def _other_stories(page: _Page) -> Iterator[tuple[int, _Mark]]:
    """A line that some slug repeats, and `READ ALSO: such a line`."""
    slugs = {line.folded for line in page.lines if line.is_slug}
    for at in page.free:
        line = page.lines[at]
        labelled = re.match(r"[A-Z][A-Z' ]{3,}:\s", line.text) and not line.is_closed
        if labelled or line.folded in slugs:
            yield at, _Mark(Role.FURNITURE, "headline of another story")


def _head(page: _Page) -> Iterator[tuple[int, _Mark]]:
    """Above the headline anything open; below it bylines, dates and other short lines."""
    headline = next((at for at, mark in page.marks.items() if mark.role is Role.HEADLINE), -1)
    first = min(page.body, default=0)
    for at in page.free:
        line = page.lines[at]
        if at >= first or line.is_closed:
            continue
        if at < headline:
            yield at, _Mark(Role.FURNITURE, "line above the headline")
        elif line.size < 9:
            yield at, _Mark(Role.FURNITURE, "line between headline and text")


def _tail(page: _Page) -> Iterator[tuple[int, _Mark]]:
    """From the first open line after the last running text on."""
    last = max(page.body, default=len(page.lines))
    after = [at for at in page.free if at > last]
    opened = next((at for at in after if not page.lines[at].is_closed), None)
    for at in after:
        is_last_caption = is_caption(page.lines[at]) and page.lines[at].size > 12
        if opened is not None and at >= opened and not is_last_caption:
            yield at, _Mark(Role.FURNITURE, "line after the end of the article")


def _calls(page: _Page) -> Iterator[tuple[int, _Mark]]:
    """Lines such as "Sign up for our newsletter." or "© 2026 The Outlet."."""
    for at in page.free:
        line = page.lines[at]
        called = _CALL.match(line.text) and _YOU.search(line.text)
        if line.size <= 40 and (called or _PAGE.search(line.text)):
            yield at, _Mark(Role.FURNITURE, "call to the reader")
        elif re.match(r"©|\(c\)\s|copyright\b", line.text, re.IGNORECASE) and line.size <= 40:
            yield at, _Mark(Role.FURNITURE, "copyright")


def _captions(page: _Page) -> Iterator[tuple[int, _Mark]]:
    """Lines with a credit or a label, and what describes the same picture above them."""
    for at in page.free:
        why = described(page.lines, at)
        if why is not None:
            yield at, _Mark(Role.FURNITURE, why)
        elif is_caption(page.lines[at]):
            yield at, _Mark(Role.CAPTION)


def _headings(page: _Page) -> Iterator[tuple[int, _Mark]]:
    """Short open lines inside the text; long ones only when written as a title."""
    if not page.body:
        return
    for at in page.free:
        line = page.lines[at]
        if line.is_closed or (line.size > 10 and not line.is_titled):
            continue
        if line.size <= 2 and line.text[0].islower():
            yield at, _Mark(Role.FURNITURE, "stray words")
        elif line.size <= 10:
            yield at, _Mark(Role.HEADING, "section heading")
        else:
            yield at, _Mark(Role.FURNITURE, "headline of another story")


_CALL = re.compile(
    r"(?:please\s+)?(?:share|follow|subscribe|sign up|read|click|tap|join|download|leave|watch|"
    r"listen|support|donate|register|log in|contact|send|email|spread)\b",
    re.IGNORECASE,
)
_YOU = re.compile(
    r"\b(?:you|your|us|our|newsletter|inbox|here|below|this (?:story|article|post|page))\b",
    re.IGNORECASE,
)

# What a page says of itself and to its readers.
_PAGE = re.compile(
    r"\bin your inbox\b|^already a (?:subscriber|member)\b|^subscribe to (?:continue|keep)\b|"
    r"\byour e-?mail address will not\b|\brequired fields are marked\b|"
    r"\b(?:uses?|use of) cookies\b|"
    r"^all rights reserved\b|^(?:enjoy|lov)ing this (?:article|story)\b|^thank you for reading\b|"
    r"^have you been affected\b|^this (?:story|article|report) was (?:written|first published|"
    r"originally published|produced|generated)\b",
    re.IGNORECASE,
)

RULES: tuple[Callable[[_Page], Iterator[tuple[int, _Mark]]], ...] = (
    _slugs,
    _headline,
    _other_stories,
    _head,
    _calls,
    _tail,
    _captions,
    _headings,
)
