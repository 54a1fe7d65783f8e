"""The calendar interval that a TIMEX3 value denotes, as naive moments [start, end).

    2026-01-27, 2025-W52-2                 a day
    2026-01-27TMO, 2026-01-27T15:30        a part of it, an hour, a minute, a second
    2025-W52, 2025-W52-WE                  a week, its weekend
    2025-12, 2025-Q4, 2025-H2, 2025-WI     a month, quarter, half-year, season
    2025, 202, 20                          a year, decade, century
    2025-12-21/2025-12-31                  both ends included; after clock times the end is not
    P3D, XXXX-10-02, PRESENT_REF           none

Hours of a part of day and months of a season are the same on both sides of a comparison, so that
only their being fixed matters. Zones of clock times are left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeAlias

Stretch: TypeAlias = tuple[dt.datetime, dt.datetime]

_DAY = dt.timedelta(days=1)
_HOURS = {
    "MO": (6, 12),
    "MI": (12, 13),
    "AF": (12, 18),
    "EV": (18, 24),
    "NI": (20, 24),
    "DT": (9, 17),
}
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?::?(?P<minute>\d\d))?(?::?(?P<second>\d\d))?(?:\.\d+)?"
    r"(?:Z|[+-]\d\d:?\d{0,2})?"
)


def denoted(value: str) -> Stretch | None:
    """What `value` names on the calendar; None for durations, sets and vague references."""
    first, joined, last = value.strip().upper().partition("/")
    try:
        start = _one(first)
        if not joined or start is None:
            return start
        end = _one(last)
    except (ValueError, OverflowError):
        return None
    if end is None:
        return None
    return start[0], end[0] if "T" in first and "T" in last else end[1]


def accepted(value: str) -> tuple[Stretch, ...]:
    """The intervals that count as right for a gold value.

    A range of days whose writer did not count the last one in is right as well.
    """
    whole = denoted(value)
    if whole is None:
        return ()
    last = denoted(value.partition("/")[2]) if "T" not in value else None
    if last is None or last[0] <= whole[0]:
        return (whole,)
    return whole, (whole[0], last[0])


def whole_days(stretch: Stretch) -> Stretch:
    """The days that the stretch touches."""
    start, end = (dt.datetime.combine(each, dt.time()) for each in stretch)
    return start, end if end == stretch[1] else end + _DAY


def _one(value: str) -> Stretch | None:
    value = value.removeprefix("FY")
    for shape, make in _SHAPES:
        found = shape.fullmatch(value)
        if found:
            return make(*found.groups())
    return None


def _date(year: str, month: str, day: str) -> Stretch:
    start = dt.datetime(int(year), int(month), int(day))  # noqa: DTZ001  # civil time
    return start, start + _DAY


def _weekday(year: str, week: str, day: str) -> Stretch:
    start = dt.datetime.fromisocalendar(int(year), int(week), int(day))
    return start, start + _DAY


def _week(year: str, week: str) -> Stretch:
    start = dt.datetime.fromisocalendar(int(year), int(week), 1)
    return start, start + 7 * _DAY


def _weekend(year: str, week: str) -> Stretch:
    start = dt.datetime.fromisocalendar(int(year), int(week), 6)
    return start, start + 2 * _DAY


def _of_day(day: str, time: str) -> Stretch | None:
    found = _one(day)
    if found is None:
        return None
    if time in _HOURS:
        start, end = (found[0] + dt.timedelta(hours=hour) for hour in _HOURS[time])
        return start, end
    clock = _CLOCK.fullmatch(time)
    return None if clock is None else _clock(found[0], clock)


def _clock(day: dt.datetime, clock: re.Match[str]) -> Stretch | None:
    """The hour, minute or second named; full minutes written with seconds are minutes."""
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    if hour > 24 or minute > 59 or second > 59:
        return None
    start = day + dt.timedelta(hours=hour, minutes=minute, seconds=second)
    if clock["minute"] is None:
        return start, start + dt.timedelta(hours=1)
    return start, start + dt.timedelta(**{"seconds" if second else "minutes": 1})


def _months(year: int, month: int, count: int) -> Stretch:
    until_year, until_month = divmod(year * 12 + month - 1 + count, 12)
    return (
        dt.datetime(year, month, 1),  # noqa: DTZ001  # civil time
        dt.datetime(until_year, until_month + 1, 1),  # noqa: DTZ001  # civil time
    )


def _month(year: str, month: str) -> Stretch:
    return _months(int(year), int(month), 1)


def _quarter(year: str, number: str) -> Stretch:
    return _months(int(year), int(number) * 3 - 2, 3)


def _half(year: str, number: str) -> Stretch:
    return _months(int(year), int(number) * 6 - 5, 6)


def _season(year: str, name: str) -> Stretch:
    return _months(int(year), _SEASON_MONTHS[name], 3)


def _year(year: str) -> Stretch:
    return _months(int(year), 1, 12)


def _decade(start: str) -> Stretch:
    return _months(int(start) * 10, 1, 120)


def _century(start: str) -> Stretch:
    return _months(int(start) * 100, 1, 1200)


_SHAPES: tuple[tuple[re.Pattern[str], Callable[..., Stretch | None]], ...] = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:-WXX-\d)?"), _date),
    (re.compile(r"(\d{4}-\d{1,2}-\d{1,2}|\d{4}-W\d{1,2}-\d)[T ](.+)"), _of_day),
    (re.compile(r"(\d{4})-(\d\d)(?:-XX)?"), _month),
    (re.compile(r"(\d{4})-W(\d{1,2})"), _week),
    (re.compile(r"(\d{4})-W(\d{1,2})-WE"), _weekend),
    (re.compile(r"(\d{4})-W(\d{1,2})-(\d)"), _weekday),
    (re.compile(r"(\d{4})-Q([1-4])"), _quarter),
    (re.compile(r"(\d{4})-H([12])"), _half),
    (re.compile(r"(\d{4})-(SP|SU|FA|AU|WI)"), _season),
    (re.compile(r"(\d{4})(?:-XX(?:-XX)?)?"), _year),
    (re.compile(r"(\d{3})X?"), _decade),
    (re.compile(r"(\d\d)(?:XX)?"), _century),
)
