"""Folding text for search: one form for all ways of writing a word, on any text."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.folding import asked_terms, fold, search_terms

NONE = {"Cs", "Cn", "Co"}
"""Lone surrogates, and what Unicode gives no meaning."""
LETTERS = [
    letter for letter in map(chr, range(sys.maxunicode)) if unicodedata.category(letter) not in NONE
]
MIXED = "aÄéßİıΣςﬁ ǅ東京あがガｶﾞ서울ไทยملكيیىکك\u200c\u0301\u0345\u064b०१«'-_|"
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.text(
    st.sampled_from("aÄéßİıΣςﬁ ǅ東京あがガｶﾞ서울ไทยملكيیىکك\u200c\u0301\u0345\u064b०१«'-_|"),
    max_size=30,
)


@given(TEXTS)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_words_have_one_space_between_them_and_nothing_else(text):
    words = fold(text).split(" ")
    assert words == [""] or all(word and word.split() == [word] for word in words)
    assert "|" not in fold(text)


@given(TEXTS, TEXTS)
def test_two_texts_fold_apart(one, other):
    """What stands between two spaces folds the same whatever stands around it."""
    assert fold(f"{one} {other}").split() == [*fold(one).split(), *fold(other).split()]


@given(TEXTS)
def test_what_is_asked_for_is_in_the_text_itself(text):
    assert asked_terms(fold(text)) <= search_terms(fold(text))


@given(st.text(st.sampled_from("東京都橋閉鎖"), min_size=1, max_size=12), st.data())
def test_any_run_of_unspaced_letters_is_found_by_its_terms(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    run = text[start : data.draw(st.integers(start + 1, len(text)))]
    assert asked_terms(fold(run)) <= search_terms(fold(text))
    assert f" {fold(run)} " in f" {fold(text)} "


def test_every_letter_folds_alike_in_both_cases_and_once_and_for_all():
    for letter in LETTERS:
        folded = fold(letter)
        assert fold(letter.upper()) == folded == fold(letter.lower()), hex(ord(letter))
        assert fold(folded) == folded, hex(ord(letter))


@pytest.mark.parametrize(
    "written, folded",
    [
        ("Café CAFÉ café Cafe\u0301", "cafe cafe cafe cafe"),
        ("Straße STRASSE", "strasse strasse"),
        ("İstanbul ISTANBUL ıstanbul", "istanbul istanbul istanbul"),
        ("Łódź Ørsted Þór Œuvre", "lodz orsted thor oeuvre"),
        ("ΣΊΣΥΦΟΣ Σίσυφος", "σισυφοσ σισυφοσ"),
        ("Ёлка", "елка"),
        ("علي على علی", "علی علی علی"),
        ("كتاب کتاب كِتَاب کـتاب", "کتاب کتاب کتاب کتاب"),
        ("می\u200cشود میشود", "میشود میشود"),
        ("۱۴۰۴ ١٤٠٤ 1404 १४०४", "1404 1404 1404 1404"),
        ("ＦＵＬＬ ｶﾞ", "full ガ"),
        ("L'Écho, 3,000; a_b", "l echo 3 000 a b"),
        ("東京2026年", "東 京 2026 年"),
        ("हिन्दी", "हिन्दी"),
        ("שָׁלוֹם", "שלום"),
        ("—!?", ""),
    ],
)
def test_words_as_people_write_them(written, folded):
    assert fold(written) == folded


def test_a_word_beyond_all_measure_is_looked_at_in_part():
    (term,) = search_terms(fold("x" * 500))
    assert term == "x" * 64
    assert asked_terms(fold("x" * 500)) == {term}
