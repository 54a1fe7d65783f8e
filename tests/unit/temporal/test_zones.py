import pytest

from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Context
from service.temporal.zones import neighbour, settle
from tests.making import day


def published(text, at, zone=None):
    return settle(text, read_publication(at, zone))


@pytest.mark.parametrize(
    "text, at, expected",
    [
        ("Updated 8:40 p.m. ET\nThe court ruled today.", "2026-01-27T01:40:00Z", "2026-01-26"),
        ("Published Jan. 26, 2026, 20:40 EST\nIt ruled.", "2026-01-27T01:40:00Z", "2026-01-26"),
        ("The court ruled.\n\nLast updated: 9:10 a.m. JST", "2026-01-27T00:10:00Z", "2026-01-27"),
        ("Updated 9:05 am AEDT\nIt ruled.", "2026-01-26T22:05:00Z", "2026-01-27"),
        ("LONDON, Jan 26 (Wire) - It ruled today.", "2026-01-27T01:40:00Z", "2026-01-26"),
        ("TEHRAN, Monday — It ruled today.", "2026-01-27T01:40:00Z", "2026-01-26"),
        ("TOKYO, Jan. 28 - It ruled today.", "2026-01-27T22:00:00Z", "2026-01-28"),
    ],
)
def test_the_text_says_whose_day_it_was(text, at, expected):
    publication, why = published(text, at)
    assert (publication.day, publication.zone_known) == (day(expected), True)
    assert [step.rule for step in why] == ["zone"]


@pytest.mark.parametrize(
    "text",
    [
        "The game starts at 8 p.m. ET today.",
        "The court ruled today.",
        "Updated 8:40 p.m. IST\nThe court ruled.",
        "LONDON, Jan 12 (Wire) - The court ruled.",
        "LONDON, Thursday - The court ruled.",
    ],
)
def test_other_words_prove_no_zone(text):
    publication, why = published(text, "2026-01-27T01:40:00Z")
    assert (publication.day, publication.zone_known, why) == (day("2026-01-27"), False, ())


def test_a_day_before_is_a_date_of_writing_when_midnight_is_far():
    publication, _ = published("LONDON, Jan 26 (Wire) - It ruled.", "2026-01-27T10:00:00Z")
    assert publication.day == day("2026-01-27")
    assert not publication.zone_known


@pytest.mark.parametrize("at", ["9999-12-31T23:40:00Z", "0001-01-01T00:10:00Z"])
def test_the_ends_of_the_calendar_break_nothing(at):
    assert published("Updated 8:40 p.m. ET\nIt ruled.", at)[0].zone_known


def test_a_known_zone_is_left_alone():
    publication, why = published("Updated 8:40 p.m. ET\n", "2026-01-27T01:40:00Z", "Asia/Tokyo")
    assert (publication.day, why) == (day("2026-01-27"), ())


def resolved(text, at):
    return resolve(text, Context(publication=read_publication(at)))


@pytest.mark.parametrize(
    "at, other",
    [("2026-01-27T00:30:00Z", "2026-01-26"), ("2026-01-26T23:30:00Z", "2026-01-27")],
)
def test_near_midnight_the_neighbour_day_is_a_candidate(at, other):
    (today,) = resolved("The court ruled today.", at)
    plain = resolved("The court ruled today.", at.replace("Z", "+00:00"))[0]
    assert day(other) in [each.interval.first_day for each in today.candidates]
    assert today.confidence < plain.confidence
    assert today.derivation[-1].rule == "zone"
    assert day(other) not in [each.interval.first_day for each in plain.candidates]


def test_what_does_not_hang_on_the_day_has_no_such_candidate():
    (found,) = resolved("It began on 3 May 2019.", "2026-01-27T00:30:00Z")
    assert found.candidates == ()


def test_the_proof_stands_in_the_derivation():
    text = "Updated 8:40 p.m. ET\n\nThe court ruled today."
    today = next(each for each in resolved(text, "2026-01-27T01:40:00Z") if each.text == "today")
    assert today.interval.first_day == day("2026-01-26")
    assert today.derivation[0].rule == "zone"


@pytest.mark.parametrize("at", ["2026-01-27T12:00:00Z", "2026-01-27", "2026-01-27T00:30:00+00:00"])
def test_a_plain_day_has_no_neighbour(at):
    assert neighbour(read_publication(at)) is None
