"""Walking and changing expression trees, which stay as they are: every change makes a new one."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import Between, Date, Here, Nth, TimeExpr, Undirected, Years
from service.temporal.timex import Calendar
from service.temporal.units import Repeating


def branches(expr: TimeExpr) -> tuple[TimeExpr, ...]:
    """What the top of the tree is built on; empty for a leaf."""
    match expr:
        case Between(first, last):
            return first, last
        case Here() | Date() | Years():
            return ()
        case _:
            return (expr.of,)


def leaves(expr: TimeExpr) -> tuple[TimeExpr, ...]:
    """The leaves of the tree, from left to right."""
    below = branches(expr)
    return tuple(leaf for branch in below for leaf in leaves(branch)) if below else (expr,)


def undirected(expr: TimeExpr) -> Undirected | None:
    """The first part of the tree that tense must decide, or None."""
    if isinstance(expr, Undirected):
        return expr
    found = (undirected(branch) for branch in branches(expr))
    return next((each for each in found if each is not None), None)


def in_calendar(expr: TimeExpr, calendar: Calendar) -> TimeExpr:
    """The tree with its bare years, and the seasons and quarters of them, in that calendar."""
    match expr:
        case Between(first, last):
            return Between(in_calendar(first, calendar), in_calendar(last, calendar))
        case Date(month=None):
            return replace(expr, calendar=calendar)
        case Here() | Date() | Years():
            return expr
        case Nth(number, Repeating() as what, of):
            return Nth(number, replace(what, calendar=calendar), in_calendar(of, calendar))
        case _:
            return replace(expr, of=in_calendar(expr.of, calendar))


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
