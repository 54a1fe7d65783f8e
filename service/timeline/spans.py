"""The dates of what lasts: starts are cut with starts, ends with ends.

What a source says of something inside the span changes neither. An end after the last telling is
cut there: it was going on then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.temporal.interval import Day, Granularity
from service.timeline.model import ArticleHead, ArticleId, Conflict, DateClaim, Kind, Mention
from service.timeline.stretches import Stretch
from service.timeline.votes import Question, Verdict, settle


def span(
    members: Sequence[Mention], heads: Mapping[ArticleId, ArticleHead], *, told_until: Day
) -> tuple[DateClaim, tuple[Conflict, ...]]:
    """The date of what `members`, all durative, say; it was told last on `told_until`."""
    begun = [each for each in members if each.date.start is not None]
    start = settle(begun, heads, question=START) if begun else None
    fitting, over = _parted(members, start)
    end = settle(fitting, heads, rejecting=over, question=END)
    limit = None if members[0].kind is Kind.PLANNED else told_until
    begins = Stretch() if start is None else start.stretch
    main = end if start is None else start
    last = _last(end, limit)
    date = replace(
        main.finest,
        start=begins.first,
        start_latest=begins.last,
        earliest=begins.first,
        confidence=main.confidence,
        end=last.day,
        latest=last.bound,
        ongoing=last.ongoing,
        as_of=last.day if last.ongoing else None,
    )
    if date.end is not None and begins.last is not None and begins.last > date.end:
        date = replace(date, start_latest=date.end)
    verdicts = (end,) if start is None else (start, end)
    return date, tuple(each.conflict for each in verdicts if each.conflict is not None)


def _parted(
    members: Sequence[Mention], start: Verdict | None
) -> tuple[Sequence[Mention], Sequence[Mention]]:
    """Those that let it last until its start or longer, and those for which it was over."""
    if start is None:
        return members, ()
    after = Stretch(start.stretch.first, None)
    fitting = [each for each in members if _ends(each.date).meet(after)]
    return fitting, [each for each in members if each not in fitting]


def _begins(claim: DateClaim) -> Stretch:
    return Stretch(claim.start, claim.start if claim.start_latest is None else claim.start_latest)


def _ends(claim: DateClaim) -> Stretch:
    """When it ended; on a day that is named, by the end of what is, or after it was last told."""
    if claim.ongoing:
        return Stretch(claim.as_of, None)
    if claim.end is None or _is_cut(claim):
        return Stretch(claim.start, None)
    named = claim.granularity <= Granularity.DAY and not claim.approximate
    return Stretch(claim.end if named else claim.start, claim.end)


def _is_cut(claim: DateClaim) -> bool:
    """Whether its end is that of the telling."""
    return claim.end is not None and (claim.latest is None or claim.latest > claim.end)


@dataclass(frozen=True, slots=True)
class _Last:
    """The last day that is shown, its bound, and whether it was going on then."""

    day: Day | None
    bound: Day | None
    ongoing: bool = False


def _last(end: Verdict, limit: Day | None) -> _Last:
    claims = [each.date for each in end.agreeing]
    bound = end.stretch.last
    told = [claim.end for claim in claims if claim.end is not None and _is_cut(claim)]
    told += [claim.as_of for claim in claims if claim.as_of is not None]
    if bound is not None and (limit is None or bound <= limit):
        return _Last(bound, bound)
    until = limit if bound is not None else max(told, default=None)
    if until is not None:
        return _Last(until, None, ongoing=True)
    known = [claim.latest for claim in claims if claim.latest is not None]
    return _Last(None, max(known) if len(known) == len(claims) else None)


START = Question("start", _begins)
END = Question("end", _ends)
