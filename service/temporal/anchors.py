"""What a relative expression is counted from: publication, or the time last named in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.temporal.algebra import After, Before, Here, Leaf, This, TimeExpr
from service.temporal.cues import find_cue
from service.temporal.interval import SECONDS_A_DAY, Granularity, Interval, Point
from service.temporal.readings import Setting
from service.temporal.tagger import Timex
from service.temporal.timex import Anchor, Resolution, Tense
from service.temporal.trees import leaves
from service.temporal.units import Unit, is_clock

PUBLICATION = "publication"
EXPRESSION = "expression"

_NEWS = 7 * SECONDS_A_DAY

_KINDS = {
    Granularity.MONTH: Unit.MONTH,
    Granularity.QUARTER: Unit.QUARTER,
    Granularity.HALF_YEAR: Unit.HALF_YEAR,
}


def anchor_of(
    timex: Timex, tree: TimeExpr, setting: Setting, earlier: Sequence[Resolution]
) -> Anchor:
    """Publication day, unless the tree counts from the time last named and one was."""
    kinds = {leaf.leaf for leaf in leaves(tree) if isinstance(leaf, Here)}
    if Leaf.PASSAGE in kinds and _is_narrative(timex, setting, earlier):
        named = _last_named(earlier, fine=False)
        if named is not None:
            return named
    if Leaf.NAMED in kinds:
        named = _last_named(earlier, fine=timex.meaning.granularity <= Granularity.WEEK)
        if named is not None:
            return named
    return Anchor(PUBLICATION, _now(tree, setting))


def is_relative(tree: TimeExpr) -> bool:
    """Whether the tree counts from any anchor at all."""
    return any(isinstance(leaf, Here) for leaf in leaves(tree))


def in_kind(timex: Timex, anchor: Anchor) -> Timex:
    """A year from a quarter or month is the same one of that year, not the whole year."""
    tree, kind = timex.meaning.expr, _KINDS.get(anchor.interval.granularity)
    if not isinstance(tree, Before | After) or kind is None or anchor.kind != EXPRESSION:
        return timex
    if tree.period.unit is not Unit.YEAR:
        return timex
    months = replace(tree.period, unit=Unit.MONTH, count=tree.period.count * 12)
    meaning = replace(
        timex.meaning, expr=This(kind, replace(tree, period=months)), granularity=kind.granularity
    )
    return replace(timex, meaning=meaning)


def _is_narrative(timex: Timex, setting: Setting, earlier: Sequence[Resolution]) -> bool:
    """Whether the text tells of a time long before publication where the expression stands."""
    named = _last_named(earlier, fine=False)
    if named is None or named.interval.bounds[1] > setting.today.bounds[0] - _NEWS:
        return False
    cue = find_cue(setting.scan, timex.first, timex.until, setting.context.language)
    return cue is not None and cue.tense is Tense.PAST


def _last_named(earlier: Sequence[Resolution], *, fine: bool) -> Anchor | None:
    """The last closed time before; for days and weeks one that is itself as fine."""
    for resolution in reversed(earlier):
        interval = resolution.interval
        if interval is None or interval.start is None or interval.end is None:
            continue
        if not fine or interval.granularity <= Granularity.WEEK:
            return Anchor(EXPRESSION, interval, resolution.text)
    return None


def _now(tree: TimeExpr, setting: Setting) -> Interval:
    """Publication day; the very minute for hours and minutes from it."""
    publication = setting.context.publication
    clocked = isinstance(tree, Before | After) and is_clock(tree.period.unit)
    if not clocked or not publication.has_clock:
        return setting.today
    minute = publication.point - publication.point % 60
    return Interval(start=Point(minute), end=Point(minute + 60), granularity=Granularity.MINUTE)
