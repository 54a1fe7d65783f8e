"""Persian: days by weekday, by month and day, in digits, by today, and named days."""

from __future__ import annotations

import re

from service.temporal.algebra import (
    After,
    Before,
    Between,
    Clock,
    Date,
    Here,
    Last,
    Leaf,
    Next,
    Nth,
    This,
    TimeExpr,
    Undirected,
)
from service.temporal.calendars import system
from service.temporal.grammar import Item, Match, Meaning, Rulebook, codes_of
from service.temporal.interval import Granularity
from service.temporal.lexicon import cues
from service.temporal.rules.fa_numbers import LUNAR, SOLAR, SOLAR_YEARS, year_number
from service.temporal.timex import Calendar, TimexType
from service.temporal.units import Cycle, Period, Repeating, Unit

BASICS = Rulebook()
COMBINED = Rulebook()

WEEK = Repeating(Cycle.WEEK, 0, calendar=SOLAR)
_TODAY = Here()
_NAMED = Here(Leaf.NAMED)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[Tt](\d\d):(\d\d)(?::\d\d)?)?.*")
_WORDS_TOO = {4: range(1, 32), 10: range(30, 31)}  # "haft tir" is seven bullets, "si di" a CD
_TUESDAY_EVE = 2
_SHORT_YEARS = range(32, 100)


# doshanbe, ruze doshanbe; not "namaze jome"
@BASICS.rule("<weekday>", "unit? faweekday", "Weekday")
def bare_weekday(match: Match) -> Meaning | None:
    """The one that the verb decides."""
    if _is_name(match) or not _is_day(match):
        return None
    return Meaning(says="a bare weekday", expr=Undirected(_weekday(match)), confidence=0.9)


# doshanbeye gozashte, doshanbeye ayande; not "doshanbe pish az zohr"
@BASICS.rule("<weekday> past", "unit? faweekday (past|ago)", "DayRef")
@BASICS.rule("<weekday> coming", "unit? faweekday (coming|later)", "DayRef")
def directed_weekday(match: Match) -> Meaning | None:
    """Strictly before or after publication day."""
    counted = match.has("ago") or match.has("later")
    if not _is_day(match) or (counted and match.after() == "از"):
        return None
    back = match.has("past") or match.has("ago")
    shape = Last if back else Next
    says = "the last one" if back else "the next one"
    return Meaning(says=says, expr=shape(_weekday(match)), confidence=0.9)


# in jome
@BASICS.rule("this <weekday>", "this faweekday", "DayRef")
def this_weekday(match: Match) -> Meaning:
    """The one of the Saturday-to-Friday week of publication."""
    expr = This(_weekday(match), This(WEEK))
    return Meaning(says="the one of this week", expr=expr, confidence=0.85)


# har jome, jomeha, ruzhaye jome
@BASICS.rule("every <weekday>", "every faweekday", "Set")
@BASICS.rule("<weekdays>", "weekdays|units faweekday", "Set")
def weekdays(match: Match) -> Meaning | None:
    """A day that comes round."""
    if match.has("units") and match.string("units") != "day":
        return None
    number = match.number("weekdays" if match.has("weekdays") else "faweekday")
    value = f"XXXX-WXX-{number + 1}"
    return Meaning(
        says="a weekday that comes round",
        type=TimexType.SET,
        value=value,
        quant="EVERY",
        confidence=0.9,
    )


# 28 dey, ruze 28 dey, doshanbe 6 bahman; not "khiabane 15 khordad"
@BASICS.rule("<day> <month>", "(unit? faweekday comma?)? unit? famday fasolar", "MonthDay")
@BASICS.rule("<day> <Gregorian>", "(unit? faweekday comma?)? unit? famday fagregorian", "MonthDay")
def month_day(match: Match) -> Meaning | None:
    """The one that the verb decides, in the calendar of the month's name."""
    found = None if _counts_weeks(match) else _named_day(match)
    if found is None or not _is_day(match) or not 1 <= found[1] <= _longest(found):
        return None
    month, day, calendar = found
    counted = match.has("facount") and not match.has("faweekday")
    if counted and calendar is SOLAR and day in _WORDS_TOO.get(month, ()):
        return None
    weekday = match.number("faweekday") if match.has("faweekday") else None
    what = Repeating(Cycle.MONTH_DAY, month, day, calendar, weekday)
    return Meaning(says="a day without a year", expr=Undirected(what), confidence=0.9)


# 22 bahmane 1357, doshanbe 6 bahmane 1404, 22 bahmane sale 57
@BASICS.rule("<day> <month> <year>", "(unit? faweekday comma?)? unit? famday fasolar fayear", "Day")
@BASICS.rule(
    "<day> <Gregorian> <year>",
    "(unit? faweekday comma?)? unit? famday fagregorian fayear era?",
    "Day",
)
def full_date(match: Match) -> Meaning | None:
    """The day."""
    found, year = None if _counts_weeks(match) else _named_day(match), match.find("fayear")
    if found is None or year is None or not _is_day(match):
        return None
    month, day, calendar = found
    number = year_number(year, calendar, match.after())
    if number is None:
        return None
    return _date(number, month, day, calendar)


# 10 moharram 1447; a lunar month without its year is not read
@BASICS.rule("<day> <lunar month> <year>", "famday lunarmonth (YearOf|year)", "Day")
def lunar_date(match: Match) -> Meaning | None:
    """The day of the Islamic lunar calendar."""
    year, day = match.items[2].value, match.number("famday")
    if isinstance(year, Meaning) and isinstance(year.expr, Date):
        year = year.expr.year
    return _date(year, match.number("lunarmonth"), day, LUNAR) if isinstance(year, int) else None


# 1404/11/07, 7/11/1404, 98/8/25, 2026/1/27
@BASICS.rule("<date in digits>", "numeric", "Day")
def numeric_date(match: Match) -> Meaning | None:
    """The calendar by the size of the year, which stands first or last."""
    first, middle, last = (int(part) for part in re.split("[/.-]", match.string("numeric")))
    year, month, day = (last, middle, first) if last > 99 else (first, middle, last)
    if year in _SHORT_YEARS:
        return _date(year + 1300, month, day, SOLAR)
    calendar = SOLAR if year in SOLAR_YEARS else Calendar.GREGORIAN
    return _date(year, month, day, calendar) if year > 99 else None


# 2026-01-27, 1404-11-07
@BASICS.rule("<iso date>", "iso", "Day")
def iso_date(match: Match) -> Meaning | None:
    """The day in ISO order, with its clock time if there is one."""
    found = _ISO.fullmatch(match.string("iso"))
    if found is None:
        return None
    year, month, day = (int(found[index]) for index in (1, 2, 3))
    date = _date(year, month, day, SOLAR if year in SOLAR_YEARS else Calendar.GREGORIAN)
    if date is None or date.expr is None or found[4] is None:
        return date
    return Meaning(
        says="an instant in ISO order",
        expr=Clock(date.expr, int(found[4]), int(found[5])),
        type=TimexType.TIME,
        granularity=Granularity.MINUTE,
    )


# emruz, diruz, farda
@BASICS.rule("<today>", "after? deictic", "DayRef")
def deictic(match: Match) -> Meaning | None:
    """Publication day or a neighbour."""
    away = match.number("deictic") + match.has("after")
    if match.has("after") and away != 2:
        return None
    if away == 0:
        return Meaning(says="publication day", expr=_TODAY, confidence=0.95)
    shape = After if away > 0 else Before
    expr = shape(Period(Unit.DAY, abs(away)), _TODAY)
    return Meaning(says="a neighbour of publication day", expr=expr, confidence=0.96)


# ruze bad, ruze qabl, ruze pish; ruze gozashte is yesterday
@BASICS.rule("the day <after>", "unit (later|ago|past)", "DayRef")
def next_day(match: Match) -> Meaning | None:
    """The neighbour of the day named last."""
    if match.string("unit") != "day" or (match.after() == "از" and not match.has("past")):
        return None
    if match.has("past"):
        return Meaning(says="the day before", expr=Before(Period(Unit.DAY, 1)), confidence=0.8)
    shape = Next if match.has("later") else Last
    return _counted_from(shape(Unit.DAY, _NAMED))


# an ruz, haman ruz, fardaye an ruz
@BASICS.rule("that day", "that unit", "DayRef")
@BASICS.rule("the morrow of that day", "morrow that unit", "DayRef")
def that_day(match: Match) -> Meaning | None:
    """The day last named, or the one after it."""
    if match.string("unit") != "day":
        return None
    return _counted_from((Next if match.has("morrow") else This)(Unit.DAY, _NAMED))


# haman hafte, an sal
@BASICS.rule("that <unit>", "that unit", "Span")
def that_unit(match: Match) -> Meaning | None:
    """The week, month or year that holds the time last named."""
    unit = match.string("unit")
    what = {"week": WEEK, "month": ANY_MONTH, "year": YEAR}.get(unit)
    return None if what is None else _counted_from(This(what, _NAMED), Granularity[unit.upper()])


ANY_MONTH = Repeating(Cycle.ANY_MONTH, 0, calendar=SOLAR)
YEAR = Repeating(Cycle.YEAR, 0, calendar=SOLAR)


# Nowruz, eyde Nowruz 1405, shabe Yalda, sizdah be dar; not "Nowruz Beygi"
@BASICS.rule(
    "<feast>", "(eid? nowruz|daypart? feast|daypart chelleh) (fayear|past|coming)?", "MonthDay"
)
def feast(match: Match) -> Meaning | None:
    """The day of the feast in the Solar Hijri calendar; a name without a slot is none."""
    led = cues("fa").has("before_month", match.before())
    lone = len(match.items) == 1 and match.has("nowruz") and not led
    if lone and match.scan.codes[match.items[-1].until : match.items[-1].until + 1] == "x":
        return None
    item = match.find("nowruz") or match.find("feast") or match.find("chelleh")
    if item is None:
        return None
    month, day = (int(part) for part in str(item.value).split("-"))
    return _in_year(match, Repeating(Cycle.MONTH_DAY, month, day, SOLAR))


# Christmas 2024
@BASICS.rule("Christmas", "christmas fayear?", "MonthDay")
def christmas(match: Match) -> Meaning | None:
    """25 December."""
    return _in_year(match, Repeating(Cycle.MONTH_DAY, 12, 25))


# chaharshanbe suri
@BASICS.rule("the Wednesday of fire", "wednesdayfire fayear?|weekday fire fayear?", "MonthDay")
def wednesday_fire(match: Match) -> Meaning | None:
    """The eve of the last Wednesday of the Solar Hijri year."""
    if match.has("weekday") and match.number("weekday") != _TUESDAY_EVE:
        return None
    month: TimeExpr = Undirected(Repeating(Cycle.MONTH, 12, calendar=SOLAR))
    year = match.find("fayear")
    if year is not None:
        number = year_number(year, SOLAR, match.after())
        if number is None:
            return None
        month = Date(number, 12, calendar=SOLAR)
    last = Nth(-1, Repeating(Cycle.WEEKDAY, _TUESDAY_EVE), month)
    return Meaning(says="a feast", expr=Before(Period(Unit.DAY, 1), last), confidence=0.9)


# daheye fajr
@BASICS.rule("the ten days of Fajr", "unit fajr", "Range")
def fajr(match: Match) -> Meaning | None:
    """12 to 22 Bahman."""
    if match.string("unit") != "decade":
        return None
    first = Undirected(Repeating(Cycle.MONTH_DAY, 11, 12, SOLAR))
    expr = Between(first, Next(Repeating(Cycle.MONTH_DAY, 11, 22, SOLAR), first))
    return Meaning(says="the days of the revolution", expr=expr, confidence=0.9)


# doshanbeye hafteye ayande, jomeye in hafte
@COMBINED.rule("<weekday> <week>", "Weekday Span", "DayRef")
def weekday_of_week(match: Match) -> Meaning | None:
    """The weekday inside the week named."""
    span, day = match.meaning("Span"), match.meaning("Weekday").expr
    fits = span.granularity is Granularity.WEEK and isinstance(day, Undirected)
    if not fits or span.expr is None or not isinstance(day, Undirected):
        return None
    return Meaning(says="a weekday of a named week", expr=This(day.what, span.expr))


# 22 bahmane sale gozashte, 22 bahmane emsal
@COMBINED.rule("<month day> <year>", "MonthDay Span", "Day")
def day_of_year(match: Match) -> Meaning | None:
    """The day inside the year named."""
    span, day = match.meaning("Span"), match.meaning("MonthDay").expr
    if span.granularity is not Granularity.YEAR or span.expr is None:
        return None
    if not isinstance(day, Undirected) or not isinstance(day.what, Repeating):
        return None
    expr = in_year(day.what, span.expr)
    return None if expr is None else Meaning(says="a day of a named year", expr=expr)


def in_year(what: Repeating, year: TimeExpr) -> TimeExpr | None:
    """The named day, month or season of a year that the tree names, in the name's calendar."""
    if what.calendar is SOLAR:
        return Nth(1, what, year)
    away = {Last: -1, This: 0, Next: 1}.get(type(year))
    if away is None:
        return Nth(1, what, year)
    years: TimeExpr = This(Unit.YEAR)
    if away:
        years = (Last if away < 0 else Next)(Unit.YEAR)
    return Nth(1, what, years)


def _weekday(match: Match) -> Repeating:
    return Repeating(Cycle.WEEKDAY, match.number("faweekday"))


def _is_day(match: Match) -> bool:
    """Whether the noun before, if any, is "day"."""
    return all(item.value == "day" for item in match.all("unit"))


def _is_name(match: Match) -> bool:
    """Whether a weekday is part of a name: the Friday prayer, Dushanbe the capital."""
    words, after = cues("fa"), match.after()
    if match.has("unit"):
        return False
    beyond = match.scan.word(match.items[-1].until + 1)
    apposed = after == "," and words.has("names_after", beyond)
    return words.has("names_before", match.before()) or words.has("names_after", after) or apposed


def _named_day(match: Match) -> tuple[int, int, Calendar] | None:
    """Month, day and calendar; None for the name of a street or an article."""
    words, before = cues("fa"), match.before()
    if words.has("named_after", before) or words.has("labels", before):
        return None
    solar = match.find("fasolar")
    month: Item | None = solar or match.find("fagregorian")
    days = [item.value for item in match.all("famday") if isinstance(item.value, int)]
    if month is None or not isinstance(month.value, int) or not days:
        return None
    return month.value, days[0], Calendar.GREGORIAN if solar is None else SOLAR


def _counts_weeks(match: Match) -> bool:
    """Whether the ordinal counts what stands before it: "hafteye avvale dey"."""
    return match.items[0].code in codes_of("fanth") and cues("fa").has("unit_nouns", match.before())


def _longest(found: tuple[int, int, Calendar]) -> int:
    """The most days that the month ever has."""
    month, _, calendar = found
    return system(calendar).month_length(1403 if calendar is SOLAR else 2024, month)


def _date(year: int, month: int, day: int, calendar: Calendar) -> Meaning | None:
    try:
        system(calendar).to_day(year, month, day)
    except ValueError:
        return None
    expr = Date(year, month, day, calendar)
    return Meaning(says="a full date", expr=expr, confidence=0.98)


def _in_year(match: Match, what: Repeating) -> Meaning | None:
    """The day of the year that follows it, else the one that the verb decides."""
    item = match.find("fayear")
    expr: TimeExpr = Undirected(what)
    if match.has("past") or match.has("coming"):
        expr = (Last if match.has("past") else Next)(what)
    if item is not None:
        number = year_number(item, what.calendar, match.after())
        if number is None:
            return None
        expr = Date(number, what.number, what.day, what.calendar)
    return Meaning(says="a day of the calendar", expr=expr, confidence=0.9)


def _counted_from(expr: TimeExpr, granularity: Granularity = Granularity.DAY) -> Meaning:
    says = "counted from the time last named"
    return Meaning(says=says, expr=expr, granularity=granularity, confidence=0.75)
