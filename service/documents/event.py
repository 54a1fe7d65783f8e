"""An event as JSON: what was told, when, and by whom (API.md).

The stored text is without `revision` and `links`, which `served_event` adds at reading, so that a
commit that leaves an event as it was leaves its text as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from service.documents.carried import told_figure_document
from service.documents.dates import date_document, told_date_document
from service.documents.jsontext import (
    Json,
    JsonObject,
    dumps,
    known,
    loads,
    read_object,
    splice,
)
from service.timeline.holding import holding
from service.timeline.model import (
    ArticleHead,
    ArticleId,
    Conflict,
    Event,
    EventId,
    Link,
    Mention,
    MentionId,
)
from service.timeline.sources import independent_articles


class Lineage(Protocol):
    """What the document of a single event needs of how it came to be."""

    @property
    def former_ids(self) -> Sequence[EventId]:
        """The ids that answer under it now."""

    @property
    def members(self) -> Sequence[MentionId]:
        """Its mentions, in the order of its sources."""

    @property
    def links(self) -> frozenset[Link]:
        """The links among them."""


def event_document(event: Event, heads: Mapping[ArticleId, ArticleHead]) -> str:
    """The text of `event`; `heads` holds the article of every mention."""
    independent = independent_articles(event.mentions, heads)
    return dumps(
        known(
            {
                "id": event.id,
                "headline": event.headline,
                "kind": event.kind.value,
                "status": event.status.value,
                "certainty": event.certainty.value,
                "date": date_document(event.date),
                "sources": [
                    _source(
                        each, heads[each.article_id], independent=each.article_id in independent
                    )
                    for each in event.mentions
                ],
                "about": list(event.about) or None,
                "fulfilled_by": event.fulfilled_by,
                "conflicts": [_conflict(each) for each in event.conflicts],
                "participants": list(event.participants),
                "places": list(event.places),
                "attribution": list(event.attribution),
                "figures": [told_figure_document(each) for each in event.figures],
                "image": _image(event, heads, independent),
                "source_count": event.source_count,
                "independent_source_count": event.independent_source_count,
                "salience": event.salience,
            }
        )
    )


def served_event(fragment: str, *, revision: int, links: JsonObject) -> str:
    """A stored event text with what is known at reading only."""
    return splice(fragment, {"revision": revision, "links": links})


def explained_event(text: str, lineage: Lineage) -> str:
    """A served event text with how it came to be: its former ids, and what joins its sources.

    `sources` are places in the list of sources, from 0.
    """
    at = {each: place for place, each in enumerate(lineage.members)}
    joined: list[Json] = [
        {"sources": sorted((at[link.first], at[link.second])), "weight": link.weight}
        for link in holding(lineage.members, lineage.links)
    ]
    return splice(text, {"former_ids": list(lineage.former_ids), "joined_by": joined})


def changed_fields(old: str | None, new: str) -> tuple[str, ...]:
    """The top-level fields in which two event texts differ, sorted; none for a new event."""
    if old is None:
        return ()
    before, after = read_object(old), read_object(new)
    names = sorted({*before, *after})
    return tuple(name for name in names if before.get(name) != after.get(name))


def _source(mention: Mention, head: ArticleHead, *, independent: bool) -> JsonObject:
    return known(
        {
            "article_id": head.id,
            "external_id": head.external_id,
            "publisher": head.publisher,
            "title": head.title,
            "url": head.url,
            "published_at": head.published_at,
            "language": mention.language,
            **place_document(mention),
            "independent": independent,
            "certainty": mention.certainty.value,
            "attributed_to": mention.attribution or None,
            "date": told_date_document(mention),
            "expressions": [loads(text) for text in mention.evidence],
        }
    )


def place_document(mention: Mention) -> JsonObject:
    """What a mention quotes, and where it stands."""
    return {
        "quote": mention.quote,
        "in": mention.within,
        "start": mention.start,
        "end": mention.end,
        "clause": {"start": mention.clause_start, "end": mention.clause_end},
        "role": mention.role,
    }


def _image(
    event: Event, heads: Mapping[ArticleId, ArticleHead], independent: Collection[ArticleId]
) -> JsonObject | None:
    """The picture of the first source that has one, of those that stand on their own before all."""
    told = sorted(event.mentions, key=lambda mention: mention.article_id not in independent)
    for mention in told:
        image = heads[mention.article_id].image
        if image is not None:
            return known({"url": image.url, "alt": image.alt, "credit": image.credit})
    return None


def _conflict(conflict: Conflict) -> JsonObject:
    values = [{"value": value, "article_ids": list(ids)} for value, ids in conflict.values]
    return {"field": conflict.field, "values": values}
