"""What a page draws of a date: points, bars and soft ends, on a scale of days."""

from service.documents.dates import read_iso_day
from service.documents.pages.scale import Axis, Mark, Shape, marks

APRIL = Axis(read_iso_day("2026-04-01"), read_iso_day("2026-04-30"))


def once(start=None, end=None, **sides):
    return _date(start, end, durative=False, **sides)


def lasting(start=None, end=None, **sides):
    return _date(start, end, durative=True, **sides)


def _date(start, end, *, durative, **sides):
    days = {"start": start, "end": end, **sides}
    return {
        "durative": durative,
        **{name: f"2026-{day}" for name, day in days.items() if day is not None},
    }


def drawn(date):
    return [(mark.shape, mark.at, mark.width) for mark in marks(date, APRIL)]


def test_a_sure_day_is_a_point_in_its_middle():
    sure = once("04-16", "04-16", earliest="04-16", latest="04-16")
    assert drawn(sure) == [(Shape.POINT, 51.7, 0)]


def test_a_probable_day_lies_on_all_that_it_may_be():
    probable = once("04-16", "04-16", latest="04-18")
    assert drawn(probable) == [(Shape.SOFT, 0, 60), (Shape.POINT, 51.7, 0)]


def test_one_of_several_days_is_soft_for_it_lasted_only_one():
    assert drawn(once("04-01", "04-15")) == [(Shape.SOFT, 0, 50)]


def test_by_a_day_is_soft_up_to_it():
    assert drawn(once(None, "04-15")) == [(Shape.SOFT, 0, 50)]


def test_after_a_day_is_soft_from_it_on():
    assert drawn(once("04-16", None)) == [(Shape.SOFT, 50, 50)]


def test_what_lasted_from_day_to_day_is_a_bar_without_soft_ends():
    assert drawn(lasting("04-04", "04-06", latest="04-06")) == [(Shape.BAR, 10, 10)]


def test_a_beginning_that_is_one_of_several_days_is_a_soft_end():
    found = drawn(lasting("04-01", "04-15", start_latest="04-04", latest="04-15"))
    assert found == [(Shape.SOFT, 0, 10), (Shape.BAR, 10, 40)]


def test_what_was_still_so_when_told_goes_on_softly():
    found = drawn(lasting("04-01", "04-15", start_latest="04-01"))
    assert found == [(Shape.SOFT, 50, 50), (Shape.BAR, 0, 50)]


def test_what_begins_and_has_no_known_end_is_sure_of_its_first_day_only():
    found = drawn(lasting("04-16", None, start_latest="04-16"))
    assert found == [(Shape.SOFT, 53.3, 46.7), (Shape.BAR, 50, 3.3)]


def test_what_may_have_begun_after_it_ended_is_nowhere_sure():
    assert drawn(lasting("04-01", "04-03", start_latest="04-09")) == [(Shape.SOFT, 0, 10)]


def test_what_reaches_beyond_the_scale_ends_with_it():
    assert drawn(lasting("03-01", "05-31", latest="05-31")) == [(Shape.BAR, 0, 100)]


def test_a_point_beyond_the_scale_is_not_drawn():
    assert drawn(once("05-02", "05-02", earliest="05-02", latest="05-02")) == []


def test_nothing_is_drawn_of_an_unknown_time():
    assert drawn(once()) == []
    assert marks({}, APRIL) == ()


def test_a_mark_says_where_it_is():
    assert Mark(Shape.POINT, 5.0) == Mark(Shape.POINT, 5.0, 0.0)
