"""English: what stands in a list and shares its year, unit or hundred with the end of the list."""

from __future__ import annotations

import re

from service.temporal.algebra import Date, Here, Leaf, Nth, This, Years
from service.temporal.calendars import GREGORIAN
from service.temporal.grammar import Match, Meaning, Rulebook, codes_of
from service.temporal.interval import Granularity
from service.temporal.units import Unit

BASICS = Rulebook()

_DECEMBER = 12
_LAST_DAY = 31
_REACH = 60
_HIGHEST = 21
_LONGEST = 12
"""Members of a list that are looked through; without it a list takes the square of its length."""


def _class(*names: str) -> str:
    return f"[{re.escape(''.join(codes_of(name) for name in names))}]"


_MONTH, _MDAY, _NTH, _THE = (_class(each) for each in ("monthname", "mday", "nth", "the"))
_COMMA, _YEAR, _OF = _class("comma"), _class("year"), _class("of")
_LAST_LINK = f"{_COMMA}?{_class('and', 'or', 'slash')}"
_DAY = f"(?:{_MONTH}{_THE}?{_MDAY}|{_THE}?{_MDAY}{_OF}?{_MONTH})"
_DAY_BEFORE = re.compile(f"{_DAY}|{_class('on')}{_THE}{_class('ord')}")
_TO_YEAR = f"{_class('comma', 'of', 'in')}?{_YEAR}"
_MONTHS_ON = re.compile(f"(?:{_COMMA}{_MONTH}){{0,{_LONGEST}}}{_LAST_LINK}{_MONTH}{_TO_YEAR}")
_DAYS_ON = re.compile(f"(?:{_COMMA}{_DAY}){{0,{_LONGEST}}}{_LAST_LINK}{_DAY}{_TO_YEAR}")
_CENTURIES_ON = re.compile(
    f"(?:{_COMMA}{_THE}?{_NTH}){{0,{_LONGEST}}}{_COMMA}?{_class('and', 'or', 'slash')}{_THE}?"
    f"{_class('early', 'mid', 'late')}?{_class('hyphen')}?{_NTH}{_class('hyphen')}?"
    f"{_class('unit', 'units')}{_class('era')}?"
)


# June and July 2019, March, May and June 2019, Jan/Feb 2019; not "June and July"
@BASICS.rule("<month> of a list", "monthname", "MonthOf")
def listed_month(match: Match) -> Meaning | None:
    """The month of the year that stands at the end of the list."""
    month = match.number("monthname")
    year = _shared_year(match, _MONTHS_ON, month)
    if year is None:
        return None
    return _meaning(Date(year, month), Granularity.MONTH, "a month that shares its year")


# March 5 and April 6, 2019, 5 March and 6 April 2019; not "March 5 and April 6"
@BASICS.rule("<month> <day> of a list", "monthname the? mday|the? mday of? monthname", "Day")
def listed_day(match: Match) -> Meaning | None:
    """The day of the year that stands at the end of the list."""
    month, day = match.number("monthname"), match.number("mday")
    year = _shared_year(match, _DAYS_ON, month)
    if year is None or not 1 <= day <= GREGORIAN.month_length(year, month):
        return None
    return _meaning(Date(year, month, day), Granularity.DAY, "a day that shares its year")


# the 17th and 18th centuries, late 19th and early 20th centuries; not "the 17th and 18th floors"
@BASICS.rule("<nth> of centuries", "the? nth", "Span")
@BASICS.rule("<nth> centuries", "the? nth hyphen? units era?", "Span")
def listed_century(match: Match) -> Meaning | None:
    """A century that shares the word with the last one of the list."""
    until = match.items[-1].until
    if match.has("units"):
        last = range(match.items[0].first, until)
    else:
        found = _CENTURIES_ON.match(match.scan.codes, until)
        if found is None:
            return None
        last = range(until, found.end())
    number, values = match.number("nth"), [match.scan.values[at] for at in last]
    if "century" not in values or not 1 <= number <= _HIGHEST:
        return None
    before_christ = match.scan.codes[last[-1]] in codes_of("era") and values[-1] == -1
    first = -number * 100 + 1 if before_christ else (number - 1) * 100 + 1
    return _meaning(Years(Unit.CENTURY, first), Granularity.CENTURY, "a century of a list")


# on the 29th we rest. The 30th, we go; not "The 5th, and last, lap"
@BASICS.rule("the <nth> again", "the ord", "MonthDay")
def day_again(match: Match) -> Meaning | None:
    """A day of the month last named, at the start of a sentence among others that count days."""
    number, after = match.number("ord"), match.scan.word(match.items[-1].until + 1)
    opens = match.before() in {".", "\n"} and match.after() == "," and after not in {"and", "or"}
    if not opens or not 1 <= number <= _LAST_DAY or not _counts_days(match):
        return None
    expr = Nth(number, Unit.DAY, This(Unit.MONTH, Here(Leaf.NAMED)))
    return Meaning(says="a day of the month last named", expr=expr, confidence=0.7)


def _counts_days(match: Match) -> bool:
    """Whether a day of a month was named not far before: "the fifth of May", "on the 29th"."""
    first = match.items[0].first
    return _DAY_BEFORE.search(match.scan.codes, max(first - _REACH, 0), first) is not None


def _shared_year(match: Match, beyond: re.Pattern[str], month: int) -> int | None:
    """The year at the end of the list that goes on after the match; December stays before it."""
    until = match.items[-1].until
    found = beyond.match(match.scan.codes, until)
    if found is None:
        return None
    year = match.scan.values[found.end() - 1]
    months = [
        match.scan.values[at]
        for at in range(until, found.end())
        if match.scan.codes[at] in codes_of("monthname")
    ]
    following = months[0]
    if not isinstance(year, int) or not isinstance(following, int):
        return None
    if month == _DECEMBER and following == 1:
        return year - 1
    return year if month <= following else None


def _meaning(expr: Date | Years, granularity: Granularity, says: str) -> Meaning:
    return Meaning(says=says, expr=expr, granularity=granularity, confidence=0.93)
