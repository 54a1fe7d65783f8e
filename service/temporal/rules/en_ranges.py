"""English: two ends that the text joins, as one expression with parts."""

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
from service.temporal.calendars import GREGORIAN
from service.temporal.grammar import SETS, Item, Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.parts import is_day_part
from service.temporal.units import Cycle, Repeating, Unit

BASICS = Rulebook()
COMBINED = Rulebook()
RANGES = Rulebook()
_LEAP_YEAR = 2024
_QUARTER = Granularity.QUARTER

SETS["end1"] = (
    "Day", "MonthDay", "Weekday", "DayRef", "Month", "MonthOf", "Span", "Season", "Quarter",
    "Decade", "Year", "YearOf", "Part", "Clock", "Instant", "Daytime",
)  # fmt: skip


# 5-8 October, 5 to 8 October 2025, 5–8 Oct., 3/4 March; not "won 5-8 in October"
@BASICS.rule(
    "<day>-<day> <month>",
    "(from|between)? mday (hyphen|to|through|until|slash) mday of? monthname (comma? year)?",
    "Range",
)
@BASICS.rule(
    "from the <day> to the <day> of <month>",
    "from the? nth (to|through|until) the nth of? monthname (comma? year)?",
    "Range",
)
@BASICS.rule(
    "between <day> and <day> <month>",
    "between the? mday and the? mday of? monthname (comma? year)?",
    "Range",
)
@BASICS.rule(
    "between <month> <day> and <day>", "between monthname mday and mday (comma? year)?", "Range"
)
@BASICS.rule(
    "<month> <day>-<day>",
    "(from|between)? monthname the? mday (hyphen|to|through|until) the? mday (comma? year)?",
    "Range",
)
def days_of_month(match: Match) -> Meaning | None:
    """From the one day to the other of the same month."""
    first, *_, last = match.all("mday")
    month = match.number("monthname")
    low, high = first.value, last.value
    if (
        not isinstance(low, int)
        or not isinstance(high, int)
        or not low < high <= GREGORIAN.month_length(_LEAP_YEAR, month)
        or (match.has("slash") and high != low + 1)
    ):
        return None
    if match.has("year"):
        year = match.number("year")
        ends: tuple[TimeExpr, TimeExpr] = (Date(year, month, low), Date(year, month, high))
    else:
        start = Undirected(Repeating(Cycle.MONTH_DAY, month, low))
        ends = (start, Next(Repeating(Cycle.MONTH_DAY, month, high), start))
    return _range(ends, (first, last), Granularity.DAY, 0.93)


# January 8 and 9; not "January 8 and 12", which are two days apart
@BASICS.rule(
    "<month> <day>, <day> and <day>",
    "monthname plainday comma plainday comma? and plainday (comma? year)?",
    "Range",
)
@BASICS.rule("<month> <day> and <day>", "monthname plainday and plainday (comma? year)?", "Range")
@BASICS.rule(
    "<day> and <day> <month>", "plainday and plainday of? monthname (comma? year)?", "Range"
)
@BASICS.rule(
    "the <day> and <day> of <month>",
    "the? nth and the? nth of? monthname (comma? year)?",
    "Range",
)
def neighbouring_days(match: Match) -> Meaning | None:
    """Two or three days in a row."""
    first, *rest = (item.value for item in match.all("mday"))
    if not isinstance(first, int) or rest != [first + 1 + place for place in range(len(rest))]:
        return None
    return days_of_month(match)


# the second and third quarters of 2025, the first and second quarters, the third to fourth quarter
@BASICS.rule(
    "<nth> and <nth> quarters",
    "the? nth (and|to|through|hyphen) nth (units|quarter) (of? (year|the unit))?",
    "Range",
)
def quarters(match: Match) -> Meaning | None:
    """From the one quarter to the next one of the same year."""
    first, last = match.all("nth")
    low, high, counted = first.value, last.value, match.find("units")
    if counted is not None and counted.value != "quarter":
        return None
    if counted is None and match.has("and"):
        return None
    if not isinstance(low, int) or not isinstance(high, int) or not 1 <= low < high <= 4:
        return None
    start, end = Repeating(Cycle.QUARTER, low), Repeating(Cycle.QUARTER, high)
    if match.has("and") and high != low + 1:
        return None
    if match.has("year"):
        year = Date(match.number("year"))
        return _range((Nth(1, start, year), Nth(1, end, year)), (first, last), _QUARTER, 0.9)
    opened = Undirected(start)
    return _range((opened, Next(end, opened)), (first, last), _QUARTER, 0.8)


# from the 5th to the 9th of next month; not "from the 5th to the 9th of the runners"
@COMBINED.rule(
    "<nth> to <nth> of <near month>",
    "(from|between)? the? nth (to|through|until|hyphen|and) the? nth of Span",
    "Range",
)
def days_of_near_month(match: Match) -> Meaning | None:
    """From the one day to the other of the month named."""
    span, (first, last) = match.meaning("Span"), match.all("nth")
    low, high = first.value, last.value
    if span.granularity is not Granularity.MONTH or span.expr is None:
        return None
    if not isinstance(low, int) or not isinstance(high, int) or not 1 <= low < high <= 31:
        return None
    ends = (Nth(low, Unit.DAY, span.expr), Nth(high, Unit.DAY, span.expr))
    return _range(ends, (first, last), Granularity.DAY, 0.9)


# from 500 to 300 BC, 431-404 BC; not "300 to 500 BC", which would run backwards
@BASICS.rule(
    "<year>-<year> BC",
    "(from|between)? (digits|year|num) (hyphen|to|and|until) (digits|year|num) era",
    "Range",
)
def years_before_christ(match: Match) -> Meaning | None:
    """From the one year to the other, both before our era."""
    first, last = (item for item in match.items if isinstance(item.value, int) and item.value > 1)
    if match.number("era") > 0 or (match.has("and") and not match.has("between")):
        return None
    if not isinstance(first.value, int) or not isinstance(last.value, int):
        return None
    if first.value <= last.value:
        return None
    ends = (Date(1 - first.value), Date(1 - last.value))
    return _range(ends, (first, last), Granularity.YEAR, 0.93)


# 2019-2021, 2019–21, 2025/26; not "555-2019"
@BASICS.rule("<year>-<yy>", "(from|between)? year (hyphen|slash) (n12|n31|n99)", "Range")
def short_years(match: Match) -> Meaning | None:
    """From the one year to the other, written with two digits."""
    first, last = match.items[-3], match.items[-1]
    written = match.scan.written(last.first)
    if not isinstance(first.value, int) or len(written) != 2 or match.after() in {"-", "/", "–"}:
        return None
    until = first.value // 100 * 100 + int(written)
    if not first.value < until:
        return None
    ends = (Date(first.value), Date(until))
    return _range(ends, (first, last), Granularity.YEAR, 0.8)


# between March and May 2024, from Monday to Wednesday, late 2025 to early 2026, 2019-2021
@RANGES.rule(
    "from <time> to <time>", "from end1 comma? (to|through to?|until|hyphen) end1", "Range"
)
@RANGES.rule("between <time> and <time>", "between end1 (and|to|through|hyphen) end1", "Range")
@RANGES.rule("<time> to <time>", "end1 (to|through to?|hyphen) end1", "Range")
def joined(match: Match) -> Meaning | None:
    """From the start of the one to the end of the other; what one end lacks the other gives."""
    first, last = match.all("end1")
    one, other = first.value, last.value
    if not isinstance(one, Meaning) or not isinstance(other, Meaning):
        return None
    if one.expr is None or other.expr is None or not _alike(one, other):
        return None
    clocks = _is_dayless(one.expr) or _is_dayless(other.expr)
    shared = match.scan.written(last.first)[:1].isdigit()
    ends = _of_one_day(one.expr, other.expr, shared) if clocks else _completed(one.expr, other.expr)
    if ends is None:
        return None
    granularity = max(one.granularity, other.granularity)
    found = _range(ends, (first, last), granularity, min(one.confidence, other.confidence))
    return replace(found, type=other.type, latent=one.latent and other.latent)


def _is_dayless(expr: TimeExpr) -> bool:
    """Whether it is a clock time whose day something else names."""
    return isinstance(expr, Clock) and expr.of == Here()


_FINE = (Granularity.HOUR, Granularity.DAY_PART)


def _alike(one: Meaning, other: Meaning) -> bool:
    """Ends of one grain, or parts of it; "Tuesday to 2025" is no range."""
    fine = one.granularity <= Granularity.DAY_PART, other.granularity <= Granularity.DAY_PART
    if fine[0] != fine[1]:
        return False
    return abs(one.granularity - other.granularity) <= 6


def _completed(first: TimeExpr, last: TimeExpr) -> tuple[TimeExpr, TimeExpr] | None:
    """Both ends with the year or the direction that only one of them says."""
    open_first, open_last = _repeating(first), _repeating(last)
    dated = isinstance(first, Date) or (open_first is not None and not _is_weekday(open_first))
    if open_last is not None and open_last.cycle is Cycle.WEEKDAY and dated:
        return None  # "bought from 14 September to Thursday": the weekday counts from publication
    leaf = _leaf(first)
    if open_last is not None and open_last == open_first and leaf is not None and leaf != first:
        return first, _with(last, leaf)  # "from early March to late March"
    if open_last is not None:
        return first, _with(last, Next(open_last, _whole_day(first)))
    year = _year(last)
    if open_first is None or year is None:
        return first, last
    month = open_first.number
    if open_first.cycle not in {Cycle.MONTH, Cycle.MONTH_DAY}:
        return first, last
    later = month > (_month(last) or 12)
    day = open_first.day if open_first.cycle is Cycle.MONTH_DAY else None
    return _with(first, Date(year - later, month, day)), last


def _of_one_day(
    first: TimeExpr,
    last: TimeExpr,
    shared: bool,  # noqa: FBT001  # one fact of the match
) -> tuple[TimeExpr, TimeExpr]:
    """Two times of which one names the day, for both if it is `shared`: "3:00 to 4:00 today"."""
    if not isinstance(first, Clock) or not isinstance(last, Clock):
        return first, last
    if first.of == Here() and last.of != Here():
        return (replace(first, of=last.of), last) if shared else (first, last)
    return (first, replace(last, of=first.of)) if last.of == Here() else (first, last)


def _is_weekday(what: Repeating | None) -> bool:
    return what is not None and what.cycle is Cycle.WEEKDAY


def _repeating(expr: TimeExpr) -> Repeating | None:
    """The named unit whose direction the expression leaves open, below parts."""
    if isinstance(expr, PartOf | Clock):
        return _repeating(expr.of)
    if isinstance(expr, Undirected) and isinstance(expr.what, Repeating):
        return expr.what
    return None


def _leaf(expr: TimeExpr) -> Undirected | None:
    """What the direction of the expression hangs on, below parts and clock times."""
    if isinstance(expr, PartOf | Clock):
        return _leaf(expr.of)
    return expr if isinstance(expr, Undirected) else None


def _whole_day(expr: TimeExpr) -> TimeExpr:
    """The day of a clock time or part of a day, which may reach into the next one."""
    if isinstance(expr, Clock) or (isinstance(expr, PartOf) and is_day_part(expr.part)):
        return expr.of
    return expr


def _with(expr: TimeExpr, leaf: TimeExpr) -> TimeExpr:
    return replace(expr, of=_with(expr.of, leaf)) if isinstance(expr, PartOf | Clock) else leaf


def _year(expr: TimeExpr) -> int | None:
    if isinstance(expr, PartOf):
        return _year(expr.of)
    return expr.year if isinstance(expr, Date) else None


def _month(expr: TimeExpr) -> int | None:
    if isinstance(expr, PartOf):
        return _month(expr.of)
    return expr.month if isinstance(expr, Date) else None


def _range(
    ends: tuple[TimeExpr, TimeExpr],
    items: tuple[Item, Item],
    granularity: Granularity,
    confidence: float,
) -> Meaning:
    marked = tuple(
        Item(item.code, item.first, item.until, _end(item, expr, granularity), item.rule)
        for item, expr in zip(items, ends, strict=True)
    )
    return Meaning(
        says="a stretch whose two ends the text joins",
        expr=Between(*ends),
        granularity=granularity,
        confidence=confidence,
        ends=marked,
    )


def _end(item: Item, expr: TimeExpr, granularity: Granularity) -> Meaning:
    if isinstance(item.value, Meaning):
        return replace(item.value, expr=expr, latent=False)
    return Meaning(says="an end of the stretch", expr=expr, granularity=granularity)
