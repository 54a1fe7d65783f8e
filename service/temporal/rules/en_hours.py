"""English: stretches of clock time ("from 3 to 5 p.m."), hours in words, both with a day."""

from __future__ import annotations

import re
from dataclasses import replace

from service.temporal.algebra import After, Between, Clock, Here, PartOf, TimeExpr
from service.temporal.grammar import SETS, Item, Match, Meaning, Rulebook, codes_of
from service.temporal.interval import Granularity
from service.temporal.parts import Part
from service.temporal.rules.en_times import day_of
from service.temporal.timex import TimexType
from service.temporal.units import Period, Unit

WORDS = Rulebook()
HOURS = Rulebook()
HOURS_OF_DAY = Rulebook()

SETS["hourend"] = ("Clock", "n12", "big")
SETS["hourword"] = ("Clock", "n12", "one", "teen")
SETS["dayplace"] = ("day", "Daytime")
_ENDS = codes_of("hourend")
_HALF_DAY = re.compile(r"[ap]\.?\s?m", re.IGNORECASE)
_DOTTED = re.compile(r"(1?\d)\.([0-5]\d)")
_NOON = 12
_TODAY = Here()
_QUARTER, _HALF, _HOUR = 15, 30, 60
_AFTER_NOON = frozenset([Part.AFTERNOON, Part.EVENING, Part.NIGHT])
_AFTER_HOURS = frozenset(["and", "at", "in", "for", "with", "when", "but", "on", "before", "after"])


# half past seven, quarter to five, ten past eight; not "a quarter to a half"
@WORDS.rule("half past <n>", "half past (n12|one|teen) oclock?", "Clock")
@WORDS.rule("quarter past <n>", "a? quarter (past|to) (n12|one|teen) oclock?", "Clock")
@WORDS.rule("<n> past <n>", "(n12|n31|one|teen|tens) past (n12|one|teen) oclock", "Clock")
def spoken_clock(match: Match) -> Meaning | None:
    """The time of day; which half of the day nobody says."""
    hour = next(item.value for item in reversed(match.items) if isinstance(item.value, int))
    if not 1 <= hour <= _NOON:
        return None
    minutes = _HALF if match.has("half") else _QUARTER
    if not match.has("half") and not match.has("quarter"):
        minutes = int(str(match.items[0].value))
    if match.has("to") and not match.has("past"):
        hour, minutes = hour - 1, _HOUR - minutes
    if not 0 < minutes < _HOUR:
        return None
    return Meaning(
        says="a time of day in words",
        expr=Clock(_TODAY, hour, minutes),
        type=TimexType.TIME,
        granularity=Granularity.MINUTE,
        confidence=0.6,
    )


# 5-6 p.m., from 3 to 5:30 p.m., between 10 a.m. and noon; not "won 5-6", "pages 3 to 5"
@HOURS.rule("<hour>-<clock>", "from? hourend (hyphen|to|until|through) Clock", "Hours")
@HOURS.rule("between <hour> and <clock>", "between hourend and Clock", "Hours")
def hours(match: Match) -> Meaning | None:
    """From the one time to the other; an hour without a.m. takes the half day of the other."""
    first, last = (item for item in match.items if item.code in _ENDS)
    low, high = _clock_of(first), _clock_of(last)
    if high is None or (low is None and not match.items[-1].rule):
        return None
    stated = _HALF_DAY.search(match.scan.written(last.first)) is not None
    led = match.has("from") or match.has("between")
    if low is None:
        low = _plain_hour(first)
        if not stated or low is None:
            return None
        low = _same_half(low, high)
    elif _HALF_DAY.search(match.scan.written(first.first)) is None and stated:
        low = _same_half(low, high)
    elif not stated and not led and _is_latent(first):
        return None
    if _minute_of(high) < _minute_of(low):  # "from 10 p.m. to 6 a.m." ends on the next day
        high = replace(high, of=After(Period(Unit.DAY, 1), high.of))
    expr = Between(low, high)
    return Meaning(
        says="a stretch of the day",
        expr=expr,
        type=TimexType.TIME,
        granularity=Granularity.MINUTE,
        confidence=0.85,
        ends=(_end(first, low), _end(last, high)),
    )


# Tuesday from 7 to 9:30, tomorrow between ten and eleven, this evening from 7 to 8, from 10:30 to 3
# on Friday; not "rose Tuesday from 7 to 9 percent"
@HOURS_OF_DAY.rule(
    "<day> from <hour> to <hour>",
    "((day|Daytime) comma? (in the)? daypart?) comma? (from|between)"
    " hourword (hyphen|to|until|through|and) hourword",
    "Hours",
)
@HOURS_OF_DAY.rule(
    "between <hour> and <hour> <day>",
    "(from|between) hourword (hyphen|to|until|through|and) hourword"
    " comma? (on|in the)? (day daypart?|Daytime|daypart)",
    "Hours",
)
def bare_hours_of_day(match: Match) -> Meaning | None:
    """The stretch of that day between two hours whose half of the day nobody may have said."""
    first, last = match.all("hourword")
    low, high = _hour(first), _hour(last)
    if low is None or high is None or _is_quantity(match, first, last):
        return None
    day = day_of(match)
    if day is None:
        return None
    low, high = _in_order(low, high, _late(match, day), match)
    whole = day.of if isinstance(day, PartOf) else day
    ends = (replace(low, of=whole), replace(high, of=whole))
    return Meaning(
        says="a stretch of the day",
        expr=Between(*ends),
        type=TimexType.TIME,
        granularity=Granularity.MINUTE,
        confidence=0.6,
        ends=(_end(first, ends[0]), _end(last, ends[1])),
    )


# between 9 and 10:30, from 9 to 10:30; not "from 9 to 10 people"
@HOURS_OF_DAY.rule(
    "from <hour> to <hh:mm>", "(from|between) n12 (hyphen|to|until|and) Clock", "Hours"
)
def plain_hours(match: Match) -> Meaning | None:
    """The stretch, of which only the last end is written as a time."""
    first, last = match.items[1], match.items[3]
    low, high = _hour(first), _hour(last)
    if low is None or high is None or high.minute is None or low.hour > high.hour:
        return None
    return Meaning(
        says="a stretch of the day",
        expr=Between(low, high),
        type=TimexType.TIME,
        granularity=Granularity.MINUTE,
        confidence=0.6,
        ends=(_end(first, low), _end(last, high)),
    )


# Tuesday from 2:00 to 2:30 pm, 1-3 pm on Monday, tomorrow 5-6 p.m., this evening from 7 to 7:30 pm
@HOURS_OF_DAY.rule("<day> <hours>", "(day|Daytime) comma? (at|on|in)? Hours", "Hours")
@HOURS_OF_DAY.rule("<day> <day part> <hours>", "day daypart comma? (at|on|in)? Hours", "Hours")
@HOURS_OF_DAY.rule("<hours> <day>", "Hours comma? on? (day|Daytime)", "Hours")
def hours_of_day(match: Match) -> Meaning | None:
    """The stretch of that day."""
    found, day = match.meaning("Hours"), match.find("day") or match.find("Daytime")
    if day is None or not isinstance(day.value, Meaning) or day.value.expr is None:
        return None
    if day.value.granularity > Granularity.DAY or not isinstance(found.expr, Between):
        return None
    if not isinstance(found.expr.first, Clock) or found.expr.first.of != _TODAY:
        return None
    whole = day.value.expr.of if isinstance(day.value.expr, PartOf) else day.value.expr
    expr = Between(_of(found.expr.first, whole), _of(found.expr.last, whole))
    ends = tuple(
        item._replace(value=replace(item.value, expr=_of(item.value.expr, whole)))
        for item in found.ends
        if isinstance(item.value, Meaning) and item.value.expr is not None
    )
    return replace(found, expr=expr, ends=ends, confidence=0.9)


def _plain_hour(item: Item) -> Clock | None:
    """The time that digits alone say: "9", "9.30"."""
    if isinstance(item.value, int):
        return Clock(_TODAY, item.value)
    found = _DOTTED.fullmatch(str(item.value))
    return Clock(_TODAY, int(found[1]), int(found[2])) if found is not None else None


def _clock_of(item: Item) -> Clock | None:
    value = item.value
    found = value.expr if isinstance(value, Meaning) else None
    return found if isinstance(found, Clock) else None


def _is_latent(item: Item) -> bool:
    return isinstance(item.value, Meaning) and item.value.latent


def _before(hour: int, last: int) -> int:
    """The hour in the half day of the last one, or in the one before: 5-6 p.m., 11 to 1 p.m."""
    late = hour % _NOON + (_NOON if last >= _NOON else 0)
    return late if late <= last else hour % _NOON if last >= _NOON else hour % _NOON + _NOON


def _same_half(low: Clock, high: Clock) -> Clock:
    """The first time in the half day of the last one unless it would come after it."""
    if low.hour > _NOON:
        return low
    moved = replace(low, hour=_before(low.hour, high.hour))
    if _minute_of(moved) < _minute_of(high):
        return moved
    return replace(low, hour=low.hour % _NOON)


def _minute_of(clock: Clock) -> int:
    return clock.hour * _HOUR + (clock.minute or 0)


def _hour(item: Item) -> Clock | None:
    """The time that an hour in digits, in words or with its minutes says."""
    if isinstance(item.value, int):
        return Clock(_TODAY, item.value) if 1 <= item.value <= _NOON else None
    found = _clock_of(item)
    return found if found is not None and found.of == _TODAY else None


def _is_quantity(match: Match, first: Item, last: Item) -> bool:
    """Whether the two numbers may be no hours: "fell Tuesday from 9 to 7 percent"."""
    told = any(isinstance(item.value, Meaning) for item in (first, last))
    after = match.after()
    if after.isdigit() or (after.isalpha() and after not in _AFTER_HOURS and not told):
        return True
    behind = match.items[-1].code not in _ENDS and match.items[-1] is not last
    return behind and not told and not (match.has("Daytime") or match.has("daypart"))


def _late(match: Match, day: TimeExpr) -> bool:
    """Whether the text names a half of the day after noon."""
    if isinstance(day, PartOf):
        return day.part in _AFTER_NOON
    return match.has("daypart") and Part(match.string("daypart")) in _AFTER_NOON


def _in_order(low: Clock, high: Clock, late: bool, match: Match) -> tuple[Clock, Clock]:  # noqa: FBT001  # one fact of the match
    """Both in the half of the day that is named; else the last one after the first one."""
    stated = [_HALF_DAY.search(match.scan.written(each.first)) for each in match.all("hourword")]
    if late:
        low = low if stated[0] else _after_noon(low)
        high = high if stated[1] else _after_noon(high)
    if _minute_of(high) <= _minute_of(low) and not stated[1]:
        high = _after_noon(high)
    return low, high


def _after_noon(clock: Clock) -> Clock:
    return replace(clock, hour=clock.hour + _NOON) if clock.hour < _NOON else clock


def _of(expr: TimeExpr, day: TimeExpr) -> TimeExpr:
    """The time on that day, or on the next one where the stretch passes midnight."""
    if not isinstance(expr, Clock):
        return expr
    return replace(expr, of=replace(expr.of, of=day) if isinstance(expr.of, After) else day)


def _end(item: Item, clock: Clock) -> Item:
    value = item.value
    if not isinstance(value, Meaning):
        value = Meaning(says="an hour", type=TimexType.TIME, granularity=Granularity.HOUR)
    return item._replace(value=replace(value, expr=clock, latent=False))
