"""Which verb a stretch hangs on, as the date engine is told."""

from __future__ import annotations

import pytest

from service.temporal.edtf import interval_edtf
from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Context, Tense
from workers.grammar.analysis import build
from workers.hints import clause_hints


@pytest.fixture(scope="module")
def analyser():
    return build()


def hints(analyser, text):
    (sentences,) = analyser.analyse([text])
    return clause_hints(text, sentences)


def told(analyser, text):
    """Each hint's stretch, tense and verb."""
    return [
        (
            text[each.span.start : each.span.end].strip(),
            each.tense,
            text[each.governor.start : each.governor.end],
        )
        for each in hints(analyser, text)
    ]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The mayor wept on Friday.", [("The mayor wept on Friday.", Tense.PAST, "wept")]),
        (
            "On Friday the court will rule.",
            [("On Friday the court will rule.", Tense.FUTURE, "will")],
        ),
        (
            "The group said Tuesday that he was sentenced on Monday and will appeal on Friday.",
            [
                ("The group said Tuesday that", Tense.PAST, "said"),
                ("he was sentenced on Monday", Tense.PAST, "was sentenced"),
                ("and will appeal on Friday.", Tense.FUTURE, "will"),
            ],
        ),
        (
            "Officials who met on Monday will vote on Friday.",
            [
                ("Officials who met on Monday", Tense.PAST, "met"),
                ("will vote on Friday.", Tense.FUTURE, "will"),
            ],
        ),
        (
            "She agreed to meet on Friday, he said.",
            [
                ("She agreed to meet on Friday,", Tense.FUTURE, "agreed to"),
                ("he said.", Tense.PAST, "said"),
            ],
        ),
    ],
)
def test_each_clause_has_its_verb_and_tense(analyser, text, expected):
    assert told(analyser, text) == expected


@pytest.mark.parametrize(
    "text",
    ["Talks in Geneva on Friday.", "The road is closed on Friday.", "It may rain on Friday.", ""],
)
def test_what_tells_no_direction_gives_no_hint(analyser, text):
    assert hints(analyser, text) == ()


def test_a_verb_without_direction_keeps_its_clause(analyser):
    assert [each[0] for each in told(analyser, "He said it could rain on Friday.")] == ["He said"]


def test_a_sentence_has_no_share_in_the_next_one(analyser):
    stretches = [each[0] for each in told(analyser, "He left. Talks on Friday. She stayed.")]
    assert stretches == ["He left.", "She stayed."]


def test_the_engine_is_told_between_two_verbs_which_one_it_hangs_on(analyser):
    text = "The court said on Friday it will rule."
    publication = read_publication("2026-01-27T10:00:00-05:00")
    context = Context(publication=publication, hints=hints(analyser, text))
    (friday,) = resolve(text, context)
    assert interval_edtf(friday.interval) == "2026-01-23"
    assert friday.derivation[0].rule == "hint"
    assert "'said'" in friday.derivation[0].says
