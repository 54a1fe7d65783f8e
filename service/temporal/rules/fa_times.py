"""Persian: parts of the day and clock times, alone and with their day."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import (
    After,
    Before,
    Clock,
    Here,
    Last,
    Next,
    PartOf,
    This,
    TimeExpr,
    Undirected,
)
from service.temporal.calendars import FRIDAY
from service.temporal.grammar import Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.parts import Part
from service.temporal.timex import TimexType
from service.temporal.units import Cycle, Period, Repeating, Unit

BASICS = Rulebook()
COMBINED = Rulebook()
TIMES = Rulebook()


# emshab, dishab, parishab, fardashab
@BASICS.rule("tonight", "tonight", "Daytime")
def tonight(match: Match) -> Meaning:
    """The night of publication day or of one near it."""
    return _part(Part.NIGHT, _days_away(match.number("tonight")))


# shabe gozashte, asre gozashte
@BASICS.rule("<day part> past", "daypart past", "Daytime")
def last_part(match: Match) -> Meaning:
    """The part of the day before publication."""
    return _part(Part(match.string("daypart")), _days_away(-1))


# doshanbe-shab in one word, seshanbe shabe gozashte
@BASICS.rule("<weekday night>", "unit? weekdaynight", "Daytime")
@BASICS.rule("<weekday> <day part> past", "unit? faweekday daypart (past|coming)", "Daytime")
def weekday_night(match: Match) -> Meaning | None:
    """The part of the weekday that the words or the verb decide."""
    if _says_other_unit(match):
        return None
    joined = match.has("weekdaynight")
    number = match.number("weekdaynight" if joined else "faweekday")
    what = Repeating(Cycle.WEEKDAY, number)
    part = Part.NIGHT if joined else Part(match.string("daypart"))
    if match.has("past") or match.has("coming"):
        return _part(part, (Last if match.has("past") else Next)(what))
    return _part(part, Undirected(what))


# shabe jome is the eve of Friday; that of other days is another reading
@TIMES.rule("eve of <weekday>", "daypart Weekday", "Daytime")
def eve(match: Match) -> Meaning | None:
    """The night before Friday; of any other weekday the night that it ends with."""
    day = match.meaning("Weekday").expr
    if match.string("daypart") != "night" or not isinstance(day, Undirected):
        return None
    before = PartOf(Part.NIGHT, Before(Period(Unit.DAY, 1), day))
    midnight = match.items[0].until - match.items[0].first > 1 or match.text.startswith("نیمه")
    friday = isinstance(day.what, Repeating) and day.what.number == FRIDAY and not midnight
    found = _part(Part.NIGHT, Before(Period(Unit.DAY, 1), day) if friday else day)
    other = PartOf(Part.NIGHT, day) if friday else before
    return replace(found, others=(other,), confidence=0.75)


# chaharshanbe shabe hafteye gozashte
@COMBINED.rule("<weekday> <day part> <week>", "Weekday daypart Span", "Daytime")
def part_of_weekday_of_week(match: Match) -> Meaning | None:
    """The part of the weekday of the week named."""
    span, day = match.meaning("Span"), match.meaning("Weekday").expr
    if span.granularity is not Granularity.WEEK or span.expr is None:
        return None
    if not isinstance(day, Undirected):
        return None
    return _part(Part(match.string("daypart")), This(day.what, span.expr))


# diruz sobh, doshanbe shab
@TIMES.rule("<day> <day part>", "day daypart", "Daytime")
# sobhe emruz, asre doshanbe, sobhe ruze 6 bahman
@TIMES.rule("<day part> <day>", "daypart unit? day", "Daytime")
def day_and_part(match: Match) -> Meaning | None:
    """The part of that day; dawn is its first third."""
    day = match.meaning("day")
    if day.expr is None or day.granularity is not Granularity.DAY or _says_other_unit(match):
        return None
    return _part(Part(match.string("daypart")), day.expr)


# avakhere shabe gozashte, avayele sobhe emruz
@TIMES.rule("late <day part>", "(early|late) Daytime", "Daytime")
def late_part(match: Match) -> Meaning | None:
    """The part of that day; which end of it is told by the label."""
    found = match.meaning("Daytime")
    if match.has("late") and match.string("late") == "end":
        return None
    return replace(found, mod="START" if match.has("early") else "END")


# saat 10 sobhe diruz, diruz saat 10, sobhe diruz saat 10, ruze doshanbe dar saat 10
@TIMES.rule("<clock> <day>", "Clock comma? in? unit? day", "Instant")
@TIMES.rule("<day> <clock>", "day comma? in? Clock", "Instant")
@TIMES.rule("<day part> <day> <clock>", "daypart unit? day comma? in? Clock", "Instant")
@TIMES.rule("<day> <day part> <clock>", "day daypart comma? in? Clock", "Instant")
def clock_on_day(match: Match) -> Meaning | None:
    """The time of that day."""
    found, day = match.meaning("Clock"), match.meaning("day")
    if day.expr is None or not isinstance(found.expr, Clock) or _says_other_unit(match):
        return None
    if day.granularity is not Granularity.DAY:
        return None
    part = Part(match.string("daypart")) if match.has("daypart") else None
    expr = replace(found.expr, of=day.expr, hour=_hour(found.expr.hour, part))
    return replace(found, expr=expr, confidence=0.93)


# emshab saat 9, dishab saat 23
@TIMES.rule("<night> <clock>", "Daytime comma? in? Clock", "Instant")
def clock_at_night(match: Match) -> Meaning | None:
    """The time of that part of a day; 9 at night is 21:00."""
    found, part = match.meaning("Clock"), match.meaning("Daytime").expr
    if not isinstance(part, PartOf) or not isinstance(found.expr, Clock):
        return None
    moved = replace(found.expr, of=part.of, hour=_hour(found.expr.hour, part.part))
    return replace(found, expr=moved, confidence=0.9)


def _hour(hour: int, part: Part | None) -> int:
    """The hour of the day: 9 at night is 21."""
    late = part in {Part.NIGHT, Part.EVENING, Part.AFTERNOON} and 5 <= hour < 12
    return hour + 12 if late else hour


def _says_other_unit(match: Match) -> bool:
    return any(item.value != "day" for item in match.all("unit"))


def _days_away(count: int) -> TimeExpr:
    if count == 0:
        return Here()
    shape = After if count > 0 else Before
    return shape(Period(Unit.DAY, abs(count)), Here())


def _part(part: Part, day: TimeExpr) -> Meaning:
    return Meaning(
        says="a part of a day",
        expr=PartOf(part, day),
        type=TimexType.DATE if part is Part.EARLY else TimexType.TIME,
        granularity=Granularity.DAY_PART,
        confidence=0.92,
    )
