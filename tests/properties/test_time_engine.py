"""The engine on any text at all: it never fails, spans are exact, answers are the same again."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.temporal.engine import resolve
from service.temporal.lexicon import lexicon
from service.temporal.publication import read_publication
from service.temporal.timex import Context

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
PUBLICATIONS = [
    "2026-01-27T10:00:00-05:00", "2024-02-29", "2025-12-31T23:59:59Z", "0001-01-01", "9999-12-31",
    "2025-03-20T12:00:00+03:30",
]  # fmt: skip
MARKS = [" ", " ", " ", ", ", "-", "–", ". ", "\n", "\n\n", "/", ":", "(", ") ", "’s ", "", "$"]
NUMBERS = ["1", "7", "31", "32", "99", "1404", "1999", "2025", "2026", "30th", "1990s", "5 p.m."]


def phrases() -> list[str]:
    found = set()
    for path in CORPUS.glob("*.toml"):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for entry in (*content.get("example", ()), *content.get("group", ())):
            found.update(entry["texts"])
    return sorted(found)


WORDS = sorted(lexicon("en").words)
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(str.title),
    st.sampled_from(NUMBERS),
    st.sampled_from(phrases()),
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.tuples(PIECES, st.sampled_from(MARKS)), max_size=20).map(
        lambda pairs: "".join(piece + mark for piece, mark in pairs)
    ),
)
CONTEXTS = st.builds(
    Context,
    publication=st.sampled_from(PUBLICATIONS).map(read_publication),
    language=st.sampled_from(["en", "en", "en", "und", "de", "fa"]),
    title=st.one_of(st.none(), st.just("Iran")),
)
slowly = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)


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


@slowly
@given(TEXTS, CONTEXTS)
def test_the_same_text_gives_the_same_answer(text, context):
    assert resolve(text, context) == resolve(text, context)


@slowly
@given(TEXTS, CONTEXTS)
def test_candidates_are_other_readings_and_less_likely(text, context):
    for each in resolve(text, context):
        confidences = [candidate.confidence for candidate in each.candidates]
        assert confidences == sorted(confidences, reverse=True)
        for candidate in each.candidates:
            assert candidate.interval != each.interval
