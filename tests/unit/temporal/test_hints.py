"""Hints from clause analysis decide where the words say nothing or two things."""

from __future__ import annotations

from service.temporal.edtf import interval_edtf
from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Context, Hint, Span, Tense

PUBLICATION = read_publication("2026-01-27T10:00:00-05:00")


def read(text: str, *hints: Hint):
    (found,) = resolve(text, Context(publication=PUBLICATION, hints=hints))
    return found


def whole(text: str, tense: Tense, verb: str | None = None) -> Hint:
    governor = None
    if verb is not None:
        start = text.index(verb)
        governor = Span(start, start + len(verb))
    return Hint(Span(0, len(text)), tense, governor)


def day(found) -> str:
    return interval_edtf(found.interval)


def test_hint_decides_where_no_word_points():
    text = "Talks in Geneva on Friday."
    assert day(read(text)) == "2026-01-23"
    assert day(read(text, whole(text, Tense.FUTURE))) == "2026-01-30"


def test_hint_does_not_outweigh_a_plain_cue():
    text = "The minister resigned on Friday."
    assert day(read(text, whole(text, Tense.FUTURE))) == "2026-01-23"


def test_hint_decides_between_two_cues():
    text = "The court said on Friday it will rule."
    past, ahead = whole(text, Tense.PAST, "said"), whole(text, Tense.FUTURE, "rule")
    assert day(read(text, past)) == "2026-01-23"
    assert day(read(text, ahead)) == "2026-01-30"


def test_shortest_clause_around_the_expression_counts():
    text = "Talks in Geneva on Friday."
    inner = Hint(Span(9, len(text)), Tense.PAST)
    assert day(read(text, whole(text, Tense.FUTURE), inner)) == "2026-01-23"


def test_hint_for_another_clause_says_nothing():
    text = "Talks in Geneva on Friday."
    assert day(read(text, Hint(Span(0, 5), Tense.FUTURE))) == "2026-01-23"


def test_hints_may_come_in_any_order():
    text = "Talks in Geneva on Friday."
    inner, outer = Hint(Span(9, len(text)), Tense.PAST), whole(text, Tense.FUTURE)
    assert read(text, inner, outer) == read(text, outer, inner)


def test_a_clause_that_begins_thousands_of_characters_before_is_none():
    text = "Rooms " * 500 + "in Geneva on Friday."
    assert day(read(text, whole(text, Tense.FUTURE))) == "2026-01-23"


def test_derivation_names_the_hint():
    text = "Talks in Geneva on Friday."
    steps = read(text, whole(text, Tense.FUTURE, "Talks")).derivation
    assert steps[0].rule == "hint"
    assert steps[0].says == "the verb 'Talks' that it belongs to tells of what lies ahead"
