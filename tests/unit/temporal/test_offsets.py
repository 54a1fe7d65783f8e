"""Zones named beside a clock time: their offsets, and two clocks that show one moment."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from service.temporal.calendars import GREGORIAN
from service.temporal.engine import resolve
from service.temporal.interval import Point, midnight
from service.temporal.offsets import offset_minutes, offset_text
from service.temporal.publication import read_publication
from service.temporal.timex import Context

TABLE = tomllib.loads(
    files("service.temporal").joinpath("words", "zones.toml").read_text(encoding="utf-8")
)
JANUARY = midnight(GREGORIAN.to_day(2026, 1, 27))
JULY = midnight(GREGORIAN.to_day(2026, 7, 27))


@pytest.mark.parametrize("name", sorted({*TABLE["names"].values(), *TABLE["places"].values()}))
def test_every_zone_of_the_table_exists(name):
    assert ZoneInfo(name).key == name


@pytest.mark.parametrize(
    "name,local,minutes",
    [
        ("EST", JULY, -300),
        ("ET", JANUARY, -300),
        ("ET", JULY, -240),
        ("Eastern time", JULY, -240),
        ("Eastern Standard Time", JANUARY, -300),
        ("New York time", JANUARY, -300),
        ("Tehran time", JULY, 210),
        ("UTC+4", JULY, 240),
        ("GMT -5:30", JULY, -330),
        ("+04:00", JULY, 240),
        ("GMT", JULY, 0),
        ("local", JULY, None),
        ("Gotham time", JULY, None),
        ("UTC+25", JULY, None),
    ],
)
def test_offset_of_a_zone(name: str, local: Point, minutes: int | None):
    assert offset_minutes(name, local, None) == minutes


@pytest.mark.parametrize("outlet,minutes", [(None, 330), (3600, 60), (7200, 120), (-18_000, 330)])
def test_the_outlets_own_zone_of_that_name_is_meant(outlet, minutes):
    assert offset_minutes("IST", JULY, outlet) == minutes


@pytest.mark.parametrize(
    "minutes,text", [(0, "Z"), (210, "+03:30"), (-300, "-05:00"), (-210, "-03:30")]
)
def test_offset_in_iso_8601(minutes, text):
    assert offset_text(minutes) == text


@pytest.mark.parametrize(
    "text,values",
    [
        (
            "It was felt at 9:15 p.m. EST on Saturday (0215 GMT).",
            ["2026-01-24T21:15-05:00", "2026-01-25T02:15Z"],
        ),
        (
            "It was felt at 1:30 a.m. Tehran time on Sunday (2200 GMT).",
            ["2026-01-25T01:30+03:30", "2026-01-24T22:00Z"],
        ),
        (  # no zone tells another day than the one last named
            "It was felt at 9:15 p.m. local time on Saturday (2:15 a.m.).",
            ["2026-01-24T21:15", "2026-01-24T02:15"],
        ),
        (  # no apposition: the day last named
            "It began at 9:15 p.m. EST on Saturday and at 0215 GMT it was over.",
            ["2026-01-24T21:15-05:00", "2026-01-24T02:15Z"],
        ),
    ],
)
def test_a_second_clock_has_the_day_of_the_same_moment(text, values):
    context = Context(publication=read_publication("2026-01-27T10:00:00-05:00"))
    assert [each.value for each in resolve(text, context)] == values


def test_the_second_clock_says_why_in_its_derivation():
    context = Context(publication=read_publication("2026-01-27T10:00:00-05:00"))
    *_, second = resolve("It was felt at 9:15 p.m. EST on Saturday (0215 GMT).", context)
    assert second.derivation[-1].rule == "apposition"
    assert second.interval is not None
    assert second.interval.start == midnight(GREGORIAN.to_day(2026, 1, 25)) + 8100
