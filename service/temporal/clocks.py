"""One moment on two clocks: "9:15 p.m. EST on Saturday (0215 GMT)" is a Sunday in Greenwich.

The second time names no day of its own: it is the day on which both show the same instant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from service.temporal.calendars import GREGORIAN
from service.temporal.interval import SECONDS_A_DAY, Day, Interval, Point, day_of
from service.temporal.timex import Resolution, Step, TimexType

_BETWEEN = re.compile(r"\s?[(\[/–—]\s?(?:or |i\.e\.,? )?|,? (?:or|that is|which is),? ")
_VALUE = re.compile(
    r"(?P<day>.+)T(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d)?(?P<zone>Z|[+-]\d\d:\d\d)?"
)
_DAYLESS = frozenset(["<clock> a.m.", "<clock>", "<clock> cut", "<hhmm> <zone>", "noon"])
_MINUTES = 24 * 60
_WEST, _EAST = -12 * 60, 14 * 60
_SURE = 0.95


@dataclass(frozen=True, slots=True)
class Hand:
    """Where a clock stands: minutes of the day, and minutes east of UTC if the text tells."""

    minutes: int
    offset: int | None


def same_moment(found: tuple[Resolution, ...], text: str) -> tuple[Resolution, ...]:
    """The expressions, with the second of two clocks put on the day of the first one's instant."""
    made = list(found)
    for index in range(len(made) - 1):
        first, second = made[index], made[index + 1]
        if _is_apposed(first, second, text):
            made[index + 1] = _moved(first, second)
    return tuple(made)


def _is_apposed(first: Resolution, second: Resolution, text: str) -> bool:
    if first.type is not TimexType.TIME or second.type is not TimexType.TIME:
        return False
    between = text[first.span.end : second.span.start]
    dayless = any(step.rule in _DAYLESS for step in second.derivation)
    return dayless and _BETWEEN.fullmatch(between) is not None


def _moved(first: Resolution, second: Resolution) -> Resolution:
    """The second time on the day that its clock shows at the instant of the first."""
    one, other = _hand(first.value), _hand(second.value)
    if one is None or other is None or first.interval is None or second.interval is None:
        return second
    shift = _days_between(one, other)
    if shift is None or first.interval.start is None:
        return second
    day = Day(day_of(first.interval.start) + shift)
    interval = _on(day, second.interval)
    says = f"'{first.text}' beside it is the same moment on another clock"
    return replace(
        second,
        interval=interval,
        value=f"{_iso(day)}T{second.value.partition('T')[2]}",
        confidence=max(second.confidence, min(first.confidence, _SURE)),
        derivation=(*second.derivation, Step("apposition", says)),
    )


def _days_between(one: Hand, other: Hand) -> int | None:
    """Days from the date on the first clock to that on the second; None when nothing tells."""
    if one.offset is None and other.offset is None:
        return None
    if one.offset is not None and other.offset is not None:
        return round((one.minutes - one.offset - other.minutes + other.offset) / _MINUTES)
    known = other.offset if one.offset is None else one.offset
    sign = 1 if one.offset is None else -1
    gaps = {
        shift: sign * (one.minutes - other.minutes - shift * _MINUTES) + (known or 0)
        for shift in (-1, 0, 1)
    }
    possible = [shift for shift, gap in gaps.items() if _WEST <= gap <= _EAST]
    return min(possible, key=lambda shift: abs(gaps[shift]), default=None)


def _hand(value: str) -> Hand | None:
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    return Hand(int(found["hour"]) * 60 + int(found["minute"]), _offset(found["zone"]))


def _offset(zone: str | None) -> int | None:
    if zone is None or zone == "Z":
        return None if zone is None else 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return -minutes if zone[0] == "-" else minutes


def _on(day: Day, interval: Interval) -> Interval:
    """The same stretch of the clock on that day."""
    start, end = interval.bounds
    by = (day - day_of(start)) * SECONDS_A_DAY
    return replace(interval, start=Point(start + by), end=Point(end + by))


def _iso(day: Day) -> str:
    date = GREGORIAN.from_day(day)
    return f"{date.year:04}-{date.month:02}-{date.day:02}"
