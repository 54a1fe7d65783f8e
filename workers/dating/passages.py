"""What a passage is about in time: the day or the older time that was named last in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.temporal.interval import Day
from service.timeline.model import DateClaim
from workers.dating.claims import reported_claim
from workers.dating.dated import Dated
from workers.grammar.clauses import Role as ClauseRole
from workers.grammar.trees import Tense
from workers.telling.drafts import Draft, is_happening
from workers.text.layout import Role

NEWS_DAYS = 7
"""A day named further back than this begins narrative, whose day is not news."""
LEAD_SENTENCES = 6
NEAR_LEAD = 3
"""Sentences that an opening without a day reaches down for one."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What has been named so far: the last recent day of a happening, and the last older time.

    `narrating` is true from the main clause that names an older time on, until something recent
    is told.
    """

    recent: Dated | None = None
    older: Dated | None = None
    narrating: bool = False

    def told(self, dated: Dated, published: Day) -> Passage:
        """The passage once this happening has named its own time."""
        if is_recent_day(dated.date, published):
            return replace(self, recent=dated, narrating=False)
        begins = _is_told_past(dated.draft) and _is_day(dated.date)
        if self.narrating and not begins:
            return self
        return replace(self, older=dated, narrating=begins)

    def source(self, draft: Draft) -> Dated | None:
        """The happening whose day a draft takes that names none."""
        if self.older is not None and (draft.background or self._goes_on(draft)):
            return self.older
        return self.recent

    def _goes_on(self, draft: Draft) -> bool:
        """Whether the older story goes on: a simple past with nothing recent between."""
        return self.narrating and draft.clause.tense is Tense.PAST and not draft.telling.leads


def starts_passage(draft: Draft, before: Draft | None) -> bool:
    """Whether a heading or another block lies between: an outlet's day does not cross it."""
    return before is None or draft.telling.role is not before.telling.role


def lead_day(
    drafts: Sequence[Draft], explicit: Sequence[Dated | None], published: Day
) -> Dated | None:
    """The recent day that title and first sentences give to a happening, else their report."""
    seen: dict[int, None] = {}
    for draft, own in zip(drafts, explicit, strict=True):
        seen.setdefault(draft.telling.start)
        if len(seen) > LEAD_SENTENCES:
            break
        if own is not None and is_happening(draft) and is_recent_day(own.date, published):
            return own
    told = (each for each in drafts if is_lead(each) and is_happening(each) and each.told.opens)
    first = next(told, None)
    if first is None:
        return None
    return Dated(draft=first, told=first.told, date=reported_claim(published))


def is_recent_day(claim: DateClaim, published: Day) -> bool:
    """Whether it is one day of the week before publication."""
    day = claim.start
    one = day is not None and day == claim.end and not claim.durative
    return one and day is not None and published - NEWS_DAYS <= day <= published + 1


def _is_told_past(draft: Draft) -> bool:
    return draft.clause.role is ClauseRole.MAIN and draft.clause.tense is Tense.PAST


def _is_day(claim: DateClaim) -> bool:
    return claim.start is not None and claim.start == claim.end


def is_lead(draft: Draft) -> bool:
    """Whether it is the main clause of headline or first sentence."""
    return draft.main and (draft.telling.leads or draft.telling.role is Role.HEADLINE)


def is_alike(draft: Draft, lead: Dated) -> bool:
    """Whether the opening may tell what another of its sentences dates.

    A neighbour does; of one further down the trigger must be the same, so that the headline of a
    trial has not the day of the crime.
    """
    mine, other = draft.told, lead.draft.told
    if lead.draft.telling.number - draft.telling.number <= NEAR_LEAD:
        return True
    same = mine.trigger_class and mine.trigger_class == other.trigger_class
    return mine.trigger == other.trigger or bool(same)
