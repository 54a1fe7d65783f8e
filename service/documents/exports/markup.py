"""Text of articles made harmless: for XML, for HTML, for addresses. Nothing of it is lost.

HTML is written by `evidence` alone, so that every export that carries HTML shows an event's
sources the same way, and each character of an article passes `escaped`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from service.documents.exports.told import Source, Told

# What XML 1.0 (section 2.2) or iCalendar has no way to write: controls, two noncharacters.
_NO_XML = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What no address holds, and what could end one where it is quoted (RFC 3986, section 2).
_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]")


def printable(text: str) -> str:
    """`text` without the controls that XML and calendars cannot carry."""
    return _NO_XML.sub("", text)


def escaped(text: str) -> str:
    """`text` so that HTML and XML show it, in an element or in an attribute."""
    return escape(printable(text), quote=True)


def address(url: str) -> str:
    """`url` with what may not stand in one written as %XX.

    >>> address('https://a.example/"><b>')
    'https://a.example/%22%3E%3Cb%3E'
    """
    return _NO_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", url)


def one_line(text: str) -> str:
    """`text` with every stretch of white space as one space."""
    return " ".join(printable(text).split())


def line(text: str) -> str:
    """`text` on one line, so that HTML and XML show it."""
    return escaped(one_line(text))


def evidence(event: Told) -> str:
    """Who tells `event`, in which words, and where they differ, as HTML."""
    return "".join(_evidence(event))


def quoted(source: Source) -> str:
    """A quote with its outlet, its day and a link, as HTML."""
    said = line(source.quote)
    return f'<blockquote dir="auto"><p>“{said}”</p><p>— {origin(source)}</p></blockquote>'


def origin(source: Source) -> str:
    """The outlet, the headline and the day of a source, linked to where it can be read."""
    name = f'<span dir="auto">{line(source.outlet)}</span>'
    if source.title and source.title != source.outlet:
        name += f', <cite dir="auto">{line(source.title)}</cite>'
    if source.url:
        name = f'<a href="{escaped(address(source.url))}" rel="noopener nofollow">{name}</a>'
    return f"{name}, {escaped(source.published_day)}" if source.published_day else name


def _evidence(event: Told) -> Iterator[str]:
    if event.remarks:
        yield f"<p><em>{escaped(', '.join(event.remarks))}</em></p>"
    for source in event.sources:
        yield quoted(source)
    for conflict in event.conflicts:
        yield f'<p dir="auto">{line(conflict)}.</p>'
