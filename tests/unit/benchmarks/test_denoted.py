"""Which interval a TIMEX3 value names, for scoring."""

import datetime as dt

import pytest
from denoted import accepted, denoted, whole_days


def moments(*texts):
    return tuple(dt.datetime.fromisoformat(each) for each in texts)


@pytest.mark.parametrize(
    "value, start, end",
    [
        ("2014-03-09", "2014-03-09", "2014-03-10"),
        ("2014-03-09-WXX-7", "2014-03-09", "2014-03-10"),
        ("2014-W10-7", "2014-03-09", "2014-03-10"),
        ("2014-W10", "2014-03-03", "2014-03-10"),
        ("2014-W10-WE", "2014-03-08", "2014-03-10"),
        ("2014-12", "2014-12-01", "2015-01-01"),
        ("2014-12-XX", "2014-12-01", "2015-01-01"),
        ("2014-Q4", "2014-10-01", "2015-01-01"),
        ("2014-H1", "2014-01-01", "2014-07-01"),
        ("2014-WI", "2014-12-01", "2015-03-01"),
        ("2014", "2014-01-01", "2015-01-01"),
        ("FY2014", "2014-01-01", "2015-01-01"),
        ("2014-XX-XX", "2014-01-01", "2015-01-01"),
        ("201", "2010-01-01", "2020-01-01"),
        ("19XX", "1900-01-01", "2000-01-01"),
        ("2014-03-09TMO", "2014-03-09T06:00", "2014-03-09T12:00"),
        ("2014-03-09tev", "2014-03-09T18:00", "2014-03-10"),
        ("2014-03-09T15", "2014-03-09T15:00", "2014-03-09T16:00"),
        ("2014-03-09T15:30+01:00", "2014-03-09T15:30", "2014-03-09T15:31"),
        ("2014-03-09T15:30:00", "2014-03-09T15:30", "2014-03-09T15:31"),
        ("2014-03-09T15:30:20Z", "2014-03-09T15:30:20", "2014-03-09T15:30:21"),
        ("2014-03-09T24:00", "2014-03-10", "2014-03-10T00:01"),
        ("2014-03/2014-05", "2014-03-01", "2014-06-01"),
        ("2014-03-09T15:00/2014-03-09T17:00", "2014-03-09T15:00", "2014-03-09T17:00"),
    ],
)
def test_a_value_names_an_interval(value, start, end):
    assert denoted(value) == moments(start, end)


@pytest.mark.parametrize(
    "value",
    [
        *("", "P3D", "PRESENT_REF", "XXXX-10-02", "--09", "2014-13", "2014-02-30", "0000"),
        *("2014-W60", "2014-03-09TXX", "2014-03-09T25", "2014/P3D", "PXD/2014", "9999"),
    ],
)
def test_a_value_off_the_calendar_names_none(value):
    assert denoted(value) is None
    assert accepted(value) == ()


def test_gold_days_may_leave_their_last_day_out():
    both = accepted("2014-03-09/2014-03-11")
    assert both == (moments("2014-03-09", "2014-03-12"), moments("2014-03-09", "2014-03-11"))
    assert len(accepted("2014-03-09/2014-03-09")) == 1


def test_clock_times_widen_to_the_days_they_touch():
    late = moments("2014-03-09T22:00", "2014-03-10T02:00")
    assert whole_days(late) == moments("2014-03-09", "2014-03-11")
    assert whole_days(moments("2014-03-09", "2014-03-10")) == moments("2014-03-09", "2014-03-10")
