"""The engine on any Unicode: no text fails, and spans count its code points as posted."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Context

LANGUAGES = ["en", "fa", "und"]
WORDS = {
    "en": ["Tuesday", "two days after the vote", "March", "3", "2025", "p.m.", "since", "week"],
    "fa": ["سه‌شنبه", "دو روز پیش", "بهمن", "۳", "۱۴۰۴", "ساعت", "از", "هفته"],
    "und": ["Tuesday", "3/2/2026", "2026-02-03", "سه‌شنبه", "3. März 2021", "2021年3月3日"],
}
# Digits of every script, fractions, superscripts, letters whose case has another length, marks.
NUMBERS = st.text(alphabet=st.characters(categories=["Nd", "No", "Nl"]), min_size=1, max_size=6)
MARKS = st.text(alphabet=st.characters(categories=["Mn", "Cf", "Zs", "Po", "Sk"]), max_size=3)
LETTERS = st.text(alphabet="İıßŉǰΐẞﬁﬃĲǅſKÅªºâœ\U00010400\U0001f1eb\U0001f1f7", max_size=5)
SURROGATES = st.text(alphabet=st.characters(categories=["Cs"]), max_size=2)
slowly = settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def texts(language: str):
    piece = st.one_of(st.sampled_from(WORDS[language]), NUMBERS, MARKS, LETTERS, SURROGATES)
    mixed = st.lists(st.tuples(piece, st.sampled_from(["", " ", " ", "-", "/", ":", "\n"])))
    return st.one_of(st.text(), mixed.map(lambda found: "".join(map("".join, found))))


def read(text: str, language: str):
    publication = read_publication("2026-01-27T10:00:00-05:00")
    return resolve(text, Context(publication=publication, language=language))


@pytest.mark.parametrize("language", LANGUAGES)
@slowly
@given(data=st.data())
def test_no_text_fails_and_spans_are_exact(language, data):
    text = data.draw(texts(language))
    last = 0
    for each in read(text, language):
        assert text[each.span.start : each.span.end] == each.text
        assert last <= each.span.start < each.span.end <= len(text)
        last = each.span.end
        if each.unbound is not None:
            event = each.unbound.event
            assert each.span.start <= event.start < event.end <= each.span.end
            assert text[event.start : event.end] == each.unbound.text


@pytest.mark.parametrize("language", ["en", "fa"])
@slowly
@given(before=st.text(alphabet="\U0001f600\U00010400é\u0301", min_size=1, max_size=9))
def test_what_lies_beyond_two_bytes_counts_as_one(language, before):
    phrase = {"en": "Tuesday", "fa": "سه‌شنبه"}[language]
    (found,) = read(f"{before}. {phrase}.", language)
    assert (found.span.start, found.span.end) == (len(before) + 2, len(before) + 2 + len(phrase))
