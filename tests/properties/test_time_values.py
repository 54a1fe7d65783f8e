"""Laws of days, intervals and their texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.temporal.calendars import (
    GREGORIAN,
    SOLAR_HIJRI,
    iso_week,
    iso_week_start,
    nowruz,
    weekday,
)
from service.temporal.edtf import interval_edtf, read_edtf
from service.temporal.interval import Day, Granularity, Interval, Point, days, midnight

ANY_DAY = st.integers(-5_000_000, 5_000_000).map(Day)
SOLAR_DAY = st.integers(-492_000, 370_000).map(Day)
POINTS = st.integers(-(10**11), 10**11).map(Point)
WRITTEN_DAY = st.integers(
    GREGORIAN.to_day(-9999, 1, 1), GREGORIAN.to_day(9999, 12, 31)
).map(Day)  # fmt: skip


@st.composite
def intervals(draw) -> Interval:
    """Closed, or open on one side, on whole seconds."""
    start, end = sorted(draw(st.lists(POINTS, min_size=2, max_size=2, unique=True)))
    shape = draw(st.sampled_from(["closed", "open start", "open end"]))
    return Interval(
        start=None if shape == "open start" else start,
        end=None if shape == "open end" else end,
        granularity=draw(st.sampled_from(Granularity)),
    )


@st.composite
def day_ranges(draw) -> Interval:
    """Whole days in the years that EDTF level 1 writes to the day."""
    first, last = sorted(draw(st.tuples(WRITTEN_DAY, WRITTEN_DAY)))
    closed = days(Day(first), Day(last))
    shape = draw(st.sampled_from(["closed", "closed", "open start", "open end"]))
    return Interval(
        start=None if shape == "open start" else closed.start,
        end=None if shape == "open end" else closed.end,
        granularity=Granularity.DAY,
        approximate=draw(st.booleans()),
        uncertain=draw(st.booleans()),
    )


@given(ANY_DAY)
def test_gregorian_days_round_trip(day):
    date = GREGORIAN.from_day(day)
    assert GREGORIAN.to_day(date.year, date.month, date.day) == day


@given(SOLAR_DAY)
def test_solar_hijri_days_round_trip(day):
    date = SOLAR_HIJRI.from_day(day)
    assert SOLAR_HIJRI.to_day(date.year, date.month, date.day) == day


@given(ANY_DAY)
def test_civil_days_keep_the_order_of_days(day):
    assert GREGORIAN.from_day(day) < GREGORIAN.from_day(Day(day + 1))


@given(st.integers(-700, 2300))
def test_solar_hijri_years_have_365_or_366_days(year):
    assert nowruz(year + 1) - nowruz(year) in {365, 366}


@given(ANY_DAY)
def test_weeks_start_on_monday_and_hold_their_day(day):
    monday = iso_week_start(*iso_week(day))
    assert weekday(monday) == 0
    assert 0 <= day - monday < 7


@given(intervals(), intervals())
def test_overlap_is_symmetric(one, other):
    assert one.overlaps(other) == other.overlaps(one)


@given(intervals(), POINTS)
def test_an_interval_overlaps_each_second_it_contains(interval, point):
    second = Interval(start=point, end=Point(point + 1), granularity=Granularity.SECOND)
    assert interval.contains(point) == interval.overlaps(second)


@given(intervals(), POINTS)
def test_cutting_never_adds_and_cuts_once(interval, point):
    cut = interval.cut(until=point)
    assert cut.start == interval.start
    assert cut.end is None or interval.end is None or cut.end <= interval.end
    assert cut.cut(until=point) == cut


@given(ANY_DAY, st.integers(0, 10_000))
def test_days_are_half_open(first, length):
    interval = days(first, Day(first + length))
    assert interval.first_day == first
    assert interval.last_day == first + length
    assert interval.bounds == (midnight(first), midnight(Day(first + length + 1)))


@given(day_ranges())
def test_edtf_text_keeps_sides_and_qualifiers(interval):
    back = read_edtf(interval_edtf(interval))
    assert (back.start, back.end) == (interval.start, interval.end)
    assert back.approximate == interval.approximate
    assert back.uncertain == interval.uncertain


@given(day_ranges())
def test_edtf_text_is_stable(interval):
    text = interval_edtf(interval)
    assert interval_edtf(read_edtf(text)) == text


@given(day_ranges())
def test_edtf_sets_keep_their_sides(interval):
    back = read_edtf(interval_edtf(interval, one_of=True))
    assert (back.start, back.end) == (interval.start, interval.end)
