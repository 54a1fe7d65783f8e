"""The one public call on sentences: spans, relations, anchors, parts, candidates, derivations."""

from __future__ import annotations

import pytest

from service.temporal.edtf import interval_edtf
from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Calendar, Context, Relation, Resolution, TimexType


def read(text: str, *, language: str = "en", at: str = "2026-01-27T10:00:00-05:00", title=None):
    publication = read_publication(at)
    return resolve(text, Context(publication=publication, language=language, title=title))


def days_of(found: tuple[Resolution, ...]) -> list[tuple[str, str | None]]:
    return [(each.text, each.interval and interval_edtf(each.interval)) for each in found]


def test_weekday_on_its_own_day_means_today():
    assert days_of(read("The centre said Tuesday.")) == [("Tuesday", "2026-01-27")]


def test_two_clauses_point_two_ways():
    text = "The court ruled on Monday and will hear the appeal on Friday."
    assert days_of(read(text)) == [("Monday", "2026-01-26"), ("Friday", "2026-01-30")]


def test_joined_ends_are_one_expression_with_parts():
    (found,) = read("It swept the country from late 2025 to early 2026.")
    assert found.text == "from late 2025 to early 2026"
    assert found.value == "2025/2026"
    assert [(part.text, part.value, part.mod) for part in found.parts] == [
        ("late 2025", "2025", "END"),
        ("early 2026", "2026", "START"),
    ]
    assert found.relation is None
    assert [part.relation for part in found.parts] == [None, None]


def test_ends_that_a_verb_joins_are_two_expressions():
    text = "The strikes began in late 2025 and continued into early 2026."
    assert days_of(read(text)) == [
        ("late 2025", "2025-09/2025-12"),
        ("early 2026", "2026-01/2026-04"),
    ]


def test_preposition_is_left_out_of_the_span_and_told_as_relation():
    (found,) = read("Shops have been shut since late December.")
    assert found.text == "late December"
    assert found.relation is Relation.SINCE


def test_preposition_that_is_not_adjacent_is_no_relation():
    (found,) = read("Thousands have died since the unrest broke out in late December.")
    assert found.relation is None


def test_bare_year_of_iran_is_solar_hijri_with_the_other_reading_behind_it():
    (found,) = read("He was held in the 1404 protests in Iran.")
    assert found.calendar is Calendar.SOLAR_HIJRI
    assert interval_edtf(found.interval) == "2025-03-21/2026-03-20"
    assert [interval_edtf(each.interval) for each in found.candidates] == ["1404"]
    assert found.confidence > 0.8


def test_support_may_stand_in_the_title():
    (found,) = read("He was held in the 1404 protests.", title="Iranian soldier freed")
    assert found.calendar is Calendar.SOLAR_HIJRI


def test_the_same_words_without_support_are_a_year_of_our_era():
    (found,) = read("He was held in the 1404 protests.")
    assert found.calendar is Calendar.GREGORIAN


def test_contradicting_signs_leave_the_choice_open():
    text = "Iran marked a century since the 1404 uprising, which old dynasties feared."
    (found,) = [each for each in read(text) if each.text == "1404"]
    assert found.confidence < 0.7
    seen = {found.calendar, *(each.calendar for each in found.candidates)}
    assert seen == {Calendar.GREGORIAN, Calendar.SOLAR_HIJRI}


def test_derivation_says_in_plain_sentences_how_a_day_was_found():
    (found,) = read("The centre said Tuesday.")
    assert [step.says for step in found.derivation] == [
        "'said' near it tells of the past",
        (
            "'Tuesday' is read as the last Tuesday up to and including publication day, "
            "Tuesday 27 January 2026"
        ),
    ]


def test_every_rule_names_itself_in_the_derivation():
    for each in read("On Monday, 5-8 October 2025, in 1404 in Iran and for three months."):
        assert each.derivation
        assert all(step.rule and step.says for step in each.derivation)


def test_anchor_of_a_relative_day_is_publication():
    (found,) = read("They met yesterday.")
    assert found.anchor is not None
    assert found.anchor.kind == "publication"
    assert interval_edtf(found.anchor.interval) == "2026-01-27"


def test_anchor_of_a_later_day_is_the_expression_before():
    first, second = read("It burned on 3 March 2025. Two days later it fell.")
    assert first.anchor is None
    assert second.anchor is not None
    assert (second.anchor.kind, second.anchor.text) == ("expression", "3 March 2025")
    assert interval_edtf(second.interval) == "2025-03-05"


def test_anchored_duration_has_no_interval_but_implies_one():
    (found,) = read("Prices doubled in the past three months.")
    assert (found.type, found.value, found.interval) == (TimexType.DURATION, "P3M", None)
    assert interval_edtf(found.implies) == "2025-10-28/2026-01-27"


def test_hours_ago_count_from_the_clock():
    (found,) = read("A blast was heard two hours ago.")
    assert found.value == "2026-01-27T08"
    (found,) = read("A blast was heard two hours ago.", at="2026-01-27T01:30:00-05:00")
    assert found.value == "2026-01-26T23"


def test_order_of_digits_follows_the_other_dates_of_the_text():
    assert days_of(read("Filed 02/03/2025."))[0][1] == "2025-02-03"
    both = days_of(read("Filed 02/03/2025 and closed 28/03/2025."))
    assert [each[1] for each in both] == ["2025-03-02", "2025-03-28"]


def test_past_clause_with_a_day_ahead_by_one_means_that_day():
    assert days_of(read("It struck on January 28."))[0][1] == "2026-01-28"
    assert days_of(read("It struck on January 29."))[0][1] == "2025-01-29"


def test_blank_line_ends_an_expression():
    assert [each.text for each in read("It was late.\n\nDecember 2025 was cold.")] == [
        "December 2025"
    ]


def test_wrapped_line_does_not_end_an_expression():
    text = (
        "The first of the demonstrations in the south broke out in late\nDecember 2025, they said."
    )
    assert [each.text for each in read(text)] == ["late\nDecember 2025"]


def test_other_languages_give_their_digits_only():
    assert days_of(read("Am Dienstag, 2026-01-27, im Mai.", language="de")) == [
        ("2026-01-27", "2026-01-27")
    ]


def test_undetermined_language_is_told_from_the_text():
    text = "The centre said on Tuesday that the soldier was to be freed by the court."
    assert days_of(read(text, language="und")) == [("Tuesday", "2026-01-27")]


def test_regional_language_tags_are_understood():
    assert days_of(read("He said Tuesday.", language="en-GB")) == [("Tuesday", "2026-01-27")]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n", "may", "1" * 5000, "in " + "9" * 400, "²³ ½ ¼", "the the the of of",
        "\ud800 Tuesday"[1:], "İstanbul İ 2025", "of of 32 May 99", "00:00:99", "31/31/2025",
        "0000-00-00", "1/2/3", "\x00", "in the year 0000", "45 BC BC", "0 BC", "the 99th century",
        "-1 weeks ago", "0 days ago", "1000000000000 years ago", "999999 years ago",
    ],
)  # fmt: skip
def test_odd_text_never_fails(text):
    for each in read(text):
        assert text[each.span.start : each.span.end] == each.text


def test_month_in_a_paragraph_about_another_year_belongs_to_that_year():
    text = "The mine was opened in 2014. In June a gallery collapsed and it was closed."
    assert days_of(read(text))[1] == ("June", "2014-06")


def test_month_that_somebody_reports_belongs_to_the_news():
    text = "The mine was opened in 2014. The owner said in June that it would be closed."
    assert days_of(read(text))[1] == ("June", "2025-06")


def test_month_of_the_next_paragraph_belongs_to_the_news():
    text = "The mine was opened in 2014.\n\nIn June a gallery collapsed and it was closed."
    assert days_of(read(text))[1] == ("June", "2025-06")


def test_month_of_a_life_told_in_years_belongs_to_the_year_named_last():
    text = (
        "Born in 1811, he was sent to school in 1823 and met the poet in 1828. He was arrested in "
        "1831.\n\nIn July he was tried. He fell ill in 1832 and was buried in 1833."
    )
    assert ("July", "1831-07") in days_of(read(text))


@pytest.mark.parametrize("text", ["A week after a,", "The year before it,", "A day before a, and"])
def test_a_text_that_breaks_off_behind_a_comma_is_read(text):
    assert len(read(text)) <= 1
