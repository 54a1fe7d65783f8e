from service.timeline.model import Kind
from tests.making import claimed
from workers.grammar.analysis import build
from workers.pipeline import read_batch

TEXT = """
ALDWICK, Jan. 27 (Mail) - Police arrested two men in Aldwick on Monday after a fire in the harbour.

The mayor of Aldwick, Ada Holt, condemned the arrests on Tuesday.
"""


def mentions(text):
    ((_, read),) = read_batch([claimed(text=text, language="en")], build())
    return read.mentions


def test_a_statement_is_about_what_its_nouns_name():
    told = mentions(TEXT)
    (arrest,) = (each for each in told if each.trigger == "arrest")
    (said,) = (each for each in told if each.kind is Kind.STATEMENT)
    assert said.about == (arrest.id,)
    assert arrest.about == ()


def test_a_statement_that_names_nothing_told_is_about_nothing():
    text = TEXT.replace("the arrests", "the weather")
    assert [each.about for each in mentions(text) if each.kind is Kind.STATEMENT] in ([()], [])


def test_an_answer_is_about_what_it_answers_without_its_name():
    text = (
        "ALDWICK (Mail) - Judge Irma Hale sentenced Tomas Ferrel on Friday to nine years. "
        "A day earlier he had been found guilty.\n\nHis lawyer said on Friday that he would appeal."
    )
    told = mentions(text)
    (sentence,) = (each for each in told if each.trigger == "sentence")
    (said,) = (each for each in told if each.kind is Kind.STATEMENT)
    assert said.about == (sentence.id,)
