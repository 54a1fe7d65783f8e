"""`published_at`: whose day it is, and what is refused."""

from __future__ import annotations

import pytest

from service.errors import InvalidInputError
from service.temporal.calendars import GREGORIAN, CivilDay
from service.temporal.publication import read_publication, utc_seconds


def day(text: str, timezone: str | None = None) -> CivilDay:
    return GREGORIAN.from_day(read_publication(text, timezone).day)


def test_offset_other_than_z_is_trusted():
    publication = read_publication("2026-01-27T23:30:00-05:00")
    assert GREGORIAN.from_day(publication.day) == CivilDay(2026, 1, 27)
    assert publication.offset == -5 * 3600
    assert publication.zone_known
    assert publication.has_clock


def test_z_without_a_zone_is_the_utc_day_and_unknown():
    publication = read_publication("2026-01-28T04:30:00Z")
    assert GREGORIAN.from_day(publication.day) == CivilDay(2026, 1, 28)
    assert not publication.zone_known


def test_time_zone_moves_the_clock_to_the_outlet():
    publication = read_publication("2026-01-28T04:30:00Z", "America/New_York")
    assert GREGORIAN.from_day(publication.day) == CivilDay(2026, 1, 27)
    assert publication.offset == -5 * 3600
    assert publication.zone_known


def test_time_zone_knows_summer_time():
    assert read_publication("2025-07-01T12:00:00Z", "Europe/London").offset == 3600
    assert read_publication("2025-01-01T12:00:00Z", "Europe/London").offset == 0


def test_bare_date_is_that_day_everywhere():
    publication = read_publication("2026-01-27", "Asia/Tehran")
    assert GREGORIAN.from_day(publication.day) == CivilDay(2026, 1, 27)
    assert not publication.has_clock
    assert publication.offset is None


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00"])
def test_years_1_to_9999_are_read(text):
    assert read_publication(text, "Asia/Tokyo").point is not None


@pytest.mark.parametrize(
    "text,seconds",
    [
        ("1970-01-01", 0),
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T01:00:00+01:00", 0),
        ("2026-01-27T10:00:00-05:00", 1_769_526_000),
        ("2026-01-27T10:00:00.123456-05:00", 1_769_526_000),
        ("2026-01-27t15:00:00z", 1_769_526_000),
    ],
)
def test_instants_in_utc(text, seconds):
    assert utc_seconds(text) == seconds


@pytest.mark.parametrize(
    "text,hint",
    [
        ("2026-01-27T10:00:00", "offset"),
        ("27 January 2026", "RFC 3339"),
        ("2026-02-30", "no day of the calendar"),
        ("0000-01-01", "0001 to 9999"),
        ("2026-01-27T25:00:00Z", "time of day"),
        ("2026-01-27T10:00:00+25:00", "offset"),
        ("2026-1-27", "RFC 3339"),
        ("", "RFC 3339"),
        ("2026-01-27 ", "RFC 3339"),
        ("２０２６-01-27", "RFC 3339"),
    ],
)
def test_anything_else_is_refused_with_what_is_right(text, hint):
    with pytest.raises(InvalidInputError, match=hint) as caught:
        read_publication(text)
    assert caught.value.violations[0].pointer == "/published_at"


def test_unknown_zone_is_refused_by_name():
    with pytest.raises(InvalidInputError, match="Mars/Olympus"):
        read_publication("2026-01-27T10:00:00Z", "Mars/Olympus")


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "/etc/localtime", "A" * 300, "a\0b"])
def test_zone_names_that_are_no_names_are_refused(name):
    with pytest.raises(InvalidInputError, match="IANA"):
        read_publication("2026-01-27T10:00:00Z", name)
