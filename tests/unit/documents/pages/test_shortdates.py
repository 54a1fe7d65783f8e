"""Days in few words, in the calendar of the page and in that of the source."""

import pytest

from service.documents.pages.shortdates import (
    calendar_of,
    calendar_words,
    days_of,
    days_read,
    published_words,
    short_days,
)
from service.temporal.timex import Calendar


def days(first, last):
    return days_of({"earliest": first, "latest": last})


@pytest.mark.parametrize(
    "first, last, words",
    [
        ("2026-01-27", "2026-01-27", "27 Jan 2026"),
        ("2025-12-21", "2025-12-31", "21 to 31 Dec 2025"),
        ("2026-01-27", "2026-02-02", "27 Jan to 2 Feb 2026"),
        ("2025-03-21", "2026-03-20", "21 Mar 2025 to 20 Mar 2026"),
        ("2026-01-27", None, "from 27 Jan 2026 on"),
        (None, "2026-01-27", "until 27 Jan 2026"),
        (None, None, ""),
        ("<b>", "2026-13-41", ""),
        ("Y-43-03-15", "Y-43-03-15", "15 Mar 44 BC"),
    ],
)
def test_days_are_told_as_shortly_as_they_can_be(first, last, words):
    assert short_days(days(first, last)) == words


@pytest.mark.parametrize(
    "first, last, calendar, words",
    [
        ("2026-01-27", "2026-01-27", Calendar.SOLAR_HIJRI, "7 Bahman 1404"),
        ("2025-03-21", "2026-03-20", Calendar.SOLAR_HIJRI, "1404"),
        ("2025-12-22", "2026-01-20", Calendar.SOLAR_HIJRI, "Dey 1404"),
        ("2026-01-27", "2026-01-28", Calendar.SOLAR_HIJRI, "7 Bahman 1404 to 8 Bahman 1404"),
        ("2026-01-27", None, Calendar.SOLAR_HIJRI, ""),
        ("2026-01-27", "2026-01-27", Calendar.BUDDHIST, "27 January 2569"),
    ],
)
def test_days_are_told_as_another_calendar_counts_them(first, last, calendar, words):
    assert calendar_words(days(first, last), calendar) == words


@pytest.mark.parametrize("calendar", Calendar)
@pytest.mark.parametrize("day", ["0001-01-01", "1404-06-01", "2026-01-27", "Y20000-01-01"])
def test_no_calendar_fails_on_a_day_that_it_does_not_reach(calendar, day):
    assert isinstance(calendar_words(days(day, day), calendar), str)


@pytest.mark.parametrize(
    "posted, words",
    [
        ("2026-01-27T11:40:00-05:00", "27 January 2026, 11:40 (UTC-05:00)"),
        ("2026-01-27t11:40:59.5z", "27 January 2026, 11:40 (UTC)"),
        ("2026-01-27T11:40:00+00:00", "27 January 2026, 11:40 (UTC)"),
        ("2026-01-27", "27 January 2026"),
        ("", ""),
        ("<script>", "<script>"),
    ],
)
def test_a_publication_is_told_in_its_own_zone(posted, words):
    assert published_words(posted) == words


def test_a_value_that_is_no_day_is_none():
    assert days_read("2026-01") is None
    assert short_days(days_read("2026-01-02/2026-01-03")) == "2 to 3 Jan 2026"


def test_an_unknown_calendar_counts_as_gregorian():
    assert calendar_of({"calendar": "mayan"}) is Calendar.GREGORIAN
    assert calendar_of({"calendar": ["persian"]}) is Calendar.GREGORIAN
