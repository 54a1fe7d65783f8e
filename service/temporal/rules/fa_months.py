"""Persian: weeks, months, seasons, quarters, years, decades, centuries."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import (
    Date,
    Here,
    Last,
    Leaf,
    Next,
    Nth,
    This,
    TimeExpr,
    Undirected,
    Years,
)
from service.temporal.grammar import Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.lexicon import cues
from service.temporal.rules.fa_days import ANY_MONTH, WEEK, YEAR, in_year
from service.temporal.rules.fa_numbers import (
    SOLAR,
    SOLAR_YEARS,
    in_old_times,
    is_counted,
    year_number,
    year_of,
)
from service.temporal.timex import Calendar
from service.temporal.units import Cycle, Repeating, Unit

BASICS = Rulebook()
COMBINED = Rulebook()

_CYCLES = {"week": WEEK, "month": ANY_MONTH, "year": YEAR}
_WEEKEND = Repeating(Cycle.WEEKEND, 0, calendar=SOLAR)
_NAMED = Here(Leaf.NAMED)
_BEFORE_SEASON = frozenset(
    ["در", "از", "تا", "طی", "اوایل", "اواخر", "اواسط", "هر", "پایان", "اغاز", "روز"]
)
_LAST_LUNAR_YEAR = 1600
_SHORT_DECADES = range(10, 100, 10)


# esfand, esfandmah; bare only after a word that takes a time: not "bahman" the avalanche
@BASICS.rule("<month>", "solarmonth|solarfull|Solar|month|Gregorian", "Month")
def bare_month(match: Match) -> Meaning | None:
    """The one that the verb decides."""
    words, before = cues("fa"), match.before()
    led = words.has("before_month", before) or words.has("happenings", before)
    sure = led or not match.has("solarmonth")
    if not sure or _is_name(match):
        return None
    return _month(Undirected(_named_month(match)), "a month without a year", 0.88)


# abane 1398, abane 98, fevriye 2022; not "mizan 2000 ton"
@BASICS.rule("<month> <year>", "fasolar fayear|fagregorian fayear era?", "MonthOf")
def month_of_year(match: Match) -> Meaning | None:
    """The month of that year, of the calendar that its name belongs to."""
    what, year = _named_month(match), match.find("fayear")
    if year is None or _is_named(match) or (match.has("afghanmonth") and match.has("n99")):
        return None
    number = year_number(year, what.calendar, match.after())
    if number is None:
        return None
    expr = Date(number, what.number, calendar=what.calendar)
    return _month(expr, "a month of a year", 0.97)


# moharram 1447, mahe ramezane 1446
@BASICS.rule("<lunar month> <year>", "unit? lunarmonth (YearOf|year)", "MonthOf")
def lunar_month_of_year(match: Match) -> Meaning | None:
    """The month of the Islamic lunar calendar."""
    year = match.items[-1].value
    if isinstance(year, Meaning) and isinstance(year.expr, Date):
        year = year.expr.year
    if match.has("unit") and match.string("unit") != "month":
        return None
    if not isinstance(year, int) or year > _LAST_LUNAR_YEAR:
        return None
    expr = Date(year, match.number("lunarmonth"), calendar=Calendar.LUNAR_HIJRI)
    return _month(expr, "a month of a year", 0.95)


# esfande gozashte, zhuane ayande; not "esfand pish az eyd"
@BASICS.rule("<month> past", "(fasolar|fagregorian) (past|ago|coming)", "MonthOf")
def directed_month(match: Match) -> Meaning | None:
    """Strictly before or after the month of publication."""
    if match.has("afghanmonth") or match.has("maymarch") or match.after() == "از":
        return None
    expr = (Next if match.has("coming") else Last)(_named_month(match))
    return _month(expr, "a month near publication", 0.9)


# mahe gozashte, hafteye ayande, sale jari, in hafte; not "hafteye pish az eyd"
@BASICS.rule(
    "<unit> past", "unit era? (past|ago|coming|later|current) (era|hijri? solarera)?", "Span"
)
@BASICS.rule("this <unit>", "this unit", "Span")
def calendar_unit(match: Match) -> Meaning | None:
    """The week, or the month or year of the Solar Hijri calendar unless it says otherwise."""
    unit = match.string("unit")
    of_event = match.after() == "از" and (match.has("ago") or match.has("later"))
    if unit not in _CYCLES or of_event:
        return None
    what: Unit | Repeating = _CYCLES[unit]
    if match.has("era"):
        what = Unit(unit)
    found = _directed(match, what, _NAMED if match.has("later") else Here())
    return _span(found, Unit(unit), "a calendar unit near publication")


# emsal, parsal
@BASICS.rule("this year", "thisyear", "Span")
def this_year(match: Match) -> Meaning:
    """The Solar Hijri year of publication, or one before it."""
    back = -match.number("thisyear")
    expr: TimeExpr = This(YEAR)
    for step in range(back):
        expr = Last(YEAR, expr) if step else Last(YEAR)
    return _span(expr, Unit.YEAR, "a calendar unit near publication", 0.95)


# akhare hafte, payane hafteye gozashte, akhare in hafte: Thursday and Friday
@BASICS.rule("the weekend", "(last|late) unit", "Span")
@BASICS.rule("the weekend past", "(last|late) unit (past|ago|coming|later)", "Span")
@BASICS.rule("this weekend", "(last|late) this unit|(last|late) unit current", "Span")
def weekend(match: Match) -> Meaning | None:
    """The Thursday and Friday of a week."""
    if match.string("unit") != "week":
        return None
    week: TimeExpr | None = None
    if match.has("past") or match.has("ago"):
        week = Last(WEEK)
    elif match.has("coming") or match.has("later"):
        week = Next(WEEK)
    elif match.has("this") or match.has("current"):
        week = This(WEEK)
    expr = Undirected(_WEEKEND) if week is None else This(_WEEKEND, week)
    return _span(expr, Unit.WEEKEND, "a weekend", 0.85)


BASICS.add("<year> <era>", "year", "Year", in_old_times)


# 1404, 2015; latent: counts only in the slot of a year
@BASICS.rule("<year>", "year|YearWord", "Year")
def year(match: Match) -> Meaning | None:
    """Solar Hijri from 1250 to 1499, ours from 1500 on; older ones are not read."""
    number = match.number("year" if match.has("year") else "YearWord")
    if number in SOLAR_YEARS:
        found = year_of(Date(number, calendar=SOLAR), 0.9)
        return replace(found, latent=True, others=(Date(number),))
    return replace(year_of(Date(number), 0.9), latent=True) if number >= 1500 else None


# enqelabe 57: after the noun of a happening two digits are a year
@BASICS.rule("<yy>", "n99", "Year")
def short_year(match: Match) -> Meaning | None:
    """The Solar Hijri year of the 1300s."""
    number = match.number("n99")
    if not cues("fa").has("happenings", match.before()) or is_counted(match.after()):
        return None
    return year_of(Date(1300 + number, calendar=SOLAR), 0.8)


# daheye 60, daheye shast, daheye 1980, daheye 80 miladi; not "daheye fajr"
@BASICS.rule(
    "decade <n>", "unit (YearOf|year|n12|n31|n99|tens|YearWord) (era|hijri? solarera)?", "Decade"
)
def decade(match: Match) -> Meaning | None:
    """Ten years of the calendar that its size or its era tells."""
    number = match.items[1].value
    if isinstance(number, Meaning) and isinstance(number.expr, Date):
        number = number.expr.year
    if match.string("unit") != "decade" or not isinstance(number, int) or number % 10:
        return None
    calendar = SOLAR if number in SOLAR_YEARS or number < 100 else Calendar.GREGORIAN
    calendar = Calendar.GREGORIAN if match.has("era") else calendar
    if number in _SHORT_DECADES:
        number += 1900 if match.has("era") else 1300
    if number < 1250:
        return None
    return _span(Years(Unit.DECADE, number, calendar), Unit.DECADE, "a decade", 0.95)


# qarne nuzdahom, qarne 19; not "qarne sevvome hejri"
@BASICS.rule("century <nth>", "unit (fanth|n12|n31) era?", "Span")
def century(match: Match) -> Meaning | None:
    """A hundred years of our era."""
    if match.string("unit") != "century" or match.after() in {"هجری", "قمری", "شمسی", "خورشیدی"}:
        return None
    number = match.items[1].value
    if not isinstance(number, int) or not 1 <= number <= 21:
        return None
    return _span(Years(Unit.CENTURY, (number - 1) * 100 + 1), Unit.CENTURY, "a century", 0.9)


# bahare 1404, tabestane 67, fasle bahare 1404
@BASICS.rule("<season> <year>", "seasonword? season fayear", "Span")
def season_of_year(match: Match) -> Meaning | None:
    """The season of the Solar Hijri year."""
    item = match.find("fayear")
    number = None if item is None else year_number(item, SOLAR, match.after())
    if number is None:
        return None
    expr = Nth(1, _season(match), Date(number, calendar=SOLAR))
    return _span(expr, Unit.SEASON, "a season of a year")


# paiz, bahare ayande; bare only after a preposition: not "Bahar" the woman
@BASICS.rule("<season>", "seasonword? season", "Season")
@BASICS.rule("<season> past", "season (past|coming)", "Span")
def season(match: Match) -> Meaning | None:
    """The one that the words or the verb decide."""
    what = _season(match)
    if match.has("past") or match.has("coming"):
        expr = (Last if match.has("past") else Next)(what)
        return _span(expr, Unit.SEASON, "a season near publication")
    led = match.has("seasonword") or match.before() in _BEFORE_SEASON
    if not led or _is_name(match):
        return None
    return _span(Undirected(what), Unit.SEASON, "a season without a year", 0.75)


# aban-e sale gozashte, bahare emsal
@COMBINED.rule("<month> <year>", "(Month|Season) Span", "MonthOf")
@COMBINED.rule("<bare month> <year>", "solarmonth Span", "MonthOf")
def unit_of_year(match: Match) -> Meaning | None:
    """The month or season inside the year named."""
    span = match.meaning("Span")
    if span.granularity is not Granularity.YEAR or span.expr is None:
        return None
    first = match.items[0].value
    if isinstance(first, int):
        expr = in_year(_named_month(match), span.expr)
        return None if expr is None else _month(expr, "a month of a named year", 0.93)
    if not isinstance(first, Meaning) or not isinstance(first.expr, Undirected):
        return None
    what = first.expr.what
    made = in_year(what, span.expr) if isinstance(what, Repeating) else None
    return None if made is None else replace(first, expr=made, confidence=0.93)


# zemestane emsal, bahare sale ayande
@COMBINED.rule("<bare season> <year>", "season Span", "MonthOf")
def season_of_named_year(match: Match) -> Meaning | None:
    """The season inside the year named."""
    span = match.meaning("Span")
    if span.granularity is not Granularity.YEAR or span.expr is None or _is_named(match):
        return None
    expr = in_year(_season(match), span.expr)
    return None if expr is None else _span(expr, Unit.SEASON, "a season of a named year", 0.93)


# semahe-ye avvale 1404, semahe-ye nokhoste emsal, nimeye dovvome sale gozashte
@COMBINED.rule(
    "<nth> quarter <year>", "(quarter|halfyear|half|one long) fanth (Span|YearOf|Year)", "Span"
)
def quarter_of_year(match: Match) -> Meaning | None:
    """The quarter or half of the year, in the calendar of the year."""
    whole = match.items[-1].value
    number = match.number("fanth")
    if not isinstance(whole, Meaning) or whole.granularity is not Granularity.YEAR:
        return None
    months = match.number("one") if match.has("one") else 3 if match.has("quarter") else 6
    cycle = {3: Cycle.QUARTER, 6: Cycle.HALF_YEAR}.get(months)
    if cycle is None or whole.expr is None or not 1 <= number <= 12 // months:
        return None
    ours = isinstance(whole.expr, Date) and whole.expr.calendar is Calendar.GREGORIAN
    what = Repeating(cycle, number, calendar=Calendar.GREGORIAN if ours else SOLAR)
    unit = Unit.QUARTER if months == 3 else Unit.HALF_YEAR
    return _span(Nth(1, what, whole.expr), unit, "a part of a year that is counted", 0.88)


def _named_month(match: Match) -> Repeating:
    if match.has("fasolar"):
        return Repeating(Cycle.MONTH, match.number("fasolar"), calendar=SOLAR)
    return Repeating(Cycle.MONTH, match.number("fagregorian"))


def _season(match: Match) -> Repeating:
    return Repeating(Cycle.SEASON, match.number("season"), calendar=SOLAR)


def _is_name(match: Match) -> bool:
    """Whether it is a name: Khordad Street, Mehr News, the Arab Spring."""
    return _is_named(match) or cues("fa").has("names_after", match.after())


def _is_named(match: Match) -> bool:
    return cues("fa").has("named_after", match.before()) or match.before().isdigit()


def _directed(match: Match, what: Unit | Repeating, of: Here) -> TimeExpr:
    if match.has("past") or match.has("ago"):
        return Last(what, of)
    if match.has("coming") or match.has("later"):
        return Next(what, of)
    return This(what, of)


def _month(expr: TimeExpr, says: str, confidence: float) -> Meaning:
    return Meaning(says=says, expr=expr, granularity=Granularity.MONTH, confidence=confidence)


def _span(expr: TimeExpr, unit: Unit, says: str, confidence: float = 0.9) -> Meaning:
    return Meaning(says=says, expr=expr, granularity=unit.granularity, confidence=confidence)
