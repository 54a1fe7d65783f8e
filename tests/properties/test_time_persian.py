"""Persian on any text at all: it never fails, and spans count the text as posted."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.temporal.arabic_script import SCRIPT, folded
from service.temporal.engine import resolve
from service.temporal.lexicon import cues, lexicon
from service.temporal.publication import read_publication
from service.temporal.timex import Context

PUBLICATIONS = [
    "2026-01-27T10:00:00+03:30", "2024-02-29", "2025-03-20", "2025-03-21", "0001-01-01",
    "2999-12-31", "9999-12-31",
]  # fmt: skip
MARKS = [" ", " ", " ", "\u200c", "، ", "-", ". ", "\n", "\n\n", "/", ":", "(", ") ", "ی ", "ٔ ", ""]
NUMBERS = ["۱", "٧", "31", "۵۷", "۹۹", "۱۴۰۴", "١٣٥٧", "2026", "۱۴۰۴/۱۱/۷", "۱۰:۳۰", "۰", "۱٬۴۰۴"]
VERBS = ["شد", "می‌شود", "خواهد", "کرده", "است", "گفت"]
WORDS = sorted({*lexicon("fa").words, *cues("fa").sets["labels"], *cues("fa").sets["counted"]})
PIECES = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(NUMBERS), st.sampled_from(VERBS), st.text(max_size=3)
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=80),
    st.lists(st.tuples(PIECES, st.sampled_from(MARKS)), max_size=24).map(
        lambda pairs: "".join(piece + mark for piece, mark in pairs)
    ),
)
CONTEXTS = st.builds(
    Context,
    publication=st.sampled_from(PUBLICATIONS).map(read_publication),
    language=st.sampled_from(["fa", "fa-IR", "prs", "und"]),
)
slowly = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@given(st.text())
def test_folding_keeps_every_code_point_in_its_place(text):
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)
    assert SCRIPT.key(folded(text)) == SCRIPT.key(SCRIPT.key(folded(text)))


@slowly
@given(TEXTS, CONTEXTS)
def test_any_text_is_read_without_failing_and_spans_are_exact(text, context):
    last = 0
    for each in resolve(text, context):
        assert text[each.span.start : each.span.end] == each.text
        assert each.span.start >= last
        last = each.span.end
        assert 0 < each.confidence <= 1
        assert each.derivation
        for part in each.parts:
            assert each.span.start <= part.span.start < part.span.end <= each.span.end
