"""EDTF text: one table of intervals, the `edtf` package as an oracle, and what is refused."""

from __future__ import annotations

import edtf
import pytest

from service.temporal.calendars import GREGORIAN, CivilDay
from service.temporal.edtf import interval_edtf, read_edtf
from service.temporal.interval import Day, Granularity, Interval, Point, days, midnight

# Text, first day, last day (None for an open side).
TABLE = [
    ("2026-01-27", (2026, 1, 27), (2026, 1, 27)),
    ("2025-12", (2025, 12, 1), (2025, 12, 31)),
    ("2024-02", (2024, 2, 1), (2024, 2, 29)),
    ("2025", (2025, 1, 1), (2025, 12, 31)),
    ("0000", (0, 1, 1), (0, 12, 31)),
    ("-0043", (-43, 1, 1), (-43, 12, 31)),
    ("199X", (1990, 1, 1), (1999, 12, 31)),
    ("19XX", (1900, 1, 1), (1999, 12, 31)),
    ("2025-12-21/2025-12-31", (2025, 12, 21), (2025, 12, 31)),
    ("2025-09/2026-04", (2025, 9, 1), (2026, 4, 30)),
    ("2019/2023", (2019, 1, 1), (2023, 12, 31)),
    ("2025-12-28/..", (2025, 12, 28), None),
    ("../2026-01-27", None, (2026, 1, 27)),
    ("2026-01-24~", (2026, 1, 24), (2026, 1, 24)),
    ("2026-01-24?", (2026, 1, 24), (2026, 1, 24)),
    ("2026-01-24%", (2026, 1, 24), (2026, 1, 24)),
    ("2025-12-21~/2025-12-31~", (2025, 12, 21), (2025, 12, 31)),
    ("Y12025", (12_025, 1, 1), (12_025, 12, 31)),
]


def civil(day: Day | None) -> CivilDay | None:
    return None if day is None else GREGORIAN.from_day(day)


@pytest.mark.parametrize("text,first,last", TABLE)
def test_text_is_read_and_written_back(text, first, last):
    interval = read_edtf(text)
    assert civil(interval.first_day) == (first and CivilDay(*first))
    assert civil(interval.last_day) == (last and CivilDay(*last))
    assert interval_edtf(interval) == text


@pytest.mark.parametrize("text", [row[0] for row in TABLE if row[0] != "Y12025"])
def test_the_edtf_package_reads_the_same_days(text):
    oracle = edtf.parse_edtf(text)
    interval = read_edtf(text)
    lower, upper = oracle.lower_strict(), oracle.upper_strict()
    if interval.first_day is not None:
        assert civil(interval.first_day) == CivilDay(*lower[:3])
    if interval.last_day is not None:
        assert civil(interval.last_day) == CivilDay(*upper[:3])


def test_a_set_of_which_one_is_meant():
    interval = days(GREGORIAN.to_day(2025, 12, 21), GREGORIAN.to_day(2025, 12, 31))
    text = interval_edtf(interval, one_of=True)
    assert text == "[2025-12-21..2025-12-31]"
    assert read_edtf(text).bounds == interval.bounds


def test_a_set_open_at_the_start():
    assert civil(read_edtf("[..2026-01-27]").last_day) == CivilDay(2026, 1, 27)
    assert read_edtf("[..2026-01-27]").start is None


def test_what_is_finer_than_a_day_is_written_as_its_day():
    start = midnight(GREGORIAN.to_day(2026, 1, 27)) + 17 * 3600
    hour = Interval(start=Point(start), end=Point(start + 3600), granularity=Granularity.HOUR)
    assert interval_edtf(hour) == "2026-01-27"


def test_ten_years_that_are_no_decade_stay_an_interval():
    first, last = GREGORIAN.to_day(1990, 1, 1), GREGORIAN.to_day(1999, 12, 31)
    assert interval_edtf(days(first, last, Granularity.YEAR)) == "1990/1999"
    assert interval_edtf(days(first, last, Granularity.DECADE)) == "199X"


def test_a_century_as_people_count_it_is_an_interval():
    first, last = GREGORIAN.to_day(1801, 1, 1), GREGORIAN.to_day(1900, 12, 31)
    assert interval_edtf(days(first, last, Granularity.CENTURY)) == "1801/1900"


@pytest.mark.parametrize(
    "text",
    ["", "/", "../..", "2025-13", "2025-02-30", "2026-01-27T10:00", "2025/2024", "26", "[2025]",
     "20255", "2025-1", "tomorrow", "2025~~", "Y0", "２０２５"],
)  # fmt: skip
def test_other_text_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        read_edtf(text)
