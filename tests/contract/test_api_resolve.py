"""Dates of a text, explained, nothing stored."""

import pytest

from service.api.examples import story
from tests.servers.api import violations

RESOLVE = "/v1/resolve"
# A Thursday.
TEXT = {"text": "The bridge was closed on Tuesday.", "reference_time": "2026-01-29"}


def test_each_date_comes_with_its_place_reading_and_derivation(api):
    response = api.post(TEXT, RESOLVE)
    assert response.status_code == 200
    (found,) = response.json["expressions"]
    assert TEXT["text"][found["start"] : found["end"]] == found["text"] == "Tuesday"
    assert (found["type"], found["value"]) == ("DATE", "2026-01-27")
    assert (found["earliest"], found["latest"]) == ("2026-01-27", "2026-01-27")
    assert found["anchor"]["earliest"] == "2026-01-29"
    assert all(step["rule"] and step["says"] for step in found["derivation"])
    assert response.json["language"] == "en"
    assert response.json["engine"].startswith("event-timelines ")


def test_what_is_told_from_an_event_names_it_and_comes_as_a_tree(api):
    text = {**TEXT, "text": "The mayor resigned two days after the verdict."}
    (found,) = api.post(text, RESOLVE).json["expressions"]
    anchor = found["anchor"]
    assert (anchor["kind"], anchor["text"]) == ("event", "the verdict")
    assert text["text"][anchor["start"] : anchor["end"]] == "the verdict"
    end = {"op": "part", "part": "end", "of": {"op": "event"}}
    assert found["tree"] == {"op": "after", "count": 2, "unit": "day", "of": end}
    assert (found["type"], found["value"]) == ("DURATION", "P2D")
    assert not {"earliest", "latest", "edtf"} & found.keys()


@pytest.mark.parametrize(
    "phrase, tree",
    [
        ("during the protests", {"op": "event"}),
        ("on the day of the vote", {"op": "this", "unit": "day", "of": {"op": "event"}}),
        (
            "on the Friday before the vote",
            {
                "op": "last",
                "unit": "weekday",
                "number": 5,
                "of": {"op": "part", "part": "start", "of": {"op": "event"}},
            },
        ),
        (
            "within days of the vote",
            {
                "op": "between",
                "first": {"op": "event"},
                "last": {
                    "op": "after",
                    "count": 14,
                    "unit": "day",
                    "approximate": True,
                    "of": {"op": "part", "part": "end", "of": {"op": "event"}},
                },
            },
        ),
    ],
)
def test_trees_are_plain_data(api, phrase, tree):
    (found,) = api.post({**TEXT, "text": f"They met {phrase}."}, RESOLVE).json["expressions"]
    assert found["tree"] == tree


def test_the_reference_time_decides(api):
    later = api.post({**TEXT, "reference_time": "2026-02-05T09:00:00+03:30"}, RESOLVE)
    assert later.json["expressions"][0]["value"] == "2026-02-03"


def test_a_text_without_dates_has_none(api):
    found = api.post({**TEXT, "text": "The bridge is old."}, RESOLVE)
    assert found.json["expressions"] == []


def test_a_text_too_short_to_tell_its_language_is_taken_for_english(api):
    found = api.post({**TEXT, "text": "yesterday"}, RESOLVE).json
    assert (found["language"], found["expressions"][0]["value"]) == ("en", "2026-01-28")


def test_a_language_that_is_given_is_used(api):
    assert api.post({**TEXT, "language": "de-AT"}, RESOLVE).json["language"] == "de-AT"


def test_the_engine_that_read_the_months_is_named(api):
    spanish = {**TEXT, "text": "El acuerdo es del 12 de marzo de 2021.", "language": "es"}
    found = api.post(spanish, RESOLVE).json
    assert found["expressions"][0]["value"] == "2021-03-12"
    assert found["engine"].startswith("event-timelines ")
    assert found["engine"].endswith(", dateparser")


def test_nothing_is_stored(api):
    api.post(TEXT, RESOLVE)
    assert api.get("/v1/timelines").json["timelines"] == []
    assert api.bell.rings == []


@pytest.mark.parametrize(
    "document, pointer",
    [
        ({}, "/text"),
        ({"text": "a"}, "/reference_time"),
        ({**TEXT, "text": "a" * 20_001}, "/text"),
        ({**TEXT, "text": "a\x00"}, "/text"),
        ({**TEXT, "text": "a\ud800"}, "/text"),
        ({**TEXT, "reference_time": "yesterday"}, "/reference_time"),
        ({**TEXT, "reference_time": "2026-01-29T10:00:00"}, "/reference_time"),
        ({**TEXT, "title": 5}, "/title"),
        ({**TEXT, "zone": "UTC"}, "/zone"),
        ([TEXT], ""),
        ("text", ""),
    ],
)
def test_what_breaks_the_contract_is_named(api, document, pointer):
    response = api.client.post(RESOLVE, json=document)
    assert response.status_code == 422
    assert pointer in violations(response)


def test_twenty_thousand_characters_are_resolved(api):
    text = "It rained yesterday. ".ljust(20_000, "x")
    assert len(api.post({**TEXT, "text": text}, RESOLVE).json["expressions"]) == 1


def test_lines_of_json_are_not_for_this_address(api):
    response = api.client.post(RESOLVE, data=b"{}", content_type="application/x-ndjson")
    assert response.status_code == 415
    assert response.headers["Accept-Post"] == "application/json"


def test_the_example_is_what_the_service_answers(api):
    answered = api.post(story.TEXT_TO_RESOLVE, RESOLVE).json
    (shown,), (found,) = story.RESOLVED["expressions"], answered["expressions"]
    for name in ("text", "start", "end", "type", "value", "edtf", "earliest", "latest", "anchor"):
        assert shown[name] == found[name], name
    assert {name for name in shown if name != "id"} <= set(found)
