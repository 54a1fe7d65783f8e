"""An event from the mentions that tell it: every field a function of those mentions alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.timeline.dates import agree
from service.timeline.disputes import disputes, is_disputed
from service.timeline.figures import figure_conflicts, told_figures
from service.timeline.gathered import participants, places, sayers
from service.timeline.headline import best_headline
from service.timeline.ids import event_id
from service.timeline.model import ArticleHead, ArticleId, Certainty, Event, Mention, Status
from service.timeline.salience import salience
from service.timeline.sources import independent_articles

FIRMEST = (Certainty.ASSERTED, Certainty.REPORTED, Certainty.ALLEGED, Certainty.DENIED)
FARTHEST = (
    *(Status.ONGOING, Status.HAPPENED, Status.PLANNED, Status.POSSIBLE),
    *(Status.CANCELLED, Status.DID_NOT_HAPPEN, Status.DISPUTED),
)


def build_event(mentions: Sequence[Mention], heads: Mapping[ArticleId, ArticleHead]) -> Event:
    """The event that `mentions` (in order, at least one) tell; `heads` has all their articles."""
    consensus = agree(mentions, heads)
    return Event(
        id=event_id(mentions[0].id),
        headline=best_headline(mentions),
        kind=mentions[0].kind,
        status=_status(mentions),
        certainty=min((mention.certainty for mention in mentions), key=FIRMEST.index),
        date=consensus.date,
        mentions=tuple(mentions),
        conflicts=(*consensus.conflicts, *disputes(mentions), *figure_conflicts(mentions)),
        source_count=len({mention.article_key for mention in mentions}),
        independent_source_count=len(independent_articles(mentions, heads)),
        salience=salience(mentions, heads),
        participants=participants(mentions),
        places=places(mentions),
        attribution=sayers(mentions),
        figures=told_figures(mentions),
    )


def _status(mentions: Sequence[Mention]) -> Status:
    if is_disputed(mentions):
        return Status.DISPUTED
    return min((mention.status for mention in mentions), key=FARTHEST.index)
