"""Persian: parts of the day and clock times, alone and with their day."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import After, Before, Clock, Here, PartOf, TimeExpr
from service.temporal.grammar import Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.parts import Part
from service.temporal.timex import TimexType
from service.temporal.units import Period, Unit

BASICS = Rulebook()
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


# saat 10 sobhe diruz, diruz saat 10, sobhe diruz saat 10, ruze doshanbe dar saat 10
@TIMES.rule("<clock> <day>", "Clock comma? in? unit? day", "Instant")
@TIMES.rule("<day> <clock>", "day comma? in? Clock", "Instant")
@TIMES.rule("<day part> <day> <clock>", "daypart unit? day comma? in? Clock", "Instant")
def clock_on_day(match: Match) -> Meaning | None:
    """The time of that day."""
    found, day = match.meaning("Clock"), match.meaning("day")
    if day.expr is None or not isinstance(found.expr, Clock) or _says_other_unit(match):
        return None
    if day.granularity is not Granularity.DAY:
        return None
    return replace(found, expr=replace(found.expr, of=day.expr), confidence=0.93)


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
