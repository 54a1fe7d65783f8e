"""Dates in digits, for any language: ISO, day/month/year in either order, years."""

from __future__ import annotations

import re

from service.temporal.algebra import Between, Clock, Date, TimeExpr
from service.temporal.calendars import GREGORIAN
from service.temporal.grammar import Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.timex import TimexType

_NUMBERED = frozenset(["version", "release", "build", "firmware", "v", "section", "clause"])
BASICS = Rulebook()

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt](\d\d):(\d\d)(?::(\d\d))?)?(?:[.,]\d+)?([Zz]|[+-]\d\d:?\d\d)?"
)
_PARTS = re.compile(r"(\d+)[/.-](\d+)[/.-](\d+)")
_PIVOT = 70


# 2026-01-27, 2026-01-27T10:00:00Z; not 2026-13-45
@BASICS.rule("<iso date>", "iso", "Day")
def iso_date(match: Match) -> Meaning | None:
    """The day, or the clock time when there is one; None for a day that does not exist."""
    found = _ISO.fullmatch(match.string("iso"))
    if found is None:
        return None
    year, month, day = (int(found[index]) for index in (1, 2, 3))
    if not _exists(year, month, day):
        return None
    date = Date(year, month, day)
    if found[4] is None:
        return Meaning(says="a date in ISO order", expr=date, confidence=0.99)
    return _instant(date, found)


# 2026-01; 2009-10 may be two years; not 2026-13
@BASICS.rule("<iso month>", "isomonth", "MonthOf")
def iso_month(match: Match) -> Meaning:
    """The month, or the two years where the second number is the next year."""
    year, _, month = match.string("isomonth").partition("-")
    expr = Date(int(year), int(month))
    if int(month) == (int(year) + 1) % 100:  # "in 2009-10" is a season or a school year
        years = Between(Date(int(year)), Date(int(year) + 1))
        return Meaning(
            says="two years, the second one short",
            expr=years,
            others=(expr,),
            granularity=Granularity.YEAR,
            confidence=0.75,
        )
    return Meaning(
        says="a month in ISO order", expr=expr, granularity=Granularity.MONTH, confidence=0.9
    )


# 27/01/2026, 1/27/26, 27.1.2026, 2026/1/27; not 35/14/2026
@BASICS.rule("<d/m/y or m/d/y>", "numeric", "Day")
def numeric_date(match: Match) -> Meaning | None:
    """Both orders where both exist: as the text's other dates, else with slashes month first."""
    written = match.string("numeric")
    found = _PARTS.fullmatch(written)
    if found is None or match.before() in _NUMBERED:
        return None
    month_first = "/" in written and match.scan.day_first <= 0
    return _in_order(_readings(found, month_first=month_first), match)


def _in_order(readings: tuple[TimeExpr, ...], match: Match) -> Meaning | None:
    if not readings:
        return None
    return Meaning(
        says="a date in digits",
        expr=readings[0],
        others=readings[1:],
        confidence=0.95 if len(readings) == 1 else 0.85 if match.scan.day_first else 0.65,
    )


# 05 / 05 / 2010, as a tokeniser has cut it
@BASICS.rule("<d / m / y>", "(n12|n31) slash (n12|n31) slash year", "Day")
def cut_date(match: Match) -> Meaning | None:
    """As the same date without spaces."""
    found = _PARTS.fullmatch("/".join(str(match.items[index].value) for index in (0, 2, 4)))
    if found is None:
        return None
    return _in_order(_readings(found, month_first=match.scan.day_first <= 0), match)


# 2025, 1404; latent: counts only in the slot of a year
@BASICS.rule("<year>", "year", "Year")
def year(match: Match) -> Meaning:
    """The year, when something around it makes it one; written in words it is one."""
    token = match.items[0]
    return Meaning(
        says="a year",
        expr=Date(match.number("year")),
        granularity=Granularity.YEAR,
        latent=token.until - token.first == 1,
        confidence=0.98,
    )


def full_year(written: str) -> int:
    """A year of two digits as the one from 1970 to 2069; others as they stand."""
    number = int(written)
    if len(written) != 2:
        return number
    return number + (1900 if number >= _PIVOT else 2000)


def _readings(found: re.Match[str], *, month_first: bool) -> tuple[TimeExpr, ...]:
    first, second, third = found.groups()
    if len(first) == 4:
        orders = [(first, second, third)]
    elif len(first) == 3 or len(third) == 3:
        return ()
    else:
        orders = [(third, second, first), (third, first, second)]
        if month_first:
            orders.reverse()
    dates = [(full_year(each[0]), int(each[1]), int(each[2])) for each in orders]
    return tuple(dict.fromkeys(Date(*each) for each in dates if _exists(*each)))


def _instant(date: Date, found: re.Match[str]) -> Meaning | None:
    hour, minute = int(found[4]), int(found[5])
    second = int(found[6]) if found[6] else None
    if hour > 23 or minute > 59 or (second or 0) > 59:
        return None
    return Meaning(
        says="an instant in ISO order",
        expr=Clock(date, hour, minute, second, zone=found[7]),
        type=TimexType.TIME,
        granularity=Granularity.MINUTE if second is None else Granularity.SECOND,
        confidence=0.99,
    )


def _exists(year: int, month: int, day: int) -> bool:
    if not year >= 1 or not 1 <= month <= 12:
        return False
    return 1 <= day <= GREGORIAN.month_length(year, month)
