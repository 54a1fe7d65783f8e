"""English: lengths in several units or in letters ("2h"), and those that start at a time named."""

from __future__ import annotations

import re
from dataclasses import replace

from service.temporal.algebra import After, Between, Clock, Coming, TimeExpr
from service.temporal.grammar import SETS, Amount, Match, Meaning, Rulebook, codes_of
from service.temporal.timex import TimexType
from service.temporal.timex3 import duration_text
from service.temporal.units import Period, Unit, is_clock

COUNTS = Rulebook()
BASICS = Rulebook()
STARTED = Rulebook()

SETS["begins"] = ("starting", "begin")
_WHOLE = re.compile(r"P(T?)(\d+)([A-Z]+)")
_CLOCKED = {"H": Unit.HOUR, "M": Unit.MINUTE, "S": Unit.SECOND}
_DATED = {"D": Unit.DAY, "W": Unit.WEEK, "M": Unit.MONTH, "Y": Unit.YEAR}
_LARGEST_FIRST = (
    Unit.YEAR, Unit.MONTH, Unit.WEEK, Unit.DAY, Unit.HOUR, Unit.MINUTE, Unit.SECOND,
)  # fmt: skip
_HOURS = re.compile(r"PT(?:(\d+(?:\.\d+)?)H)?(?:(\d+)M)?")


# 3h, 45min, 10yrs; not "4H", "3D", "at 17h"
@COUNTS.rule("<n><unit>", "shortamount", "Amount")
def short_amount(match: Match) -> Amount | None:
    """The unit counted, both written in one."""
    if match.before() == "at":
        return None
    count, unit = match.string("shortamount").split()
    return Amount(Unit(unit), count)


# two hours and thirty minutes, 2 years, 1 month and 21 days; not "two days and 3 weeks"
@BASICS.rule(
    "<amount> and <amount>", "Measure? Amount comma? and? Amount (comma? and? Amount)?", "Duration"
)
def several_units(match: Match) -> Meaning | None:
    """One length told in several units, the larger ones first."""
    amounts = tuple(each.value for each in match.all("Amount") if isinstance(each.value, Amount))
    units = [each.unit for each in amounts]
    if any(each not in _LARGEST_FIRST for each in units):
        return None
    places = [_LARGEST_FIRST.index(each) for each in units]
    if places != sorted(set(places)) or not all(each.count.isdigit() for each in amounts):
        return None
    return Meaning(
        says="an amount of time",
        type=TimexType.DURATION,
        value=_written(amounts),
        mod=match.string("Measure") if match.has("Measure") else None,
        granularity=units[-1].granularity,
        confidence=0.88,
    )


# three days starting next Monday, two weeks beginning 20 May; not "three days from Monday"
@STARTED.rule("<amount> starting <day>", "Duration comma? begins (on|from)? (day|Instant)", "Span")
@STARTED.rule("for <amount> from <day>", "Duration comma? from day", "Span")
def starting(match: Match) -> Meaning | None:
    """The stretch of that length whose first day is the one named."""
    period, day = _period(match.meaning("Duration")), match.find("day") or match.find("Instant")
    begins = _is_beginning(match) if match.has("begins") else match.before() == "for"
    if period is None or is_clock(period.unit) or not begins:
        return None
    if day is None or not isinstance(day.value, Meaning) or day.value.expr is None:
        return None
    return Meaning(
        says="a stretch that starts on a day named",
        expr=Coming(period, day.value.expr),
        granularity=period.unit.granularity,
        confidence=0.85,
    )


# the week starting February 4, the week commencing 4 May, the month beginning on 1 June
@STARTED.rule("<unit> starting <day>", "unit begins (on|from)? day", "Span")
@STARTED.rule("the <unit> starting <day>", "TheUnit begins (on|from)? day", "Span")
def unit_starting(match: Match) -> Meaning | None:
    """The seven days, or the month, from the day named on."""
    day = match.meaning("day")
    item = match.find("unit")
    unit = Unit(str(item.value)) if item is not None else _unit_under_way(match)
    if unit not in {Unit.WEEK, Unit.MONTH, Unit.FORTNIGHT} or day.expr is None:
        return None
    if not _is_beginning(match):
        return None
    return Meaning(
        says=f"a {unit.value} that starts on a day named",
        expr=Coming(Period(unit, 1), day.expr),
        granularity=unit.granularity,
        confidence=0.88,
    )


# for two hours from 2 p.m., 90 minutes starting at noon on Friday; not "two hours from London"
@STARTED.rule("<amount> from <clock>", "Duration comma? (from|begins) at? (Clock|Instant)", "Hours")
@STARTED.rule(
    "<day> from <clock> for <amount>", "day comma? (from|at)? Clock for Duration", "Hours"
)
@STARTED.rule("from <clock> for <amount>", "from? (Clock|Instant) for Duration", "Hours")
def clock_stretch(match: Match) -> Meaning | None:
    """From the time named to as much later."""
    minutes = _minutes(match.meaning("Duration"))
    start = match.find("Clock") or match.find("Instant")
    if start is None or not isinstance(start.value, Meaning) or not minutes:
        return None
    if start.value.latent or not isinstance(start.value.expr, Clock):
        return None
    clock, day = start.value.expr, match.find("day")
    if day is not None:
        whole = day.value.expr if isinstance(day.value, Meaning) else None
        if whole is None or start.code in codes_of("Instant"):
            return None
        clock = replace(clock, of=whole)
    end: TimeExpr = After(Period(Unit.MINUTE, minutes), clock)
    return replace(start.value, says="a stretch of the day", expr=Between(clock, end))


def _period(duration: Meaning) -> Period | None:
    """The amount of a length in one unit; None for those that nobody counted."""
    found = _WHOLE.fullmatch(duration.value or "")
    if found is None:
        return None
    unit = (_CLOCKED if found[1] else _DATED).get(found[3])
    return None if unit is None else Period(unit, int(found[2]))


def _minutes(duration: Meaning) -> int:
    """The whole minutes of a length in hours and minutes; 0 for any other."""
    found = _HOURS.fullmatch(duration.value or "")
    return 0 if found is None else round(float(found[1] or 0) * 60) + int(found[2] or 0)


def _unit_under_way(match: Match) -> Unit | None:
    expr = match.meaning("TheUnit").expr
    what = getattr(expr, "what", None)
    return what if isinstance(what, Unit) else None


def _is_beginning(match: Match) -> bool:
    """Whether the word is "starting" or "beginning", not "start"."""
    word = match.find("begins")
    return word is not None and match.scan.word(word.first) in {
        "starting", "beginning", "commencing",
    }  # fmt: skip


def _written(amounts: tuple[Amount, ...]) -> str:
    """P2Y1M21D, P1DT2H: the units of the day behind a T."""
    dated = "".join(
        duration_text(each.unit, each.count)[1:] for each in amounts if not is_clock(each.unit)
    )
    clocked = "".join(
        duration_text(each.unit, each.count)[2:] for each in amounts if is_clock(each.unit)
    )
    return f"P{dated}T{clocked}" if clocked else f"P{dated}"
