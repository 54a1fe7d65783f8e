"""A tree that waits for its event as JSON: `op` names the node, `of` what it is built on."""

from __future__ import annotations

from service.documents.jsontext import Json, JsonObject
from service.temporal.algebra import (
    After,
    Before,
    Between,
    Coming,
    Here,
    Last,
    Next,
    PartOf,
    Past,
    This,
    TimeExpr,
)
from service.temporal.units import Period, Repeating, Unit

OPERATORS = (
    "event", "this", "last", "next", "before", "after", "past", "coming", "part", "between",
)  # fmt: skip
"""Nodes of a tree, by their names in lower case; `event` is the leaf that waits."""


def tree_document(expr: TimeExpr) -> JsonObject:
    """The tree of an unbound expression, "two days after" as {op: after, count: 2, unit: day, of}.

    Weekdays count from 1 (Monday) as in ISO 8601, seasons from 1 (spring). Raises ValueError for a
    node that no tree over an event has.
    """
    match expr:
        case Here():
            return {"op": "event"}
        case This(what, of) | Last(what, of) | Next(what, of):
            return {"op": _name(expr), **_unit(what), "of": tree_document(of)}
        case Before(period, of) | After(period, of) | Past(period, of) | Coming(period, of):
            return {"op": _name(expr), **_amount(period), "of": tree_document(of)}
        case PartOf(part, of):
            return {"op": "part", "part": part.value, "of": tree_document(of)}
        case Between(first, last):
            return {"op": "between", "first": tree_document(first), "last": tree_document(last)}
        case _:
            raise ValueError(f"{expr} is told from no event")


def _name(expr: TimeExpr) -> str:
    return type(expr).__name__.lower()


def _amount(period: Period) -> dict[str, Json]:
    amount: dict[str, Json] = {"count": period.count, "unit": period.unit.value}
    return amount | {"approximate": True} if period.approximate else amount


def _unit(what: Unit | Repeating) -> dict[str, Json]:
    if isinstance(what, Unit):
        return {"unit": what.value}
    return {"unit": what.cycle.value, "number": what.number + 1}
