"""When a mention may have been, by its own article alone, and which mentions that rules out."""

from __future__ import annotations

from dataclasses import dataclass

from service.temporal.interval import Day, Granularity
from service.timeline.model import Basis, Kind, Mention, Status

DISAGREE_WITHIN = 1
"""Days between two named days that may be a disagreement."""
INFERRED_WITHIN = 7
"""Days around a day that was only inferred, never past the last that its text allows."""
COARSE = 62
"""Days from which a stretch is too wide to be the date of one punctual event."""
UNDONE = frozenset({Status.CANCELLED, Status.DID_NOT_HAPPEN})
INFERRED = frozenset({Basis.INHERITED, Basis.REPORTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """All that a veto looks at but words and articles: many mentions have the same."""

    kind: Kind
    undone: bool
    durative: bool
    named: Day | None
    first: Day
    last: Day
    earliest: Day | None
    latest: Day | None

    def clashes(self, other: Shape) -> bool | None:
        """Whether the two exclude each other; None when words and articles decide."""
        if (self.kind, self.undone) != (other.kind, other.undone):
            return True
        if self.named is not None and other.named is not None:
            gap = abs(self.named - other.named)
            return None if 0 < gap <= DISAGREE_WITHIN else gap > 0
        if _is_past(self.earliest, other.latest) or _is_past(other.earliest, self.latest):
            return True
        return None if self.is_unlike(other) else False

    def is_unlike(self, other: Shape) -> bool:
        """Whether nothing excludes the other, but what is shown of the two lies apart."""
        if self.named is not None and other.named is not None:
            return False
        if self.durative != other.durative:
            return True
        coarse = self._is_coarse != other._is_coarse and not self.durative
        return coarse or self.first > other.last or other.first > self.last

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
        earliest=mention.date.earliest,
        latest=mention.date.latest,
    )


def window(mention: Mention) -> tuple[Day, Day]:
    """First and last day, both included, on which the event may have been (durative: begun).

    A day that is only inferred is no bound: what another article names a day for may be the same.
    """
    date, published = mention.date, mention.published_day
    if date.basis is Basis.PLANNED:
        return published, Day(published + INFERRED_WITHIN)
    if date.basis in INFERRED and not date.durative:
        return _around(mention)
    sides = (date.start, date.start_latest if date.durative else date.end, date.end)
    known = [day for day in sides[: 2 if date.start is not None else 3] if day is not None]
    return (min(known), max(known)) if known else (published, published)


def named_day(mention: Mention) -> Day | None:
    """The one day that the text names for it; None when it names none or a wider stretch."""
    date = mention.date
    explicit = date.basis is Basis.EXPLICIT and not date.durative
    fine = date.granularity <= Granularity.DAY
    return date.start if explicit and fine and date.start == date.end else None


def _is_past(first: Day | None, last: Day | None) -> bool:
    return first is not None and last is not None and first > last


def shown_day(mention: Mention) -> Day | None:
    """The first day that is shown of it, the last where it has no first."""
    date = mention.date
    return date.end if date.start is None else date.start


def _around(mention: Mention) -> tuple[Day, Day]:
    """The days around the inferred one, up to the last that the text allows."""
    date = mention.date
    limit = mention.published_day if date.latest is None else date.latest
    end = limit if date.end is None else date.end
    start = limit if date.start is None else date.start
    last = max(min(Day(end + INFERRED_WITHIN), limit), start)
    return Day(start - INFERRED_WITHIN), last
