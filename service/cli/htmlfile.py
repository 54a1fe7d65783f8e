"""The reading text of a saved web page: its paragraphs, without scripts, menus and footers.

A small reader for `timelines post page.html`; it judges tags, never words.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

DROPPED = frozenset(
    {
        *("script", "style", "template", "noscript", "svg", "iframe"),
        *("nav", "footer", "aside", "button", "select"),
    }
)
"""Elements whose text is no part of the article."""

BLOCKS = frozenset(
    {
        *("body", "main", "article", "section", "header", "div", "address", "blockquote"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "hr"),
        *("ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption"),
        *("table", "caption", "tr", "th", "td", "form", "fieldset"),
    }
)
"""Elements that end a paragraph where they begin and where they end."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the page says: paragraphs joined by empty lines, its title, its declared language."""

    text: str
    title: str | None
    language: str | None


def read_page(html: str) -> Page:
    """The page behind `html`; never raises, broken markup gives what can be read of it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return Page("\n\n".join(reader.paragraphs), reader.title, reader.language)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.title: str | None = None
        self.language: str | None = None
        self._lines: list[str] = [""]
        self._dropping: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.end_paragraph()
        elif tag == "br":
            self._lines.append("")
        if tag in DROPPED:
            self._dropping.append(tag)
        elif tag == "title" and not self._dropping:
            self._in_title = True
        elif tag == "html":
            self.language = dict(attrs).get("lang") or None

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_paragraph()
        if tag == "title":
            self._in_title = False
        elif tag in self._dropping:
            while self._dropping.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title = " ".join(f"{self.title or ''} {data}".split()) or None
        elif not self._dropping:
            self._lines[-1] += data

    def end_paragraph(self) -> None:
        """Close the paragraph that is being gathered; white space in its lines is made single."""
        paragraph = "\n".join(" ".join(line.split()) for line in self._lines).strip()
        self._lines = [""]
        if paragraph:
            self.paragraphs.append(paragraph)
