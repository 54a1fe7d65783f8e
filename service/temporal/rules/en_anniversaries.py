"""English: a day or unit so many years before another: "two years ago today"."""

from __future__ import annotations

from service.temporal.algebra import After, Before, Distant, Here, This, TimeExpr
from service.temporal.grammar import Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.units import Period, Unit

COMBINED = Rulebook()

_NAMED = frozenset(["<today>", "this <unit>", "this <season>", "tonight", "this <day part>"])
_LONG = frozenset([Unit.MONTH, Unit.YEAR, Unit.DECADE, Unit.CENTURY])


# two years ago today, 50 years ago this week, a year ago tomorrow; not "two years ago, this week"
@COMBINED.rule("<amount> ago today", "DayRef (DayRef|Span)", "DayRef")
def ago_today(match: Match) -> Meaning | None:
    """The day, week, month or season at that distance, as a whole."""
    counted = _counted(match)
    named = match.items[-1]
    if counted is None or named.rule not in _NAMED or not isinstance(named.value, Meaning):
        return None
    expr, granularity = named.value.expr, named.value.granularity
    if expr is None or granularity >= counted.unit.granularity or not _is_plain(expr):
        return None
    moved = Distant(Period(counted.unit, -counted.count), expr)
    return _meaning(moved, granularity)


def _counted(match: Match) -> Period | None:
    """The distance that the first item tells, when it is counted from publication."""
    first = match.items[0]
    told = first.value.expr if isinstance(first.value, Meaning) else None
    if first.rule != "<amount> ago" or not isinstance(told, Before) or told.of != Here():
        return None
    return told.period if told.period.unit in _LONG else None


def _is_plain(expr: TimeExpr) -> bool:
    """Whether it is publication day, its neighbour, or a unit around it."""
    return isinstance(expr, Here | Before | After | This)


def _meaning(expr: TimeExpr, granularity: Granularity) -> Meaning:
    return Meaning(
        says="a day or unit at a distance from one that is named",
        expr=expr,
        granularity=granularity,
        confidence=0.93,
    )
