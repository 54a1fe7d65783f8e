"""Calendars as pairs of functions to and from the day number of `interval.Day`.

One file a family; this is the front from which the rest of the engine takes them.
"""

from __future__ import annotations

from service.temporal.calendars_gregorian import (
    FRIDAY,
    GREGORIAN,
    MONDAY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    CalendarSystem,
    CivilDay,
    Gregorian,
    is_leap,
    iso_week,
    iso_week_start,
    weekday,
)
from service.temporal.calendars_hebrew import HEBREW
from service.temporal.calendars_islamic import LUNAR_HIJRI
from service.temporal.calendars_julian import ETHIOPIC, JULIAN
from service.temporal.calendars_offset import BUDDHIST, INDIAN, JAPANESE, MINGUO
from service.temporal.calendars_persian import SOLAR_HIJRI, SolarHijri, nowruz
from service.temporal.timex import Calendar

__all__ = [
    "FRIDAY",
    "GREGORIAN",
    "MONDAY",
    "SATURDAY",
    "SOLAR_HIJRI",
    "SUNDAY",
    "THURSDAY",
    "TUESDAY",
    "WEDNESDAY",
    "CalendarSystem",
    "CivilDay",
    "Gregorian",
    "SolarHijri",
    "is_leap",
    "iso_week",
    "iso_week_start",
    "nowruz",
    "system",
    "weekday",
]


def system(calendar: Calendar) -> CalendarSystem:
    """The functions of `calendar`."""
    return _SYSTEMS[calendar]


_SYSTEMS: dict[Calendar, CalendarSystem] = {
    Calendar.GREGORIAN: GREGORIAN,
    Calendar.SOLAR_HIJRI: SOLAR_HIJRI,
    Calendar.LUNAR_HIJRI: LUNAR_HIJRI,
    Calendar.BUDDHIST: BUDDHIST,
    Calendar.JAPANESE: JAPANESE,
    Calendar.MINGUO: MINGUO,
    Calendar.HEBREW: HEBREW,
    Calendar.ETHIOPIC: ETHIOPIC,
    Calendar.INDIAN: INDIAN,
    Calendar.JULIAN: JULIAN,
}
