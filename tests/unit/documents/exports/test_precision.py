"""How finely a date is given: never more than is known."""

import pytest

from service.documents.exports.precision import begun, ends, exact, holding, is_coarse
from service.documents.exports.told import CivilDate, read_day
from tests.exporting import told
from tests.making import day, on, since


def civil(text):
    found = read_day(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "first, last, unit, unit_around",
    [
        ("2026-01-27", "2026-01-27", (2026, 1, 27), (2026, 1, 27)),
        ("2026-01-01", "2026-01-31", (2026, 1), (2026, 1)),
        ("2024-02-01", "2024-02-29", (2024, 2), (2024, 2)),
        ("2024-02-01", "2024-02-28", None, (2024, 2)),
        ("2025-12-21", "2025-12-31", None, (2025, 12)),
        ("2025-01-01", "2025-12-31", (2025,), (2025,)),
        ("2025-01-01", "2025-04-30", None, (2025,)),
        ("2025-12-28", "2026-01-03", None, ()),
        ("Y-43-02-01", "Y-43-02-28", (-43, 2), (-43, 2)),
        ("Y-44-02-01", "Y-44-02-29", (-44, 2), (-44, 2)),
        ("Y12345-01-01", "Y12345-12-31", (12345,), (12345,)),
    ],
)
def test_units(first, last, unit, unit_around):
    assert exact(civil(first), civil(last)) == unit
    assert holding(civil(first), civil(last)) == unit_around


def test_whole_months_and_years_at_both_ends_are_given_as_such():
    assert ends(civil("1990-01-01"), civil("1999-12-31")) == ((1990,), (1999,))
    assert ends(civil("2025-12-01"), civil("2026-01-31")) == ((2025, 12), (2026, 1))
    assert ends(civil("2025-12-21"), civil("2026-01-31")) == ((2025, 12, 21), (2026, 1, 31))


@pytest.mark.parametrize(
    "date, coarse",
    [
        (on("2026-01-27"), False),
        (on("2026-01-01", "2026-01-31"), False),
        (on("2026-01-15", "2026-02-14"), False),
        (on("2026-01-15", "2026-02-15"), True),
        (on("2025-01-01", "2025-12-31"), True),
        (on("2025-01-31", "2025-03-01"), True),
        (since("2025-12-21", "2025-12-31", "2026-06-28"), False),
        (since("2025-01-01", "2025-12-31", "2026-01-28"), True),
        (on("2026-01-01", start=None), True),
        (on("2026-01-01", end=None), True),
        (on("2026-01-01", end=None, durative=True), False),
        (on("2026-01-01", start=None, durative=True), True),
        (on("2020-03-01", "2026-01-01", durative=True), False),
    ],
)
def test_what_is_known_less_finely_than_by_the_month_is_coarse(date, coarse):
    assert is_coarse(told(date).date) is coarse


def test_what_lasts_began_as_finely_as_is_known():
    assert begun(told(since("2025-12-21", "2025-12-31", "2026-01-28")).date) == (2025, 12)
    assert begun(told(since("2025-12-28", "2026-01-03", "2026-01-28")).date) == (2025,)
    assert begun(told(on("2026-01-27", "2026-02-03", durative=True)).date) == (2026, 1, 27)


@pytest.mark.parametrize("text", ["", "2026", "2026-01", "27 January", "Y-43", "2026-01-27T00:00"])
def test_what_is_no_day_is_none(text):
    assert read_day(text) is None


def test_days_beyond_four_digits_are_read():
    assert read_day("Y12345-06-07") == CivilDate(12345, 6, 7)
    assert told(on("2026-01-01", start=day("2026-01-01") - 800_000)).date.start.year == -165
