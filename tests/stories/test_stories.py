"""Articles of our own in, the expected timeline out, through the real record and pipeline."""

from __future__ import annotations

import tomllib
from itertools import permutations
from pathlib import Path

import pytest

from service.documents.jsontext import loads
from service.intake import draft
from service.merging import commit_reading
from service.store.eventquery import EventQuery
from service.store.schema import migrate
from service.store.sql import SqlStore
from service.timeline.ids import article_id
from workers.grammar.analysis import build
from workers.pipeline import read_batch

STORIES = sorted(Path(__file__).parent.glob("*.toml"))
NAME = "story"
ORDERS = {"as written": 1, "backwards": -1}


@pytest.fixture(scope="module")
def analyser():
    return build()


@pytest.fixture(scope="module", params=STORIES, ids=lambda path: path.stem)
def story(request):
    return tomllib.loads(request.param.read_text(encoding="utf-8"))


def new_store(folder):
    url = f"sqlite:///{folder / 'story.sqlite3'}"
    migrate(url)
    return SqlStore(url)


def tell(store, analyser, articles, *, batch=20):
    """Post `articles` and work until nothing waits, `batch` at a time."""
    drafts = [draft(NAME, fields, received=2_000_000_000.0) for fields in articles]
    store.add_articles(NAME, drafts)
    while claimed := store.claim("token", limit=batch, characters=200_000, lease=60.0):
        for each, read in read_batch(claimed, analyser):
            commit_reading(store, each, "token", read)


def events_of(store):
    return [loads(each.document) for each in store.list_events(NAME, EventQuery(limit=200))]


@pytest.fixture(params=ORDERS, ids=list(ORDERS))
def timeline(request, story, analyser, tmp_path):
    store = new_store(tmp_path)
    tell(store, analyser, story["article"][:: ORDERS[request.param]])
    yield store
    store.close()


def undated(story, events):
    """What the story does not list: leads that only their report dates."""
    listed = {(each["edtf"], each["kind"]) for each in story["event"]}
    return [each for each in events if (each["date"]["edtf"], each["kind"]) not in listed]


def test_every_expected_event_is_there_once(story, timeline):
    events = events_of(timeline)
    for wanted in story["event"]:
        same = [
            each
            for each in events
            if (each["date"]["edtf"], each["kind"]) == (wanted["edtf"], wanted["kind"])
        ]
        assert len(same) == 1, f"{wanted['edtf']} {wanted['kind']}: {len(same)} events"
        (event,) = same
        sources = {source["external_id"] for source in event["sources"]}
        assert sources == set(wanted["sources"])
        assert event["independent_source_count"] == wanted["independent"]
        assert set(wanted["quotes"]) <= {source["quote"] for source in event["sources"]}
        assert event["status"] == wanted.get("status", event["status"])
        assert event["date"]["display"] == wanted.get("display", event["date"]["display"])
        assert event["headline"] == wanted.get("headline", event["headline"])
        told = [value["value"] for each in event["conflicts"] for value in each["values"]]
        assert told == wanted.get("conflict", [])


def test_what_is_not_expected_is_only_inferred(story, timeline):
    for event in undated(story, events_of(timeline)):
        assert event["date"]["inferred"] or event["date"]["basis"] == "planned", event["headline"]


def test_every_quote_stands_in_the_text_at_its_offsets(story, timeline):
    texts = {each["external_id"]: each["text"] for each in story["article"]}
    for event in events_of(timeline):
        for source in event["sources"]:
            text = texts[source["external_id"]]
            assert text[source["start"] : source["end"]] == source["quote"]
            for expression in source["expressions"]:
                assert text[expression["start"] : expression["end"]] == expression["text"]


def test_furniture_is_never_quoted(story, timeline):
    quotes = [source["quote"] for event in events_of(timeline) for source in event["sources"]]
    for words in story.get("never", {}).get("quoted", []):
        assert not [quote for quote in quotes if words in quote]


def test_an_article_that_tells_nothing_says_why(story, timeline):
    nothing = story.get("nothing", {"articles": []})
    for name in nothing["articles"]:
        article = timeline.find_article(article_id(NAME, name))
        assert article.outcome == "nothing_to_tell"
        assert [each["code"] for each in loads(article.notices)] == [nothing["notice"]]


def test_order_and_batches_do_not_show(story, analyser, tmp_path):
    found = []
    for number, order in enumerate(permutations(story["article"])):
        folder = tmp_path / str(number)
        folder.mkdir()
        store = new_store(folder)
        tell(store, analyser, order, batch=1 + number % 3)
        tell(store, analyser, story["article"])
        found.append(events_of(store))
        store.close()
    assert len(found) > 1
    assert all(each == found[0] for each in found)
