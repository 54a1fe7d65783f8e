"""Where a mention lies by the one that it points at: that one's own bounds, moved as told."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.interval import Day, Granularity
from service.timeline.model import Basis, DateClaim, Pointing, Status
from workers.dating.dated import Dated
from workers.dating.passages import is_lead
from workers.dating.trust import Rung, trust
from workers.grammar.trees import Tense
from workers.lexicon.sequences import listed


def placed(
    base: Dated, target: Dated, relation: Pointing, *, latest: Day, published: Day
) -> DateClaim | None:
    """The claim of `base`, told from `target`, which happened by `latest`; None for none.

    Within it is shown at the target's time; before or after it keeps what `base` shows as far as
    the target's bounds allow.
    """
    if relation is Pointing.WITHIN:
        lasts = is_stretch(target)
        if lasts and is_lead(base.draft):
            return _clipped(base.date, target.date.earliest, latest)
        return _within(target, min(latest, published) if lasts else latest)
    if relation is Pointing.SINCE and base.draft.clause.tense is Tense.PERFECT:
        return _since(base, target, published)
    if relation in {Pointing.AFTER, Pointing.SINCE}:
        return _following(base.date, target, latest)
    return _clipped(base.date, None, _first(target.date.latest, latest))


def moved(target: Dated, least: int, most: int, *, latest: Day) -> DateClaim | None:
    """So many days from the target; what came hours after it is shown on its day."""
    date = target.date
    start = None if date.start is None else Day(date.start + least)
    shown = 0 if (least, most) == (0, 1) else most
    end = None if date.end is None else _first(Day(date.end + shown), latest)
    earliest = None if date.earliest is None else Day(date.earliest + least)
    last = latest if date.latest is None else _first(Day(date.latest + most), latest)
    if start is None or end is None or start > end or (earliest is not None and earliest > last):
        return None
    return _anchored(date, start, end, (earliest, last))


def beside(target: Dated, *, latest: Day) -> DateClaim | None:
    """Within a day after the target, and shown on its day: "minutes later"."""
    date = target.date
    last = latest if date.latest is None else _first(Day(date.latest + 1), latest)
    if date.durative or date.start is None or date.end is None or date.start > last:
        return None
    claim = _anchored(date, date.start, _first(date.end, last), (date.earliest, last))
    confidence = round(date.confidence * trust(Rung.FOLLOWING), 3)
    return replace(claim, basis=Basis.SEQUENCE, confidence=confidence)


def is_stretch(target: Dated) -> bool:
    """Whether the target went on: it lasted, or is told as the beginning of what lasts."""
    return target.date.durative or (
        target.draft.clause.verb in listed("beginning") and not _is_day(target.date)
    )


def _within(target: Dated, latest: Day) -> DateClaim | None:
    date = target.date
    lasts = is_stretch(target)
    last = latest if lasts or date.latest is None else _first(date.latest, latest)
    end = (last if lasts and not _ended(date) else date.end) or last
    if date.earliest is not None and date.earliest > last:
        return None
    if date.start is not None and date.start > last:
        return None
    return _anchored(date, date.start, _first(end, last), (date.earliest, last))


def _following(date: DateClaim, target: Dated, latest: Day) -> DateClaim | None:
    """Not before the target; a likely day that is before the target's gives way to that one."""
    begun = target.date.start
    if date.start is not None and begun is not None and date.start < begun <= latest:
        date = replace(date, start=begun, end=begun)
    return _clipped(date, target.date.earliest, latest)


def _since(base: Dated, target: Dated, published: Day) -> DateClaim | None:
    """Lasting from the target's start to the telling: "have been killed since it began"."""
    date, told = target.date, base.draft.told
    if date.start is None or told.status is not Status.HAPPENED:
        return None
    return replace(
        _anchored(date, date.start, published, (date.earliest, published)),
        latest=None,
        start_latest=date.start_latest if date.durative else date.end,
        durative=True,
        ongoing=True,
        as_of=published,
    )


def _ended(date: DateClaim) -> bool:
    return date.durative and date.end is not None and not date.ongoing


def _clipped(date: DateClaim, earliest: Day | None, latest: Day) -> DateClaim | None:
    """What is shown, as far as it lies within the bounds; else the bounds."""
    if earliest is not None and earliest > latest:
        return None
    inside = (
        date.start is not None
        and date.end is not None
        and (earliest is None or date.start >= earliest)
        and date.end <= latest
    )
    if inside:
        return replace(date, earliest=earliest, latest=latest)
    return replace(
        date,
        start=earliest,
        end=latest,
        earliest=earliest,
        latest=latest,
        granularity=Granularity.DAY,
        basis=Basis.ANCHORED,
        inferred=earliest is not None,
        confidence=trust(Rung.BETWEEN),
    )


def _anchored(
    date: DateClaim, start: Day | None, end: Day, bounds: tuple[Day | None, Day]
) -> DateClaim:
    return DateClaim(
        start=start,
        end=end,
        earliest=bounds[0],
        latest=bounds[1],
        granularity=date.granularity,
        basis=Basis.ANCHORED,
        confidence=round(date.confidence * trust(Rung.NAMED), 3),
        approximate=date.approximate,
        inferred=start is not None,
    )


def _is_day(date: DateClaim) -> bool:
    return date.start is not None and date.start == date.end


def _first(one: Day | None, other: Day) -> Day:
    return other if one is None else min(one, other)
