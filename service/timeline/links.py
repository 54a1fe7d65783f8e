"""Links: which two mentions may tell the same event.

A link is a function of the two mentions and fixed numbers only, never of the timeline, so the set
of links cannot depend on the order of arrival (EVENTS section 4). First version: shared names and
content words inside a window of days; conservative, for a false merge hides evidence.
"""

from __future__ import annotations

from service.temporal.interval import Day, Granularity
from service.timeline.model import Basis, Link, Mention, Status

LIKE = 0.5
"""Share of the smaller mention's words that both must have, in two articles."""
LIKE_LEADS = 0.3
"""The same for headline and first sentence of one article, which mostly tell one thing."""
IDENTICAL = 0.75
"""Share from which two near days are a disagreement, not two events."""
DISAGREE_WITHIN = 1
"""Days between two named days that may be a disagreement."""
SHARED_WORDS = 3
REPORTED_WITHIN = 3
"""Days before its report in which an undated happening is looked for."""
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
    words = mention.names or sorted(mention.terms, key=lambda term: (-len(term), term))[:6]
    return frozenset(
        f"{bucket}:{mention.kind.value}:{word}" for bucket in buckets for word in words
    )


def find_link(one: Mention, other: Mention) -> Link | None:
    """The link between two mentions, or None when they are not known to tell the same."""
    if is_vetoed(one, other) or blocks(one).isdisjoint(blocks(other)):
        return None
    weight = likeness(one, other)
    same_lead = one.article_key == other.article_key and one.lead and other.lead
    if weight < (LIKE_LEADS if same_lead else LIKE):
        return None
    first, second = sorted((one.id, other.id))
    return Link(first, second, weight)


def likeness(one: Mention, other: Mention) -> float:
    """Shared words as a share of the smaller mention's, 0 to 1, to three decimals.

    0 when too few are shared, or no name where both have names.
    """
    mine, yours = {*one.names, *one.terms}, {*other.names, *other.terms}
    shared = mine & yours
    named = one.names and other.names
    if len(shared) < SHARED_WORDS or (named and not set(one.names) & set(other.names)):
        return 0.0
    return round(len(shared) / min(len(mine), len(yours)), 3)


def is_vetoed(one: Mention, other: Mention) -> bool:
    """Whether the two can never be one event, whatever links them."""
    if one.kind is not other.kind or (one.status in UNDONE) != (other.status in UNDONE):
        return True
    if one.date.durative != other.date.durative:
        return True
    mine, yours = named_day(one), named_day(other)
    if mine is not None and yours is not None:
        return mine != yours and not _is_disagreement(one, other, abs(mine - yours))
    if _is_coarse(one) != _is_coarse(other) and not one.date.durative:
        return True
    return not _touch(window(one), window(other))


def window(mention: Mention) -> tuple[Day, Day]:
    """First and last day, both included, on which the event may have been (durative: begun)."""
    date, published = mention.date, mention.published_day
    if date.basis is Basis.REPORTED:
        last = date.latest if date.latest is not None else published
        return Day(last - REPORTED_WITHIN), last
    if date.basis is Basis.PLANNED:
        return published, Day(published + REPORTED_WITHIN)
    sides = (date.start, date.start_latest if date.durative else date.end, date.end)
    known = [day for day in sides[: 2 if date.start is not None else 3] if day is not None]
    return (min(known), max(known)) if known else (published, published)


def named_day(mention: Mention) -> Day | None:
    """The one day that the text names for it; None when it names none or a wider stretch."""
    date = mention.date
    explicit = date.basis is Basis.EXPLICIT and not date.durative
    fine = date.granularity <= Granularity.DAY
    return date.start if explicit and fine and date.start == date.end else None


def _is_disagreement(one: Mention, other: Mention, gap: int) -> bool:
    """Whether two named days are one event told differently by two articles."""
    near = gap <= DISAGREE_WITHIN and one.article_key != other.article_key
    return near and likeness(one, other) >= IDENTICAL


def _is_coarse(mention: Mention) -> bool:
    first, last = window(mention)
    return last - first >= COARSE


def _touch(one: tuple[Day, Day], other: tuple[Day, Day]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
