"""Markdown (CommonMark): a chronology by year and month, to read and to publish.

Nothing is left out. What an article says is text, never markup: each of its characters that could
mean something is written with a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from service.documents.datewords import MONTHS, year_words
from service.documents.exports.exported import Export
from service.documents.exports.markup import address, isolated, one_line
from service.documents.exports.precision import Parts, begun, holding, span
from service.documents.exports.told import Date, Source, Told

UNKNOWN_MONTH = "During the year"
"""Where what is known by the year alone stands."""
# What CommonMark (section 2.4) or the dialects of well-known sites could take for markup.
_MARKUP = re.compile(r"[\\`*\[\]<>~|]|(?<!\w)_|_(?!\w)|&(?=#|\w+;)")
_PARENTHESES = str.maketrans({"(": "%28", ")": "%29"})


def render(export: Export) -> str:
    """The timeline as a Markdown document."""
    return "\n\n".join(_blocks(export)) + "\n"


def plain(text: str) -> str:
    r"""`text` on one line, so that Markdown shows it as it is.

    >>> plain("snake_case, *not* <b>")
    'snake_case, \\*not\\* \\<b\\>'
    """
    return isolated(_MARKUP.sub(lambda found: f"\\{found[0]}", one_line(text)))


def _blocks(export: Export) -> Iterator[str]:
    timeline = export.timeline
    yield f"# {_heading(export.title)}"
    if timeline.description:
        yield _start_of_line(plain(timeline.description))
    year = None
    for (of_year, of_month), events in groupby(export.events, key=_place):
        if of_year != year:
            year = of_year
            yield f"## {year}"
        if of_month:
            yield f"### {of_month}"
        for event in events:
            yield from _event(export, event)
    if not export.events:
        yield "No events."


def _place(event: Told) -> tuple[str, str]:
    """Year and month in words under which an event stands, no finer than it is known."""
    first, _ = span(event.date)
    if not first:
        return "Undated", ""
    known = _known(event.date) or first[:1]
    return year_words(known[0]), MONTHS[known[1] - 1] if len(known) > 1 else UNKNOWN_MONTH


def _known(date: Date) -> Parts:
    if date.durative and date.start:
        return begun(date)
    start, end = date.start or date.end, date.end or date.start
    return holding(start, end) if start and end else ()


def _event(export: Export, event: Told) -> Iterator[str]:
    remarks = f" *({plain(', '.join(event.remarks))})*" if event.remarks else ""
    link = f"[{plain(event.headline)}]({_address(export.event_address(event))})"
    yield f"**{plain(_capital(event.date.display))}:** {link}{remarks}"
    if event.picture is not None:
        yield f"![{plain(event.picture.alt)}]({_address(event.picture.url)})" + _credit(event)
    for source in event.sources:
        yield f"> “{plain(source.quote)}”\n>\n> — {_origin(source)}"
    for conflict in event.conflicts:
        yield f"{plain(conflict)}."


def _credit(event: Told) -> str:
    credit = event.picture.credit if event.picture else ""
    return f" *Picture: {plain(credit)}*" if credit else ""


def _origin(source: Source) -> str:
    name = plain(source.outlet)
    if source.title and source.title != source.outlet:
        name += f", “{plain(source.title)}”"
    if source.url:
        name = f"[{name}]({_address(source.url)})"
    return f"{name}, {plain(source.published_day)}" if source.published_day else name


def _address(url: str) -> str:
    return address(url).translate(_PARENTHESES)


def _heading(text: str) -> str:
    """`text` without the marks at its end that would close the heading."""
    return re.sub(r"#(?=#*$)", r"\\#", plain(text))


def _start_of_line(text: str) -> str:
    """`text` so that its beginning is no heading, list, quote or rule."""
    return re.sub(r"^(\d+)([.)])|^([#+=-])", r"\1\\\2\3", text)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
