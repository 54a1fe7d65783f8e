"""Gregorian and Solar Hijri days against the standard library and the official table."""

from __future__ import annotations

import datetime as dt

import pytest

from service.temporal.calendars import (
    GREGORIAN,
    SOLAR_HIJRI,
    CivilDay,
    iso_week,
    iso_week_start,
    nowruz,
    weekday,
)
from service.temporal.equinox import march_equinox
from service.temporal.interval import Day

# Leap years 1206 to 1498 as published by the Calendar Center, Institute of Geophysics, University
# of Tehran (KabiseShamsi1206-1498-new.pdf, calendar.ut.ac.ir); the table begins with 1 Farvardin
# 1206 = 22 March 1827. The leap years and that one day give the first day of every year. ICU 78
# agrees in every year; convertdate 2.5 too but for 1243, 1255, 1259, 1267, 1271 and 1276, which
# it begins a day late: the equinox fell between 6:50 and 11:50 in the morning there.
FIRST_YEAR, LAST_YEAR, FIRST_DAY = 1206, 1498, (1827, 3, 22)
LEAP_YEARS = frozenset(
    [
        1210, 1214, 1218, 1222, 1226, 1230, 1234, 1238, 1243, 1247, 1251, 1255, 1259, 1263, 1267,
        1271, 1276, 1280, 1284, 1288, 1292, 1296, 1300, 1304, 1309, 1313, 1317, 1321, 1325, 1329,
        1333, 1337, 1342, 1346, 1350, 1354, 1358, 1362, 1366, 1370, 1375, 1379, 1383, 1387, 1391,
        1395, 1399, 1403, 1408, 1412, 1416, 1420, 1424, 1428, 1432, 1436, 1441, 1445, 1449, 1453,
        1457, 1461, 1465, 1469, 1474, 1478, 1482, 1486, 1490, 1494, 1498,
    ]
)  # fmt: skip


def official_new_year_days() -> dict[int, Day]:
    found, day = {}, GREGORIAN.to_day(*FIRST_DAY)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        found[year] = day
        day = Day(day + (366 if year in LEAP_YEARS else 365))
    return found


def test_every_official_new_year_day_from_1206_to_1498():
    official = official_new_year_days()
    assert {year: nowruz(year) for year in official} == official


def test_1403_is_leap_and_1404_is_not():
    assert SOLAR_HIJRI.month_length(1403, 12) == 30
    assert SOLAR_HIJRI.month_length(1404, 12) == 29
    assert GREGORIAN.from_day(nowruz(1404)) == CivilDay(2025, 3, 21)
    assert GREGORIAN.from_day(nowruz(1405)) == CivilDay(2026, 3, 21)


@pytest.mark.parametrize(
    "solar,gregorian",
    [
        ((1357, 11, 22), (1979, 2, 11)),  # the revolution
        ((1332, 5, 28), (1953, 8, 19)),  # the coup
        ((1401, 6, 25), (2022, 9, 16)),  # the death of Mahsa Amini
        ((1404, 10, 7), (2025, 12, 28)),
        ((1403, 12, 30), (2025, 3, 20)),
        ((1, 1, 1), (622, 3, 22)),  # the epoch (Calendrical Calculations, ch. 15; convertdate)
    ],
)
def test_known_days_of_history(solar, gregorian):
    day = GREGORIAN.to_day(*gregorian)
    assert SOLAR_HIJRI.to_day(*solar) == day
    assert SOLAR_HIJRI.from_day(day) == CivilDay(*solar)


def test_equinox_of_2025_is_within_two_minutes_of_the_almanac():
    """20 March 2025, 09:01 UT (US Naval Observatory)."""
    almanac = (dt.datetime(2025, 3, 20, 9, 1) - dt.datetime(1970, 1, 1)).total_seconds() / 86_400  # noqa: DTZ001  # plain arithmetic
    assert abs(march_equinox(2025) - almanac) < 2 / 1440


def test_equinox_outside_its_tables_is_refused():
    with pytest.raises(ValueError, match="use -999 to 3000"):
        march_equinox(3001)


@pytest.mark.parametrize(
    "year,month,day",
    [(2025, 2, 29), (2024, 2, 30), (2025, 13, 1), (2025, 0, 1), (2025, 4, 31), (2025, 1, 0)],
)
def test_days_that_do_not_exist_are_refused(year, month, day):
    with pytest.raises(ValueError, match=r"month"):
        GREGORIAN.to_day(year, month, day)


def test_30_esfand_exists_in_leap_years_only():
    assert SOLAR_HIJRI.to_day(1403, 12, 30) == nowruz(1404) - 1
    with pytest.raises(ValueError, match="days 1 to 29"):
        SOLAR_HIJRI.to_day(1404, 12, 30)


def test_day_zero_is_the_first_of_january_1970_a_thursday():
    assert GREGORIAN.from_day(Day(0)) == CivilDay(1970, 1, 1)
    assert weekday(Day(0)) == 3


def test_years_have_no_walls():
    for year in (-12_345, -1, 0, 1, 9999, 10_000, 123_456):
        day = GREGORIAN.to_day(year, 2, 28)
        assert GREGORIAN.from_day(day) == CivilDay(year, 2, 28)


def test_year_zero_is_leap():
    assert GREGORIAN.month_length(0, 2) == 29


def test_iso_weeks_agree_with_the_standard_library():
    for number in range(dt.date(1999, 1, 1).toordinal(), dt.date(2030, 1, 1).toordinal(), 3):
        date = dt.date.fromordinal(number)
        day = GREGORIAN.to_day(date.year, date.month, date.day)
        assert iso_week(day) == date.isocalendar()[:2]
        assert weekday(day) == date.weekday()


def test_week_53_exists_in_long_years_only():
    assert GREGORIAN.from_day(iso_week_start(2020, 53)) == CivilDay(2020, 12, 28)
    with pytest.raises(ValueError, match="year 2025 has no week 53"):
        iso_week_start(2025, 53)
