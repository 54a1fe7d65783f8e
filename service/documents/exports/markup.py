"""Text of articles made harmless: for XML, for HTML, for addresses. Nothing of it is lost.

All HTML is written here, so that every export that carries some shows sources the same way, and
each character of an article passes `escaped`.
"""

from __future__ import annotations

import re
from html import escape

from service.documents.exports.told import Source, Told

# What XML 1.0 (section 2.2) or iCalendar has no way to write: controls, two noncharacters.
_NO_XML = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What no address holds, and what could end one where it is quoted (RFC 3986, section 2).
_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]")


# Letters written from right to left, and the controls of direction (UAX 9, section 2).
_DIRECTED = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """`text` so that its direction does not reach the plain text around it (UAX 9, FSI and PDI)."""
    return f"{ISOLATE}{text}{END_OF_ISOLATE}" if _DIRECTED.search(text) else text


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
    quotes = "".join(quoted(source) for source in event.sources)
    return f"{_remarks(event)}{quotes}{_conflicts(event)}"


def quoted(source: Source) -> str:
    """A quote with its outlet, its day and a link, as HTML."""
    # No paragraph and no <cite> within: TimelineJS sets its own marks around the one, and the
    # other on a line of its own.
    said = line(source.quote)
    return f'<blockquote dir="auto">{said}</blockquote><p>— {origin(source)}</p>'


def origin(source: Source) -> str:
    """The outlet, the headline and the day of a source, linked to where it can be read."""
    name = f'<span dir="auto">{line(source.outlet)}</span>'
    if source.title and source.title != source.outlet:
        name += f', <span dir="auto">“{line(source.title)}”</span>'
    if source.url:
        name = f'<a href="{escaped(address(source.url))}" rel="noopener nofollow">{name}</a>'
    return f"{name}, {escaped(source.published_day)}" if source.published_day else name


def gist(event: Told) -> str:
    """The best quote for `event`, who else tells it, and where they differ, as HTML."""
    best = event.best
    if best is None:
        return _remarks(event)
    told = {each.article_id: each for each in reversed(event.sources)}
    others = [origin(each) for key, each in reversed(told.items()) if key != best.article_id]
    also = f"<p>Also told by {'; '.join(others)}.</p>" if others else ""
    return f"{_remarks(event)}{quoted(best)}{also}{_conflicts(event)}"


def _remarks(event: Told) -> str:
    said = escaped(", ".join(event.remarks))
    return f"<p><em>{said}</em></p>" if said else ""


def _conflicts(event: Told) -> str:
    return "".join(f'<p dir="auto">{line(each)}.</p>' for each in event.conflicts)
