"""Expressions and intervals in plain English, for derivations."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import (
    After,
    Before,
    Between,
    Clock,
    Coming,
    Date,
    Distant,
    Elapsed,
    Here,
    Last,
    Leaf,
    Next,
    Nth,
    PartOf,
    Past,
    Remaining,
    This,
    TimeExpr,
    Undirected,
    Years,
)
from service.temporal.calendar_names import CALENDAR_NAMES, MONTH_NAMES
from service.temporal.calendars import GREGORIAN, weekday
from service.temporal.feasts import FEASTS
from service.temporal.interval import Day, Granularity, Interval
from service.temporal.parts import Part
from service.temporal.timex import Calendar
from service.temporal.units import Cycle, Period, Repeating, Unit, unit_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = MONTH_NAMES[Calendar.GREGORIAN]
_SEASONS = ("spring", "summer", "autumn", "winter")
_ORDINALS = (
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
LAST_NAMED = "the time last named"
_LEAVES = {
    Leaf.PUBLICATION: "publication day",
    Leaf.NAMED: LAST_NAMED,
    Leaf.PASSAGE: "publication day",
    Leaf.EVENT: "the event",
    Leaf.ACCOUNTS: "the period of the figures",
}
_SOLAR = frozenset([Calendar.SOLAR_HIJRI])
_PARTS = {
    Part.EARLY: "the early part",
    Part.MID: "the middle part",
    Part.LATE: "the late part",
    Part.LAST_DAY: "the last day",
    Part.FIRST_HALF: "the first half",
    Part.SECOND_HALF: "the second half",
    Part.MIDDAY: "midday",
}


def expression_words(expr: TimeExpr) -> str:  # noqa: C901, PLR0911, PLR0912  # one case a node
    """What the tree says: "the late part of December 2025"."""
    match expr:
        case Here(leaf):
            return _LEAVES[leaf]
        case Date():
            return _date(expr)
        case Years(unit, first, calendar):
            words = f"the {unit.value} that starts with {first}"
            return f"{words} of the Solar Hijri calendar" if calendar in _SOLAR else words
        case This() | Last() | Next() | Undirected():
            return _near(expr)
        case Distant(period, of):
            gap = replace(period, count=abs(period.count))
            side = "before" if period.count < 0 else "after"
            return f"the same unit {period_words(gap)} {side} {expression_words(of)}"
        case Before(period, of):
            return f"{_distance(period)} before {expression_words(of)}"
        case After(period, of):
            return f"{_distance(period)} after {expression_words(of)}"
        case Past(period, of):
            return f"the {period_words(period)} up to {expression_words(of)}"
        case Coming(period, of):
            return f"the {period_words(period)} from {expression_words(of)} on"
        case Nth(number, what, of):
            return f"{_nth(number)} {_unit(what)} of {expression_words(of)}"
        case PartOf(part, of):
            return f"{_PARTS.get(part, 'the ' + part.value)} of {expression_words(of)}"
        case Elapsed(of):
            return f"{expression_words(of)}, as far as it has passed"
        case Remaining(of):
            return f"what is left of {expression_words(of)}"
        case Clock():
            return f"{_clock(expr)} on {expression_words(expr.of)}"
        case Between(Nth(low, one, first_of), Nth(high, other, last_of)) if (
            one == other and first_of == last_of
        ):
            return f"{_nth(low)} to {_nth(high)} {_unit(one)} of {expression_words(first_of)}"
        case Between(first_end, last_end):
            return f"{expression_words(first_end)} to {_following(last_end, first_end)}"


def interval_words(interval: Interval) -> str:
    """The days of an interval: "Tuesday 27 January 2026", "21 to 31 December 2025"."""
    first, last = interval.first_day, interval.last_day
    if first is None or last is None:
        side = f"until {day_words(last)}" if last is not None else ""
        return side if first is None else f"from {day_words(first)} on"
    if first == last or interval.granularity <= Granularity.DAY_PART:
        return f"{WEEKDAYS[weekday(first)]} {day_words(first)}"
    start, end = GREGORIAN.from_day(first), GREGORIAN.from_day(last)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day_words(last)}"
    if start.year == end.year:
        return f"{start.day} {MONTHS[start.month - 1]} to {day_words(last)}"
    return f"{day_words(first)} to {day_words(last)}"


def day_words(day: Day) -> str:
    """A day: "27 January 2026"."""
    date = GREGORIAN.from_day(day)
    year = str(date.year) if date.year > 0 else f"{1 - date.year} BC"
    return f"{date.day} {MONTHS[date.month - 1]} {year}"


def period_words(period: Period) -> str:
    """An amount: "3 weeks"."""
    name = period.unit.value.replace("_", "-")
    plural = {"century": "centuries", "millennium": "millennia"}.get(name, f"{name}s")
    return f"{period.count} {name if period.count == 1 else plural}"


def _date(date: Date) -> str:
    names = MONTH_NAMES[date.calendar]
    year = str(date.year) if date.year > 0 else f"{1 - date.year} BC"
    if date.month is None:
        text = f"the year {year}"
    elif date.day is None:
        text = f"{names[date.month - 1]} {year}"
    else:
        text = f"{date.day} {names[date.month - 1]} {year}"
    if date.calendar is Calendar.GREGORIAN:
        return text
    return f"{text} of the {CALENDAR_NAMES[date.calendar]}"


def _near(expr: This | Last | Next | Undirected) -> str:
    of, unit = expression_words(expr.of), _unit(expr.what)
    whole = _is_whole(expr.what) and isinstance(expr.of, Here)
    match expr:
        case This():
            inside = isinstance(expr.what, Repeating)
            return f"the {unit} of {of}" if inside else f"the {unit} that holds {of}"
        case Last(including=True):
            return f"the last {unit} up to and including {of}"
        case Next(including=True):
            return f"the first {unit} from {of} on"
        case Last():
            return f"the {unit} before that of {of}" if whole else f"the last {unit} before {of}"
        case Next():
            return f"the {unit} after that of {of}" if whole else f"the first {unit} after {of}"
        case Undirected():
            return f"a {unit} near {of}"


def _is_whole(what: Unit | Repeating) -> bool:
    """Whether every day lies in one: weeks, months and years, not Mondays."""
    if isinstance(what, Unit):
        return what not in {Unit.DAY, Unit.WEEKEND}
    return what.cycle in {Cycle.WEEK, Cycle.ANY_MONTH, Cycle.YEAR}


def _following(last: TimeExpr, first: TimeExpr) -> str:
    """The last end of a range in words; one that is counted from the first end only follows it."""
    ends = {first, first.of} if isinstance(first, PartOf) else {first}
    match last:
        case PartOf(part, Next() as of) if of.of in ends:
            return f"{_PARTS.get(part, 'the ' + part.value)} of {_following(of, first)}"
        case Next(what, of, _) if of in ends:
            return f"the {_unit(what)} that follows"
        case _:
            return expression_words(last)


def _distance(period: Period) -> str:
    """A distance in words: "3 weeks", "the day"."""
    lone = period.count == 1 and period.unit is Unit.DAY
    return "the day" if lone else period_words(period)


def _unit(what: Unit | Repeating) -> str:  # noqa: C901, PLR0911  # one case a cycle
    if isinstance(what, Unit):
        return what.value.replace("_", "-")
    names = MONTH_NAMES[what.calendar]
    match what.cycle:
        case Cycle.WEEKDAY:
            return WEEKDAYS[what.number]
        case Cycle.MONTH:
            return names[what.number - 1]
        case Cycle.MONTH_DAY:
            return f"{what.day} {names[what.number - 1]}"
        case Cycle.DAY_OF_MONTH:
            return f"day {what.number} of a month"
        case Cycle.SEASON:
            name = _SEASONS[what.number]
            return f"{name} of the southern hemisphere" if what.southern else name
        case Cycle.QUARTER:
            return f"{_ORDINALS[what.number]} quarter{_fiscal(what)}"
        case Cycle.HALF_YEAR:
            return f"{_ORDINALS[what.number]} half-year{_fiscal(what)}"
        case Cycle.FISCAL_YEAR:
            return f"fiscal year from {MONTHS[what.number - 1]}"
        case Cycle.FEAST:
            return FEASTS[what.number]
        case Cycle.WEEK | Cycle.WEEKEND:
            return (
                what.cycle.value if what.calendar not in _SOLAR else f"Persian {what.cycle.value}"
            )
        case Cycle.ANY_MONTH | Cycle.YEAR:
            name = unit_of(what).value
            return f"{name} of the Solar Hijri calendar" if what.calendar in _SOLAR else name


def _fiscal(what: Repeating) -> str:
    return "" if what.starts == 1 else f" of the fiscal year from {MONTHS[what.starts - 1]}"


def _nth(number: int) -> str:
    if number == -1:
        return "the last"
    if 0 < number < len(_ORDINALS):
        return f"the {_ORDINALS[number]}"
    teens = number % 100 in range(11, 14)
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"the {number}{ending}" if number > 0 else f"number {number}, a"


def _clock(clock: Clock) -> str:
    text = f"{clock.hour:02}:{clock.minute or 0:02}"
    if clock.second is not None:
        text += f":{clock.second:02}"
    return f"{text} {clock.zone}" if clock.zone else text
