"""What an event can be chosen by, read off its document."""

from service.documents.brief import best_source
from service.documents.traits import (
    FIELD_END,
    MOST_SEARCHED,
    primary_language,
    publisher_key,
    traits_of,
)

DATE = {"basis": "explicit", "granularity": "day", "confidence": 0.9}


def document(*sources, **said):
    return {
        "headline": "The Bridge",
        "kind": "happening",
        "status": "happened",
        "date": DATE,
        "salience": 0.5,
        "independent_source_count": 2,
        "sources": list(sources),
        **said,
    }


def test_traits_are_those_of_the_document():
    found = traits_of(
        document(
            {"publisher": "L'Écho", "language": "fr-BE", "quote": "Le pont."},
            {"publisher": "l’echo", "language": "en", "quote": "Le pont!"},
            {"quote": "It closed."},
            places=["Zürich"],
        )
    )
    assert found.publishers == ("l echo",)
    assert found.languages == ("en", "fr")
    assert (found.kind, found.basis, found.sources) == ("happening", "explicit", 2)
    assert found.text == FIELD_END.join(
        ("", "the bridge", "zurich", "l echo", "le pont", "it closed", "")
    )


def test_a_very_long_event_is_searched_at_its_beginning_in_whole_words():
    found = traits_of(document({"quote": "abcdefg " * 5_000})).text
    assert MOST_SEARCHED - 10 < len(found) <= MOST_SEARCHED
    assert found.endswith(" abcdefg ")


def test_an_outlet_without_a_word_in_its_name_is_still_one():
    assert publisher_key(" *** ") == "***"
    assert publisher_key("The Post!") == publisher_key("THE POST") == "the post"


def test_the_language_of_a_tag_is_its_first_part():
    assert [primary_language(tag) for tag in ("en-GB", "FA", "zh-Hant-TW")] == ["en", "fa", "zh"]


def source(name, *, independent=True, certainty="asserted", basis="explicit"):
    date = {"basis": basis}
    return {"quote": name, "independent": independent, "certainty": certainty, "date": date}


def test_the_best_source_stands_on_its_own_asserts_and_dates():
    copied, alleged = source("copied", independent=False), source("alleged", certainty="alleged")
    undated, good = source("undated", basis="reported"), source("good")
    assert best_source([copied, alleged, undated, good, source("later")]) is good
    assert best_source([copied, alleged, undated]) is undated
    assert best_source([copied, alleged]) is alleged
    assert best_source([copied]) is copied
