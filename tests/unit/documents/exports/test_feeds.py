"""Feeds, read back by feedparser, and the JSON Feed by the words of its specification."""

import json
from xml.etree import ElementTree as ET

import feedparser
import pytest
from jsonschema import Draft202012Validator
from lxml import html

from service.documents.exports.feeds import MOST, render_atom, render_json
from tests.exporting import CHANGED, HOSTILE, State, export, hostile_events, told
from tests.making import on

ATOM = "{http://www.w3.org/2005/Atom}"
TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^https?://"}
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
AUTHORS = {
    "type": "array",
    "items": {"type": "object", "properties": {"name": TEXT}, "minProperties": 1},
}
ITEM = {
    "type": "object",
    "required": ["id"],
    "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "properties": {
        "id": TEXT,
        "url": ADDRESS,
        "external_url": ADDRESS,
        "title": TEXT,
        "content_html": TEXT,
        "summary": TEXT,
        "image": ADDRESS,
        "date_published": INSTANT,
        "date_modified": INSTANT,
        "authors": AUTHORS,
        "tags": {"type": "array", "items": TEXT},
    },
    "patternProperties": {"^_[a-zA-Z]": {"type": "object"}},
    "additionalProperties": False,
}
JSON_FEED = Draft202012Validator(
    {
        "type": "object",
        "required": ["version", "title", "items"],
        "properties": {
            "version": {"const": "https://jsonfeed.org/version/1.1"},
            "title": TEXT,
            "home_page_url": ADDRESS,
            "feed_url": ADDRESS,
            "description": TEXT,
            "authors": AUTHORS,
            "items": {"type": "array", "items": ITEM},
        },
        "additionalProperties": False,
    }
)
"""What https://www.jsonfeed.org/version/1.1 says of the fields that are used here."""


def read_atom(made):
    found = feedparser.parse(render_atom(made).encode(), sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def read_json(made):
    found = json.loads(render_json(made))
    assert list(JSON_FEED.iter_errors(found)) == []
    assert len({each["id"] for each in found["items"]}) == len(found["items"])
    return found


def test_what_changed_last_comes_first_in_both():
    events = [told(revision=number) for number in (2, 7, 5)]
    wanted = [f"tag:event-timelines,2026:harbour/{events[at].id}" for at in (1, 2, 0)]
    assert [each.id for each in read_atom(export(*events)).entries] == wanted
    assert [each["id"] for each in read_json(export(*events))["items"]] == wanted


def test_an_entry_says_when_it_changed_who_tells_it_and_where():
    event = told(revision=3, headline="It burned", sources=2, image={"url": "https://a.example/1"})
    address = f"https://timelines.example/v1/timelines/harbour/events/{event.id}"
    (entry,) = read_atom(export(event)).entries
    assert (entry.title, entry.link, entry.updated) == (
        "It burned",
        address,
        "2026-01-29T15:20:02Z",
    )
    assert (entry.published, entry.summary) == ("2026-01-27T00:00:00Z", "27 January 2026")
    assert [each.name for each in entry.authors] == ["Post 0", "Post 1"]
    assert [each.href for each in entry.links if each.rel == "via"] == list(event.addresses)
    (item,) = read_json(export(event))["items"]
    assert (item["title"], item["url"]) == ("It burned", address)
    assert item["external_url"] == event.addresses[0]
    assert (item["date_modified"], item["date_published"]) == (entry.updated, entry.published)
    assert item["authors"] == [{"name": "Post 0"}, {"name": "Post 1"}]
    assert item["image"] == "https://a.example/1"
    assert item["content_html"] == entry.content[0].value
    assert item["_event_timelines"]["date"]["edtf"] == "2026-01-27"


def test_the_first_report_of_several_is_when_it_was_published():
    event = told(sources=2, source={"published_at": "2026-01-27T23:30:00-05:00"})
    assert read_json(export(event))["items"][0]["date_published"] == "2026-01-28T04:30:00Z"


def test_the_feed_knows_itself_its_timeline_and_its_choice_of_events():
    state = State(title="The harbour", description="Ships & quays", updated_at=CHANGED + 60)
    here = "/v1/timelines/harbour.atom?q=ship"
    made = export(told(), state=state, here=here, query="q=ship")
    feed = read_atom(made).feed
    links = {each.rel: each.href for each in feed.links}
    assert links == {
        "self": f"https://timelines.example{here}",
        "alternate": "https://timelines.example/v1/timelines/harbour?q=ship",
    }
    assert (feed.title, feed.subtitle) == ("The harbour", "Ships & quays")
    assert (feed.id, feed.updated) == (
        "tag:event-timelines,2026:harbour?q=ship",
        "2026-01-29T15:21:00Z",
    )
    assert feed.author == "Event Timelines"
    read = read_json(made)
    assert (read["feed_url"], read["home_page_url"]) == (links["self"], links["alternate"])
    assert read["description"] == "Ships & quays"


def test_a_feed_holds_the_events_that_changed_last():
    events = [told(revision=number) for number in range(1, MOST + 3)]
    atom, read = read_atom(export(*events)), read_json(export(*events))
    assert len(atom.entries) == len(read["items"]) == MOST
    assert atom.entries[-1].id.endswith(events[2].id)


def test_an_empty_timeline_is_an_empty_feed():
    assert read_atom(export()).entries == read_json(export())["items"] == []


def test_the_date_is_said_in_words_however_uncertain():
    event = told(on("2025-12-21", "2025-12-31"))
    assert (
        "<strong>late December 2025</strong>"
        in read_json(export(event))["items"][0]["content_html"]
    )


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_is_shown_as_it_is_and_does_nothing(number):
    event, text = hostile_events()[number], _flat(HOSTILE[number])
    (entry,) = read_atom(export(event)).entries
    (item,) = read_json(export(event))["items"]
    assert _flat(entry.title_detail.value) == text
    assert entry.title_detail.type == "text/plain"
    assert _flat(item["title"]) == text
    assert entry.content[0].value == item["content_html"]
    shown = html.fragment_fromstring(item["content_html"], create_parent="div")
    assert _flat(shown.text_content()).count(text) == 3
    assert {each.tag for each in shown.iter()} <= {
        *("div", "p", "strong", "em", "blockquote", "a", "span"),
    }
    assert {name for each in shown.iter() for name in each.attrib} <= {"dir", "href", "rel"}
    (root,) = [ET.fromstring(render_atom(export(event)))]  # noqa: S314  # written here
    assert [each.tag for each in root].count(f"{ATOM}entry") == 1


def _flat(text):
    """What can be seen of `text`."""
    return " ".join("".join(each for each in text if each.isprintable() or each.isspace()).split())
