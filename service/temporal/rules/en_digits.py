"""English: days of a month in digits ("5/12", "Sunday 31")."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import Between, Date, Last, Next, This, TimeExpr, Undirected
from service.temporal.calendars import GREGORIAN
from service.temporal.grammar import Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.units import Cycle, Repeating

BASICS = Rulebook()

_LEAP_YEAR = 2000
_TWELVE = 12
_BEFORE_SLASHED = frozenset(
    ["on", "by", "until", "till", "since", "from", "before", "after", "due", "dated", "through"]
)
# "Sunday 31 at noon"; a noun would be counted: "Sunday 31 people".
_AFTER_DAY = frozenset(["at", "from", "between", "and", "for", "in", "to", "until"])


# on 11/20, from 10/1, due 4/15; month first unless it cannot be; not "11/20 of the votes"
@BASICS.rule("<month>/<day>", "plainday slash plainday", "MonthDay")
def slashed_day(match: Match) -> Meaning | None:
    """The one that tense decides; only after a word that takes a day."""
    orders = _orders(match)
    if match.before() not in _BEFORE_SLASHED or not orders:
        return None
    trees = [Undirected(each) for each in orders]
    sure = 0.8 if len(orders) == 1 else 0.6
    others: tuple[TimeExpr, ...] = tuple(trees[1:])
    return Meaning(says="a day in digits", expr=trees[0], others=others, confidence=sure)


# Friday 5/12, Friday, 5/12; not "Friday 11/20 of the votes"
@BASICS.rule(
    "<weekday> <month>/<day>",
    "(next|last|this)? dayname comma? plainday slash plainday",
    "MonthDay",
)
def slashed_weekday(match: Match) -> Meaning | None:
    """The day that is such a weekday."""
    orders = [replace(each, weekday=match.number("dayname")) for each in _orders(match)]
    if not orders:
        return None
    others: tuple[TimeExpr, ...] = tuple(Undirected(each) for each in orders[1:])
    sure = 0.85 if len(orders) == 1 else 0.7
    return Meaning(
        says="a day in digits", expr=Undirected(orders[0]), others=others, confidence=sure
    )


# from 10/1 to 11/7, 5/1-5/7, 2020; not "1/2-3/4 of an inch"
@BASICS.rule(
    "<month>/<day> to <month>/<day>",
    "(from|between)? plainday slash plainday (to|through|until|and)"
    " plainday slash plainday (comma? year)?",
    "Range",
)
def slashed_range(match: Match) -> Meaning | None:
    """From the one day to the other; only after "from" or "between" or with a year."""
    one, two, three, four = match.all("plainday")
    led = match.has("from") or match.has("between")
    if not led and not match.has("year"):
        return None
    for order in ((0, 1), (1, 0)):
        ends = [
            _month_day((first, last)[order[0]].value, (first, last)[order[1]].value)
            for first, last in ((one, two), (three, four))
        ]
        if ends[0] is not None and ends[1] is not None:
            return _days(ends[0], ends[1], match)
    return None


# next 5/12, last 11/20, this 5/12; not "the last 11/20 of it"
@BASICS.rule("next <month>/<day>", "(next|last|this) plainday slash plainday", "Day")
def directed_slashed(match: Match) -> Meaning | None:
    """The day before or after publication, or the one of this year."""
    orders = _orders(match)
    if not orders or match.before() == "the":
        return None
    shape = Next if match.has("next") else Last if match.has("last") else This
    return Meaning(says="a day in digits", expr=shape(orders[0]), confidence=0.75)


# Jan/3; not "may/3"
@BASICS.rule("<month name>/<day>", "(month|monthshort) slash plainday", "MonthDay")
def named_slashed(match: Match) -> Meaning | None:
    """The one that tense decides."""
    month, day = match.items[0].value, match.number("plainday")
    if not isinstance(month, int) or match.after() in {"/", "-"}:
        return None
    if not 1 <= day <= GREGORIAN.month_length(_LEAP_YEAR, month):
        return None
    expr = Undirected(Repeating(Cycle.MONTH_DAY, month, day))
    return Meaning(says="a day without a year", expr=expr, confidence=0.85)


# in 05/2020, since 5/2020; not "the 05/2020 model"
@BASICS.rule("<month>/<year>", "n12 slash year", "MonthOf")
def slashed_month(match: Match) -> Meaning | None:
    """The month; only after a word that takes one."""
    if match.before() not in _BEFORE_SLASHED | {"in", "of", "to"} or match.after() in {"/", "-"}:
        return None
    expr = Date(match.number("year"), match.number("n12"))
    return Meaning(
        says="a month in digits", expr=expr, granularity=Granularity.MONTH, confidence=0.85
    )


# two Fridays ago; not "two Fridays a month"
@BASICS.rule("<n> <weekdays> ago", "(one|n12) weekdays ago", "DayRef")
def weekdays_ago(match: Match) -> Meaning:
    """That many of the weekday back from publication."""
    what, count = Repeating(Cycle.WEEKDAY, match.number("weekdays")), match.items[0].value
    expr: TimeExpr = Last(what)
    for _ in range(int(str(count)) - 1):
        expr = Last(what, expr)
    return Meaning(says="so many of the weekday back", expr=expr, confidence=0.85)


# on Tuesday week, by Friday week; not "the Monday week was short"
@BASICS.rule("<weekday> week", "weekday unit", "DayRef")
def weekday_week(match: Match) -> Meaning | None:
    """A week after the next such weekday, as the British say."""
    if match.string("unit") != "week" or match.before() not in {"on", "by", "until", "till"}:
        return None
    if match.after()[:1].isalnum():
        return None
    what = Repeating(Cycle.WEEKDAY, match.number("weekday"))
    return Meaning(says="a week after the next one", expr=Next(what, Next(what)), confidence=0.8)


# Sunday 31, Monday 21 at noon; not "Sunday 31 people died", "Friday 5"
@BASICS.rule("<weekday> <n>", "dayname (n31|n12)", "MonthDay")
def weekday_number(match: Match) -> Meaning | None:
    """The day of a month that is such a weekday; only where nothing is counted."""
    number, after = match.items[-1].value, match.after()
    if not isinstance(number, int) or (after[:1].isalnum() and after not in _AFTER_DAY):
        return None
    low = number <= _TWELVE or after in {"-", "–", "/", ":"}
    if low or after == "to" or match.before() in {"beat", "won", "lost"}:
        return None
    repeating = Repeating(Cycle.DAY_OF_MONTH, number, weekday=match.number("dayname"))
    return Meaning(says="a day of a month", expr=Undirected(repeating), confidence=0.75)


def _days(first: Repeating, last: Repeating, match: Match) -> Meaning:
    start: TimeExpr = Undirected(first)
    end: TimeExpr = Next(last, start)
    if match.has("year"):
        year = match.number("year")
        earlier = (first.number, first.day) > (last.number, last.day)
        start = Date(year - earlier, first.number, first.day)
        end = Date(year, last.number, last.day)
    expr = Between(start, end)
    return Meaning(says="a stretch of days in digits", expr=expr, confidence=0.75)


def _month_day(month: object, day: object) -> Repeating | None:
    if not isinstance(month, int) or not isinstance(day, int) or not 1 <= month <= _TWELVE:
        return None
    fits = 1 <= day <= GREGORIAN.month_length(_LEAP_YEAR, month)
    return Repeating(Cycle.MONTH_DAY, month, day) if fits else None


def _orders(match: Match) -> list[Repeating]:
    """The days that the two numbers may be, month first unless the text's dates say otherwise."""
    first, second = (item.value for item in match.all("plainday"))
    if match.after() in {"of", "/", "-", "years"}:
        return []
    if not isinstance(first, int) or not isinstance(second, int):
        return []
    orders = [(first, second), (second, first)]
    if match.scan.day_first > 0:
        orders.reverse()
    return [
        Repeating(Cycle.MONTH_DAY, month, day)
        for month, day in dict.fromkeys(orders)
        if month <= _TWELVE and 1 <= day <= GREGORIAN.month_length(_LEAP_YEAR, month)
    ]
