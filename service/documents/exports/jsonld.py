"""JSON-LD with the words of schema.org: an ItemList of Events, each the subject of its articles.

Nothing is left out. `startDate` and `endDate` are as short as what is known (2025-12, 2025) and
absent when no unit holds it; `temporalCoverage` is always exact, in EDTF. No character of an
article can end the script element that the text is put into.
"""

from __future__ import annotations

from service.documents.exports.exported import Export
from service.documents.exports.markup import address
from service.documents.exports.precision import Parts, begun, holding
from service.documents.exports.told import Date, Source, Told
from service.documents.jsontext import Json, JsonObject, dumps, known

STATUSES = {
    "happened": "EventScheduled",
    "ongoing": "EventScheduled",
    "planned": "EventScheduled",
    "cancelled": "EventCancelled",
    "did_not_happen": "EventCancelled",
}
"""What schema.org has a word for; it has none for what is disputed or only possible."""


def render(export: Export) -> str:
    """The timeline as JSON-LD."""
    timeline = export.timeline
    document: JsonObject = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "@id": export.address,
        "url": export.address,
        "name": export.title,
        **known({"description": timeline.description}),
        "numberOfItems": len(export.events),
        "itemListElement": [
            {"@type": "ListItem", "position": place, "item": _event(export, event)}
            for place, event in enumerate(export.events, 1)
        ],
    }
    return dumps(document).replace("<", "\\u003c")


def known_days(date: Date) -> tuple[str | None, str | None]:
    """`startDate` and `endDate` in ISO 8601, no finer than is known."""
    if not date.durative:
        once = holding(date.start, date.end) if date.start and date.end else ()
        return _iso(once), None
    last = () if date.ongoing or date.end is None else tuple(date.end)
    return _iso(begun(date)), _iso(last)


def _event(export: Export, event: Told) -> JsonObject:
    start, end = known_days(event.date)
    status = STATUSES.get(event.status)
    return known(
        {
            "@type": "Event",
            "@id": export.event_address(event),
            "identifier": event.id,
            "name": event.headline,
            "description": event.best.quote if event.best else None,
            "startDate": start,
            "endDate": end,
            "temporalCoverage": event.date.edtf or None,
            "eventStatus": status and f"https://schema.org/{status}",
            "keywords": event.kind,
            "location": _named("Place", event.places),
            "about": _named("Thing", event.participants),
            "image": _image(event),
            "subjectOf": [_article(source) for source in _articles(event)],
        }
    )


def _named(kind: str, names: tuple[str, ...]) -> Json:
    return [{"@type": kind, "name": name} for name in names] or None


def _articles(event: Told) -> tuple[Source, ...]:
    """The first source of each article."""
    return tuple({each.article_id: each for each in reversed(event.sources)}.values())[::-1]


def _article(source: Source) -> JsonObject:
    publisher: JsonObject = {"@type": "Organization", "name": source.publisher}
    return known(
        {
            "@type": "NewsArticle",
            "headline": source.title or None,
            "url": address(source.url) or None,
            "datePublished": source.published_at or None,
            "publisher": publisher if source.publisher else None,
        }
    )


def _image(event: Told) -> JsonObject | None:
    if event.picture is None:
        return None
    return known(
        {
            "@type": "ImageObject",
            "url": address(event.picture.url),
            "caption": event.picture.alt or None,
            "creditText": event.picture.credit or None,
        }
    )


def _iso(parts: Parts) -> str | None:
    if not parts:
        return None
    year, *rest = parts
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return "-".join((f"{sign}{abs(year):04}", *(f"{part:02}" for part in rest)))
