import pytest

from service.timeline.headline import MOST, condense

LONG = (
    "The council of the northern town of Aldwick, which has argued about the bridge for years, "
    "opened it on 3 March without any ceremony, guests or speeches at all"
)


@pytest.mark.parametrize(
    "sentence,dates,headline",
    [
        ("On Friday, the court freed two men.", ["Friday"], "The court freed two men"),
        (
            "The court freed two men in Aldwick, police said Friday.",
            ["Friday"],
            "The court freed two men in Aldwick",
        ),
        (
            "According to the harbour office, the ship sank within an hour.",
            [],
            "The ship sank within an hour",
        ),
        (
            "ALDWICK (Wire) — The old bridge across the river collapsed.",
            [],
            "The old bridge across the river collapsed",
        ),
        ("He allegedly stole it.", [], "He allegedly stole it"),
        (
            "“We will not go,” the mayor of Aldwick said.",
            [],
            "“We will not go,” the mayor of Aldwick said",
        ),
    ],
)
def test_headlines_lose_dates_sources_and_datelines_in_front(sentence, dates, headline):
    spans = [(sentence.index(date), sentence.index(date) + len(date)) for date in dates]
    assert condense(sentence, spans) == headline


def test_a_long_sentence_gives_the_clause_that_its_date_stands_in():
    focus = (LONG.index("3 March"), LONG.index("3 March") + len("3 March"))
    assert condense(LONG, [focus], focus=focus).startswith("Opened it on 3 March")


def test_headlines_are_short_and_do_not_dangle():
    headline = condense(LONG)
    assert 5 <= len(headline.split()) <= MOST
    assert headline in LONG


def test_a_date_is_never_cut_in_two():
    sentence = (
        "More than forty people have died since heavy rain in the south of the country began in "
        "late December 2025"
    )
    at = sentence.index("late December 2025")
    headline = condense(sentence, [(at, len(sentence))])
    assert headline.endswith("began")


def test_a_relative_clause_is_no_headline():
    sentence = (
        "The old stone bridge of the northern town of Aldwick was reopened to everyone, which "
        "ended in March 2026 a long quarrel"
    )
    at = sentence.index("March 2026")
    assert condense(sentence, focus=(at, at + 10)).startswith("The old stone bridge")
