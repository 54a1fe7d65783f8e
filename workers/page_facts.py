"""What a page says of its article: in its JSON-LD, its meta elements, its address and language.

The post decides; what it leaves open is taken from here, best place first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from service.documents.forms.form import Found
from service.documents.forms.languages import language_tag
from service.documents.forms.linked import articles_in
from service.documents.forms.readers import read_address, read_line, read_stamp
from service.documents.forms.reading import find_fields
from service.documents.forms.tables import SCHEMA_ORG
from service.documents.jsontext import Json, JsonObject, loads
from service.errors import InvalidInputError
from service.intake import instant_of, without_faults
from workers.page_text import Page

LAX_SECONDS = 86_400
"""How far a date of publication may lie ahead of the receipt, as for posted ones."""
EARLIEST = "1600"
"""Years before are what programs write for an unknown date."""
DATES = (
    *("article:published_time", "og:published_time", "og:article:published_time", "datepublished"),
    *("parsely-pub-date", "sailthru.date", "article.published", "published-date", "publish-date"),
    *("publication_date", "publication-date", "pubdate", "pub_date", "publishdate", "published_at"),
    *("dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dcterms.date"),
    *("dc.date", "cxenseparse:recs:publishtime", "date", "originalpublicationdate"),
)
METAS: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "title"),
    "publisher": ("og:site_name", "dc.publisher", "application-name", "publisher"),
    "author": ("author", "article:author", "parsely-author", "dc.creator", "byl"),
    "url": ("og:url",),
    "language": ("og:locale", "dc.language", "language"),
    "image": ("og:image", "og:image:url", "og:image:secure_url", "twitter:image"),
}
"""Names of `<meta>` elements that say one of our fields, best first."""


def page_fields(page: Page, *, received_at: float) -> JsonObject:
    """Our fields as the page says them, the text apart; what cannot be used is left out."""
    article = _linked_article(page)
    linked = find_fields(article, SCHEMA_ORG)
    found: dict[str, Json] = {}
    for name in METAS:
        value = linked.get(name) or next(_said(page, name), None)
        if value is not None:
            found[name] = value
    published = next(_published(page, article, received_at), None)
    if published is not None:
        found["published_at"] = published
    return without_faults(found)


def _linked_article(page: Page) -> Found:
    """The first article in the page's JSON-LD; an empty one without."""
    for text in page.linked:
        try:
            articles = articles_in(loads(text))
            if articles:
                return articles[0]
        except (ValueError, RecursionError):
            continue
    return Found({}, "")


def _published(page: Page, article: Found, received_at: float) -> Iterator[str]:
    """The dates that the page gives as its own, the surest first; none ahead of the receipt."""
    said = article.value if isinstance(article.value, Mapping) else {}
    metas = [content for name in DATES for meta, content in page.metas if meta == name]
    linked = [said.get(name) for name in ("datePublished", "dateCreated", "dateModified")]
    told = [linked[0], *metas, *page.times, page.dated, *linked[1:]]
    for each in told:
        stamp = read_stamp(Found(each, ""))
        if stamp is not None and _may_be(str(stamp.value), received_at):
            yield str(stamp.value)


def _may_be(published_at: str, received_at: float) -> bool:
    try:
        instant = instant_of(published_at)
    except InvalidInputError:
        return False
    return published_at >= EARLIEST and instant <= received_at + LAX_SECONDS


def _said(page: Page, name: str) -> Iterator[Json]:
    """What the page says in its other elements of one of our fields."""
    if name == "url" and page.canonical is not None:
        yield from _usable(name, page.canonical)
    if name == "language" and page.language is not None:
        yield from _usable(name, page.language)
    for wanted in METAS[name]:
        for meta, content in page.metas:
            if meta == wanted:
                yield from _usable(name, content)
    if name == "title" and page.title is not None:
        # "Bridge closed | Example Post" above a text that begins with "Bridge closed".
        first, _, _ = page.text.partition("\n")
        yield first if page.title.startswith(first) else page.title


def _usable(name: str, said: str) -> Iterator[Json]:
    address = read_address(Found(said, ""))
    if name == "language":
        tag = language_tag(said)
        if tag is not None:
            yield tag
    elif name == "url" and address is not None:
        yield address.value
    elif name == "image" and address is not None:
        yield {"url": address.value}
    elif name in {"title", "publisher", "author"} and address is None:
        line = read_line(Found(said, ""))
        if line is not None:
            yield line.value
