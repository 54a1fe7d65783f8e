"""The rule machinery: longest match first, refusals, stages, and the words it runs on."""

from __future__ import annotations

from service.temporal.grammar import Item, Match, Meaning, Rulebook, apply
from service.temporal.lexicon import Lexicon, cues, lexicon
from service.temporal.rules import en
from service.temporal.scanner import code, scan


def items_of(text: str):
    scanned = scan(text, lexicon("en"))
    return scanned, [
        Item(char, index, index + 1, scanned.values[index])
        for index, char in enumerate(scanned.codes)
    ]


def build(match: Match) -> Meaning:
    return Meaning(says=match.text)


def test_longest_rule_wins_whatever_the_order():
    book = Rulebook()
    book.add("short", "month", "Month", build)
    book.add("long", "month year", "MonthOf", build)
    scanned, items = items_of("December 2025")
    (made,) = apply(items, [book], scanned)
    assert made.rule == "long"


def test_rule_that_refuses_leaves_the_words_to_the_next():
    book = Rulebook()
    book.add("never", "month year", "MonthOf", lambda _match: None)
    book.add("short", "month", "Month", build)
    scanned, items = items_of("December 2025")
    assert [item.rule for item in apply(items, [book], scanned)] == ["short", ""]


def test_rule_that_gives_nothing_swallows():
    book = Rulebook()
    book.add("swallow", "month year", None, lambda _match: 1)
    book.add("short", "month", "Month", build)
    scanned, items = items_of("December 2025")
    assert [item.code for item in apply(items, [book], scanned)] == [code("other")]


def test_rules_have_names_and_no_two_say_the_same():
    rules = [rule for stage in en.stages() for rule in stage.rules]
    pairs = [(rule.name, rule.pattern) for rule in rules]
    assert len(pairs) == len(set(pairs))
    assert all(rule.name for rule in rules)


def test_optional_and_grouped_classes_may_start_a_match():
    book = Rulebook()
    book.add("grouped", "(the|a)? last? unit", "Span", build)
    for kind in ("the", "a", "last", "unit"):
        assert book.hopes([code(kind)]) == [(0, tuple(book.rules))]
    assert not book.hopes([code("year")])


def test_words_stand_in_one_class_and_ambiguous_ones_need_a_capital():
    words = lexicon("en").words
    assert words["december"].kind == "month"
    assert words["may"].capital
    assert scan("may", lexicon("en")).codes == code("other")
    assert scan("May", lexicon("en")).codes == code("maymarch")


def test_unknown_language_has_no_words():
    assert lexicon("xx") == Lexicon("und", {})


def test_cue_words_are_sets():
    assert cues("en").has("future", "will")
    assert not cues("en").has("past", "will")


def test_numbers_have_classes_by_what_they_may_count():
    kinds = {
        "7": "n12", "27": "n31", "45": "n99", "800": "n999", "2025": "year", "3,000": "big",
        "2026-01-27": "iso", "27/01/2026": "numeric", "1990s": "decade", "5 p.m.": "clockap",
        "17:30": "clock", "21st": "ord", "$2,025": "other", "12%": "other", "10.4.1": "other",
        "555-0142": "other", "F-16": None, "2025-12": "isomonth", "99999999999999": "other",
    }  # fmt: skip
    for text, kind in kinds.items():
        if kind is not None:
            assert scan(text, lexicon("en")).codes == code(kind), text


def test_spans_of_tokens_are_exact():
    text = "On Jan. 27, 2026 — İzmir’s o’clock"
    scanned = scan(text, lexicon("en"))
    written = [scanned.written(index) for index in range(len(scanned.codes))]
    assert written[:5] == ["On", "Jan.", "27", ",", "2026"]
