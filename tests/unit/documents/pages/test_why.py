"""Why a date is what it is: the derivation as sentences."""

import pytest

from service.documents.expression import expression_document
from service.documents.pages.why import reason, remarks
from service.otherlanguages import resolve_any
from service.temporal.publication import read_publication
from service.temporal.timex import Context

PUBLICATION = {"kind": "publication", "earliest": "2026-01-27", "latest": "2026-01-27"}
FRIDAY = {
    "text": "Friday",
    "earliest": "2026-01-23",
    "latest": "2026-01-23",
    "calendar": "gregory",
    "anchor": PUBLICATION,
}


def read(text, at="2026-01-27T10:00:00+01:00", language="en"):
    """The documents of what an engine reads in `text`."""
    context = Context(publication=read_publication(at), language=language)
    found = resolve_any(text, context).expressions
    return [expression_document(each, "exp") for each in found]


@pytest.mark.parametrize(
    "text, sentence",
    [
        (
            "The court ruled on Tuesday.",
            "“Tuesday” counted back from publication on Tue 27 Jan 2026 → 27 Jan 2026",
        ),
        (
            "The court will rule on Friday.",
            "“Friday” counted forward from publication on Tue 27 Jan 2026 → 30 Jan 2026",
        ),
        (
            "He arrived yesterday.",
            "“yesterday” counted back from publication on Tue 27 Jan 2026 → 26 Jan 2026",
        ),
        (
            "It broke out in late December 2025.",
            "“late December 2025” read as it stands → 21 to 31 Dec 2025",
        ),
        (
            "The protests of 1404 in Iran, as Iranians count by the Solar Hijri calendar.",
            "“1404” read in the Solar Hijri calendar as 1404 → 21 Mar 2025 to 20 Mar 2026",
        ),
    ],
)
def test_one_line_says_what_an_expression_was_counted_from(text, sentence):
    assert reason(read(text)[0]).sentence == sentence


@pytest.mark.parametrize(
    "changed, sentence",
    [
        (
            {"anchor": {"kind": "expression", "text": "8 January", "earliest": "2026-01-24"}},
            "“Friday” counted back from “8 January” (from 24 Jan 2026 on) → 23 Jan 2026",
        ),
        (
            {"anchor": {"kind": "event", "text": "the vote"}, "earliest": None, "latest": None},
            "“Friday” waits for “the vote”, whose day is not in the words",
        ),
        (
            {"calendar": "persian"},
            "“Friday” counted back from publication on Tue 27 Jan 2026 → 23 Jan 2026",
        ),
        (
            {"anchor": {"kind": "publication", "earliest": "2026-01-01", "latest": "2026-01-31"}},
            "“Friday” counted from publication (1 to 31 Jan 2026) → 23 Jan 2026",
        ),
        ({"anchor": None, "earliest": None, "latest": None}, "“Friday” read as it stands"),
    ],
)
def test_other_anchors_are_told_as_what_they_are(changed, sentence):
    assert reason({**FRIDAY, **changed}).sentence == sentence


def test_another_calendar_stands_beside_what_was_counted():
    assert reason({**FRIDAY, "calendar": "persian"}).beside == "3 Bahman 1404, Solar Hijri calendar"
    assert reason(FRIDAY).beside == ""


def test_other_readings_come_with_how_likely_they_are():
    found = reason(read("It was on Tuesday.", at="2026-01-29T10:00:00Z")[0])
    assert found.steps
    assert 0 < found.confidence <= 1
    assert all(0 < each.confidence < 1 and "2026" in each.words for each in found.others)


def test_words_from_right_to_left_keep_their_direction_to_themselves():
    assert "“\u2068سه‌شنبه\u2069”" in reason({**FRIDAY, "text": "سه‌شنبه"}).sentence


@pytest.mark.parametrize(
    "derivation, shown, told",
    [
        (["Its clause names the time: 'Friday'."], ["Friday"], ()),
        (
            ["Its clause names the time: 'Friday'."],
            ["Monday"],
            ("Its clause names the time: 'Friday'.",),
        ),
        (["No time is named."], [], ("No time is named.",)),
        ([], [], ()),
    ],
)
def test_what_an_expression_shows_is_not_said_twice(derivation, shown, told):
    expressions = [{"text": each} for each in shown]
    source = {"date": {"derivation": derivation}, "expressions": expressions}
    assert remarks(source) == told


def test_a_document_of_which_nothing_is_known_fails_nowhere():
    assert reason({}).sentence == "“” read as it stands"
    assert remarks({}) == ()
    assert remarks({"date": {"derivation": "x"}, "expressions": [7, None]}) == ()
