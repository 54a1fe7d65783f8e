"""Intervals as EDTF text and back (ISO 8601-2:2019, annex A; Library of Congress, EDTF 2019).

Written: level 0 dates and intervals, level 1 qualifiers, negative and long years, open sides and
unspecified digits (`199X`), and level 2 one-of-a-set `[a..b]`. What is finer than a day is written
as the days that hold it.

>>> interval_edtf(read_edtf("2025-09/2025-12~"))
'2025-09~/2025-12~'
"""

from __future__ import annotations

import re
from dataclasses import replace

from service.temporal.calendars import GREGORIAN, CivilDay
from service.temporal.interval import Day, Granularity, Interval, days
from service.temporal.units import Unit, months, years

_QUALIFIERS = {
    (False, False): "",
    (True, False): "~",
    (False, True): "?",
    (True, True): "%",
}
_QUALITIES = {mark: pair for pair, mark in _QUALIFIERS.items()}
_SIDE = re.compile(
    r"(?:(?P<long>Y-?[1-9]\d{4,14})"
    r"|(?P<century>-?\d\d)XX|(?P<decade>-?\d{3})X"
    r"|(?P<year>-?\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?)(?P<mark>[~?%]?)",
    re.ASCII,
)


def interval_edtf(interval: Interval, *, one_of: bool = False) -> str:
    """The EDTF text of `interval`, as short as its sides allow; `one_of` writes a set `[a..b]`."""
    mark = _QUALIFIERS[interval.approximate, interval.uncertain]
    single = _single(interval)
    if single is not None:
        return single + mark
    first, last = _sides(interval)
    if one_of:
        return f"[{first}..{last}]"
    return f"{first + mark if first else '..'}/{last + mark if last else '..'}"


def read_edtf(text: str) -> Interval:
    """The interval that `text` names.

    Raises ValueError for text outside the forms that this module writes, for days that do not
    exist and for an end before its start. An unknown side (an empty one) is read as open.
    """
    if text.startswith("[") and text.endswith("]"):
        first, dots, last = text[1:-1].partition("..")
        if not dots:
            raise ValueError(f"'{text}' is no set that is read here: use [a..b]")
        return _joined(text, first, last)
    first, slash, last = text.partition("/")
    if slash:
        return _joined(text, *("" if side == ".." else side for side in (first, last)))
    return _side(text)


def _single(interval: Interval) -> str | None:
    """The one date that names exactly this interval, or None."""
    if interval.start is None or interval.end is None:
        return None
    first, until = _edges(interval)
    start, end = GREGORIAN.from_day(first), GREGORIAN.from_day(until)
    if until - first == 1:
        return _day_text(start)
    if (start.day, end.day) != (1, 1):
        return None
    length = (end.year - start.year) * 12 + end.month - start.month
    if length == 1:
        return _month_text(start)
    if start.month == 1 and length == 12:
        return _year_text(start.year)
    return _years_text(start, length, interval.granularity)


def _years_text(start: CivilDay, length: int, granularity: Granularity) -> str | None:
    """`199X` and `19XX`; only for a decade or century, since ten years may be meant as ten."""
    if start.month != 1 or not 0 <= start.year <= 9999:
        return None
    if granularity is Granularity.DECADE and length == 120 and start.year % 10 == 0:
        return f"{start.year // 10:03}X"
    if granularity is Granularity.CENTURY and length == 1200 and start.year % 100 == 0:
        return f"{start.year // 100:02}XX"
    return None


def _sides(interval: Interval) -> tuple[str, str]:
    """Both sides in the coarsest precision that keeps their days; empty for an open one."""
    first = None if interval.start is None else GREGORIAN.from_day(Day(interval.start // 86_400))
    until = None if interval.end is None else GREGORIAN.from_day(Day(-(-interval.end // 86_400)))
    last = None if until is None else GREGORIAN.from_day(Day(_number(until) - 1))
    edges = [each for each in (first, until) if each is not None]
    long = any(not -9999 <= each.year <= 9999 for each in (first, last) if each is not None)
    if all(each.day == 1 and each.month == 1 for each in edges) or long:
        write = _year_side
    elif all(each.day == 1 for each in edges):
        write = _month_text
    else:
        write = _day_text
    return ("" if first is None else write(first), "" if last is None else write(last))


def _edges(interval: Interval) -> tuple[Day, Day]:
    start, end = interval.bounds
    return Day(start // 86_400), Day(-(-end // 86_400))


def _number(date: CivilDay) -> Day:
    return GREGORIAN.to_day(date.year, date.month, date.day)


def _year_side(date: CivilDay) -> str:
    return _year_text(date.year)


def _year_text(year: int) -> str:
    if 0 <= year <= 9999:
        return f"{year:04}"
    return f"-{-year:04}" if -9999 <= year < 0 else f"Y{year}"


def _month_text(date: CivilDay) -> str:
    if not -9999 <= date.year <= 9999:
        return _year_text(date.year)
    return f"{_year_text(date.year)}-{date.month:02}"


def _day_text(date: CivilDay) -> str:
    if not -9999 <= date.year <= 9999:
        return _year_text(date.year)
    return f"{_month_text(date)}-{date.day:02}"


def _joined(text: str, first: str, last: str) -> Interval:
    start = _side(first) if first else None
    end = _side(last) if last else None
    given = [each for each in (start, end) if each is not None]
    try:
        return Interval(
            start=None if start is None else start.start,
            end=None if end is None else end.end,
            granularity=max((each.granularity for each in given), default=Granularity.DAY),
            approximate=any(each.approximate for each in given),
            uncertain=any(each.uncertain for each in given),
        )
    except ValueError as error:
        raise ValueError(f"'{text}' has no days: {error}") from error


def _side(text: str) -> Interval:
    match = _SIDE.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' is no EDTF date that is read here: use 2025, 2025-12 or so")
    approximate, uncertain = _QUALITIES[match["mark"]]
    return replace(_dated(match), approximate=approximate, uncertain=uncertain)


def _dated(match: re.Match[str]) -> Interval:
    if match["long"]:
        return years(Unit.YEAR, int(match["long"][1:]))
    if match["century"]:
        return years(Unit.CENTURY, int(match["century"]) * 100)
    if match["decade"]:
        return years(Unit.DECADE, int(match["decade"]) * 10)
    year = int(match["year"])
    if match["month"] is None:
        return years(Unit.YEAR, year)
    if match["day"] is None:
        return months(Unit.MONTH, year, int(match["month"]))
    day = GREGORIAN.to_day(year, int(match["month"]), int(match["day"]))
    return days(day, day)
