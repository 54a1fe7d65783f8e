"""Absolute dates in other languages, and which engine reads which text."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.otherlanguages import LANGUAGES, OTHER, OWN, resolve_any, resolve_other
from service.temporal.publication import read_publication
from service.temporal.timex import Context

ROOT = Path(__file__).resolve().parents[2]
CORPUS = tomllib.loads(
    (ROOT / "tests/corpus/otherlanguages/phrases.toml").read_text(encoding="utf-8")
)
FOUND = [(language, *each) for language, lists in CORPUS.items() for each in lists["found"]]
MISSED = [(language, each) for language, lists in CORPUS.items() for each in lists["missed"]]


def context(language: str) -> Context:
    return Context(publication=read_publication("2026-01-27T10:00:00Z"), language=language)


@pytest.mark.parametrize("language,text,phrase,value", FOUND)
def test_full_date_is_found_with_its_own_span(language, text, phrase, value):
    (found,) = resolve_other(text, context(language))
    assert (found.text, found.value) == (phrase, value)
    assert text[found.span.start : found.span.end] == phrase
    assert found.confidence < 0.9
    assert found.derivation[0].rule == OTHER


@pytest.mark.parametrize("language,text", MISSED)
def test_near_miss_is_nothing_to_either_engine(language, text):
    assert resolve_any(text, context(language)).expressions == ()


def test_each_language_has_its_corpus():
    assert set(CORPUS) == LANGUAGES
    assert len(FOUND) >= 60
    assert len(MISSED) >= 60


WORDS = ("sol", "mesa", "cosa", "dos", "tres", "ante", "entre", "sobre", "foro", "dia", "año")


@pytest.mark.parametrize("word", WORDS)
def test_no_spanish_word_is_a_month_by_accident(word):
    assert resolve_other(f"El 12 de {word} de 2020 y 3 {word} 2021.", context("es")) == ()


def test_region_of_a_language_does_not_matter():
    (found,) = resolve_other("El 12 de marzo de 2021.", context("es-MX"))
    assert found.value == "2021-03-12"


def test_language_is_told_from_the_text():
    text = "Der Vertrag wurde von der Regierung am 3. März 2021 und nicht vom Amt unterzeichnet."
    answer = resolve_any(text, context("und"))
    assert (answer.language, answer.engines) == ("de", (OWN, OTHER))
    assert [each.value for each in answer.expressions] == ["2021-03-03"]


def test_indonesian_is_told_from_malay_words_that_others_lack():
    text = "Perjanjian itu diteken oleh menteri pada 12 Maret 2021 dan tidak akan dicabut."
    answer = resolve_any(text, context("und"))
    assert answer.language == "id"
    assert [each.value for each in answer.expressions] == ["2021-03-12"]


def test_english_is_read_by_the_own_engine_alone():
    answer = resolve_any("They met on 12 March 2021.", context("en"))
    assert answer.engines == (OWN,)
    assert resolve_other("They met on 12 March 2021.", context("en")) == ()


def test_a_language_without_a_corpus_has_its_digits_read():
    answer = resolve_any("Umowa z 2021-03-12 oraz 12 marca 2021.", context("pl"))
    assert answer.engines == (OWN,)
    assert "2021-03-12" in [each.value for each in answer.expressions]


def test_digits_and_words_stand_in_the_order_of_the_text():
    answer = resolve_any("El 2021-03-10, el 12 de marzo de 2021 y el 2021-04-01.", context("es"))
    assert [each.value for each in answer.expressions] == ["2021-03-10", "2021-03-12", "2021-04-01"]


def test_digits_are_read_with_the_day_first_and_the_other_order_kept():
    (found,) = resolve_any("Se publicó el 02/03/2021.", context("es")).expressions
    assert found.value == "2021-03-02"
    assert [each.interval.first_day for each in found.candidates]
    (found,) = resolve_any("Se publicó el 02/03/2021 y el 03/25/2021.", context("es")).expressions[
        :1
    ]
    assert found.value == "2021-02-03"


def test_a_joined_range_has_both_its_ends():
    (found,) = resolve_other("Du 3 au 5 mars 2021, il a plu.", context("fr"))
    assert [(part.text, part.value) for part in found.parts] == [
        ("3", "2021-03-03"),
        ("5 mars 2021", "2021-03-05"),
    ]


def test_two_numbers_that_are_no_range_leave_the_last_day():
    (found,) = resolve_other("Marcador: 7-5 mayo 2021.", context("es"))
    assert (found.text, found.value) == ("5 mayo 2021", "2021-05-05")


def test_days_that_do_not_exist_are_left_out():
    assert resolve_other("El 31 de febrero de 2021.", context("es")) == ()
    assert resolve_other("Le 45 mars 2021.", context("fr")) == ()


def test_english_and_persian_never_import_the_other_engine():
    code = (
        "import sys\n"
        "from service.otherlanguages import resolve_any\n"
        "from service.temporal.publication import read_publication\n"
        "from service.temporal.timex import Context\n"
        "day = read_publication('2026-01-27')\n"
        "for language in ('en', 'fa'):\n"
        "    resolve_any('on 12 March 2021', Context(publication=day, language=language))\n"
        "assert 'dateparser' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_long_text_without_years_asks_nothing():
    """Only windows around a year are shown to the other engine: 200 kB take no time."""
    text = "La mesa de la casa es grande y el mar está en calma. " * 4000
    start = time.process_time()
    assert resolve_other(text, context("es")) == ()
    assert time.process_time() - start < 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(sorted(LANGUAGES)))
def test_any_text_gives_exact_spans_and_no_crash(text, language):
    for found in resolve_any(text, context(language)).expressions:
        assert text[found.span.start : found.span.end] == found.text
