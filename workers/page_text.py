"""HTML pages: the one door of trafilatura, htmldate and lxml, which the extra `html` brings.

Imported when the first page comes: most services read none, and it takes 0.4 s and 40 MB.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from service.documents.forms.markup import plain
from service.errors import UnreadableArticleError

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

LAX_DAYS = 1
"""How far a page's date may lie ahead of its receipt, for clocks elsewhere."""
EARLIEST = "1995-01-01"
UNDATED = ("p", "li", "td", "blockquote", "figure", "img", "footer", "nav", "aside")
"""Elements in which a date is no date of publication, unless they say that it is."""
DATED = re.compile(r"date|time|publi|byline|meta|stamp|posted", re.IGNORECASE)
FEW = 2_000
"""Characters below which a text may have lost its paragraphs."""
PARAGRAPHS = frozenset({"p", "head", "item", "quote", "row", "table", "list", "div"})
"""Elements of trafilatura's tree that stand alone."""
_ENDS = re.compile(r"[.!?…:;»”\"'’)\]؟۔。]\s*$")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds, as far as the markup alone says it.

    `metas` are names and contents of `<meta>`, lower case and in their order; `linked` are the
    texts of its JSON-LD; `times` the `datetime` of `<time>` elements that mark the publication.
    """

    text: str
    title: str | None
    language: str | None
    canonical: str | None
    metas: tuple[tuple[str, str], ...]
    linked: tuple[str, ...]
    times: tuple[str, ...]
    dated: str | None
    """The date that the rest of the page gives it, by htmldate; None without one."""


def read_page(html: str, *, received_at: float) -> Page:
    """The page behind `html`, received then (seconds since 1970 UTC).

    Raises UnreadableArticleError without the extra, or when the page has no text to read.
    """
    _hush()
    try:
        from lxml.etree import ParserError  # type: ignore[import-untyped]  # the same
        from lxml.html import HTMLParser, document_fromstring
    except ImportError as error:
        raise _without_extra() from error
    try:
        # As UTF-8 whatever the page declares: it was decoded when it was posted.
        tree = document_fromstring(_sound(html).encode(), parser=HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError) as error:
        raise _without_text() from error
    facts = {
        "title": _first(tree.xpath("//head/title//text()")),
        "language": _first(tree.xpath("/html/@lang")),
        "canonical": _first(tree.xpath("//link[@rel='canonical']/@href")),
    }
    metas, linked, times = tuple(_metas(tree)), tuple(_linked(tree)), tuple(_times(tree))
    dated = _dated(tree, received_at)
    text = _text(tree, html)
    return Page(text, **facts, metas=metas, linked=linked, times=times, dated=dated)


def _text(tree: HtmlElement, html: str) -> str:
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise _without_extra() from error
    found = bare_extraction(tree, include_comments=False, with_metadata=False)
    # Its own text has no zero-width joiners any more, which Persian is written with.
    body = getattr(found, "body", None)
    text = "" if body is None else "\n\n".join(filter(None, map(_tidied, _blocks(body))))
    if not text:
        raise _without_text()
    # Of a few lines trafilatura makes one; when nothing else is there, their own paragraphs hold.
    paragraphs = plain(html) if len(text) < FEW else ""
    return paragraphs if paragraphs.split() == text.split() else text


def _blocks(element: HtmlElement) -> Iterator[str]:
    """The paragraphs of trafilatura's tree, in their order."""
    pieces: list[str] = []
    for text, ends in _pieces(element):
        if ends:
            yield "".join(pieces)
            pieces = []
        pieces.append(text)
    yield "".join(pieces)


def _pieces(root: HtmlElement) -> Iterator[tuple[str, bool]]:
    """Each stretch of text, and whether a paragraph ends before it. Walks without recursion."""
    from lxml.etree import iterwalk

    last = ""
    for event, element in iterwalk(root, events=("start", "end")):
        alone = element.tag in PARAGRAPHS
        if event == "start":
            breaks = alone or (element.tag == "lb" and _ENDS.search(last) is not None)
            between = " " if element.tag == "lb" else ""
            said = between + (element.text or "")
        else:
            breaks = alone
            between = " | " if element.tag == "cell" and element.getnext() is not None else ""
            said = between + (element.tail or "" if element is not root else "")
        last = said if said.strip() else last
        yield said, breaks


def _dated(tree: HtmlElement, received_at: float) -> str | None:
    try:
        from htmldate import find_date
    except ImportError as error:
        raise _without_extra() from error
    latest = datetime.fromtimestamp(received_at, UTC) + timedelta(days=LAX_DAYS)
    found = find_date(
        _where_dates_are(tree),
        extensive_search=False,
        original_date=True,
        outputformat="%Y-%m-%dT%H:%M:%S%z",
        min_date=EARLIEST,
        max_date=latest.strftime("%Y-%m-%d"),
        deferred_url_extractor=True,
    )
    # A day alone comes back as its midnight, without a zone.
    return None if found is None else found.removesuffix("T00:00:00")


def _where_dates_are(tree: HtmlElement) -> HtmlElement:
    """A copy without prose, menus and footers: a day of which the article tells is not its own."""
    from copy import deepcopy

    copy = deepcopy(tree)
    for element in copy.xpath("//meta[@http-equiv]"):  # when the server made it
        element.drop_tree()
    for element in [*copy.iter(*UNDATED)]:
        named = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop"))
        if element.getparent() is not None and not DATED.search(named):
            element.drop_tree()
    return copy


def _metas(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            yield name.strip().lower(), content.strip()


def _linked(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("script"):
        if "ld+json" in (element.get("type") or "").lower() and element.text:
            yield element.text


def _times(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("time"):
        said = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        stamp = element.get("datetime")
        if stamp and ("publish" in said or element.get("pubdate") is not None):
            yield stamp.strip()


def _first(found: list[str]) -> str | None:
    return next((" ".join(str(each).split()) for each in found if str(each).strip()), None)


def _tidied(block: str) -> str:
    return " ".join(block.split()).strip(" |")


def _sound(html: str) -> str:
    """The markup without what XML cannot hold: control characters would end the reading."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", " ", html)


def _hush() -> None:
    """Keep the libraries from logging what they read: pages are nobody's business but ours."""
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _without_text() -> UnreadableArticleError:
    return UnreadableArticleError(
        "no text of an article was found in the page: post it in the field 'text'",
        problem="page-without-text",
        title="The page holds no article",
    )


def _without_extra() -> UnreadableArticleError:
    return UnreadableArticleError(
        "the workers cannot read HTML: install event-timelines[html] beside them, then retry",
        problem="html-not-supported",
        title="The workers cannot read HTML",
    )
