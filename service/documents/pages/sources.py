"""Who tells an event: its articles with what they say, the independent ones first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from service.documents.exports.markup import address, one_line
from service.documents.jsontext import JsonObject
from service.documents.pages.fields import (
    number_of,
    object_of,
    objects_of,
    place_of,
    text_of,
)
from service.documents.pages.marking import Run, Stretch, cut
from service.documents.pages.shortdates import published_words
from service.documents.pages.why import Reason, reason, remarks
from service.timeline.sources import outlet

PLACES = {"headline": "headline", "caption": "caption", "heading": "heading"}
"""Where a quote stands, by its role, when that is not the prose."""
COPY = "almost word for word an article of this timeline"
CREDITED = "takes its news from an outlet that is counted already"
USUAL = "asserted"
"""The certainty that needs no word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One sentence of an article that tells the event, and why it has the date that it has.

    `who` says it in the article, `certainty` how the article takes it; both empty for its own
    plain word. `place` is where it stands when that is not the prose.
    """

    runs: tuple[Run, ...]
    place: str
    who: str
    certainty: str
    when: str
    confidence: float
    reasons: tuple[Reason, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article with its quotes. `echo` says of whom it is the echo, empty for an independent one.

    `url` is empty unless a browser may be sent there.
    """

    id: str
    outlet: str
    title: str
    url: str
    published: str
    published_at: str
    language: str
    echo: str
    quotes: tuple[Quote, ...]

    @property
    def is_independent(self) -> bool:
        """Whether its word counts beside that of the others."""
        return not self.echo


def articles(event: JsonObject, originals: Mapping[str, str]) -> tuple[Article, ...]:
    """The articles of an event document, each once: the independent ones first, then by date.

    `originals` holds the article that an article is a copy of, by id, where that is known.
    """
    told: dict[str, list[JsonObject]] = {}
    for source in objects_of(event, "sources"):
        told.setdefault(text_of(source, "article_id"), []).append(source)
    firsts = {article: sources[0] for article, sources in told.items()}
    found = [_article(sources, _echo(sources, firsts, originals)) for sources in told.values()]
    return tuple(sorted(found, key=lambda each: not each.is_independent))


def echoes(event: JsonObject) -> tuple[str, ...]:
    """The ids of the articles of an event document that do not stand on their own."""
    sources = objects_of(event, "sources")
    alone = {text_of(each, "article_id") for each in sources if each.get("independent") is True}
    told = dict.fromkeys(text_of(each, "article_id") for each in sources)
    return tuple(each for each in told if each not in alone)


def outlet_of(source: JsonObject) -> str:
    """Who publishes a source, by the best name there is, on one line."""
    names = (text_of(source, name) for name in ("publisher", "title", "url", "article_id"))
    return next((one_line(name) for name in names if one_line(name)), "an unnamed source")


def safe_address(url: str) -> str:
    """`url` where a browser may go from a page: http and https only, else empty.

    >>> safe_address("javascript:alert(1)"), safe_address("https://a.example/x")
    ('', 'https://a.example/x')
    """
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    return address(url) if known else ""


def _article(sources: Sequence[JsonObject], echo: str) -> Article:
    first = sources[0]
    return Article(
        id=text_of(first, "article_id"),
        outlet=outlet_of(first),
        title=one_line(text_of(first, "title")),
        url=safe_address(text_of(first, "url")),
        published=published_words(text_of(first, "published_at")),
        published_at=text_of(first, "published_at"),
        language=text_of(first, "language"),
        echo=echo,
        quotes=tuple(map(_quote, sources)),
    )


def _echo(
    sources: Sequence[JsonObject],
    firsts: Mapping[str, JsonObject],
    originals: Mapping[str, str],
) -> str:
    """Whose word an article repeats, in words; empty when it stands on its own."""
    if any(each.get("independent") is True for each in sources):
        return ""
    mine = sources[0]
    original = originals.get(text_of(mine, "article_id"), "")
    if original:
        named = firsts.get(original)
        return f"almost word for word as in {outlet_of(named)}" if named else COPY
    again = f"another article of {outlet_of(mine)}"
    return again if _is_published_again(mine, firsts) else CREDITED


def _is_published_again(mine: JsonObject, firsts: Mapping[str, JsonObject]) -> bool:
    """Whether another article here is of the same outlet."""
    name = outlet(text_of(mine, "publisher"))
    others = (each for each in firsts.values() if each is not mine)
    return bool(name) and any(outlet(text_of(each, "publisher")) == name for each in others)


def _quote(source: JsonObject) -> Quote:
    date = object_of(source, "date")
    dated = objects_of(source, "expressions")
    certainty = text_of(source, "certainty")
    return Quote(
        runs=_runs(source, dated),
        place=PLACES.get(text_of(source, "role"), ""),
        who=one_line(text_of(source, "attributed_to")),
        certainty="" if certainty == USUAL else certainty,
        when=text_of(date, "display"),
        confidence=number_of(date, "confidence") or 0.0,
        reasons=tuple(map(reason, dated)),
        remarks=remarks(source),
    )


def _runs(source: JsonObject, dated: Sequence[JsonObject]) -> tuple[Run, ...]:
    """The quote with its clause and those expressions marked that stand where they say."""
    quote, start = text_of(source, "quote"), place_of(source, "start")
    stretches = [_stretch(each) for each in dated]
    there = [
        stretch
        if quote[max(stretch[0] - start, 0) : max(stretch[1] - start, 0)] == written
        else (0, 0)
        for stretch, written in zip(
            stretches, (text_of(each, "text") for each in dated), strict=True
        )
    ]
    return cut(quote, [_stretch(object_of(source, "clause"))], there, start=start)


def _stretch(document: JsonObject) -> Stretch:
    return place_of(document, "start"), place_of(document, "end")
