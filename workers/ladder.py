"""The dating ladder of EVENTS section 2: the day of each draft by the first rule that fires.

Own expression, else the day that the passage is at, else the day of the report. Bounds are what
the text proves; a day that is only likely is shown as inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.temporal.interval import Day, Granularity
from service.temporal.timex import Relation, Resolution
from service.timeline.model import Basis, DateClaim, Kind, Status
from workers import slots
from workers.claims import explicit_claim, planned_claim, reported_claim
from workers.drafts import Draft, is_happening
from workers.layout import Role
from workers.tells import Told

NEWS_DAYS = 7
"""A day named further back than this begins narrative, whose day is not news."""
LEAD_SENTENCES = 6
INHERITED_CONFIDENCE = 0.65
LEAD_CONFIDENCE = 0.6
NARRATED_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class Dated:
    """A draft with its day, the expression that gave it, and the draft whose day it took.

    `told` are its labels once the day is known: what is told in the present and lies ahead is a
    plan, what lasts until publication goes on.
    """

    draft: Draft
    told: Told
    date: DateClaim
    by: Resolution | None = None
    after: Draft | None = None


@dataclass(frozen=True, slots=True)
class _Passage:
    """What has been named so far: the last recent day of a happening, and the last older time."""

    recent: Dated | None = None
    older: Dated | None = None

    def after(self, dated: Dated, published: Day) -> _Passage:
        """The passage once this happening has named its own time."""
        if _is_recent_day(dated.date, published):
            return replace(self, recent=dated)
        return replace(self, older=dated)


def date_drafts(drafts: Sequence[Draft], published: Day) -> Iterator[Dated]:
    """Each draft that has a day or a bound, in order; the others tell nothing that has one."""
    explicit = [_explicit(each, published) for each in drafts]
    lead = _lead_day(drafts, explicit, published)
    here, telling = _Passage(), None
    for draft, own in zip(drafts, explicit, strict=True):
        if telling is not None and _starts_passage(draft, telling):
            here = _Passage()
        telling = draft
        found = own or _inferred(draft, published, here, lead)
        if found is None:
            continue
        if is_happening(draft) and own is not None and not own.date.durative:
            here = here.after(own, published)
        yield found


def _explicit(draft: Draft, published: Day) -> Dated | None:
    """By an expression of its own; the best that fits its tense."""
    telling = draft.telling
    for each in slots.ranked(draft.own, telling.text, telling.start):
        moved = slots.is_put_off(each, telling.text, telling.start)
        foreseen = slots.is_foreseen(each, telling.text, telling.start)
        if is_happening(draft) and foreseen and not moved:
            continue
        claim = _claim(draft, each, published)
        if claim is not None:
            return Dated(draft, _relabelled(draft.told, claim, published), claim, each)
    return None


def _relabelled(told: Told, claim: DateClaim, published: Day) -> Told:
    first = claim.start if claim.start is not None else claim.end
    is_ahead = first is not None and first > published
    if is_ahead and told.status is Status.CANCELLED:
        return told
    if is_ahead and told.kind in {Kind.STATE, Kind.HAPPENING}:
        return replace(told, kind=Kind.PLANNED, status=Status.PLANNED)
    if told.kind is Kind.HAPPENING and told.status is Status.HAPPENED and claim.ongoing:
        return replace(told, status=Status.ONGOING)
    return told


def _claim(draft: Draft, own: Resolution, published: Day) -> DateClaim | None:
    telling, told = draft.telling, draft.told
    ahead = explicit_claim(own, telling.text, telling.start, published, planned=True)
    is_past = ahead.end is not None and ahead.end < published
    is_ahead = ahead.start is not None and ahead.start > published + 1
    if told.kind is Kind.PLANNED:
        waits = slots.is_not_before(own, telling.text, telling.start)
        unsaid = draft.clause.negated and not waits and told.status is not Status.CANCELLED
        return None if is_past or unsaid else ahead
    put_off = slots.is_put_off(own, telling.text, telling.start)
    if told.kind is Kind.STATE or put_off:
        return None if is_past else ahead
    if told.status is Status.CANCELLED and slots.is_foreseen(own, telling.text, telling.start):
        return ahead if is_ahead else None
    if is_ahead:
        return None
    claim = explicit_claim(own, telling.text, telling.start, published)
    if claim.start is None and claim.end is not None and claim.end > published + 1:
        return None
    return claim


def _lead_day(
    drafts: Sequence[Draft], explicit: Sequence[Dated | None], published: Day
) -> Dated | None:
    """The recent day that title and first sentences give to a happening, else their report."""
    seen: dict[int, None] = {}
    for draft, own in zip(drafts, explicit, strict=True):
        seen.setdefault(draft.telling.start)
        if len(seen) > LEAD_SENTENCES:
            break
        if own is not None and is_happening(draft) and _is_recent_day(own.date, published):
            return own
    told = (each for each in drafts if is_lead(each) and is_happening(each) and each.told.opens)
    first = next(told, None)
    return None if first is None else Dated(first, first.told, reported_claim(published))


def _is_recent_day(claim: DateClaim, published: Day) -> bool:
    day = claim.start
    one = day is not None and day == claim.end and not claim.durative
    return one and day is not None and published - NEWS_DAYS <= day <= published + 1


def _starts_passage(draft: Draft, before: Draft) -> bool:
    """Whether a heading or another block lies between: an outlet's day does not cross it."""
    return draft.telling.role is not before.telling.role


def _inferred(draft: Draft, published: Day, here: _Passage, lead: Dated | None) -> Dated | None:
    told = draft.told
    if told.kind is Kind.PLANNED:
        fits = told.strong and told.status in {Status.PLANNED, Status.CANCELLED}
        return Dated(draft, told, planned_claim(published)) if fits else None
    if told.kind is Kind.STATEMENT:
        return _stated(draft, published)
    if told.kind is Kind.HAPPENING and told.strong:
        return _taken(draft, published, here, lead)
    return None


def _taken(draft: Draft, published: Day, here: _Passage, lead: Dated | None) -> Dated:
    """The day of a happening that names none: the passage's, the lead's, that of the report."""
    latest = _said(draft, published)
    if draft.background and here.older is not None:
        return _inherited(draft, here.older, latest, NARRATED_CONFIDENCE)
    if here.recent is not None:
        return _inherited(draft, here.recent, latest, INHERITED_CONFIDENCE)
    if lead is None:
        return _bounded(draft, latest)
    if lead.date.basis is Basis.REPORTED:
        return _reported(draft, published, latest)
    return _inherited(draft, lead, latest, LEAD_CONFIDENCE)


def _stated(draft: Draft, published: Day) -> Dated | None:
    """A statement without a day: on the day of its report, where it leads or is an act."""
    if not (draft.told.strong and draft.speaks) and not draft.telling.leads:
        return None
    return Dated(draft, draft.told, reported_claim(published))


def _inherited(draft: Draft, source: Dated, latest: Day, confidence: float) -> Dated:
    """The shown day of the source, for what happened by `latest`."""
    claim = source.date
    if claim.start is not None and claim.start > latest:
        return _bounded(draft, latest)
    date = replace(
        claim,
        earliest=None,
        latest=latest,
        basis=Basis.INHERITED,
        confidence=round(claim.confidence * confidence, 3),
        inferred=True,
        durative=False,
        start_latest=None,
        ongoing=False,
        as_of=None,
    )
    return Dated(draft, draft.told, date, after=source.draft)


def _reported(draft: Draft, published: Day, latest: Day) -> Dated:
    """The day of the report, inferred, in an article whose lead is dated by it."""
    told = min(published, Day(latest)) if draft.said_on is not None else None
    return Dated(draft, draft.told, reported_claim(published, told))


def _bounded(draft: Draft, latest: Day) -> Dated:
    """Some time before it was told."""
    return Dated(
        draft,
        draft.told,
        DateClaim(
            start=None,
            end=latest,
            earliest=None,
            latest=latest,
            granularity=Granularity.DAY,
            basis=Basis.REPORTED,
            confidence=NARRATED_CONFIDENCE,
        ),
    )


def _said(draft: Draft, published: Day) -> Day:
    """The last day on which it can have been: that of who says so, else one past publication."""
    said = draft.said_on
    day = None if said is None or said.interval is None else said.interval.last_day
    limit = Day(published + 1)
    if day is None or (said is not None and said.relation is Relation.SINCE):
        return limit
    return min(day, limit)


def is_lead(draft: Draft) -> bool:
    """Whether it is the main clause of headline or first sentence."""
    return draft.main and (draft.telling.leads or draft.telling.role is Role.HEADLINE)
