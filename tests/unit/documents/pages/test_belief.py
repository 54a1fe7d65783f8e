"""An event in full: who tells it, on what they differ, how it was merged."""

import pytest

from service.documents.pages.belief import believe, with_thousands
from service.documents.pages.sources import articles, echoes, safe_address


def source(article="a", outlet="Meridian Wire", **fields):
    return {
        "article_id": article,
        "publisher": outlet,
        "quote": "It fell on Friday.",
        "start": 10,
        "clause": {"start": 10, "end": 27},
        "independent": True,
        "certainty": "asserted",
        **fields,
    }


def event(*sources, **fields):
    return {"id": "evt_1", "headline": "It fell", "sources": list(sources), **fields}


def test_independent_articles_come_first_and_an_article_comes_once():
    told = articles(
        event(
            source("copy", "Echo", independent=False),
            source("a"),
            source("a", quote="Again."),
            source("b", "Harbour Post"),
        ),
        {"copy": "a"},
    )
    assert [(each.id, each.echo) for each in told] == [
        ("a", ""),
        ("b", ""),
        ("copy", "almost word for word as in Meridian Wire"),
    ]
    assert [len(each.quotes) for each in told] == [2, 1, 1]


@pytest.mark.parametrize(
    "outlet, originals, echo",
    [
        ("Meridian Wire", {}, "another article of Meridian Wire"),
        ("www.meridianwire.com", {"b": "a"}, "almost word for word as in Meridian Wire"),
        ("Harbour Post", {}, "takes its news from an outlet that is counted already"),
        ("Harbour Post", {"b": "gone"}, "almost word for word an article of this timeline"),
    ],
)
def test_an_echo_says_of_whom(outlet, originals, echo):
    told = event(source("a"), source("b", outlet, independent=False))
    assert articles(told, originals)[1].echo == echo
    assert echoes(told) == ("b",)


def test_an_expression_is_marked_where_it_stands_and_nowhere_else():
    friday = {"text": "Friday", "start": 21, "end": 27}
    elsewhere = {"text": "Monday", "start": 11, "end": 17}
    told = articles(event(source(expressions=[elsewhere, friday])), {})
    runs = told[0].quotes[0].runs
    assert [(run.text, run.expression) for run in runs] == [
        ("It fell on ", None),
        ("Friday", 1),
        (".", None),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//evil.example/x",
        "/x",
        "http:",
        "https://[::1",
        "ftp://a.example",
        "",
    ],
)
def test_only_web_addresses_are_linked(url):
    assert safe_address(url) == ""


def test_a_web_address_is_linked_without_what_could_end_it():
    assert safe_address('https://a.example/"><b>') == "https://a.example/%22%3E%3Cb%3E"


def test_conflicts_name_each_outlet_once_beside_its_value():
    told = event(
        source("a"),
        source("b", "Harbour Post"),
        conflicts=[
            {
                "field": "figures",
                "values": [
                    {"value": "3000 (person, killed)", "article_ids": ["a", "a"]},
                    {"value": "more than 20000", "article_ids": ["b", "gone"]},
                ],
            },
            {"field": "date", "values": [{"value": "2026-01-02", "article_ids": []}]},
            {"field": "status", "values": [{"value": "did_not_happen", "article_ids": ["a"]}]},
        ],
    )
    found = believe(told, {}).conflicts
    assert [(value.words, value.outlets) for value in found[0].values] == [
        ("3,000 (person, killed)", ("Meridian Wire",)),
        ("more than 20,000", ("Harbour Post", "gone")),
    ]
    assert found[1].values[0].words == "2 Jan 2026"
    assert found[2].values[0].words == "did not happen"


@pytest.mark.parametrize(
    "text, told",
    [("999", "999"), ("1234567", "1,234,567"), ("0.12345", "0.12345"), ("a1000b", "a1,000b")],
)
def test_long_numbers_are_in_groups(text, told):
    assert with_thousands(text) == told


def test_figures_say_of_what_as_of_when_and_by_whose_word():
    figure = {
        "article_id": "a",
        "what": "person",
        "value": 3000,
        "max": 4000,
        "comparator": "about",
        "unit": "count",
        "scope": "killed",
        "as_of": "2026-01-28",
        "attributed_to": "Rights groups",
    }
    (found,) = believe(event(source("a"), figures=[figure]), {}).figures
    assert (found.words, found.of, found.as_of) == (
        "about 3,000 to 4,000",
        "person, killed",
        "28 Jan 2026",
    )
    assert (found.outlet, found.attributed_to) == ("Meridian Wire", "Rights groups")


def test_the_date_stands_in_the_calendar_of_a_source_too():
    told = source(expressions=[{"text": "1404", "calendar": "persian"}])
    day = {"start": "2026-01-27", "end": "2026-01-27", "display": "27 January 2026"}
    assert believe(event(told, date=day), {}).beside == "7 Bahman 1404, Solar Hijri calendar"
    assert believe(event(source(), date=day), {}).beside == ""


def test_joins_name_both_sources_and_those_of_none_are_left_out():
    joined = [
        {"sources": [0, 1], "weight": 0.75},
        {"sources": [0, 9], "weight": 1},
        {"sources": "x", "weight": 1},
    ]
    (found,) = believe(
        event(
            source("a"), source("b", "Post", published_at="2026-01-28T10:00:00Z"), joined_by=joined
        ),
        {},
    ).joins
    assert (found.first, found.second) == (
        "Meridian Wire: “It fell on Friday.”",
        "Post, 28 Jan 2026: “It fell on Friday.”",
    )


def test_a_document_of_which_nothing_is_known_is_shown_all_the_same():
    found = believe({"sources": [{}, 7], "conflicts": "x", "figures": [{}], "joined_by": [{}]}, {})
    assert found.articles[0].outlet == "an unnamed source"
    assert believe({}, {}).articles == ()
