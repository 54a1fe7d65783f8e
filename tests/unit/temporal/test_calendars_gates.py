"""The three gates: what a bare number needs to be a year of another calendar."""

from __future__ import annotations

import pytest

from service.temporal.calendars_latent import named_beside, year_beside
from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Calendar, Context, Resolution

CONTEXT = Context(publication=read_publication("2026-01-27T10:00:00Z"), language="en")


def read(text: str, phrase: str) -> Resolution:
    (found,) = (each for each in resolve(text, CONTEXT) if each.text == phrase)
    return found


def test_support_without_a_slot_is_no_year():
    found = resolve("Iran freed 1404 prisoners during Bahman.", CONTEXT)
    assert [each.text for each in found] == ["Bahman"]


def test_a_slot_without_support_is_a_year_of_our_era():
    assert read("The tower was built in 1404.", "1404").calendar is Calendar.GREGORIAN


@pytest.mark.parametrize(
    "text,phrase",
    [
        ("Timur died in 1405 on his way to China, Iranian historians say.", "1405"),
        ("Iran's budget for 1405 and the Islamic year 1447 were debated.", "1405"),
    ],
)
def test_a_close_call_is_below_six_tenths_and_keeps_its_other_readings(text, phrase):
    found = read(text, phrase)
    assert found.confidence < 0.6
    calendars = {found.calendar, *(each.calendar for each in found.candidates)}
    assert {Calendar.GREGORIAN, Calendar.SOLAR_HIJRI} <= calendars


def test_candidates_come_best_first_and_their_chances_add_up_to_one_at_most():
    found = read("During Ramadan in Tehran, the 1404 budget was debated.", "1404")
    chances = [found.confidence, *(each.confidence for each in found.candidates)]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) <= 1.001


def test_a_calendar_named_once_holds_for_later_years():
    found = read("The levy of 1446 AH was small. In 1447 it doubled.", "1447")
    assert found.calendar is Calendar.LUNAR_HIJRI
    assert "earlier date" in " ".join(step.says for step in found.derivation)


@pytest.mark.parametrize("number", ["115", "38", "99"])
def test_a_short_number_is_never_a_minguo_year_without_the_era(number):
    text = (
        f"Minguo 113 was a good year in Taipei. In {number} it was not. The {number} budget fell."
    )
    assert [each.text for each in resolve(text, CONTEXT)][:1] == ["Minguo 113"]
    assert all(each.text != number for each in resolve(text, CONTEXT))


def test_nearness_to_publication_alone_is_no_support():
    found = read("The exhibition opens in 2569.", "2569")
    assert found.calendar is Calendar.GREGORIAN


def test_apposition_is_told_in_the_derivation_of_both():
    found = resolve("It met on 7 Bahman 1404 (27 January 2026).", CONTEXT)
    assert [each.value for each in found] == ["2026-01-27", "2026-01-27"]
    assert all(each.confidence >= 0.99 for each in found)
    assert all(each.derivation[-1].rule == "apposition" for each in found)


def test_years_in_apposition_that_share_days_vouch_for_each_other():
    found = resolve("The battle was fought in 61 AH (680 AD).", CONTEXT)
    assert all(each.derivation[-1].rule == "apposition" for each in found)


def test_apposition_of_two_different_days_vouches_for_neither():
    found = resolve("It met on 7 Bahman 1404 (3 March 2026).", CONTEXT)
    assert all(each.derivation[-1].rule != "apposition" for each in found)


def test_apposition_picks_the_neighbour_day_of_the_islamic_calendar():
    found = read("The year began on 1 Muharram 1447 (27 June 2025) in Rabat.", "1 Muharram 1447")
    assert found.value == "2025-06-27"
    assert [each.calendar for each in found.candidates][:1] == [Calendar.LUNAR_HIJRI]


@pytest.mark.parametrize(
    "following,calendar",
    [
        (" in the Persian calendar", Calendar.SOLAR_HIJRI),
        (", in the Islamic lunar calendar", Calendar.LUNAR_HIJRI),
        (" (of the Jewish calendar)", Calendar.HEBREW),
        (" by the Buddhist era", Calendar.BUDDHIST),
        (" in the Gregorian calendar", Calendar.GREGORIAN),
        (" in the shop calendar", None),
        (" people in the Persian calendar", None),
    ],
)
def test_the_words_after_a_year_may_name_its_calendar(following, calendar):
    assert named_beside(following) is calendar


@pytest.mark.parametrize(
    "following,year",
    [(" (2025)", 2025), (" (AD 2025)", 2025), (" (2025/26)", 2025), (" (2025 people)", None)],
)
def test_a_year_of_ours_in_brackets_is_seen(following, year):
    assert year_beside(following) == year
