from dataclasses import replace

import pytest

from service.temporal.interval import Granularity
from service.timeline.headline import MOST, best_headline, condense, is_whole
from tests.making import head, mention, on

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
        (
            "SHAYAN, Iran, April 26 (Gulf Wire) - The old bridge across the river collapsed.",
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
    assert condense(LONG, [focus], focus=focus) == (
        "The council of the northern town of Aldwick opened it on 3 March without any ceremony"
    )


@pytest.mark.parametrize(
    "sentence,date,headline",
    [
        (
            (
                "The strikes of that year, as the unions call them, ran through all nine harbours "
                "from May to June."
            ),
            "from May to June",
            "The strikes of that year ran through all nine harbours from May to June",
        ),
        (
            (
                "Three lines that moved their ships to harbours further north have said they will "
                "not return before next spring."
            ),
            "next spring",
            "They will not return before next spring",
        ),
        (
            "He said in a letter that the gate had been repaired in late October.",
            "late October",
            "The gate had been repaired in late October",
        ),
        (
            (
                "Divers found the bell of the old lightship on Tuesday evening in deep water near "
                "the stone pier."
            ),
            "Tuesday evening",
            "Divers found the bell of the old lightship on Tuesday evening in deep water",
        ),
        ("On 8 January Norland shut down the mines.", "8 January", "Norland shut down the mines"),
        ("Two weeks ago President Holt left.", "Two weeks ago", "President Holt left"),
        ("The gates will open on Monday at 6 a.m.", "Monday", None),
        ("The council confirmed the hour on Wednesday.", "Wednesday", None),
        ("In 2024 elections were held.", "2024", None),
        ("The mayor, chosen in 2022, said he would leave on 1 March.", "1 March", None),
    ],
)
def test_headlines_are_whole_clauses(sentence, date, headline):
    at = sentence.index(date)
    dated = (at, at + len(date))
    whole = sentence if sentence.endswith("a.m.") else sentence.rstrip(".")
    assert condense(sentence, [dated], focus=dated) == (headline or whole)


def test_an_event_is_named_by_its_finest_source_that_needs_no_other_sentence():
    coarse = mention(
        head("a1"),
        quote="A strike in early May cost the port of Lima dear",
        lead=True,
        date=on("2026-01-01", "2026-01-10", granularity=Granularity.MONTH_PART),
    )
    vague = mention(head("a2"), quote="They went on strike in Lima on 6 January")
    fine = mention(head("a3"), quote="The dockers of Lima went on strike", date=on("2026-01-06"))
    named = best_headline([coarse, vague, fine], on("2026-01-06"))
    assert named == "The dockers of Lima went on strike"


def test_an_event_is_named_in_the_language_of_most_articles():
    day = on("2026-01-26")
    french = mention(head("a1"), quote="Le pont de Lima est tombé lundi matin", date=day, lead=True)
    french = replace(french, language="fr")
    english = [
        mention(head(f"a{number}"), quote=f"Bridge number {number} of Lima fell down", date=day)
        for number in (2, 3)
    ]
    assert best_headline([french, *english], day) == english[0].headline
    assert best_headline([french, english[0]], day) == french.headline


def test_an_event_is_not_named_by_who_has_another_day():
    early = mention(head("a1"), quote="The mayor of Lima resigned on Sunday night", lead=True)
    early = replace(early, date=on("2026-01-25", "2026-01-26"))
    right = mention(
        head("a2"), quote="Mayor Vega of Lima resigned on Monday", date=on("2026-01-26")
    )
    assert best_headline([early, right], on("2026-01-26")) == right.headline
    assert best_headline([early, right], on("2026-01-25", "2026-01-26")) == early.headline


@pytest.mark.parametrize(
    "told,headline",
    [
        (
            "Masked men set fire to a polling station in Brenn, hours",
            "Masked men set fire to a polling station in Brenn",
        ),
        ("The gate fell on the road to Brenn, two days", "The gate fell on the road to Brenn"),
        (
            "BREAKING: Mayor of Aldwick resigns after defeat",
            "Mayor of Aldwick resigns after defeat",
        ),
        (
            'The mayor said "we will never leave our town, "',
            'The mayor said "we will never leave our town"',
        ),
        (
            "The walls danced': fear in a town of miners",
            "The walls danced: fear in a town of miners",
        ),
        ("The miners' wives of the town wept", "The miners' wives of the town wept"),
        ("Lima, Peru: mayor resigns after defeat", "Lima, Peru: mayor resigns after defeat"),
    ],
)
def test_headlines_lose_labels_and_what_is_left_of_other_clauses(told, headline):
    assert condense(told) == headline


@pytest.mark.parametrize(
    "headline,whole",
    [
        ("The mayor of Aldwick resigned on Monday", True),
        ("When the mayor of Aldwick resigned on Monday", False),
        ("A day after the mayor of Aldwick resigned", False),
        ("The mayor of Aldwick resigned", False),
        ("In Aldwick the mayor resigned on Monday", True),
    ],
)
def test_a_whole_headline_is_long_enough_and_begins_a_sentence(headline, whole):
    assert is_whole(headline) is whole


def test_headlines_are_short_and_do_not_dangle():
    headline = condense(LONG)
    assert 5 <= len(headline.split()) <= MOST
    assert headline in LONG.replace(", which has argued about the bridge for years,", "")


@pytest.mark.parametrize(
    "sentence,headline",
    [
        ("And the mayor of Aldwick resigned at once.", "The mayor of Aldwick resigned at once"),
        ("However, the mayor of Aldwick resigned.", "The mayor of Aldwick resigned"),
        (
            "Smith ’ s lawyer said 20, 000 people came at 11: 30 , all of them armed .",
            "Smith’s lawyer said 20,000 people came at 11:30, all of them armed",
        ),
        (
            "The dockers ’ union called ( after a vote ) a strike in the port .",
            "The dockers’ union called (after a vote) a strike in the port",
        ),
    ],
)
def test_headlines_lose_connectives_and_the_spaces_of_tokenisers(sentence, headline):
    assert condense(sentence) == headline


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
