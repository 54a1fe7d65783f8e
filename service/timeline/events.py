"""An event from the mentions that tell it, and from what it has to do with other events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.timeline.dates import agree
from service.timeline.disputes import disputes, is_disputed
from service.timeline.figures import figure_conflicts, told_figures
from service.timeline.gathered import participants, places, sayers
from service.timeline.headline import best_headline
from service.timeline.ids import event_id
from service.timeline.model import (
    ArticleHead,
    ArticleId,
    Certainty,
    Event,
    EventId,
    Mention,
    Status,
)
from service.timeline.pointing import Pointed, core_members, narrowed
from service.timeline.salience import salience
from service.timeline.sources import independent_articles
from service.timeline.votes import Consensus

FIRMEST = (Certainty.ASSERTED, Certainty.REPORTED, Certainty.ALLEGED, Certainty.DENIED)
FARTHEST = (
    *(Status.ONGOING, Status.HAPPENED, Status.PLANNED, Status.POSSIBLE),
    *(Status.CANCELLED, Status.DID_NOT_HAPPEN, Status.DISPUTED),
)


@dataclass(frozen=True, slots=True)
class Around:
    """What other events give to one: dates of those pointed at, and what it has to do with them."""

    pointed: tuple[Pointed, ...] = ()
    about: tuple[EventId, ...] = ()
    fulfilled_by: EventId | None = None


ALONE = Around()


def build_event(
    mentions: Sequence[Mention],
    heads: Mapping[ArticleId, ArticleHead],
    around: Around = ALONE,
) -> Event:
    """The event that `mentions` (in order, at least one) tell; `heads` has all their articles."""
    consensus = narrowed(core_date(mentions, heads), around.pointed)
    return Event(
        id=event_id(mentions[0].id),
        headline=best_headline(mentions, consensus.date),
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
        about=around.about,
        fulfilled_by=around.fulfilled_by,
    )


def core_date(mentions: Sequence[Mention], heads: Mapping[ArticleId, ArticleHead]) -> Consensus:
    """The consensus of the members that are dated from no other event."""
    return agree(core_members(mentions), heads)


def _status(mentions: Sequence[Mention]) -> Status:
    if is_disputed(mentions):
        return Status.DISPUTED
    return min((mention.status for mention in mentions), key=FARTHEST.index)
