"""Lists of events by year and month, and the whole of them at a glance."""

import pytest

from service.documents.dates import read_iso_day
from service.documents.pages.groups import by_month, in_order
from service.documents.pages.overview import overview
from service.documents.pages.rows import read_row


def row(name, start, end=None, **said):
    date = {"start": start, "end": end or start, "display": "", "durative": False}
    event = {"id": name, "kind": "happening", "status": "happened", "date": date, **said}
    return read_row(event, day=read_iso_day(start), last=read_iso_day(end or start))


def grouped(*rows):
    return {
        month.id: [item.row.id for item in month.items]
        for year in by_month(rows)
        for month in year.months
    }


def test_rows_keep_their_order_in_their_months():
    found = grouped(row("a", "2025-12-30"), row("b", "2026-01-01"), row("c", "2026-01-01"))
    assert found == {"2025-12": ["a"], "2026-01": ["b", "c"]}


def test_what_has_no_month_comes_first_in_its_year_and_parts_no_month():
    rows = row("a", "2025-09-01"), row("b", "2025-09-01", "2025-12-31"), row("c", "2025-09-02")
    assert grouped(*rows) == {"2025-open": ["b"], "2025-09": ["a", "c"]}


def test_days_about_the_turn_of_a_month_count_from_the_first():
    assert grouped(row("a", "2025-10-01", "2025-11-06")) == {"2025-10": ["a"]}


def test_half_a_year_over_new_year_has_no_month():
    assert grouped(row("a", "2025-12-01", "2026-02-28")) == {"2025-open": ["a"]}


@pytest.mark.parametrize("start, place", [("Y-43-03-15", "y-43-03"), ("0044-03-15", "0044-03")])
def test_far_years_have_places_of_their_own(start, place):
    assert list(grouped(row("a", start))) == [place]


def test_no_rows_are_no_groups():
    assert by_month(()) == ()
    assert in_order(()) == ()
    assert overview(()) == ()


def test_rows_in_another_order_share_one_scale():
    late, early = in_order((row("a", "2026-01-10"), row("b", "2026-01-01")))
    assert (late.marks[-1].at, early.marks[-1].at) == (95.0, 5.0)


def test_short_gaps_are_drawn_and_long_ones_are_told():
    bins = overview(
        by_month((row("a", "2025-01-01"), row("b", "2025-03-01"), row("c", "2026-03-01")))
    )
    assert [(each.target, each.months) for each in bins] == [
        ("2025-01", 1),
        ("", 1),
        ("2025-03", 1),
        ("", 11),
        ("2026-03", 1),
    ]
    assert [each.year for each in bins] == ["2025", "", "", "", "2026"]


def test_the_fullest_month_is_the_highest_and_none_vanishes():
    rows = [row(str(number), "2026-01-01") for number in range(99)] + [row("z", "2026-02-01")]
    heights = [each.height for each in overview(by_month(rows))]
    assert heights == [100.0, 6.9]


def test_a_glance_back_is_that_forth_turned_round():
    rows = row("a", "2025-01-01"), row("b", "2025-03-01"), row("c", "2026-03-01")
    forth = [each.target for each in overview(by_month(rows))]
    assert [each.target for each in overview(by_month(rows[::-1]))] == forth[::-1]
