"""`published_at` read: the instant, and the civil day that is "today" for the article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.errors import InvalidInputError, Violation
from service.temporal.calendars import GREGORIAN
from service.temporal.interval import SECONDS_A_DAY, Day, Point, midnight
from service.temporal.timex import Publication

_SHAPE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:[Tt ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r"(?P<zone>[Zz]|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
_RIGHT = "use RFC 3339 with offset, 2026-01-27T10:00:00-05:00, or a bare date, 2026-01-27"


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What is written: the civil point, and seconds east of UTC (None for a bare date)."""

    point: Point
    offset: int | None
    zulu: bool


def read_publication(published_at: str, timezone: str | None = None) -> Publication:
    """The publication instant on the outlet's clock.

    `timezone` (IANA) says whose day it is and moves the clock there; without it an offset other
    than `Z` is trusted, and with `Z` the UTC day is used and `zone_known` is false. A bare date
    is that civil day, without clock, wherever it is. Raises InvalidInputError.
    """
    zone = None if timezone is None else read_zone(timezone)
    stamp = _read(published_at)
    if stamp.offset is None:
        return Publication(point=stamp.point, has_clock=False)
    if zone is None:
        return Publication(
            point=stamp.point, has_clock=True, offset=stamp.offset, zone_known=not stamp.zulu
        )
    offset = offset_at(zone, stamp.point - stamp.offset)
    local = Point(stamp.point - stamp.offset + offset)
    return Publication(point=local, has_clock=True, offset=offset)


def read_zone(name: str) -> ZoneInfo:
    """The IANA zone of that name; raises InvalidInputError for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        detail = f"'{name}' is no IANA time zone: use a name such as Europe/London"
        raise InvalidInputError(Violation("/timezone", detail)) from error


def utc_seconds(published_at: str) -> int:
    """Seconds since 1970-01-01T00:00:00Z; a bare date is its midnight UTC.

    Raises InvalidInputError as `read_publication` does.
    """
    stamp = _read(published_at)
    return stamp.point - (stamp.offset or 0)


def offset_at(zone: ZoneInfo, utc: int) -> int:
    """Seconds east of UTC; in the first and last days of datetime the zone's standard offset."""
    lowest, highest = -62_135_510_400, 253_402_214_400  # a day inside years 1 and 9999
    instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(max(utc, lowest), highest))
    found = instant.astimezone(zone).utcoffset() or timedelta(0)
    return found.days * SECONDS_A_DAY + found.seconds


def _read(text: str) -> _Stamp:
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise _refused(f"'{text}' is no date: {_RIGHT}")
    day = _day(text, match)
    if match["hour"] is None:
        return _Stamp(midnight(day), None, zulu=False)
    if match["zone"] is None:
        raise _refused(f"'{text}' has a clock but no offset: {_RIGHT}")
    seconds = _clock(text, match)
    zulu = match["zone"] in "Zz"
    return _Stamp(Point(midnight(day) + seconds), 0 if zulu else _offset(text, match), zulu=zulu)


def _day(text: str, match: re.Match[str]) -> Day:
    year = int(match["year"])
    if year < 1:
        raise _refused(f"'{text}' has year {year}: use 0001 to 9999")
    try:
        return GREGORIAN.to_day(year, int(match["month"]), int(match["day"]))
    except ValueError as error:
        raise _refused(f"'{text}' is no day of the calendar: {error}") from error


def _clock(text: str, match: re.Match[str]) -> int:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if hour > 23 or minute > 59 or second > 60:
        raise _refused(f"'{text}' has no such time of day: use 00:00:00 to 23:59:60")
    return hour * 3600 + minute * 60 + min(second, 59)


def _offset(text: str, match: re.Match[str]) -> int:
    zone = match["zone"]
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if hours > 23 or minutes > 59:
        raise _refused(f"'{text}' has no such offset: use -23:59 to +23:59")
    return (hours * 3600 + minutes * 60) * (-1 if zone[0] == "-" else 1)


def _refused(detail: str) -> InvalidInputError:
    return InvalidInputError(Violation("/published_at", detail))
