"""Expressions that wait for an event: how they are answered, and where they lie once it has a day.

An event that happened at one moment, of which only the day or the month is known, moves what is
told from it between two bounds; one that lasted is left at its end and reached at its start.
"""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import Here, Leaf, TimeExpr
from service.temporal.describe import expression_words
from service.temporal.evaluation import evaluate
from service.temporal.interval import Interval, Point, instant
from service.temporal.scanner import Scan
from service.temporal.tagger import Timex
from service.temporal.timex import Relation, Resolution, Span, Step, Unbound

EVENT = Here(Leaf.EVENT)
"""The event itself, the leaf of every unbound tree."""

_RELATIONS = {
    "since": Relation.SINCE,
    "until": Relation.UNTIL,
    "till": Relation.UNTIL,
    "before": Relation.BEFORE,
    "prior": Relation.BEFORE,
    "ahead": Relation.BEFORE,
    "after": Relation.AFTER,
    "following": Relation.AFTER,
    "by": Relation.BY,
}


def bind(expr: TimeExpr, event: Interval, *, lasting: bool = False) -> Interval:
    """Where `expr`, a tree over the event, lies when the event is known to `event`.

    With `lasting` the event filled that interval: "after" counts from its last second, "before"
    from its first. Else it was at some moment inside, and the answer holds every day that is
    possible; a side that is open stays open. Raises UnresolvableError when the tree has no place,
    or needs a side that is open.

    >>> from service.temporal.algebra import After
    >>> from service.temporal.interval import Day, days
    >>> from service.temporal.edtf import interval_edtf
    >>> from service.temporal.units import Period, Unit
    >>> two_days_after = After(Period(Unit.DAY, 2), EVENT)
    >>> interval_edtf(bind(two_days_after, days(Day(20480), Day(20480))))  # 27 January 2026
    '2026-01-29'
    >>> interval_edtf(bind(two_days_after, days(Day(20480), Day(20482))))
    '2026-01-29/2026-01-31'
    """
    if expr == EVENT or lasting:
        return evaluate(expr, event)
    first = None if event.start is None else evaluate(expr, instant(event.start))
    last = None if event.end is None else evaluate(expr, instant(Point(event.end - 1)))
    return _hull(first, last)


def _hull(first: Interval | None, last: Interval | None) -> Interval:
    """From the start of the one to the end of the other; a missing one leaves its side open."""
    if first is None or last is None:
        known = first or last
        if known is None:
            raise ValueError("an interval needs a start or an end")
        return replace(known, end=None) if last is None else replace(known, start=None)
    return replace(last, start=first.start, granularity=max(first.granularity, last.granularity))


def unbound(timex: Timex, scan: Scan) -> Resolution:
    """The answer for an expression that waits: a tree, the words that name its event, no interval.

    Raises ValueError for one that waits for nothing.
    """
    expr, event = timex.meaning.expr, timex.event
    if expr is None or event is None:
        raise ValueError(f"'{timex.rule}' waits for no event")
    text, named = _text(timex.span, scan), _span(event, scan)
    waits = Unbound(expr, named, _text(named, scan), timex.parts[0].span if timex.parts else None)
    meaning = timex.meaning
    return Resolution(
        span=timex.span,
        text=text,
        type=meaning.type,
        value=meaning.value or "",
        mod=meaning.mod,
        relation=_relation(timex, scan),
        granularity=meaning.granularity,
        confidence=meaning.confidence,
        derivation=(
            Step("event", f"it is told from '{waits.text}', an event whose day the words lack"),
            Step(
                timex.rule,
                f"'{text}' is read as {expression_words(expr)}, and waits for its day",
            ),
        ),
        unbound=waits,
    )


def _relation(timex: Timex, scan: Scan) -> Relation | None:
    """The bound of the word before the span, or of the one that opens it, where no other tells."""
    alone = timex.meaning.expr == EVENT and not timex.parts
    at = timex.first if alone else timex.first - 1
    if scan.word(at) == "the":
        at -= 1
    return _RELATIONS.get(scan.word(at))


def _span(tokens: tuple[int, int], scan: Scan) -> Span:
    return Span(scan.starts[tokens[0]], scan.ends[tokens[1] - 1])


def _text(span: Span, scan: Scan) -> str:
    return scan.text[span.start : span.end]
