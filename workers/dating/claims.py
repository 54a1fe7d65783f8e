"""The claims that the rungs of the dating ladder make (EVENTS section 2): one function each."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.interval import Day, Granularity
from service.temporal.timex import Relation, Resolution
from service.timeline.model import Basis, DateClaim
from workers.dating.trust import Rung, trust
from workers.lexicon import cues
from workers.telling import slots

PLANNED_CONFIDENCE = 0.3
FOREIGN_CONFIDENCE = 0.6
"""The most that a date in a language without rules of its own is trusted."""


def explicit_claim(
    resolution: Resolution, text: str, start: int, published: Day, *, planned: bool = False
) -> DateClaim:
    """What a usable expression says of its sentence `text`, which begins at `start`.

    What happened is cut at publication ("early 2026" so far; "until Friday" goes on), what is
    `planned` is not. Raises ValueError for an expression without an interval.
    """
    if resolution.interval is None:
        raise ValueError(f"'{resolution.text}' names no stretch of time: it dates nothing")
    first, last = resolution.interval.first_day, resolution.interval.last_day
    claim = DateClaim(
        start=first,
        end=last,
        earliest=first,
        latest=last,
        granularity=max(resolution.granularity, Granularity.DAY),
        basis=Basis.EXPLICIT,
        confidence=round(resolution.confidence * trust(Rung.EXPLICIT), 3),
        approximate=resolution.interval.approximate,
    )
    since = resolution.relation is Relation.SINCE or cues.is_since(
        text, resolution.span.start - start
    )
    if since and first is not None:
        return _since(claim, published, goes_on=cues.still_holds(text))
    if len(resolution.parts) == 2:
        claim = _range(claim, resolution.parts)
    if slots.is_not_before(resolution, text, start):
        return replace(claim, end=None, latest=None)
    if not slots.is_put_off(resolution, text, start):
        claim = _related(claim, resolution.relation)
    return claim if planned else _cut(claim, published)


def spanning_claim(begun: DateClaim, until: DateClaim, published: Day) -> DateClaim | None:
    """From the one to the other, up to publication; None when they are in no such order."""
    if begun.start is None or begun.end is None or until.end is None or until.end <= begun.end:
        return None
    last = min(until.end, published)
    return replace(
        begun,
        start_latest=begun.end,
        end=last,
        latest=Day(published + 1) if until.end > published else until.end,
        granularity=max(begun.granularity, until.granularity),
        confidence=min(begun.confidence, until.confidence),
        approximate=begun.start != begun.end or until.start != until.end,
        durative=True,
    )


def planned_claim(published: Day, confidence: float = PLANNED_CONFIDENCE) -> DateClaim:
    """Something announced without a day: open from publication on."""
    return DateClaim(
        start=published,
        end=None,
        earliest=published,
        latest=None,
        granularity=Granularity.DAY,
        basis=Basis.PLANNED,
        confidence=confidence,
    )


def reported_claim(published: Day, told: Day | None = None) -> DateClaim:
    """Something that had happened when it was reported: that day, inferred.

    `told` is the day on which a quoted source said so. Publication allows one day more, since the
    place may lie east of the outlet.
    """
    shown = published if told is None else min(told, published)
    return DateClaim(
        start=shown,
        end=shown,
        earliest=None,
        latest=Day(published + 1) if told is None else told,
        granularity=Granularity.DAY,
        basis=Basis.REPORTED,
        confidence=trust(Rung.REPORTED),
        inferred=True,
    )


def inherited_claim(source: DateClaim, latest: Day, rung: Rung) -> DateClaim:
    """The shown day of `source` for what happened by `latest`; nothing else of it is proved."""
    return replace(
        by_evening(source),
        earliest=None,
        latest=latest,
        basis=Basis.INHERITED,
        confidence=round(source.confidence * trust(rung), 3),
        inferred=True,
        durative=False,
        start_latest=None,
        ongoing=False,
        as_of=None,
    )


def by_evening(claim: DateClaim) -> DateClaim:
    """The claim, a night shown on the day that it begins on."""
    return replace(claim, end=claim.start) if is_night(claim) else claim


def is_night(claim: DateClaim) -> bool:
    """Whether it is one night, which lasts into a second day."""
    two = claim.start is not None and claim.end == claim.start + 1 and not claim.durative
    return two and claim.granularity <= Granularity.DAY


def bounded_claim(latest: Day) -> DateClaim:
    """Some time before it was told."""
    return DateClaim(
        start=None,
        end=latest,
        earliest=None,
        latest=latest,
        granularity=Granularity.DAY,
        basis=Basis.REPORTED,
        confidence=trust(Rung.TOLD),
    )


def trusted_less(claim: DateClaim) -> DateClaim:
    """The claim as a language without rules of its own allows."""
    return replace(claim, confidence=min(claim.confidence, FOREIGN_CONFIDENCE))


def _since(claim: DateClaim, published: Day, *, goes_on: bool) -> DateClaim:
    """Lasting from somewhere in the stretch to publication; told as going on or not."""
    return replace(
        claim,
        start_latest=claim.end,
        end=published if goes_on else None,
        latest=None if goes_on else Day(published + 1),
        approximate=claim.approximate or claim.start != claim.end,
        durative=True,
        ongoing=goes_on,
        as_of=published if goes_on else None,
    )


def _range(claim: DateClaim, parts: tuple[Resolution, ...]) -> DateClaim:
    """Lasting from the first part to the second; within one day it stays a day."""
    begin = parts[0].interval
    if begin is None or claim.start == claim.end:
        return claim
    latest_start = begin.last_day
    return replace(
        claim,
        start_latest=latest_start,
        approximate=claim.approximate or latest_start != claim.start,
        durative=True,
    )


def _related(claim: DateClaim, relation: Relation | None) -> DateClaim:
    """The bounds that a preposition beside the expression sets."""
    first, last = claim.start, claim.end
    if relation in {Relation.UNTIL, Relation.TO} and not claim.durative:
        return replace(claim, start=None, earliest=None, durative=True)
    if relation is Relation.BY:
        return replace(claim, start=None, earliest=None)
    if relation is Relation.BEFORE and first is not None:
        before = Day(first - 1)
        return replace(claim, start=None, earliest=None, end=before, latest=before)
    if relation is Relation.AFTER and last is not None:
        return replace(claim, start=last, earliest=last, end=None, latest=None)
    if relation is Relation.FROM and not claim.durative:
        return replace(claim, start_latest=last, end=None, latest=None, durative=True)
    return claim


def _cut(claim: DateClaim, published: Day) -> DateClaim:
    """A stretch that reaches beyond publication ends there for what has happened."""
    if claim.end is not None and claim.end <= published + 1:
        return claim
    if claim.start is None and claim.durative:
        return replace(claim, end=published, latest=None, ongoing=True, as_of=published)
    begun = claim.start is not None and claim.start <= published
    return replace(claim, end=published, latest=Day(published + 1)) if begun else claim
