"""Expression trees: each operator alone, counted from Tuesday 27 January 2026."""

from __future__ import annotations

import pytest

from service.errors import UnresolvableError
from service.temporal.algebra import (
    After,
    Before,
    Between,
    Clock,
    Coming,
    Date,
    Elapsed,
    Here,
    Last,
    Leaf,
    Next,
    Nth,
    PartOf,
    Past,
    Remaining,
    This,
    Undirected,
    Years,
)
from service.temporal.calendars import GREGORIAN
from service.temporal.edtf import interval_edtf
from service.temporal.evaluation import evaluate
from service.temporal.interval import Granularity, Point, days
from service.temporal.parts import Part
from service.temporal.timex import Calendar
from service.temporal.timex3 import value_text
from service.temporal.trees import in_calendar, leaves, substituted, undirected
from service.temporal.units import Cycle, Period, Repeating, Unit

TUESDAY = GREGORIAN.to_day(2026, 1, 27)
TODAY = days(TUESDAY, TUESDAY)
SOLAR = Calendar.SOLAR_HIJRI
TUESDAYS = Repeating(Cycle.WEEKDAY, 1)
FRIDAYS = Repeating(Cycle.WEEKDAY, 4)
DECEMBERS = Repeating(Cycle.MONTH, 12)
LEAP_DAYS = Repeating(Cycle.MONTH_DAY, 2, 29)


@pytest.mark.parametrize(
    "expr,expected",
    [
        (Here(), "2026-01-27"),
        (Date(2025), "2025"),
        (Date(2025, 12), "2025-12"),
        (Date(2025, 12, 7), "2025-12-07"),
        (Date(1404, calendar=SOLAR), "2025-03-21/2026-03-20"),
        (Date(1404, 10, calendar=SOLAR), "2025-12-22/2026-01-20"),
        (Date(1404, 10, 7, SOLAR), "2025-12-28"),
        (Years(Unit.DECADE, 1990), "199X"),
        (Years(Unit.CENTURY, 1801), "1801/1900"),
        (This(Unit.DAY), "2026-01-27"),
        (This(Unit.WEEK), "2026-01-26/2026-02-01"),
        (This(Unit.WEEKEND), "2026-01-31/2026-02-01"),
        (This(Unit.MONTH), "2026-01"),
        (This(Unit.SEASON), "2025-12/2026-02"),
        (This(Unit.QUARTER), "2026-01/2026-03"),
        (This(Unit.HALF_YEAR), "2026-01/2026-06"),
        (This(Unit.YEAR), "2026"),
        (This(Unit.DECADE), "202X"),
        (This(Unit.CENTURY), "2001/2100"),
        (This(FRIDAYS), "2026-01-30"),
        (This(DECEMBERS), "2026-12"),
        (Last(Unit.WEEK), "2026-01-19/2026-01-25"),
        (Last(Unit.YEAR), "2025"),
        (Last(TUESDAYS), "2026-01-20"),
        (Last(TUESDAYS, including=True), "2026-01-27"),
        (Last(FRIDAYS, including=True), "2026-01-23"),
        (Last(DECEMBERS), "2025-12"),
        (Last(LEAP_DAYS), "2024-02-29"),
        (Next(Unit.MONTH), "2026-02"),
        (Next(TUESDAYS), "2026-02-03"),
        (Next(TUESDAYS, including=True), "2026-01-27"),
        (Next(LEAP_DAYS), "2028-02-29"),
        (Before(Period(Unit.DAY, 3)), "2026-01-24"),
        (Before(Period(Unit.WEEK, 2)), "2026-01-12/2026-01-18"),
        (Before(Period(Unit.MONTH, 2)), "2025-11"),
        (Before(Period(Unit.YEAR, 1)), "2025"),
        (Before(Period(Unit.DAY, 5, approximate=True)), "2026-01-22~"),
        (After(Period(Unit.DAY, 1), Date(2025, 12, 31)), "2026-01-01"),
        (After(Period(Unit.MONTH, 1), Date(2025, 1, 31)), "2025-02"),
        (Past(Period(Unit.MONTH, 3)), "2025-10-28/2026-01-27"),
        (Coming(Period(Unit.WEEK, 2)), "2026-01-27/2026-02-09"),
        (Nth(1, Repeating(Cycle.WEEKDAY, 0), Date(2024, 3)), "2024-03-04"),
        (Nth(-1, FRIDAYS, Date(2025, 5)), "2025-05-30"),
        (Nth(2, Unit.WEEK, Date(2025, 12)), "2025-12-08/2025-12-14"),
        (Nth(-1, Unit.DAY, Date(2025)), "2025-12-31"),
        (Nth(3, Unit.QUARTER, Date(2025)), "2025-07/2025-09"),
        (Nth(1, Repeating(Cycle.SEASON, 3), Date(2025)), "2025-12/2026-02"),
        (PartOf(Part.LATE, Date(2025, 12)), "2025-12-21/2025-12-31"),
        (PartOf(Part.MID, Date(2024, 2)), "2024-02-11/2024-02-20"),
        (PartOf(Part.EARLY, Date(2026)), "2026-01/2026-04"),
        (PartOf(Part.LATE, Date(1404, calendar=SOLAR)), "2025-11-22/2026-03-20"),
        (PartOf(Part.EARLY, Years(Unit.DECADE, 2000)), "2000/2003"),
        (PartOf(Part.LATE, Years(Unit.CENTURY, 1801)), "1868/1900"),
        (PartOf(Part.LAST_DAY, Date(2026, 3)), "2026-03-31"),
        (PartOf(Part.SECOND_HALF, Date(2025, 3)), "2025-03-16/2025-03-31"),
        (Elapsed(This(Unit.YEAR)), "2026-01-01/2026-01-27"),
        (Remaining(This(Unit.MONTH)), "2026-01-27/2026-01-31"),
        (Between(Date(2025, 12, 28), Date(2026, 1, 3)), "2025-12-28/2026-01-03"),
    ],
)
def test_an_expression_denotes_these_days(expr, expected):
    assert interval_edtf(evaluate(expr, TODAY)) == expected


@pytest.mark.parametrize(
    "expr",
    [
        Undirected(TUESDAYS),
        Date(2025, 2, 30),
        Date(1404, 12, 30, SOLAR),
        Nth(5, Repeating(Cycle.WEEKDAY, 0), Date(2024, 3)),
        Between(Date(2026), Date(2025)),
        Date(5000, calendar=SOLAR),
    ],
)
def test_what_has_no_place_is_unresolvable(expr):
    with pytest.raises(UnresolvableError):
        evaluate(expr, TODAY)


def test_an_unbound_event_counts_from_whatever_anchor_it_is_given():
    verdict = days(GREGORIAN.to_day(2025, 3, 3), GREGORIAN.to_day(2025, 3, 3))
    tree = After(Period(Unit.DAY, 2), Here(Leaf.EVENT))
    assert interval_edtf(evaluate(tree, verdict)) == "2025-03-05"


def test_clock_times_keep_their_grain():
    five = evaluate(Clock(Here(), 17), TODAY)
    half = evaluate(Clock(Here(), 17, 30), TODAY)
    assert five.granularity is Granularity.HOUR
    assert half.bounds == (Point(five.bounds[0] + 1800), Point(five.bounds[0] + 1860))
    assert value_text(half) == "2026-01-27T17:30"


def test_a_night_ends_on_the_next_morning():
    night = evaluate(PartOf(Part.NIGHT, Here()), TODAY)
    assert night.first_day == TUESDAY
    assert night.last_day == TUESDAY + 1


def test_trees_are_data():
    tree = PartOf(Part.LATE, Last(DECEMBERS))
    assert tree == PartOf(Part.LATE, Last(DECEMBERS))
    assert hash(tree) == hash(PartOf(Part.LATE, Last(DECEMBERS)))
    assert "LATE" in repr(tree)


def test_trees_are_walked_and_changed_without_touching_them():
    tree = Between(Undirected(DECEMBERS), Next(TUESDAYS, Undirected(DECEMBERS)))
    assert undirected(tree) == Undirected(DECEMBERS)
    changed = substituted(tree, Undirected(DECEMBERS), Date(2025, 12))
    assert changed == Between(Date(2025, 12), Next(TUESDAYS, Date(2025, 12)))
    assert leaves(changed) == (Date(2025, 12), Date(2025, 12))
    assert undirected(changed) is None


def test_a_season_follows_its_year_into_another_calendar():
    spring = Nth(1, Repeating(Cycle.SEASON, 0), Date(1404))
    assert interval_edtf(evaluate(in_calendar(spring, SOLAR), TODAY)) == "2025-03-21/2025-06-21"


@pytest.mark.parametrize(
    "expr,value",
    [
        (Date(2025, 12, 7), "2025-12-07"),
        (This(Unit.WEEK), "2026-W05"),
        (This(Unit.WEEKEND), "2026-W05-WE"),
        (This(Unit.SEASON), "2025-WI"),
        (This(Unit.QUARTER), "2026-Q1"),
        (This(Unit.HALF_YEAR), "2026-H1"),
        (Years(Unit.DECADE, 1990), "199"),
        (Years(Unit.CENTURY, 1801), "18"),
        (Years(Unit.MILLENNIUM, 2001), "2"),
        (Date(-43), "BC0044"),
        (Date(1404, 10, calendar=SOLAR), "2025-12-22/2026-01-20"),
    ],
)
def test_timex3_value_names_the_unit(expr, value):
    assert value_text(evaluate(expr, TODAY)) == value
