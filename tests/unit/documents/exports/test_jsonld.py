"""JSON-LD, expanded by PyLD over the part of schema.org's context that is used."""

import json
from pathlib import Path

import pytest
from lxml import html
from pyld import jsonld

from service.documents.exports.jsonld import render
from tests.exporting import HOSTILE, State, export, hostile_events, told
from tests.making import on, since

CONTEXT = Path(__file__).with_name("schema_org.json")
S = "http://schema.org/"


def load_context(url, _options):
    assert url in {"https://schema.org", "https://schema.org/"}
    document = json.loads(CONTEXT.read_text(encoding="utf-8"))
    return {"contextUrl": None, "documentUrl": url, "document": document}


def expand(made):
    """The list as nodes; a word that schema.org does not know would be lost, or be no IRI."""
    found = jsonld.expand(
        json.loads(render(made)), {"documentLoader": load_context, "base": "https://x.example/"}
    )
    (root,) = found
    return root


def items(root):
    return [
        element[f"{S}item"][0]
        for element in root.get(f"{S}itemListElement", [{"@list": []}])[0]["@list"]
    ]


def value(node, name):
    (found,) = node.get(f"{S}{name}", [{}])
    return found.get("@value", found.get("@id"))


@pytest.mark.parametrize(
    "claim, start, end, edtf",
    [
        (on("2026-01-27"), "2026-01-27", None, "2026-01-27"),
        (on("2026-01-01", "2026-01-31"), "2026-01", None, "2026-01"),
        (on("2025-12-21", "2025-12-31"), "2025-12", None, "[2025-12-21..2025-12-31]"),
        (on("2025-12-28", "2026-01-03"), None, None, "[2025-12-28..2026-01-03]"),
        (on("1990-01-01", "1999-12-31"), None, None, "[1990..1999]"),
        (on("2026-01-27", "2026-02-03", durative=True), *("2026-01-27", "2026-02-03"), None),
        (since("2025-12-21", "2025-12-31", "2026-01-28"), "2025-12", None, None),
        (on("2026-01-27", start=None), None, None, "[..2026-01-27]"),
        (on("2026-01-27", end=None, durative=True), "2026-01-27", None, "2026-01-27/.."),
        ({"start": "Y-43-03-15", "end": "Y-43-03-15"}, "-0043-03-15", None, None),
        ({"start": "Y12345-03-01", "end": "Y12345-03-31"}, "+12345-03", None, None),
    ],
)
def test_dates_are_as_long_as_what_is_known(claim, start, end, edtf):
    (event,) = items(expand(export(told(claim))))
    assert (value(event, "startDate"), value(event, "endDate")) == (start, end)
    if edtf is not None:
        assert value(event, "temporalCoverage") == edtf


def test_a_timeline_is_a_list_of_events_told_by_articles():
    event = told(
        sources=2,
        headline="It burned",
        places=["Lima"],
        participants=["A ship"],
        image={"url": "https://a.example/1.jpg", "alt": "Fire", "credit": "R. Vos"},
    )
    root = expand(export(event, state=State(title="The harbour", description="News")))
    assert root["@type"] == [f"{S}ItemList"]
    assert value(root, "name") == "The harbour"
    assert value(root, "numberOfItems") == 1
    (found,) = items(root)
    assert found["@type"] == [f"{S}Event"]
    assert found["@id"] == f"https://timelines.example/v1/timelines/harbour/events/{event.id}"
    assert value(found, "name") == "It burned"
    assert value(found, "eventStatus") == "https://schema.org/EventScheduled"
    assert value(found[f"{S}location"][0], "name") == "Lima"
    assert value(found[f"{S}about"][0], "name") == "A ship"
    assert value(found[f"{S}image"][0], "creditText") == "R. Vos"
    articles = found[f"{S}subjectOf"]
    assert [each["@type"] for each in articles] == [[f"{S}NewsArticle"]] * 2
    assert [value(each, "url") for each in articles] == list(event.addresses)
    assert value(articles[0], "datePublished") == "2026-01-27"
    assert value(articles[0][f"{S}publisher"][0], "name") == "Post 0"


@pytest.mark.parametrize(
    "status, said",
    [
        *(("happened", "EventScheduled"), ("ongoing", "EventScheduled")),
        *(("planned", "EventScheduled"), ("cancelled", "EventCancelled")),
        *(("did_not_happen", "EventCancelled"), ("disputed", None), ("possible", None)),
    ],
)
def test_the_status_is_said_where_there_is_a_word_for_it(status, said):
    (event,) = items(expand(export(told(status=status))))
    assert value(event, "eventStatus") == (said and f"https://schema.org/{said}")


def test_every_word_is_one_of_schema_org():
    text = render(export(*hostile_events(), state=State(title="t", description="d")))
    known = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]

    def check(node):
        if isinstance(node, dict):
            for name, inner in node.items():
                assert name.startswith("@") or name in known, name
                check(inner)
        for each in node if isinstance(node, list) else ():
            check(each)

    check(json.loads(text))


def test_hostile_text_comes_back_whole_and_ends_no_script():
    text = render(export(*hostile_events()))
    assert "<" not in text
    page = html.fromstring(f'<html><body><script type="application/ld+json">{text}</script></body>')
    (script,) = page.iter("script")
    assert json.loads(script.text) == json.loads(text)
    found = items(expand(export(*hostile_events())))
    assert [value(each, "name") for each in found] == list(HOSTILE)
    assert [value(each, "description") for each in found] == list(HOSTILE)
