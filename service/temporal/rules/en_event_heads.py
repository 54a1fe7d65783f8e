"""English: words of time beside an event: amounts, units, weekdays, parts of days, its edges."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from service.temporal.algebra import (
    After,
    Before,
    Coming,
    Last,
    Next,
    PartOf,
    Past,
    This,
    TimeExpr,
)
from service.temporal.grammar import Meaning, codes_of
from service.temporal.interval import Granularity
from service.temporal.lexicon import Value
from service.temporal.parts import DAY_PART_CODES, Part
from service.temporal.rules.en_event_joints import (
    END,
    EVENT,
    INTO,
    OF,
    ONE_DAY,
    SOME_DAY,
    START,
    Head,
    Joint,
    distant,
    uncounted,
    within,
)
from service.temporal.scanner import Scan
from service.temporal.tagger import Timex
from service.temporal.timex import TimexType
from service.temporal.timex3 import duration_text
from service.temporal.units import Cycle, Period, Repeating, Unit

_SATURDAY, _SUNDAY = (Repeating(Cycle.WEEKDAY, number) for number in (5, 6))
_VAGUE = 0.75
_LABELS = {
    Unit.WEEK: "XXXX-WXX", Unit.MONTH: "XXXX-XX", Unit.YEAR: "XXXX", Unit.WEEKEND: "XXXX-WXX-WE",
}  # fmt: skip
_SEASONS = ("SP", "SU", "FA", "WI")
_AMOUNT = re.compile(r"P(T?)(\d+(?:\.\d+)?|X)([A-Z]+)")
_UNITS = {
    "D": Unit.DAY, "W": Unit.WEEK, "M": Unit.MONTH, "Q": Unit.QUARTER, "Y": Unit.YEAR,
    "DE": Unit.DECADE, "CE": Unit.CENTURY, "TH": Unit.HOUR, "TM": Unit.MINUTE, "TS": Unit.SECOND,
}  # fmt: skip
_HALVES = {Unit.YEAR: (Unit.MONTH, 12), Unit.DECADE: (Unit.YEAR, 10), Unit.DAY: (Unit.HOUR, 24)}
# "It took two days before it was out": so long they waited.
_WAITED = frozenset(["was", "took", "takes", "take", "be", "is", "been"])
_OTHER_DAYS = frozenset(["trading", "business", "working"])
_DEFINITE = frozenset(["the", "that"])
_INDEFINITE = frozenset(["a", "an"])
_OPENING = frozenset(["first", "early", "opening"])
_CLOSING = frozenset(["last", "final", "closing", "dying"])
_ADJECTIVES = _OPENING | _CLOSING | {"very", "next", "same", "full"}
_STARTS = frozenset(["start", "beginning", "outset", "onset", "outbreak"])
_ENDS = frozenset(["end", "close", "conclusion"])


_EDGES = _STARTS | _ENDS | {"eve", "time", "moment"}
HeadReader: TypeAlias = Callable[[Joint], "Head | None"]
"""Reads the words of time before a joint; None when they say nothing with it."""


def head_reader(scan: Scan, at: int) -> HeadReader | None:
    """How the word before the joint is read; None when it is no word of time."""
    if at == 0:
        return None
    if scan.codes[at] == OF and scan.word(at - 1) in _EDGES:
        return _edge_head
    return _readers().get(scan.codes[at - 1])


def head_classes() -> str:
    """The classes of the words that may stand before a joint."""
    return "".join(_readers())


# two days after the verdict, three months into the siege, within two days of the quake
def counted_head(joint: Joint, told: Timex) -> Head | None:
    """The unit at that distance from the event, or the stretch of that length beside it."""
    period = _period(told)
    scan, before = joint.scan, joint.scan.word(told.first - 1)
    if told.meaning.implies is not None or period is None:
        return None
    if joint.is_before and before in _WAITED:
        return None
    if _OTHER_DAYS & {*scan.words[told.first : told.until]}:
        period = replace(period, approximate=True)
    first = told.first
    if before == "within":
        expr: TimeExpr = within(joint, period)
        first -= 1
    elif joint.code == OF:
        return None
    elif before == "for" or scan.word(first) == "the":
        expr = Coming(period, START) if joint.code == INTO else joint.beside(period)
    elif joint.code == INTO:
        expr = distant(After, period, START, counted=_is_counted(told))
    else:
        shape, edge = (Before, START) if joint.is_before else (After, END)
        expr = distant(shape, period, edge, counted=_is_counted(told))
    meaning = replace(
        told.meaning,
        expr=expr,
        granularity=period.unit.granularity,
        confidence=joint.event.confidence,
    )
    rule = f"<amount> {scan.word(joint.at)} <event>"
    return Head(first, meaning, rule, label_from=told.first)


def _is_counted(told: Timex) -> bool:
    return "X" not in (told.meaning.value or "")


# hours before the ceremony, days after he resigned, the first weeks of the war
def _units_head(joint: Joint) -> Head | None:
    """Units that nobody counted: at some distance, or the stretch beside the event."""
    scan, at = joint.scan, joint.at - 1
    unit = Unit(str(scan.values[at]))
    period = uncounted(unit)
    first, before = at, scan.word(at - 1)
    named = before in _OPENING | _CLOSING
    known = scan.word(at - 1 - named) == "the"
    if before == "within":
        first, expr = at - 1, within(joint, period)
    elif joint.code == OF:
        if not named:
            return None
        expr = Coming(period, START) if before in _OPENING else Past(period, END)
    elif joint.code == INTO:
        expr = distant(After, period, START, counted=False)
    elif named or known:
        expr = joint.beside(period)
    else:
        shape, edge = (Before, START) if joint.is_before else (After, END)
        expr = distant(shape, period, edge, counted=False)
    first -= named + known
    meaning = Meaning(
        says="units beside an event",
        expr=expr,
        type=TimexType.DURATION,
        value=duration_text(unit, "X"),
        granularity=unit.granularity,
        confidence=round(joint.event.confidence * _VAGUE, 3),
    )
    return Head(first, meaning, f"<units> {scan.word(joint.at)} <event>")


# the day after the attack, a week before the election, the year of the crash
def _unit_head(joint: Joint) -> Head | None:
    """One unit, the next one to the event or the one that holds it."""
    scan, at = joint.scan, joint.at - 1
    unit = Unit(str(scan.values[at]))
    first, before = at - 1, scan.word(at - 1)
    number = scan.values[first] if scan.codes[first] in codes_of("nth") else None
    if before in _ADJECTIVES or number is not None:
        first -= 1
    lead = scan.word(first)
    period = Period(unit, 1)
    if joint.code == INTO:
        expr: TimeExpr | None = After(period, START) if lead in _INDEFINITE else None
    elif joint.code == OF:
        expr = _held(unit, before, number) if lead in _DEFINITE else None
    elif lead in _INDEFINITE and scan.word(first - 1) != "half":
        expr = joint.away(period)
    elif lead in _DEFINITE:
        expr = _next_to(joint, unit, number)
    else:
        expr = None
    if expr is None:
        return None
    counted = lead in _INDEFINITE
    return _named_unit(joint, expr, unit, first=first, counted=counted)


def _next_to(joint: Joint, unit: Unit, number: Value | None) -> TimeExpr | None:
    """The day, or the stretch of one unit, beside the event; its third day."""
    if unit is Unit.DAY:
        return joint.away(Period(unit, number if isinstance(number, int) else 1))
    return joint.beside(Period(unit, 1)) if number in {None, 1} else None


def _held(unit: Unit, before: str, number: Value | None) -> TimeExpr:
    """The unit of an event: its third, its last, or the one that holds it."""
    if isinstance(number, int) and number > 1:
        return After(Period(unit, number - 1), START)
    if before in _OPENING:
        return This(unit, START) if unit is Unit.DAY else Coming(Period(unit, 1), START)
    if before in _CLOSING:
        return This(unit, END) if unit is Unit.DAY else Past(Period(unit, 1), END)
    return This(unit, EVENT)


def _named_unit(joint: Joint, expr: TimeExpr, unit: Unit, *, first: int, counted: bool) -> Head:
    label = duration_text(unit, "1") if counted else _LABELS.get(unit, SOME_DAY)
    meaning = Meaning(
        says="a unit beside an event",
        expr=expr,
        type=TimexType.DURATION if counted else TimexType.DATE,
        value=label,
        granularity=unit.granularity,
        confidence=round(joint.event.confidence * _VAGUE, 3),
    )
    return Head(first, meaning, f"<unit> {joint.scan.word(joint.at)} <event>")


# the Tuesday before the ballot, the weekend after the final, the summer before the war
def _cycle_head(joint: Joint) -> Head | None:
    """The weekday, weekend or season next to the event."""
    scan, at = joint.scan, joint.at - 1
    if scan.word(at - 1) not in _DEFINITE or joint.code == INTO:
        return None
    what, value, granularity = _cycle(scan, at)
    if joint.code == OF:
        expr: TimeExpr = This(what, EVENT)
    elif what is Unit.WEEKEND:
        edge = Last(_SUNDAY, START) if joint.is_before else Next(_SATURDAY, END)
        expr = This(what, edge)
    else:
        expr = Last(what, START) if joint.is_before else Next(what, END)
    meaning = Meaning(
        says="a day beside an event",
        expr=expr,
        value=value,
        granularity=granularity,
        confidence=joint.event.confidence,
    )
    return Head(at - 1, meaning, f"<weekday> {scan.word(joint.at)} <event>")


def _cycle(scan: Scan, at: int) -> tuple[Unit | Repeating, str, Granularity]:
    """What comes round there, its label and how fine it is."""
    number = scan.values[at]
    if not isinstance(number, int):
        return Unit.WEEKEND, _LABELS[Unit.WEEKEND], Granularity.WEEKEND
    if scan.codes[at] in codes_of("season"):
        label = f"XXXX-{_SEASONS[number]}"
        return Repeating(Cycle.SEASON, number), label, Granularity.SEASON
    return Repeating(Cycle.WEEKDAY, number), f"XXXX-WXX-{number + 1}", Granularity.DAY


# the morning of the crash, the night before the match
def _part_head(joint: Joint) -> Head | None:
    """The part of the event's day, or of the day next to it."""
    scan, at = joint.scan, joint.at - 1
    if scan.word(at - 1) not in _DEFINITE or joint.code == INTO:
        return None
    part = Part(str(scan.values[at]))
    day: TimeExpr = EVENT if joint.code == OF else joint.away(ONE_DAY)
    meaning = Meaning(
        says="a part of a day beside an event",
        expr=PartOf(part, day),
        type=TimexType.TIME,
        value=f"{SOME_DAY}T{DAY_PART_CODES[part]}",
        granularity=Granularity.DAY_PART,
        confidence=joint.event.confidence,
    )
    return Head(at - 1, meaning, f"<part of day> {scan.word(joint.at)} <event>")


# the eve of the vote, the time of the attack, the start of the trial; not "the end of the day"
def _edge_head(joint: Joint) -> Head | None:
    """The day before the event, its own time, its start or its end."""
    scan, at = joint.scan, joint.at - 1
    word = scan.word(at)
    if word == "eve":
        expr: TimeExpr = Before(ONE_DAY, START)
    elif word in {"time", "moment"}:
        expr = EVENT
    else:
        expr = START if word in _STARTS else END
    definite = scan.word(at - 1) == "the"
    if not definite and word != "eve":
        return None
    meaning = Meaning(
        says="a time of an event",
        expr=expr,
        value=SOME_DAY,
        confidence=joint.event.confidence,
    )
    return Head(at - definite, meaning, f"{word} of <event>", labelled=False)


@cache
def _readers() -> dict[str, HeadReader]:
    classes = {
        "units": _units_head,
        "unit": _unit_head,
        "dayname": _cycle_head,
        "weekend": _cycle_head,
        "season": _cycle_head,
        "daypart": _part_head,
    }
    return {code: reader for name, reader in classes.items() for code in codes_of(name)}


def _period(told: Timex) -> Period | None:
    """The amount of a duration; of one that nobody counted the most that it can mean."""
    found = _AMOUNT.fullmatch(told.meaning.value or "")
    unit = None if found is None else _UNITS.get(found[1] + found[3])
    if found is None or unit is None:
        return None
    if found[2] == "X":
        return uncounted(unit)
    count = float(found[2])
    if not count.is_integer():
        unit, times = _HALVES.get(unit, (unit, 1))
        count *= times
    return Period(unit, max(int(count), 1), approximate=told.meaning.mod is not None)
