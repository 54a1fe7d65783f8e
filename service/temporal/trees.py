"""Walking and changing expression trees, which stay as they are: every change makes a new one."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeGuard

from service.temporal.algebra import (
    After,
    Before,
    Between,
    Coming,
    Date,
    Here,
    Last,
    Next,
    Nth,
    Past,
    This,
    TimeExpr,
    Undirected,
    Years,
)
from service.temporal.timex import Calendar
from service.temporal.units import Cycle, Repeating, Unit, is_clock, unit_of

_LEAVES = (Here, Date, Years)
_OF_WEEKS = frozenset([Unit.DAY, Unit.WEEK, Unit.FORTNIGHT, Unit.WEEKEND])


def branches(expr: TimeExpr) -> tuple[TimeExpr, ...]:
    """What the top of the tree is built on; empty for a leaf."""
    if isinstance(expr, Between):
        return expr.first, expr.last
    return () if isinstance(expr, _LEAVES) else (expr.of,)


def leaves(expr: TimeExpr) -> tuple[TimeExpr, ...]:
    """The leaves of the tree, from left to right."""
    while not isinstance(expr, _LEAVES):
        if isinstance(expr, Between):
            return leaves(expr.first) + leaves(expr.last)
        expr = expr.of
    return (expr,)


def undirected(expr: TimeExpr) -> Undirected | None:
    """The first part of the tree that tense must decide, or None."""
    while not isinstance(expr, _LEAVES):
        if isinstance(expr, Undirected):
            return expr
        if isinstance(expr, Between):
            return undirected(expr.first) or undirected(expr.last)
        expr = expr.of
    return None


def calendar_of(expr: TimeExpr) -> Calendar:
    """The calendar that the words name by a month, a year or an era; days and weeks name none."""
    match expr:
        case Between(first, last):
            found = calendar_of(first)
            return calendar_of(last) if found is Calendar.GREGORIAN else found
        case Date() | Years():
            return expr.calendar
        case This() | Last() | Next() | Undirected() | Nth():
            own = _counted_in(expr.what)
        case Before() | After() | Past() | Coming():
            own = Calendar.GREGORIAN if _is_timeless(expr.period.unit) else expr.period.calendar
        case Here():
            return Calendar.GREGORIAN
        case _:
            return calendar_of(expr.of)
    return calendar_of(expr.of) if own is Calendar.GREGORIAN else own


def _is_timeless(unit: Unit) -> bool:
    """Whether a unit is the same in every calendar, the day on which weeks begin aside."""
    return unit in _OF_WEEKS or is_clock(unit)


def _counted_in(what: Unit | Repeating) -> Calendar:
    if isinstance(what, Unit) or unit_of(what) in {Unit.WEEK, Unit.WEEKEND}:
        return Calendar.GREGORIAN
    return what.calendar


def in_calendar(expr: TimeExpr, calendar: Calendar) -> TimeExpr:
    """The tree with its bare years and decades, their seasons and quarters in that calendar."""
    match expr:
        case Between(first, last):
            return Between(in_calendar(first, calendar), in_calendar(last, calendar))
        case Date() | Years() if _may_count(expr, calendar):
            return replace(expr, calendar=calendar)
        case Here() | Date() | Years():
            return expr
        case Nth(number, Repeating() as what, of):
            return Nth(number, replace(what, calendar=calendar), in_calendar(of, calendar))
        case Nth(number, Unit.MONTH, of) if calendar is not Calendar.GREGORIAN:
            month = Repeating(Cycle.ANY_MONTH, 0, 0, calendar)
            return Nth(number, month, in_calendar(of, calendar))
        case _:
            return replace(expr, of=in_calendar(expr.of, calendar))


def _may_count(expr: Date | Years, calendar: Calendar) -> bool:
    """Whether a year, a decade or a day of ours may be one of that calendar."""
    if isinstance(expr, Years):
        return expr.unit is Unit.DECADE
    return expr.month is None or _shares_months(expr.calendar, calendar)


def _shares_months(one: Calendar, other: Calendar) -> bool:
    """Whether a day keeps its name in the other calendar, as ours do in the Buddhist Era."""
    return one is Calendar.GREGORIAN and other is Calendar.BUDDHIST


def repeating_in(expr: TimeExpr) -> tuple[Repeating, ...]:
    """The units that come round which the tree names, from its top down."""
    found: list[Repeating] = []
    while not isinstance(expr, _LEAVES):
        if isinstance(expr, Between):
            return (*found, *repeating_in(expr.first), *repeating_in(expr.last))
        what = getattr(expr, "what", None)
        if isinstance(what, Repeating):
            found.append(what)
        expr = expr.of
    return tuple(found)


def is_seasonal(expr: TimeExpr) -> bool:
    """Whether a season of our calendar is in the tree."""
    return any(is_season(what) for what in repeating_in(expr))


def in_south(expr: TimeExpr) -> TimeExpr:
    """The tree with its seasons as the southern hemisphere has them."""
    match expr:
        case Between(first, last):
            return Between(in_south(first), in_south(last))
        case Here() | Date() | Years():
            return expr
        case This() | Last() | Next() | Undirected() | Nth() if is_season(expr.what):
            return replace(expr, what=replace(expr.what, southern=True), of=in_south(expr.of))
        case _:
            return replace(expr, of=in_south(expr.of))


def is_southern(expr: TimeExpr) -> bool:
    """Whether the unit at the top of the tree is a season of the southern hemisphere."""
    what = getattr(expr, "what", None)
    return is_season(what) and what.southern


def is_season(what: Unit | Repeating | None) -> TypeGuard[Repeating]:
    """Whether it is a season by name; those of the Solar Hijri year are its quarters."""
    if not isinstance(what, Repeating) or what.cycle is not Cycle.SEASON:
        return False
    return what.calendar is Calendar.GREGORIAN


def substituted(expr: TimeExpr, old: TimeExpr, new: TimeExpr) -> TimeExpr:
    """The tree with every `old` in it replaced by `new`."""
    if expr == old:
        return new
    match expr:
        case Between(first, last):
            return Between(substituted(first, old, new), substituted(last, old, new))
        case Here() | Date() | Years():
            return expr
        case _:
            return replace(expr, of=substituted(expr.of, old, new))
