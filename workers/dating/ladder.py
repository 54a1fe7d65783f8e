"""The dating ladder of EVENTS section 2: the day of each draft by the first rung that fires.

Own expression, else the mention that its words point at, else the day that the passage is at, else
the day of the report. Bounds are what the text proves; a day that is only likely is shown as
inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.temporal.interval import Day
from service.temporal.timex import Relation, Resolution
from service.timeline.model import Basis, DateClaim, Kind, Status
from workers.dating import reasons
from workers.dating.claims import (
    bounded_claim,
    by_evening,
    explicit_claim,
    inherited_claim,
    planned_claim,
    reported_claim,
    spanning_claim,
)
from workers.dating.dated import Dated
from workers.dating.naming import is_noun
from workers.dating.passages import Passage, is_alike, is_lead, lead_day, starts_passage
from workers.dating.pointers import point
from workers.dating.trust import LEAST, Rung
from workers.grammar.trees import Tense
from workers.lexicon.sequences import listed
from workers.telling import slots
from workers.telling.drafts import Draft, is_happening
from workers.telling.told import Told


def date_drafts(drafts: Sequence[Draft], published: Day) -> Iterator[Dated]:
    """Each draft that has a day or a bound, in order; the others tell nothing that has one."""
    explicit = [_explicit(each, published) for each in drafts]
    alone = list(_alone(drafts, explicit, published))
    return (_shown(each) for each in point(drafts, alone, published) if each is not None)


def _shown(dated: Dated) -> Dated:
    """With the bounds in place of a day that is less likely than not."""
    date = dated.date
    if not date.inferred or date.start != date.end or date.confidence >= LEAST:
        return dated
    return replace(dated, date=replace(date, start=date.earliest, end=date.latest, inferred=False))


def _alone(
    drafts: Sequence[Draft], explicit: Sequence[Dated | None], published: Day
) -> Iterator[Dated | None]:
    """The day of each draft by all rungs that need no pointer."""
    lead = lead_day(drafts, explicit, published)
    here, before = Passage(), None
    for draft, own in zip(drafts, explicit, strict=True):
        if starts_passage(draft, before):
            here = Passage()
        before = draft
        yield own or _inferred(draft, published, here, lead)
        if own is not None and _is_dating(own):
            here = here.told(own, published)


def _is_dating(own: Dated) -> bool:
    """Whether the passage is at its time from here on."""
    tells = own.told.kind is Kind.HAPPENING and not is_noun(own.draft)
    return tells and not own.date.durative


def _explicit(draft: Draft, published: Day) -> Dated | None:
    """By an expression of its own; the best that fits its tense."""
    telling = draft.telling
    spanning = _spanning(draft, published)
    if spanning is not None:
        return spanning
    for each in slots.ranked(draft.own, telling.text, telling.start):
        moved = slots.is_put_off(each, telling.text, telling.start)
        foreseen = slots.is_foreseen(each, telling.text, telling.start)
        if is_happening(draft) and foreseen and not moved:
            continue
        claim = _claim(draft, each, published)
        if claim is not None:
            told = _relabelled(draft.told, claim, published)
            why = reasons.of_expression(each)
            return Dated(draft=draft, told=told, date=claim, by=each, why=why)
    return None


def _spanning(draft: Draft, published: Day) -> Dated | None:
    """What began at one time and went on into another: from the first to the second."""
    behind = draft.tree.nodes[draft.clause.head].end
    ends = [each for each in draft.own if each.span.start > behind]
    if draft.clause.verb not in listed("beginning") or len(ends) != 2 or not is_happening(draft):
        return None
    text, start = draft.telling.text, draft.telling.start
    begun, until = (explicit_claim(each, text, start, published) for each in ends)
    claim = spanning_claim(begun, until, published)
    if claim is None:
        return None
    why = tuple(line for each in ends for line in reasons.of_expression(each))
    return Dated(draft=draft, told=draft.told, date=claim, by=ends[0], why=why)


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
        return None if is_past or unsaid else by_evening(ahead)
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


def _inferred(draft: Draft, published: Day, here: Passage, lead: Dated | None) -> Dated | None:
    told = draft.told
    if told.kind is Kind.PLANNED:
        fits = told.strong and told.status in {Status.PLANNED, Status.CANCELLED}
        why = reasons.of_plan(published)
        return _dated(draft, planned_claim(published), why) if fits else None
    if told.kind is Kind.STATEMENT:
        return _stated(draft, published)
    if told.kind is Kind.STATE and told.strong:
        return _dated(draft, reported_claim(published), reasons.of_report(published))
    if told.kind is Kind.HAPPENING and told.strong:
        return _taken(draft, published, here, lead)
    return None


def _taken(draft: Draft, published: Day, here: Passage, lead: Dated | None) -> Dated:
    """The day of a happening that names none: the passage's, the lead's, that of the report."""
    latest = _said(draft, published)
    if not draft.told.opens:
        return _dated(draft, bounded_claim(latest), reasons.of_telling(draft, latest))
    source = here.source(draft)
    if source is not None:
        rung = Rung.PASSAGE if source is here.recent else Rung.NARRATED
        return _inherited(draft, source, latest, rung)
    if lead is None or (lead.date.basis is Basis.REPORTED and _is_quoted(draft)):
        return _dated(draft, bounded_claim(latest), reasons.of_telling(draft, latest))
    if lead.date.basis is Basis.REPORTED or (is_lead(draft) and not is_alike(draft, lead)):
        return _reported(draft, published, latest)
    return _inherited(draft, lead, latest, Rung.LEAD)


def _is_quoted(draft: Draft) -> bool:
    """Whether somebody's own words look back: the day of the report says nothing of it."""
    quoted = draft.sayers and any(mark in draft.telling.text for mark in '“"')
    return bool(quoted) and draft.clause.tense is Tense.PAST and not is_lead(draft)


def _stated(draft: Draft, published: Day) -> Dated | None:
    """A statement without a day: on the day of its report, where it leads or is an act."""
    if not (draft.told.strong and draft.speaks) and not draft.telling.leads:
        return None
    return _dated(draft, reported_claim(published), reasons.of_report(published))


def _inherited(draft: Draft, source: Dated, latest: Day, rung: Rung) -> Dated:
    """The shown day of the source, for what happened by `latest`."""
    shown = source.date.start
    if shown is not None and shown > latest:
        return _dated(draft, bounded_claim(latest), reasons.of_telling(draft, latest))
    claim = inherited_claim(source.date, latest, rung)
    return _dated(draft, claim, reasons.of_source(source, rung))


def _reported(draft: Draft, published: Day, latest: Day) -> Dated:
    """The day of the report, inferred, in an article whose lead is dated by it."""
    told = min(published, Day(latest)) if draft.said_on is not None else None
    return _dated(draft, reported_claim(published, told), reasons.of_report(published))


def _dated(draft: Draft, claim: DateClaim, why: tuple[str, ...]) -> Dated:
    return Dated(draft=draft, told=draft.told, date=claim, why=why)


def _said(draft: Draft, published: Day) -> Day:
    """The last day on which it can have been: that of who says so, else one past publication."""
    said = draft.said_on
    day = None if said is None or said.interval is None else said.interval.last_day
    limit = Day(published + 1)
    if day is None or (said is not None and said.relation is Relation.SINCE):
        return limit
    return min(day, limit)
