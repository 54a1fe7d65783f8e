"""Persian: years of accounts and of schools."""

from __future__ import annotations

from service.temporal.algebra import Between, Date, Last, Next, This, TimeExpr
from service.temporal.grammar import Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.rules.fa_days import YEAR
from service.temporal.rules.fa_numbers import SOLAR, SOLAR_YEARS
from service.temporal.timex import Calendar
from service.temporal.units import Cycle, Repeating

BASICS = Rulebook()

_MEHR = Repeating(Cycle.MONTH, 7, calendar=SOLAR)
_SHAHRIVAR = Repeating(Cycle.MONTH, 6, calendar=SOLAR)


# sale maliye 1404, sale talimiye 1403; not "gozareshe maliye 1404"
@BASICS.rule("fiscal <year>", "unit fiscal (year|YearWord)", "YearOf")
def fiscal_year(match: Match) -> Meaning | None:
    """The year of its calendar, since Iran's budget runs with it; less sure."""
    number = match.items[2].value
    if match.string("unit") != "year" or not isinstance(number, int):
        return None
    calendar = SOLAR if number in SOLAR_YEARS else Calendar.GREGORIAN
    return _year(Date(number, calendar=calendar), 0.75)


# sale maliye gozashte, sale maliye jari
@BASICS.rule("fiscal year past", "unit fiscal (past|ago|coming|current)", "Span")
def near_fiscal_year(match: Match) -> Meaning | None:
    """The Solar Hijri year of publication, or its neighbour."""
    if match.string("unit") != "year":
        return None
    back = match.has("past") or match.has("ago")
    shape = Last if back else Next if match.has("coming") else This
    return _year(shape(YEAR), 0.75)


# sale tahsiliye 1404-1405, sale tahsiliye 1405-1404, sale tahsiliye 1404
@BASICS.rule("school <year>", "unit school year ((dash|longdash|slash|to|and) year)?", "Range")
def school_year(match: Match) -> Meaning | None:
    """From 1 Mehr to the end of Shahrivar of the next year, as Iran's schools count.

    Source: rules of schools of Iran's ministry of education, on the school year.
    """
    years = sorted(item.value for item in match.all("year") if isinstance(item.value, int))
    joined = len(years) == 1 or years[0] + 1 == years[1]
    if match.string("unit") != "year" or not joined or years[0] not in SOLAR_YEARS:
        return None
    first = Date(years[0], 7, calendar=SOLAR)
    return _school(first, Date(years[0] + 1, 6, calendar=SOLAR))


# sale tahsiliye jari, sale tahsiliye gozashte; not "sale tahsiliye jadid"
@BASICS.rule("school year past", "unit school (past|ago|coming|current)", "Range")
def near_school_year(match: Match) -> Meaning | None:
    """The one that holds publication, or its neighbour."""
    if match.string("unit") != "year":
        return None
    first: TimeExpr = Last(_MEHR, including=True)
    if match.has("past") or match.has("ago"):
        first = Last(_MEHR, first)
    elif match.has("coming"):
        first = Next(_MEHR, first)
    return _school(first, Next(_SHAHRIVAR, first))


def _year(expr: TimeExpr, confidence: float) -> Meaning:
    return Meaning(
        says="a year of accounts", expr=expr, granularity=Granularity.YEAR, confidence=confidence
    )


def _school(first: TimeExpr, last: TimeExpr) -> Meaning:
    return Meaning(
        says="a school year",
        expr=Between(first, last),
        granularity=Granularity.MONTH,
        confidence=0.8,
    )
