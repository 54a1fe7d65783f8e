"""The date of an event from the dates of its mentions (EVENTS section 5).

Once: the strongest basis (explicit, planned, anchored, inherited, reported) decides, weaker ones
narrow it where something remains. Lasting: starts are cut with starts, ends with ends. What is
shown stays inside the bounds that the mentions prove.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from service.temporal.interval import Day, Granularity
from service.timeline.model import ArticleHead, ArticleId, Basis, Conflict, DateClaim, Mention
from service.timeline.spans import span
from service.timeline.stretches import Stretch, narrow, proven, shown
from service.timeline.votes import Consensus, Verdict, articles_of, is_rejecting, settle

STRENGTH = {
    Basis.EXPLICIT: 0,
    Basis.PLANNED: 1,
    Basis.ANCHORED: 2,
    Basis.SEQUENCE: 2,
    Basis.INHERITED: 3,
    Basis.REPORTED: 4,
}
WIDEST = 31
"""Days of a reading within which the day of a report is likelier than others."""
NAMED = frozenset({Basis.EXPLICIT, Basis.ANCHORED, Basis.SEQUENCE})
"""The bases on which readings that differ are a conflict; a day that is inferred is none."""


def agree(mentions: Sequence[Mention], heads: Mapping[ArticleId, ArticleHead]) -> Consensus:
    """The date that `mentions` (in order, at least one) give together."""
    heard = [each for each in mentions if not is_rejecting(each)] or list(mentions)
    unheard = set(mentions).difference(heard)
    rejecting = [each for each in mentions if each in unheard and _names(each)]
    lasting = [each for each in heard if each.date.durative]
    if lasting:
        told_until = max(each.published_day for each in heard)
        date, conflicts = span(lasting, heads, told_until=told_until)
    else:
        date, conflicts = _once(heard, heads, rejecting)
    return Consensus(date, conflicts, articles_of(lasting or heard))


def _once(
    heard: Sequence[Mention], heads: Mapping[ArticleId, ArticleHead], rejecting: Sequence[Mention]
) -> tuple[DateClaim, tuple[Conflict, ...]]:
    strongest = min(_strength(each) for each in heard)
    best = [each for each in heard if _strength(each) == strongest]
    if best[0].date.basis not in {Basis.PLANNED, Basis.REPORTED}:
        best = [each for each in heard if _names(each) or each.date.basis is Basis.INHERITED]
        verdict = settle(best, heads, rejecting=rejecting)
    else:
        verdict = _earliest(best)
    weaker = sorted(
        set(heard).difference(best),
        key=lambda each: (_strength(each), *each.order),
    )
    agreed = narrow(Stretch(), (proven(each.date) for each in (*verdict.agreeing, *weaker)))
    bounds = agreed.hull(_claimed(each.date) for each in best if each not in verdict.agreeing)
    date = replace(
        verdict.finest,
        start=verdict.stretch.first,
        end=verdict.stretch.last,
        confidence=verdict.confidence,
    )
    conflicts = () if verdict.conflict is None else (verdict.conflict,)
    return _within(_pointed_out(date, bounds, weaker), bounds), conflicts


def _claimed(date: DateClaim) -> Stretch:
    """The days that a reading stands for against others: where articles differ none is proved."""
    return shown(date) if date.inferred else proven(date)


def _earliest(best: Sequence[Mention]) -> Verdict:
    """Of days of reports, the earliest; of times ahead, what all leave open.

    None where an article as early tells it in passing, without a day: then it was no news any more.
    """
    first = min(best, key=lambda each: (shown(each.date).place, each.order))
    days = [shown(each.date) for each in best]
    fresh = [each for each in best if each.date.start is not None]
    old = [each for each in best if each.date.start is None]
    if fresh and old and _first_told(old) <= _first_told(fresh):
        days = [shown(each.date) for each in old]
    stretch = narrow(shown(first.date), days)
    return Verdict(stretch=stretch, agreeing=tuple(best))


def _first_told(mentions: Sequence[Mention]) -> Day:
    return min(each.published_day for each in mentions)


def _pointed_out(date: DateClaim, bounds: Stretch, weaker: Sequence[Mention]) -> DateClaim:
    """The likely day that a weaker source gives within a wider reading, as inferred."""
    whole = shown(date).meet(bounds)
    if whole is None or not 0 < whole.width <= WIDEST:
        return date
    likely = (each.date for each in weaker if each.date.inferred)
    fitting = (claim for claim in likely if shown(claim).width == 0 and whole.holds(shown(claim)))
    return next(fitting, date)


def _within(date: DateClaim, bounds: Stretch) -> DateClaim:
    """The date with these bounds, and what is shown cut to them."""
    stretch = shown(date)
    kept = stretch.meet(bounds)
    if kept is None:
        edge = bounds.last if bounds.last is not None else bounds.first
        kept = Stretch(edge, edge)
    one = kept.first is not None and kept.first == kept.last
    return replace(
        date,
        start=kept.first,
        end=kept.last,
        earliest=bounds.first,
        latest=bounds.last,
        granularity=min(date.granularity, Granularity.DAY) if one else date.granularity,
    )


def _names(mention: Mention) -> bool:
    return mention.date.basis in NAMED


def _strength(mention: Mention) -> int:
    return STRENGTH[mention.date.basis]
