"""The TIMEX3 label of a decided expression: value and mod of the whole unit it speaks of."""

from __future__ import annotations

import re

from service.temporal.algebra import (
    After,
    Before,
    Between,
    Clock,
    Coming,
    Elapsed,
    Last,
    Next,
    Nth,
    PartOf,
    Past,
    Remaining,
    This,
    TimeExpr,
)
from service.temporal.evaluation import evaluate
from service.temporal.interval import SECONDS_A_DAY, Day, Interval, days
from service.temporal.parts import MODS, is_day_part
from service.temporal.timex import Calendar
from service.temporal.timex3 import day_part_value, days_text, value_text
from service.temporal.trees import calendar_of, is_southern
from service.temporal.units import Cycle, Repeating, Unit

_GREENWICH = frozenset(["GMT", "UTC", "Z"])
_TURNED = {"SP": "FA", "SU": "WI", "FA": "SP", "WI": "SU"}
_OFFSET = re.compile(r"[+-]\d\d:?\d\d")


def value_and_mod(  # noqa: PLR0911  # one case a node
    expr: TimeExpr, anchor: Interval, place: Interval | None = None
) -> tuple[str, str | None]:
    """The label: "late December" is 2025-12 with END, "Tuesday morning" 2026-01-27TMO."""
    match expr:
        case PartOf(part, of) if is_day_part(part):
            return day_part_value(evaluate(of, anchor), part), None
        case PartOf(part, of) if part in MODS:
            value, mod = value_and_mod(of, anchor)
            return value, MODS[part] or mod
        case Elapsed(Between()):
            return value_text(evaluate(expr, anchor)), None
        case Elapsed(of) | Remaining(of):
            return value_and_mod(of, anchor)
        case Between(first, last):
            return _joined(first, last, anchor), None
        case Clock():
            return _clock_value(expr, anchor), None
        case _:
            found = place or evaluate(expr, anchor)
            label = (days_text if _has_own_weeks(expr) else value_text)(found)
            return _by_name(label) if is_southern(expr) else label, None


def _by_name(label: str) -> str:
    """A season's label by its name, as TIMEX3 has it: a southern summer is SU in any months."""
    return f"{label[:-2]}{_TURNED[label[-2:]]}" if label[-2:] in _TURNED else label


def _has_own_weeks(expr: TimeExpr) -> bool:
    """Whether the tree is a week or weekend that is none of ISO 8601."""
    match expr:
        case This(Repeating(cycle)) | Last(Repeating(cycle)) | Next(Repeating(cycle)):
            return cycle in {Cycle.WEEK, Cycle.WEEKEND}
        case Nth(_, Unit.WEEK, of):
            return calendar_of(of) is not Calendar.GREGORIAN
        case Coming() | Past():
            return True
        case Before(period) | After(period):
            weekly = period.unit in {Unit.WEEK, Unit.FORTNIGHT, Unit.WEEKEND}
            return weekly and period.calendar is Calendar.SOLAR_HIJRI
        case _:
            return False


def _joined(first: TimeExpr, last: TimeExpr, anchor: Interval) -> str:
    """The labels of both ends: 2025/2026; one that is a stretch itself gives its own end."""
    start = value_and_mod(first, anchor)[0].partition("/")[0]
    end = value_and_mod(last, anchor)[0].rpartition("/")[2]
    return start if start == end else f"{start}/{end}"


def _clock_value(clock: Clock, anchor: Interval) -> str:
    """The day the text names with the wall clock; midnight at its end is T24:00."""
    whole = evaluate(clock.of, anchor)
    day = Day(whole.bounds[0] // SECONDS_A_DAY)
    text = f"{value_text(days(day, day))}T{clock.hour:02}:{clock.minute or 0:02}"
    seconds = "" if clock.second is None else f":{clock.second:02}"
    return f"{text}{seconds}{_zone_label(clock.zone)}"


def _zone_label(zone: str | None) -> str:
    """Z for Greenwich and an offset as written (ISO 8601); TIMEX3 leaves out names such as ET."""
    if zone is None:
        return ""
    if zone.upper() in _GREENWICH:
        return "Z"
    return zone if _OFFSET.fullmatch(zone) else ""
