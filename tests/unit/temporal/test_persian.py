"""Persian on sentences: spans, both calendars, direction from the verb, anchors, lazy loading."""

from __future__ import annotations

import subprocess
import sys

import pytest

from service.temporal.edtf import interval_edtf
from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Calendar, Context, Relation

AT = "2026-01-27T10:00:00+03:30"


def read(text: str, *, language: str = "fa", at: str = AT):
    return resolve(text, Context(publication=read_publication(at), language=language))


def days_of(text: str, **more: str) -> list[tuple[str, str | None]]:
    return [
        (each.text, each.interval and interval_edtf(each.interval)) for each in read(text, **more)
    ]


def test_spans_count_code_points_of_the_text_as_posted():
    text = "در اینـجا، دِیروز و ۲۲\u200cبهمن\u200cماهِ ۱۴۰۳ هفته‌ٔ گذشته"
    for each in read(text):
        assert text[each.span.start : each.span.end] == each.text


@pytest.mark.parametrize("digits", ["۲۲ بهمن ۱۳۵۷", "٢٢ بهمن ١٣٥٧", "22 بهمن 1357", "۲۲بهمن۱۳۵۷"])
def test_digits_of_three_scripts_are_one(digits):
    assert days_of(f"انقلاب {digits} پیروز شد.") == [(digits, "1979-02-11")]


def test_two_clauses_point_two_ways():
    text = "دادگاه دوشنبه رأی داد و جمعه جلسه دیگری برگزار می‌کند."
    assert days_of(text) == [("دوشنبه", "2026-01-26"), ("جمعه", "2026-01-30")]


def test_verb_with_its_prefix_apart_points_ahead_too():
    assert days_of("مذاکرات جمعه آغاز می شود.") == [("جمعه", "2026-01-30")]


def test_noun_that_looks_like_a_past_verb_does_not_point_back():
    assert days_of("جمعه خرید بلیت آغاز خواهد شد.") == [("جمعه", "2026-01-30")]


def test_verb_of_another_sentence_says_nothing():
    assert days_of("او رفت. نشست جمعه برگزار خواهد شد.") == [("جمعه", "2026-01-30")]


def test_both_calendars_of_one_day_agree():
    found = read("طالبان در ۱۵ اوت ۲۰۲۱ (۲۴ اسد ۱۴۰۰) وارد کابل شدند.")
    assert [each.value for each in found] == ["2021-08-15", "2021-08-15"]
    assert [each.calendar for each in found] == [Calendar.GREGORIAN, Calendar.SOLAR_HIJRI]


def test_year_without_era_keeps_our_era_as_another_reading():
    (found,) = read("پس از اعتراضات ۱۴۰۱ او به ترکیه رفت.")
    assert found.calendar is Calendar.SOLAR_HIJRI
    assert found.relation is None
    ((other),) = found.candidates
    assert (other.calendar, interval_edtf(other.interval)) == (Calendar.GREGORIAN, "1401")


def test_preposition_is_left_out_of_the_span_and_told_as_relation():
    found = read("او از دوشنبه تا امروز در زندان است؛ پیش از ۲۸ دی آزاد بود.")
    assert found[-1].relation is Relation.BEFORE
    (until,) = read("مهلت تا جمعه است.")
    assert (until.text, until.relation) == ("جمعه", Relation.UNTIL)
    assert until.value == "2026-01-30"


def test_distance_counts_from_the_day_named_last():
    first, second = read("او ۳ اسفند ۱۴۰۳ بازداشت شد و دو روز بعد درگذشت.")
    assert (first.value, second.value) == ("2025-02-21", "2025-02-23")
    assert second.anchor is not None
    assert second.anchor.text == "۳ اسفند ۱۴۰۳"


def test_distance_from_a_happening_is_an_amount():
    (found,) = read("دو ماه پس از انتخابات او رفت.")
    assert (found.text, found.value) == ("دو ماه", "P2M")


def test_range_has_its_ends_as_parts():
    (found,) = read("جشنواره از ۲۸ آذر تا ۳ دی برگزار شد.")
    assert [part.value for part in found.parts] == ["2025-12-19", "2025-12-24"]


def test_week_and_weekend_end_on_friday():
    assert days_of("او هفته گذشته و آخر هفته گذشته کار کرد.") == [
        ("هفته گذشته", "2026-01-17/2026-01-23"),
        ("آخر هفته گذشته", "2026-01-22/2026-01-23"),
    ]


def test_days_around_the_new_year_of_a_leap_year():
    assert days_of("او دیروز رفت.", at="2025-03-21") == [("دیروز", "2025-03-20")]
    assert days_of("ماه گذشته سرد بود.", at="2025-03-21") == [
        ("ماه گذشته", "2025-02-19/2025-03-20")
    ]


def test_derivation_is_told_in_plain_sentences():
    (found,) = read("نشست جمعه برگزار می‌شود.")
    assert [step.says for step in found.derivation] == [
        "'می‌شود' near it tells of what lies ahead",
        "'جمعه' is read as the first Friday after publication day, Friday 30 January 2026",
    ]


@pytest.mark.parametrize("language", ["fa", "fa-IR", "prs", "prs-AF"])
def test_persian_and_dari_by_their_tags(language):
    assert days_of("دیروز برف بارید.", language=language) == [("دیروز", "2026-01-26")]


def test_undetermined_language_is_told_from_the_text():
    text = "این نشست روز جمعه در تهران برگزار می‌شود و گزارش آن منتشر خواهد شد."
    assert days_of(text, language="und") == [("روز جمعه", "2026-01-30")]


def test_years_beyond_the_equinox_tables_are_not_read():
    assert days_of("امسال گرم است.", at="9999-12-31") == []


def test_english_loads_nothing_of_persian():
    program = """
import sys
from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Context
context = Context(publication=read_publication("2026-01-27"))
assert resolve("They met on Tuesday.", context)
print([name for name in sys.modules if ".fa" in name or "arabic" in name])
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
