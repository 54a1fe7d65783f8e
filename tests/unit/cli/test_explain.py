"""Explanations as lines of text, and `timelines explain` as it is run."""

import time

import pytest

from service.cli.explain import explanation, interval_words, publication_words
from service.cli.main import main
from service.cli.terminal import Terminal, columns
from service.temporal.engine import resolve
from service.temporal.interval import Day, Granularity, Interval, Point, days, midnight
from service.temporal.publication import read_publication
from service.temporal.timex import (
    Anchor,
    Calendar,
    Candidate,
    Context,
    Relation,
    Resolution,
    Span,
    Step,
    TimexType,
)

PUBLISHED = read_publication("2026-01-27T10:00:00-05:00")
TODAY = PUBLISHED.day
TEXT = "Rain fell. The court ruled on Monday, and nobody left. Then it snowed."


def monday(**more):
    start = TEXT.index("Monday")
    known = {
        "span": Span(start, start + 6),
        "text": "Monday",
        "type": TimexType.DATE,
        "value": "2026-01-26",
        "interval": days(Day(TODAY - 1), Day(TODAY - 1)),
        "granularity": Granularity.DAY,
        "anchor": Anchor("publication", days(TODAY, TODAY)),
        "confidence": 0.93,
        "candidates": (Candidate(interval=days(Day(TODAY + 6), Day(TODAY + 6)), confidence=0.06),),
        "derivation": (Step("weekday", "the last Monday up to publication"),),
    }
    return Resolution(**{**known, **more})


def explained(*resolutions, text=TEXT, **terminal):
    return list(
        explanation(text, Context(publication=PUBLISHED), resolutions, Terminal(**terminal))
    )


def test_the_expression_is_underlined_in_its_sentence():
    sentence, line = explained(monday())[3:5]
    assert sentence == " The court ruled on Monday, and nobody left."
    assert sentence[line.index("─") : line.rindex("─") + 1] == "Monday"


def test_reading_labels_anchor_derivation_and_candidates_are_told():
    assert explained(monday())[6:] == [
        "   means        Monday 26 January 2026 (93% sure)",
        "   written      TIMEX3 DATE 2026-01-26, EDTF 2026-01-26, precise to the day",
        "   counted from publication, Tuesday 27 January 2026",
        "   because      1. the last Monday up to publication [weekday]",
        "   or           Monday 2 February 2026 (6%)",
        "",
    ]


def test_relation_parts_and_calendar_are_told_where_they_are():
    part = monday(candidates=(), derivation=())
    lines = explained(
        monday(relation=Relation.SINCE, parts=(part,), calendar=Calendar.SOLAR_HIJRI, mod="END")
    )
    text = "\n".join(lines)
    assert "TIMEX3 DATE 2026-01-26 mod END" in text
    assert "Solar Hijri calendar" in text
    assert "   relation     since" in text
    assert "   one end      “Monday” Monday 26 January 2026" in text


def test_a_duration_says_that_it_has_no_place_of_its_own():
    lines = explained(monday(interval=None, type=TimexType.DURATION, value="P3M"))
    assert "a length of time, no days of the calendar by itself" in lines[6]


def test_what_waits_for_an_event_says_for_which():
    text = "The mayor resigned two days after the verdict."
    lines = explained(*resolve(text, Context(publication=PUBLISHED)), text=text, width=100)
    told = "2 days after the end of the event, once it is known when that was"
    assert f"   means        {told} (90% sure)" in lines
    assert "   waits for    “the verdict”, an event whose day is not in the words" in lines


def test_an_anchored_duration_says_what_it_covers():
    lines = explained(monday(interval=None, implies=days(Day(TODAY - 9), TODAY)))
    assert "a length of time that covers 18 to 27 January 2026" in lines[6]


def test_a_text_without_dates_says_so():
    assert explained(text="Nothing.")[-2] == " No expression of time was found."


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_long_sentence_is_cut_around_the_expression(width):
    text = f"{'Much was said before ' * 9}that on Monday {'and much was said after ' * 9}."
    span = Span(text.index("Monday"), text.index("Monday") + 6)
    lines = explained(monday(span=span), text=text, width=width)
    assert columns(lines[3]) <= width
    assert lines[3].startswith(" … ")
    assert lines[3].endswith(" …")
    assert lines[3][lines[4].index("─") :].startswith("Monday")


def test_an_abbreviation_before_the_expression_keeps_offsets_right():
    text = "“It rained.”\n\tDr. Ash  said on\tMonday."
    span = Span(text.index("Monday"), text.index("Monday") + 6)
    lines = explained(monday(span=span), text=text)
    assert lines[3][lines[4].index("─") :] == "Monday."


@pytest.mark.parametrize(
    "interval,words",
    [
        (days(TODAY, TODAY), "Tuesday 27 January 2026"),
        (
            Interval(start=midnight(TODAY), end=None, granularity=Granularity.DAY),
            "from 27 January 2026 on",
        ),
        (
            Interval(start=None, end=midnight(TODAY), granularity=Granularity.DAY),
            "until 26 January 2026",
        ),
        (
            Interval(
                start=Point(midnight(TODAY) + 72_000),
                end=Point(midnight(TODAY) + 75_600),
                granularity=Granularity.HOUR,
                approximate=True,
            ),
            "about Tuesday 27 January 2026, 20:00 to 21:00",
        ),
    ],
)
def test_intervals_in_words(interval, words):
    assert interval_words(interval) == words


@pytest.mark.parametrize(
    "at,words",
    [
        ("2026-01-27", "Tuesday 27 January 2026, without a clock time"),
        ("2026-01-27T10:00:00-05:00", "Tuesday 27 January 2026, 10:00 UTC-05:00"),
        (
            "2026-01-27T10:00:00Z",
            "Tuesday 27 January 2026, 10:00 UTC: whose day it was is not known",
        ),
    ],
)
def test_publication_in_words(at, words):
    assert publication_words(read_publication(at)) == words


def test_explain_prints_the_reading_of_a_text(capsys):
    assert main(["explain", "The court ruled on Monday.", "--at", "2026-01-27"]) == 0
    shown = capsys.readouterr().out
    assert " The court ruled on Monday.\n" in shown
    assert "Monday 26 January 2026" in shown
    assert "because      1. " in shown


def test_explain_refuses_a_date_that_is_none(capsys):
    assert main(["explain", "It rained.", "--at", "yesterday"]) == 2
    assert capsys.readouterr().err.startswith("timelines: 'yesterday' is no date: use RFC 3339")


def test_another_language_is_told_from_the_text_and_its_limits_are_said(capsys):
    german = "Der Streik begann am 3. Oktober 2025 und die Verhandlungen dauerten bis gestern."
    assert main(["explain", german, "--at", "2026-01-27"]) == 0
    shown = capsys.readouterr().out
    assert " Of texts in 'de' only full dates with their year are read." in shown
    assert "Friday 3 October 2025" in shown


def test_persian_is_read_in_full(capsys):
    assert main(["explain", "اعتراضات ۱۴۰۴ در ایران", "--at", "2026-01-27"]) == 0
    shown = capsys.readouterr().out
    assert "Of texts in" not in shown
    assert "21 March 2025 to 20 March 2026" in shown


def test_a_text_too_short_to_tell_its_language_is_english(capsys):
    assert main(["explain", "On Monday", "--at", "2026-01-27"]) == 0
    shown = capsys.readouterr().out
    assert "Of texts in" not in shown
    assert "Monday 26 January 2026" in shown


@pytest.mark.parametrize("sentence", ["He said on Monday. ", "Monday and so on and "])
def test_explaining_a_long_text_takes_its_length_and_not_its_square(sentence):
    def seconds(length):
        begun = time.process_time()
        text = sentence * (length // len(sentence))
        context = Context(publication=PUBLISHED)
        assert len(list(explanation(text, context, resolve(text, context), Terminal()))) > 1000
        return time.process_time() - begun

    assert seconds(80_000) < seconds(20_000) * 10
