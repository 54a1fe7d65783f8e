"""Links: which two mentions may tell the same event.

A link is a function of the two mentions and fixed numbers only, never of the timeline, so the set
of links cannot depend on the order of arrival (EVENTS section 4). First version: shared names and
content words inside a window of days; conservative, for a false merge hides evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.temporal.interval import Day, Granularity
from service.timeline.model import Basis, Kind, Link, Mention, Status
from service.timeline.weights import likeness, weight

LIKE = 0.5
"""Likeness of two clauses from which they are linked, whatever their triggers."""
LIKE_TRIGGERED = 0.25
"""The same where one trigger, or one class of triggers, tells both."""
LIKE_WITHIN = 0.4
"""The same, with one trigger, within one article, which tells its other events too."""
TRIGGERED = 0.3
"""What a common trigger adds to the weight of a link."""
IDENTICAL = 0.75
"""Likeness from which two near days are a disagreement, not two events."""
OPPOSITES = frozenset(
    frozenset(pair)
    for pair in (
        *(("arrest", "release"), ("convict", "acquit"), ("invade", "withdraw"), ("win", "lose")),
        *(("resign", "appoint"), ("dismiss", "appoint"), ("agree", "reject"), ("open", "close")),
        *(("begin", "end"), ("rise", "fall"), ("arrive", "depart")),
    )
)
"""Classes of triggers that never tell one event."""
DISAGREE_WITHIN = 1
"""Days between two named days that may be a disagreement."""
RAREST_WORDS = 3
"""How many of its rarest words a mention is looked for by."""
REPORTED_WITHIN = 7
"""Days before its report in which an undated happening is looked for."""
INHERITED_WITHIN = 0
"""Days around the day that a happening took over from its passage."""
COARSE = 62
"""Days from which a stretch is too wide to be the date of one punctual event."""
DAYS_OF_A_BLOCK = 30
UNDONE = frozenset({Status.CANCELLED, Status.DID_NOT_HAPPEN})


def blocks(mention: Mention) -> frozenset[str]:
    """The keys under which a mention is looked for: each bucket of days with each of its names.

    Mentions without names (scripts without capitals) use their longest words. Two mentions are
    compared exactly when they share a key, so this alone bounds the cost.
    """
    first, last = window(mention)
    ends = (first - DISAGREE_WITHIN, last + DISAGREE_WITHIN)
    buckets = sorted({day // DAYS_OF_A_BLOCK for day in ends})
    rarest = sorted(mention.terms, key=lambda term: (-weight(term), term))[:RAREST_WORDS]
    kind = mention.kind.value
    return frozenset(
        f"{bucket}:{kind}:{word}" for bucket in buckets for word in (*mention.names, *rarest)
    )


def find_link(one: Mention, other: Mention) -> Link | None:
    """The link between two mentions, or None when they are not known to tell the same."""
    if blocks(one).isdisjoint(blocks(other)):
        return None
    return weigh(one, other)


def weigh(one: Mention, other: Mention) -> Link | None:
    """`find_link` for two mentions that share a block."""
    if is_vetoed(one, other):
        return None
    alike = likeness(one.names + one.terms, other.names + other.terms)
    common = is_told_alike(one, other)
    least = LIKE
    if common:
        least = LIKE_WITHIN if one.article_key == other.article_key else LIKE_TRIGGERED
    if alike < least or not _share_name(one.names, other.names):
        return None
    first, second = sorted((one.id, other.id))
    return Link(first, second, round(alike + TRIGGERED * common, 3))


def _share_name(mine: tuple[str, ...], yours: tuple[str, ...]) -> bool:
    """Whether most of the fewer names are in both; so where one side has none."""
    shared = len(set(mine) & set(yours))
    return not mine or not yours or 2 * shared > min(len(mine), len(yours))


def is_told_alike(one: Mention, other: Mention) -> bool:
    """Whether one verb or noun, or two of one class, tell both."""
    if one.trigger and one.trigger == other.trigger:
        return True
    return bool(one.trigger_class) and one.trigger_class == other.trigger_class


def is_vetoed(one: Mention, other: Mention) -> bool:
    """Whether the two can never be one event, whatever links them."""
    if frozenset((one.trigger_class, other.trigger_class)) in OPPOSITES:
        return True
    clash = shape(one).clashes(shape(other))
    return not _is_disagreement(one, other) if clash is None else clash


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """All that a veto looks at but words and articles: many mentions have the same."""

    kind: Kind
    undone: bool
    durative: bool
    named: Day | None
    first: Day
    last: Day

    def clashes(self, other: Shape) -> bool | None:
        """Whether the two exclude each other; None when words and articles decide."""
        mine = (self.kind, self.undone, self.durative)
        if mine != (other.kind, other.undone, other.durative):
            return True
        if self.named is not None and other.named is not None:
            gap = abs(self.named - other.named)
            return None if 0 < gap <= DISAGREE_WITHIN else gap > 0
        if self._is_coarse != other._is_coarse and not self.durative:
            return True
        return self.first > other.last or other.first > self.last

    @property
    def _is_coarse(self) -> bool:
        return self.last - self.first >= COARSE


def shape(mention: Mention) -> Shape:
    """The shape of a mention."""
    first, last = window(mention)
    return Shape(
        kind=mention.kind,
        undone=mention.status in UNDONE,
        durative=mention.date.durative,
        named=named_day(mention),
        first=first,
        last=last,
    )


def window(mention: Mention) -> tuple[Day, Day]:
    """First and last day, both included, on which the event may have been (durative: begun)."""
    date, published = mention.date, mention.published_day
    if date.basis is Basis.REPORTED:
        last = date.latest if date.latest is not None else published
        return Day(last - REPORTED_WITHIN), last
    if date.basis is Basis.PLANNED:
        return published, Day(published + REPORTED_WITHIN)
    if date.basis is Basis.INHERITED and date.start is not None and date.end is not None:
        last = Day(date.end + INHERITED_WITHIN)
        bound = last if date.latest is None else min(last, date.latest)
        return Day(date.start - INHERITED_WITHIN), max(bound, date.start)
    sides = (date.start, date.start_latest if date.durative else date.end, date.end)
    known = [day for day in sides[: 2 if date.start is not None else 3] if day is not None]
    return (min(known), max(known)) if known else (published, published)


def named_day(mention: Mention) -> Day | None:
    """The one day that the text names for it; None when it names none or a wider stretch."""
    date = mention.date
    explicit = date.basis is Basis.EXPLICIT and not date.durative
    fine = date.granularity <= Granularity.DAY
    return date.start if explicit and fine and date.start == date.end else None


def _is_disagreement(one: Mention, other: Mention) -> bool:
    """Whether two near named days are one event told differently by two articles."""
    if one.article_key == other.article_key:
        return False
    return likeness(one.names + one.terms, other.names + other.terms) >= IDENTICAL
