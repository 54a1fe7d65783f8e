"""Text with tags in it, as bodies of agencies have: its paragraphs, without the tags.

For what is an article and nothing else. Whole pages, with menus and footers, are read by the
workers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

DROPPED = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "title", "figure"})
"""Elements whose text is no part of the article."""
BLOCKS = frozenset(
    {
        *("html", "head", "body", "main", "article", "section", "header", "footer", "div", "aside"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "hr", "address", "blockquote"),
        *("ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "tr", "th", "td", "figcaption"),
    }
)
"""Elements that end a paragraph where they begin and where they end."""
BREAK = "\x00"
"""Stands for a line break while a paragraph is gathered: no text holds it."""
# A tag ends at the next sign of one, so that no text is looked at twice.
_MARKS = re.compile(r"<!--|-->|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,15})[^<>]*>|<[!?][^<>]*>")
_TAGS = re.compile(r"</(?:p|div|li|h[1-6]|section|article)\s*>|<(?:p|br)\b[^<>]*>", re.IGNORECASE)


def is_marked_up(text: str) -> bool:
    """Whether `text` has tags of paragraphs or lines.

    >>> is_marked_up("<p>Rain fell.</p>"), is_marked_up("a < b and c > d")
    (True, False)
    """
    return _TAGS.search(text) is not None


def plain(text: str) -> str:
    r"""The paragraphs of `text` with empty lines between them; never raises.

    Reading takes as long as the text is, whatever is in it: it happens while a client waits.

    >>> plain("<p>Rain <b>fell</b>.<p>It&nbsp;stopped.")
    'Rain fell.\n\nIt stopped.'
    """
    paragraphs = ("".join(pieces) for pieces in _paragraphs(text))
    return "\n\n".join(filter(None, map(_tidied, paragraphs)))


def _paragraphs(text: str) -> Iterator[list[str]]:
    """The pieces of text of each paragraph, a line break among them."""
    pieces: list[str] = []
    for said, tag, is_end in _tokens(text):
        pieces.append(said)
        if tag == "br":
            pieces.append(BREAK)
        elif tag in BLOCKS or (tag in DROPPED and not is_end):
            yield pieces
            pieces = []
    yield pieces


def _tokens(text: str) -> Iterator[tuple[str, str, bool]]:
    """What is said before each tag, the tag's name, and whether it ends its element."""
    said: list[str] = []
    at, within = 0, ""
    for mark in _MARKS.finditer(text):
        if not within:
            said.append(text[at : mark.start()])
        at = mark.end()
        name = (mark["name"] or "").lower()
        if within:
            if mark[0] == "-->" if within == "--" else mark["end"] and name == within:
                within = ""
        elif mark[0] == "<!--":
            within = "--"
        elif name:
            yield unescape("".join(said)), name, bool(mark["end"])
            said = []
            within = name if name in DROPPED and not mark["end"] else ""
    yield unescape("".join([*said, "" if within else text[at:]])), "", True


def _tidied(paragraph: str) -> str:
    """White space made single, line breaks kept."""
    return "\n".join(" ".join(line.split()) for line in paragraph.split(BREAK)).strip()
