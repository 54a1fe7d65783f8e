"""Figures beside a time: "from $10 million a year ago" is the same period, a year before."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import Before, Date, Here, Last, Leaf, Nth, This, TimeExpr
from service.temporal.calendars import GREGORIAN
from service.temporal.discourse import PUBLICATION, Discourse
from service.temporal.interval import Granularity, Interval, day_of
from service.temporal.lexicon import cues
from service.temporal.scanner import BREAK, Scan, code
from service.temporal.tagger import Timex
from service.temporal.timex import Anchor
from service.temporal.units import Cycle, Period, Repeating, Unit, neighbours

_YEAR_BEFORE = Before(Period(Unit.YEAR, 1), Here(Leaf.ACCOUNTS))
_DISTANCES = frozenset(["<amount> ago", "<amount> earlier"])
_COMPARING = frozenset(["from", "with", "than", "against", "versus", "to"])
_REACH_BACK = 5
_REACH_AHEAD = 16


def compared(timex: Timex, scan: Scan, discourse: Discourse) -> Timex:
    """The expression as the accounts mean it when figures stand beside it, else as it is."""
    period, meaning = discourse.period, timex.meaning
    if period is None or meaning.expr is None:
        return timex
    quarterly = period.interval.granularity is Granularity.QUARTER
    if timex.rule == "<year> period" and isinstance(meaning.expr, Date) and quarterly:
        expr = Nth(1, Repeating(Cycle.QUARTER, _quarter(period.interval)), meaning.expr)
        return _with(timex, expr, Granularity.QUARTER)
    last_year = quarterly and meaning.expr == Last(Unit.YEAR)
    if (last_year or _is_year_ago(timex)) and _beside_figures(timex, scan, last_year=last_year):
        return _with(timex, _YEAR_BEFORE, Granularity.YEAR)
    return timex


def accounts_anchor(tree: TimeExpr, today: Interval, discourse: Discourse) -> Anchor:
    """The period of the accounts; for "the latest quarter" the last one over, if none was named."""
    quarter = isinstance(tree, This) and tree.what is Unit.QUARTER
    period = discourse.quarter if quarter else discourse.period
    if period is not None and (not quarter or _is_over(period.interval, today)):
        return period
    return Anchor(PUBLICATION, neighbours(Unit.QUARTER, today)[0] if quarter else today)


def _is_over(period: Interval, today: Interval) -> bool:
    """Whether it is a quarter that accounts can tell of."""
    return period.granularity is Granularity.QUARTER and period.bounds[1] <= today.bounds[1]


def _is_year_ago(timex: Timex) -> bool:
    expr = timex.meaning.expr
    return (
        timex.rule in _DISTANCES
        and isinstance(expr, Before)
        and expr.period == Period(Unit.YEAR, 1)
    )


def _beside_figures(timex: Timex, scan: Scan, *, last_year: bool) -> bool:
    """Whether an amount of money stands just before, or after a comparison that opens a clause."""
    ends = code("dot") + code("stop") + code(BREAK)
    before = range(timex.first - 1, max(timex.first - 1 - _REACH_BACK, -1), -1)
    for index in before:
        if scan.codes[index] in ends:
            break
        if _is_figure(scan, index) or _is_compared(scan, index):
            return True
    opens = timex.first == 0 or scan.codes[timex.first - 1] in ends
    if last_year or not (opens or scan.word(timex.first - 1) in {"from", "than", "with", "the"}):
        return False
    after = range(timex.until, min(timex.until + _REACH_AHEAD, len(scan.codes)))
    return not opens or any(_is_figure(scan, index) for index in after)


def _is_figure(scan: Scan, index: int) -> bool:
    word = scan.word(index)
    return word[:1] in "$€£¥#%" or word[-1:] == "%" or cues("en").has("figures", word)


def _is_compared(scan: Scan, index: int) -> bool:
    """Whether it is a number that another one is compared with: "from 30,203 a year ago"."""
    return scan.word(index)[:1].isdigit() and scan.word(index - 1) in _COMPARING


def _quarter(interval: Interval) -> int:
    return (GREGORIAN.from_day(day_of(interval.bounds[0])).month + 2) // 3


def _with(timex: Timex, expr: TimeExpr, granularity: Granularity) -> Timex:
    return replace(timex, meaning=replace(timex.meaning, expr=expr, granularity=granularity))
