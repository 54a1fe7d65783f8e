"""Expression trees on the line: one pure function of a tree and an anchor."""

from __future__ import annotations

from dataclasses import replace

from service.errors import UnresolvableError
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
from service.temporal.calendars import GREGORIAN, system
from service.temporal.interval import Day, Granularity, Interval, Point, days, midnight
from service.temporal.parts import part_of
from service.temporal.trees import calendar_of
from service.temporal.units import (
    Cycle,
    Period,
    Repeating,
    Unit,
    holding,
    is_clock,
    months,
    moved_day,
    moved_seconds,
    neighbours,
    shifted,
    unit_near,
    within_year,
    years,
)


def evaluate(expr: TimeExpr, anchor: Interval) -> Interval:
    """The interval that `expr` denotes when counted from `anchor`.

    >>> from service.temporal.edtf import interval_edtf
    >>> from service.temporal.parts import Part
    >>> tuesday = days(Day(20480), Day(20480))  # 27 January 2026
    >>> interval_edtf(evaluate(Last(Repeating(Cycle.WEEKDAY, 6)), tuesday))
    '2026-01-25'
    >>> interval_edtf(evaluate(PartOf(Part.LATE, Last(Repeating(Cycle.MONTH, 12))), tuesday))
    '2025-12-21/2025-12-31'

    Raises UnresolvableError when it has none: an open direction, a 30 February, a fifth Monday
    that the month lacks, an end before its start.
    """
    try:
        return _evaluate(expr, anchor)
    except ValueError as error:
        raise UnresolvableError(f"{expr}: {error}") from error


def _evaluate(  # noqa: C901, PLR0911, PLR0912  # one case a node
    expr: TimeExpr, anchor: Interval
) -> Interval:
    match expr:
        case Here():
            return anchor
        case Date():
            return _date(expr)
        case Years(unit, first, calendar):
            return years(unit, first, calendar)
        case This() | Last() | Next():
            return _near(expr, _evaluate(expr.of, anchor))
        case Before(period, of):
            return _moved(-period, _evaluate(of, anchor))
        case After(period, of):
            return _moved(period, _evaluate(of, anchor))
        case Distant(period, of):
            return _distant(period, _evaluate(of, anchor))
        case Past() | Coming():
            return _stretch(expr, _evaluate(expr.of, anchor))
        case Nth(number, what, of):
            return _nth(number, what, _evaluate(of, anchor))
        case PartOf(part, of):
            whole = _evaluate(of, anchor)
            if isinstance(of, Between) and whole.granularity is Granularity.DAY:
                raise ValueError(f"days from one to another have no part '{part.value}'")
            return part_of(part, whole, calendar_of(of))
        case Elapsed(of) | Remaining(of):
            return _cut(expr, _evaluate(of, anchor), anchor)
        case Clock():
            return _at(expr, _evaluate(expr.of, anchor))
        case Between(first, last):
            return _between(_evaluate(first, anchor), _evaluate(last, anchor))
        case Undirected():
            raise UnresolvableError(f"{expr}: tense has not decided which one")


def _date(date: Date) -> Interval:
    if date.month is None:
        return years(Unit.YEAR, date.year, date.calendar)
    if date.day is None:
        return months(Unit.MONTH, date.year, date.month, date.calendar)
    day = system(date.calendar).to_day(date.year, date.month, date.day)
    return days(day, day)


def _near(expr: This | Last | Next, anchor: Interval) -> Interval:
    if isinstance(expr.what, Unit):
        return _unit_near(expr, expr.what, anchor)
    before, current, after = neighbours(expr.what, anchor)
    if isinstance(expr, This):
        return current if current is not None else _this_cycle(expr.what, anchor)
    if expr.including and current is not None:
        return current
    return before if isinstance(expr, Last) else after


def _unit_near(expr: This | Last | Next, unit: Unit, anchor: Interval) -> Interval:
    if isinstance(expr, This) or expr.including:
        return unit_near(unit, anchor, 0)
    return unit_near(unit, anchor, -1 if isinstance(expr, Last) else 1)


def _this_cycle(what: Repeating, anchor: Interval) -> Interval:
    """The one of the anchor's week or year: "this Friday", "this December"."""
    start = anchor.bounds[0]
    if what.cycle is Cycle.WEEKDAY:
        return _nth(1, what, holding(Unit.WEEK, start))
    year = system(what.calendar).from_day(Day(start // 86_400)).year
    found = within_year(what, year, what.calendar)
    if found is None:
        raise ValueError(f"year {year} has no such day")
    return found


def _moved(period: Period, anchor: Interval) -> Interval:
    found = shifted(anchor, period)
    return found.stated(found.granularity, approximate=period.approximate)


def _distant(period: Period, anchor: Interval) -> Interval:
    """The day, week, month or season so far from the anchor that the anchor is one of."""
    day = moved_day(Day(anchor.bounds[0] // 86_400), period)
    return holding(Unit[anchor.granularity.name], Point(day * 86_400))


def _stretch(expr: Past | Coming, anchor: Interval) -> Interval:
    """The anchor's day is the last one of the past and the first one of what comes."""
    period = expr.period
    start, end = anchor.bounds
    if is_clock(period.unit):
        return _clocked(expr, start, end)
    if isinstance(expr, Past):
        first = moved_day(Day((end - 1) // 86_400), -period)
        return _span(Day(first + 1), Day((end - 1) // 86_400), period)
    last = moved_day(Day(start // 86_400), period)
    return _span(Day(start // 86_400), Day(last - 1), period)


def _clocked(expr: Past | Coming, start: Point, end: Point) -> Interval:
    length = moved_seconds(expr.period)
    past = isinstance(expr, Past)
    return Interval(
        start=Point(end - length) if past else start,
        end=end if past else Point(start + length),
        granularity=expr.period.unit.granularity,
        approximate=expr.period.approximate,
    )


def _span(first: Day, last: Day, period: Period) -> Interval:
    found = days(min(first, last), last, period.unit.granularity)
    return found.stated(found.granularity, approximate=period.approximate)


def _nth(number: int, what: Unit | Repeating, whole: Interval) -> Interval:
    if what is Unit.WEEK and whole.granularity is Granularity.MONTH:
        return _week_of_month(number, whole)
    start, end = whole.bounds
    if what is Unit.DECADE and whole.granularity is Granularity.CENTURY:
        return _decade_of_century(number, start)
    if what is Unit.WEEK and whole.granularity is Granularity.YEAR:
        return _week_of_year(number, whole)
    found: list[Interval] = []
    cursor = Interval(start=Point(start - 1), end=start, granularity=Granularity.SECOND)
    current = _first_inside(what, cursor, start)
    while current.start is not None and current.start < end and len(found) < 400:
        found.append(current)
        if len(found) == number:
            return current
        current = neighbours(what, current)[2]
    if not found or not -len(found) <= number <= len(found) or number == 0:
        raise ValueError(f"there is no number {number} of {len(found)} inside")
    return found[number - 1 if number > 0 else number]


def _decade_of_century(number: int, start: Point) -> Interval:
    """As people say: the first decade of the 21st century is 2000 to 2009, its last the 2090s."""
    if not -10 <= number <= 10 or number == 0:
        raise ValueError(f"a century has no decade {number}")
    first = GREGORIAN.from_day(Day(start // 86_400)).year - 1
    return years(Unit.DECADE, first + 10 * (number - 1 if number > 0 else 10 + number))


def _week_of_year(number: int, year: Interval) -> Interval:
    """By ISO 8601: the first week holds 4 January, the last one 28 December."""
    start, end = year.bounds
    near = start + 3 * 86_400 if number > 0 else end - 4 * 86_400
    week = holding(Unit.WEEK, Point(near))
    return shifted(week, Period(Unit.WEEK, number - 1 if number > 0 else number + 1))


def _week_of_month(number: int, month: Interval) -> Interval:
    """Counted by days: 1 to 7, 8 to 14 and so on, and the last seven."""
    start, end = (point // 86_400 for point in month.bounds)
    first = start + 7 * (number - 1) if number > 0 else end + 7 * number
    if not start <= first <= end - 7:
        raise ValueError(f"a month has no week {number}")
    return days(Day(first), Day(first + 6), Granularity.WEEK)


def _first_inside(what: Unit | Repeating, cursor: Interval, start: Point) -> Interval:
    if isinstance(what, Unit) and what is Unit.WEEK:
        return holding(what, start)
    before, current, after = neighbours(what, cursor)
    for each in (before, current, after):
        if each is not None and each.start is not None and each.start >= start:
            return each
    return after


def _cut(expr: Elapsed | Remaining, whole: Interval, anchor: Interval) -> Interval:
    if isinstance(expr, Elapsed):
        return whole.cut(until=anchor.bounds[1])
    start = anchor.bounds[0]
    if whole.start is None or whole.start >= start or (whole.end or start) <= start:
        return whole
    return replace(whole, start=start)


def _at(clock: Clock, day: Interval) -> Interval:
    start = midnight(Day(day.bounds[0] // 86_400)) + clock.hour * 3600
    if clock.minute is None:
        return _stated(start, 3600, Granularity.HOUR)
    start += clock.minute * 60
    if clock.second is None:
        return _stated(start, 60, Granularity.MINUTE)
    return _stated(start + clock.second, 1, Granularity.SECOND)


def _stated(start: int, length: int, granularity: Granularity) -> Interval:
    return Interval(start=Point(start), end=Point(start + length), granularity=granularity)


def _between(first: Interval, last: Interval) -> Interval:
    return Interval(
        start=first.start,
        end=last.end,
        granularity=max(first.granularity, last.granularity),
        approximate=first.approximate or last.approximate,
        uncertain=first.uncertain or last.uncertain,
    )
