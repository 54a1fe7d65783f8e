"""Persian: two ends that the text joins, as one expression with parts."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import (
    Between,
    Clock,
    Date,
    Here,
    Next,
    Nth,
    PartOf,
    TimeExpr,
    Undirected,
)
from service.temporal.calendars import system
from service.temporal.grammar import SETS, Item, Match, Meaning, Rulebook, codes_of
from service.temporal.interval import Granularity
from service.temporal.lexicon import cues
from service.temporal.rules.fa_days import in_year
from service.temporal.rules.fa_numbers import SOLAR, SOLAR_YEARS, is_counted
from service.temporal.timex import Calendar, TimexType
from service.temporal.units import Cycle, Repeating

BASICS = Rulebook()
COMBINED = Rulebook()
RANGES = Rulebook()

SETS["faend"] = (
    "Day", "MonthDay", "Weekday", "DayRef", "Month", "MonthOf", "Span", "Season", "Decade", "Year",
    "YearOf", "Part", "Clock", "Instant", "Daytime", "solarmonth",
)  # fmt: skip
_YEARS = ("YearOf", "year", "n99", "YearWord")
SETS["fayears"] = _YEARS
_LEAP_YEARS = {SOLAR: 1403, Calendar.GREGORIAN: 2024}


# az 5 ta 8 dey, 5 ta 8 deye 1404, beyne 5 ta 8 dey
@BASICS.rule("<day> to <day> <month>", "from? famday to famday fasolar fayear?", "Range")
@BASICS.rule("<day> to <day> <Gregorian>", "from? famday to famday fagregorian fayear?", "Range")
@BASICS.rule("between <day> and <day> <month>", "between famday (to|and) famday fasolar", "Range")
def days_of_month(match: Match) -> Meaning | None:
    """From the one day to the other of the same month."""
    first, last = match.all("famday")[:2]
    solar = match.has("fasolar")
    calendar = SOLAR if solar else Calendar.GREGORIAN
    month = match.number("fasolar" if solar else "fagregorian")
    low, high = first.value, last.value
    longest = system(calendar).month_length(_LEAP_YEARS[calendar], month)
    if not isinstance(low, int) or not isinstance(high, int) or not low < high <= longest:
        return None
    year = _year(match.find("fayear"), calendar)
    if year is None:
        start = Undirected(Repeating(Cycle.MONTH_DAY, month, low, calendar))
        following = Next(Repeating(Cycle.MONTH_DAY, month, high, calendar), start)
        return _range((start, following), (first, last), Granularity.DAY)
    ends = (Date(year, month, low, calendar), Date(year, month, high, calendar))
    return _range(ends, (first, last), Granularity.DAY)


# ruzhaye 10 va 11 bahman; not "10 va 15 bahman", which are two days apart
@BASICS.rule("<day> and <day> <month>", "units? famday and famday fasolar fayear?", "Range")
def neighbouring_days(match: Match) -> Meaning | None:
    """Two days in a row."""
    first, last = (item.value for item in match.all("famday")[:2])
    if not isinstance(first, int) or last != first + 1:
        return None
    return days_of_month(match)


# mahhaye zhanviye va fevriye, mehr va abane 1401; not "mehr va azar", two names
@BASICS.rule("<month> and <month>", "units? fasolar and fasolar fayear?", "Range")
@BASICS.rule("<Gregorian> and <month>", "units? fagregorian and fagregorian fayear?", "Range")
def neighbouring_months(match: Match) -> Meaning | None:
    """Two months in a row, with a noun, a year or a preposition that makes them months."""
    solar = match.has("fasolar")
    calendar = SOLAR if solar else Calendar.GREGORIAN
    first, last = match.all("fasolar" if solar else "fagregorian")
    year = _year(match.find("fayear"), calendar)
    led = match.has("units") or cues("fa").has("before_month", match.before())
    one, other = first.value, last.value
    if not isinstance(one, int) or other != one + 1 or (year is None and not led):
        return None
    start: TimeExpr = Undirected(Repeating(Cycle.MONTH, one, calendar=calendar))
    end: TimeExpr = Next(Repeating(Cycle.MONTH, other, calendar=calendar), start)
    if year is not None:
        start, end = Date(year, one, None, calendar), Date(year, other, None, calendar)
    return _range((start, end), (first, last), Granularity.MONTH)


# charom ta haftome bahmane sale jari, aban va azare sale gozashte
@COMBINED.rule("<range> <year>", "Range Span", "Range")
def range_of_year(match: Match) -> Meaning | None:
    """The days or months from the one to the other inside the year named."""
    found, span = match.meaning("Range"), match.meaning("Span")
    if span.granularity is not Granularity.YEAR or span.expr is None:
        return None
    if not isinstance(found.expr, Between) or not isinstance(found.expr.last, Next):
        return None
    one, other = _repeating(found.expr.first), found.expr.last.what
    if one is None or not isinstance(other, Repeating):
        return None
    ends = (in_year(one, span.expr), in_year(other, span.expr))
    if ends[0] is None or ends[1] is None:
        return None
    return _range((ends[0], ends[1]), (found.ends[0], found.ends[1]), found.granularity)


# az sale 1359 ta 1367, salhaye 59 ta 67, beyne 1359 va 1367, 1359-1367; not "az 1404 ta 1500 nafar"
@BASICS.rule("from <year> to <year>", "from? fayears to fayears era?", "Range")
@BASICS.rule("years <year> to <year>", "units fayears (to|and) fayears era?", "Range")
@BASICS.rule("between <year> and <year>", "between units? fayears (to|and) fayears era?", "Range")
@BASICS.rule("<year>-<year>", "year (dash|longdash) year", "Range")
def years(match: Match) -> Meaning | None:
    """From the one year to the other; two digits only where a noun makes them years."""
    first, last = match.all("fayears")
    named = match.has("YearOf") or (match.has("units") and match.string("units") == "year")
    if is_counted(match.after()) or (match.has("units") and not named):
        return None
    if not named and (match.has("n99") or _is_label(match)):
        return None
    one, other = _whole_year(first), _whole_year(last)
    if one is None or other is None or one.calendar is not other.calendar:
        return None
    return _range((one, other), (first, last), Granularity.YEAR) if one.year < other.year else None


# az 1400 ta 1500 nafar
@BASICS.rule("<count> to <count>", "(from|between)? year (to|and|dash) (year|num)", None)
def counts(match: Match) -> int | None:
    """Swallowed, where what follows is counted."""
    return 1 if is_counted(match.after()) else None


# az saat 8 ta 14
@BASICS.rule("from <clock> to <hour>", "from? Clock to fasmall", "Hours")
def clocks(match: Match) -> Meaning | None:
    """From the one time of publication day to the other."""
    first, last = match.items[-3], match.items[-1]
    one, hour = match.meaning("Clock").expr, last.value
    if not isinstance(one, Clock) or not isinstance(hour, int) or not one.hour < hour <= 24:
        return None
    ends = (one, replace(one, hour=hour, minute=None))
    return replace(_range(ends, (first, last), Granularity.HOUR), type=TimexType.TIME)


# az saat 8 ta 14 ruze chaharshanbe, chaharshanbe az saat 8 ta 14
@RANGES.rule("<hours> of <day>", "Hours in? unit? day|day comma? in? Hours", "Range")
def hours_of_day(match: Match) -> Meaning | None:
    """From the one time of that day to the other."""
    found, day = match.meaning("Hours"), match.meaning("day").expr
    if day is None or not isinstance(found.expr, Between):
        return None
    if any(item.value != "day" for item in match.all("unit")):
        return None
    ends = [found.expr.first, found.expr.last]
    moved = [replace(each, of=day) for each in ends if isinstance(each, Clock)]
    marked = [
        end._replace(value=replace(end.value, expr=each))
        for end, each in zip(found.ends, moved, strict=True)
        if isinstance(end.value, Meaning)
    ]
    return replace(found, expr=Between(*moved), ends=tuple(marked))


# az farvardin ta khordad, az avakhere azar ta avayele dey, az shanbe ta doshanbe
@RANGES.rule("from <time> to <time>", "from datenoun? faend to datenoun? faend", "Range")
@RANGES.rule("between <time> and <time>", "between faend (and|to) faend", "Range")
@RANGES.rule("<time> to <time>", "faend to faend", "Range")
def joined(match: Match) -> Meaning | None:
    """From the start of the one to the end of the other; what one end lacks the other gives."""
    first, last = match.all("faend")
    one, other = _meaning(first), _meaning(last)
    if one is None or other is None or one.expr is None or other.expr is None:
        return None
    fine = one.granularity <= Granularity.WEEK
    if fine != (other.granularity <= Granularity.WEEK) or one.latent or other.latent:
        return None
    ends = _completed(one.expr, other.expr)
    items = (first._replace(value=one), last._replace(value=other))
    found = _range(ends, items, max(one.granularity, other.granularity))
    return replace(found, type=one.type)


def _meaning(item: Item) -> Meaning | None:
    if isinstance(item.value, Meaning):
        return item.value
    if item.code not in codes_of("solarmonth") or not isinstance(item.value, int):
        return None
    expr = Undirected(Repeating(Cycle.MONTH, item.value, calendar=SOLAR))
    return Meaning(says="a month without a year", expr=expr, granularity=Granularity.MONTH)


def _completed(first: TimeExpr, last: TimeExpr) -> tuple[TimeExpr, TimeExpr]:
    """Both ends with the year or the direction that only one of them says."""
    open_first, open_last = _repeating(first), _repeating(last)
    if isinstance(first, Clock) and isinstance(last, Clock) and first.of == Here():
        return replace(first, of=last.of), last
    if open_last is not None:
        return first, _with(last, Next(open_last, first))
    if open_first is None:
        return first, last
    leaf = last.of if isinstance(last, PartOf) else last
    if isinstance(leaf, Nth):
        return _with(first, Nth(1, open_first, leaf.of)), last
    if not isinstance(leaf, Date) or leaf.calendar is not open_first.calendar:
        return first, last
    year = leaf.year - (open_first.number > (leaf.month or 12))
    day = open_first.day if open_first.cycle is Cycle.MONTH_DAY else None
    return _with(first, Date(year, open_first.number, day, leaf.calendar)), last


def _repeating(expr: TimeExpr) -> Repeating | None:
    if isinstance(expr, PartOf | Clock):
        return _repeating(expr.of)
    if isinstance(expr, Undirected) and isinstance(expr.what, Repeating):
        return expr.what
    return None


def _with(expr: TimeExpr, leaf: TimeExpr) -> TimeExpr:
    return replace(expr, of=_with(expr.of, leaf)) if isinstance(expr, PartOf | Clock) else leaf


def _year(item: Item | None, calendar: Calendar) -> int | None:
    """The year after a joined pair of days, when it is one of their calendar."""
    date = None if item is None else _whole_year(item)
    return date.year if date is not None and date.calendar is calendar else None


def _whole_year(item: Item) -> Date | None:
    if isinstance(item.value, Meaning):
        return item.value.expr if isinstance(item.value.expr, Date) else None
    if not isinstance(item.value, int):
        return None
    number = item.value + 1300 if item.value < 100 else item.value
    return Date(number, calendar=SOLAR if number in SOLAR_YEARS else Calendar.GREGORIAN)


def _is_label(match: Match) -> bool:
    words = cues("fa")
    before = match.before()
    return words.has("labels", before) or words.has("measures", before)


def _range(
    ends: tuple[TimeExpr, TimeExpr], items: tuple[Item, Item], granularity: Granularity
) -> Meaning:
    marked = tuple(
        Item(item.code, item.first, item.until, _end(item, expr, granularity), item.rule)
        for item, expr in zip(items, ends, strict=True)
    )
    return Meaning(
        says="a stretch whose two ends the text joins",
        expr=Between(*ends),
        granularity=granularity,
        confidence=0.92,
        ends=marked,
    )


def _end(item: Item, expr: TimeExpr, granularity: Granularity) -> Meaning:
    if isinstance(item.value, Meaning):
        return replace(item.value, expr=expr, latent=False)
    return Meaning(says="an end of the stretch", expr=expr, granularity=granularity)
