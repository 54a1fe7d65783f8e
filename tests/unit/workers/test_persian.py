"""What Persian sentences tell, as data: one case for each rule of `workers.persian`."""

import tomllib
from pathlib import Path

import pytest

from service.timeline.details import Comparator
from tests.making import claimed, day
from workers.grammar.analysis import build
from workers.pipeline import read_batch

CASES = tomllib.loads(Path(__file__).with_name("persian.toml").read_text("utf-8"))["case"]
LEAD = "رود پهن و آرام است و دره در هر فصل جای زیبایی است."


@pytest.fixture(scope="module")
def analyser():
    return build()


def read(analyser, text, **posted):
    ((_, found),) = read_batch([claimed(text=text, language="fa", **posted)], analyser)
    return found


def told(analyser, sentence):
    """The mentions of a sentence that may be events by themselves, in order."""
    found = read(analyser, f"{LEAD}\n\n{sentence}").mentions
    return [each for each in found if each.opens]


def figure_words(figure):
    what = figure.unit if figure.unit != "count" else figure.what
    limit = "" if figure.comparator is Comparator.EXACT else figure.comparator.value
    return " ".join(each for each in (f"{figure.value:g}", what, figure.scope, limit) if each)


@pytest.mark.parametrize("words", ["شده ", "کشته ", "گفت که ", "کشته شد و ", "به گزارش ", "۲ و "])
def test_a_sentence_without_end_is_read(analyser, words):
    assert read(analyser, words * 10_000).reading.language == "fa"


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_a_persian_sentence_tells_what_the_rule_says(analyser, case):
    found = told(analyser, case["text"])
    labels = [f"{each.kind.value} {each.status.value} {each.trigger_class}" for each in found]
    assert labels == case["tells"]
    if "days" in case:
        assert [(each.date.start, each.date.end) for each in found] == [
            (day(iso), day(iso)) for iso in case["days"]
        ]
    if "by" in case:
        assert found[-1].attribution == case["by"]
    if "certainty" in case:
        assert found[-1].certainty.value == case["certainty"]
    if "basis" in case:
        assert found[-1].date.basis.value == case["basis"]
    if "figures" in case:
        assert [figure_words(each) for one in found for each in one.figures] == case["figures"]
    if "headlines" in case:
        assert [each.headline for each in found] == case["headlines"]


ARABIC = str.maketrans("یک", "يك")
WRITINGS = {
    "Arabic letters": lambda text: text.translate(ARABIC),
    "a space for ZWNJ": lambda text: text.replace("\u200c", " "),
    "Arabic digits": lambda text: text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩")),
}


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_every_way_of_writing_tells_the_same(analyser, case, writing):
    text = WRITINGS[writing](case["text"])
    found = told(analyser, text)
    labels = [f"{each.kind.value} {each.status.value} {each.trigger_class}" for each in found]
    assert labels == case["tells"]
    assert all(each.quote == text for each in found)
