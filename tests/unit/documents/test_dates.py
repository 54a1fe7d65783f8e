import pytest

from service.documents.dates import bounds, date_document, date_edtf, iso_day, iso_instant
from service.documents.datewords import date_words
from service.temporal.interval import Granularity, Interval
from service.timeline.model import Basis
from tests.making import day, on, reported, since

LATE = {"granularity": Granularity.MONTH_PART}
PLANNED = on("2026-01-28", end=None, latest=None, basis=Basis.PLANNED)

CASES = {
    "one day": (on("2026-01-27"), "2026-01-27", "27 January 2026"),
    "an inferred day": (reported("2026-01-27"), "2026-01-27?", "probably 27 January 2026"),
    "an approximate day": (
        on("2026-01-27", approximate=True),
        "2026-01-27~",
        "about 27 January 2026",
    ),
    "a part of a month": (
        on("2025-12-21", "2025-12-31", **LATE),
        "[2025-12-21..2025-12-31]",
        "late December 2025",
    ),
    "a month": (
        on("2025-12-01", "2025-12-31", granularity=Granularity.MONTH),
        "2025-12",
        "December 2025",
    ),
    "a year": (on("2025-01-01", "2025-12-31", granularity=Granularity.YEAR), "2025", "2025"),
    "a part of a year": (
        on("2025-09-01", "2025-12-31", granularity=Granularity.YEAR_PART),
        "[2025-09..2025-12]",
        "late 2025",
    ),
    "one of some days": (
        on("2026-01-03", "2026-01-09"),
        "[2026-01-03..2026-01-09]",
        "between 3 and 9 January 2026",
    ),
    "no later than": (on("2026-01-27", start=None), "[..2026-01-27]", "by 27 January 2026"),
    "reported without a likely day": (
        reported("2026-01-27", start=None),
        "[..2026-01-27]",
        "by 27 January 2026 (reported)",
    ),
    "no earlier than": (
        on("2026-01-27", end=None, latest=None),
        "2026-01-27/..",
        "from 27 January 2026 on",
    ),
    "planned": (PLANNED, "2026-01-28/..", "planned, after 28 January 2026"),
    "lasting": (
        on("2025-12-21", "2025-12-31", durative=True, start_latest=day("2025-12-21")),
        "2025-12-21/2025-12-31",
        "21 to 31 December 2025",
    ),
    "lasting from about": (
        on(
            "2025-12-21",
            "2026-01-28",
            durative=True,
            start_latest=day("2025-12-31"),
            approximate=True,
        ),
        "2025-12-21~/2026-01-28",
        "late December 2025 to 28 January 2026",
    ),
    "going on": (
        since("2025-12-21", "2025-12-31", "2026-01-28", approximate=True),
        "2025-12-21~/2026-01-28",
        "since late December 2025, still on 28 January 2026",
    ),
    "since, end unknown": (
        on("2025-12-21", "2026-01-28", end=None, durative=True),
        "2025-12-21/..",
        "since 21 December 2025",
    ),
    "from a day on": (
        on("2025-12-21", end=None, latest=None, durative=True),
        "2025-12-21/..",
        "from 21 December 2025 on",
    ),
    "going on, start unknown": (
        on("2026-01-27", start=None, durative=True, ongoing=True, as_of=day("2026-01-27")),
        "../2026-01-27",
        "still on 27 January 2026",
    ),
    "until": (
        on("2026-01-27", start=None, earliest=None, durative=True),
        "../2026-01-27",
        "until 27 January 2026",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_date_has_its_edtf_and_its_words(name):
    claim, edtf, words = CASES[name]
    assert (date_edtf(claim), date_words(claim)) == (edtf, words)


def test_open_sides_are_absent():
    document = date_document(reported("2026-01-27"))
    assert document["latest"] == "2026-01-28"
    assert not {"earliest", "as_of", "ongoing", "start_latest"} & set(document)


def test_an_ongoing_event_says_until_when_it_was_told():
    document = date_document(since("2025-12-21", "2025-12-31", "2026-01-28"))
    assert (document["ongoing"], document["as_of"]) == (True, "2026-01-28")
    assert document["start_latest"] == "2025-12-31"


def test_bounds_of_an_interval_are_inclusive_days():
    interval = Interval(start=0, end=86_400, granularity=Granularity.DAY)
    assert bounds(interval) == {"earliest": "1970-01-01", "latest": "1970-01-01"}
    assert bounds(Interval(start=None, end=86_400, granularity=Granularity.DAY)) == {
        "latest": "1970-01-01"
    }


def test_years_of_five_digits_follow_edtf():
    assert iso_day(day("2026-01-27") + 146_097 * 40) == "Y18026-01-27"


def test_instants_are_rfc_3339():
    assert iso_instant(0.5) == "1970-01-01T00:00:00.500+00:00"


@pytest.mark.parametrize(
    "first,last,words",
    [
        ("2025-12-01", "2025-12-10", "early December 2025"),
        ("2025-12-11", "2025-12-20", "mid-December 2025"),
        ("2025-01-01", "2025-04-30", "early 2025"),
        ("2025-05-01", "2025-08-31", "mid-2025"),
        ("1990-01-01", "1999-12-31", "the 1990s"),
        ("2025-06-01", "2025-08-31", "between June and August 2025"),
        ("2025-12-01", "2026-02-28", "between December 2025 and February 2026"),
    ],
)
def test_stretches_have_the_names_of_their_units(first, last, words):
    assert date_words(on(first, last, granularity=Granularity.MONTH)) == words
