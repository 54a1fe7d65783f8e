"""What a passage is about in time: the day or the older time that was named last in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.temporal.interval import Day
from service.timeline.model import DateClaim
from workers.dating.claims import is_night, reported_claim
from workers.dating.dated import Dated
from workers.dating.naming import is_noun, names_it
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
            looks_back = dated.draft.background and self.recent is not None
            return self if looks_back else replace(self, recent=dated, narrating=False)
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
        past = draft.clause.tense is Tense.PAST and not draft.telling.leads
        return self.narrating and past and not self._comes_back(draft)

    def _comes_back(self, draft: Draft) -> bool:
        """Whether it goes on with the recent happening: "he was *also* convicted of"."""
        if self.recent is None:
            return False
        told = self.recent.told
        same = told.trigger_class and told.trigger_class == draft.told.trigger_class
        return told.trigger == draft.told.trigger or bool(same)


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
        tells = is_happening(draft) and not is_noun(draft)
        if own is not None and tells and is_recent_day(own.date, published):
            return own
    told = (each for each in drafts if is_lead(each) and is_happening(each) and each.told.opens)
    first = next(told, None)
    if first is None:
        return None
    named = _named_below(drafts, explicit, published)
    return named or Dated(draft=first, told=first.told, date=reported_claim(published))


def _named_below(
    drafts: Sequence[Draft], explicit: Sequence[Dated | None], published: Day
) -> Dated | None:
    """The recent day by which a noun further down names what the opening tells."""
    leads = [each for each in drafts if is_lead(each) and is_happening(each)]
    for own in explicit:
        if own is None or not is_noun(own.draft):
            continue
        words = (own.told.trigger,), own.told.trigger_class
        if is_recent_day(own.date, published) and any(names_it(each, *words) for each in leads):
            return own
    return None


def is_recent_day(claim: DateClaim, published: Day) -> bool:
    """Whether it is one day of the week before publication."""
    day = claim.start
    one = day is not None and (day == claim.end or is_night(claim)) and not claim.durative
    return one and day is not None and published - NEWS_DAYS <= day <= published + 1


def _is_told_past(draft: Draft) -> bool:
    return draft.clause.role is ClauseRole.MAIN and draft.clause.tense is Tense.PAST


def _is_day(claim: DateClaim) -> bool:
    return claim.start is not None and claim.start == claim.end


def is_lead(draft: Draft) -> bool:
    """Whether it is the main clause of headline or first sentence."""
    heads = draft.main or (draft.under is None and not is_noun(draft))
    return heads and (draft.telling.leads or draft.telling.role is Role.HEADLINE)


def is_alike(draft: Draft, lead: Dated) -> bool:
    """Whether the opening may tell what another of its sentences dates.

    A neighbour does; one further down must be named, so that the headline of a trial has not the
    day of the crime.
    """
    mine, other = draft.told, lead.draft.told
    if lead.draft.telling.number - draft.telling.number <= NEAR_LEAD:
        return True
    return mine.trigger == other.trigger or names_it(draft, (other.trigger,), other.trigger_class)
