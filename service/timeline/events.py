"""An event from the mentions that tell it: every field a function of those mentions alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from service.timeline.dates import agree
from service.timeline.headline import best_headline
from service.timeline.ids import event_id
from service.timeline.model import (
    ArticleHead,
    ArticleId,
    Basis,
    Certainty,
    Event,
    Kind,
    Mention,
    Status,
)
from service.timeline.sources import independent_articles

FIRMEST = (Certainty.ASSERTED, Certainty.REPORTED, Certainty.ALLEGED, Certainty.DENIED)
FARTHEST = (
    *(Status.ONGOING, Status.HAPPENED, Status.PLANNED, Status.POSSIBLE),
    *(Status.CANCELLED, Status.DID_NOT_HAPPEN, Status.DISPUTED),
)
DISCOUNT = {Kind.HAPPENING: 1.0, Kind.STATEMENT: 0.6, Kind.PLANNED: 0.6, Kind.STATE: 0.5}


def build_event(mentions: Sequence[Mention], heads: Mapping[ArticleId, ArticleHead]) -> Event:
    """The event that `mentions` (in order, at least one) tell; `heads` has all their articles."""
    consensus = agree(mentions, heads)
    independent = len(independent_articles(mentions, heads))
    return Event(
        id=event_id(mentions[0].id),
        headline=best_headline(mentions),
        kind=mentions[0].kind,
        status=min((mention.status for mention in mentions), key=FARTHEST.index),
        certainty=min((mention.certainty for mention in mentions), key=FIRMEST.index),
        date=consensus.date,
        mentions=tuple(mentions),
        conflicts=consensus.conflicts,
        source_count=len({mention.article_key for mention in mentions}),
        independent_source_count=independent,
        salience=salience(mentions, independent),
    )


def salience(mentions: Sequence[Mention], independent: int) -> float:
    """How much the event matters, 0 to 1, from its own mentions and a fixed curve only.

    Independent sources count fully, an explicit day and a place in the lead half; statements,
    plans and states less. So an article that joins another event changes nothing here.
    """
    explicit = any(mention.date.basis is Basis.EXPLICIT for mention in mentions)
    lead = any(mention.lead for mention in mentions)
    points = independent + 0.5 * explicit + 0.5 * lead
    return round(DISCOUNT[mentions[0].kind] * (1 - exp(-points / 3)), 3)
