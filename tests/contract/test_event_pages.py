"""The page of an event over HTTP, on both stores: its sources, its reasons, and who may see it."""

import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest

from service.api.access.needs import NEEDS
from service.api.app import create_app
from service.documents.article import mention_document
from service.documents.jsontext import dumps
from service.intake import draft
from service.merging import Read, commit_reading
from service.settings import Settings
from service.store.base import Reading
from service.timeline.ids import event_id
from service.wakeups import Wakeups
from service.wiring import Parts
from tests.exporting import HOSTILE
from tests.making import TIMELINE, mention, on
from tests.servers.api import NOW, NOWHERE, Bell, Counting

QUOTE = "The gate gave way on Tuesday."
TUESDAY = {
    "text": "Tuesday",
    "start": 21,
    "end": 28,
    "earliest": "2026-01-27",
    "latest": "2026-01-27",
    "calendar": "gregory",
    "confidence": 0.9,
    "anchor": {"kind": "publication", "earliest": "2026-01-28", "latest": "2026-01-28"},
    "candidates": [{"earliest": "2026-02-03", "latest": "2026-02-03", "confidence": 0.1}],
    "derivation": [{"rule": "direction", "says": "'gave' near it tells of the past"}],
}
NO_PAGE = f"/timelines/{TIMELINE}/events/evt_{'0' * 24}"


class Elements(HTMLParser):
    """The names of the elements of a page, and its attributes."""

    def __init__(self, text):
        super().__init__()
        self.names, self.attributes = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += attrs


class House:
    """A timeline whose articles tell what a test says, behind the real application."""

    def __init__(self, store):
        self.store = store
        parts = Parts(store, Bell(), Wakeups(NOWHERE), Counting())
        self.client = create_app(Settings(), parts, clock=lambda: NOW).test_client()

    def tell(self, key, *, evidence=(), posted=None, **told):
        """Take in the article `key` that tells one thing; the address of its event's page."""
        fields = {"external_id": key, "text": f"{key} {QUOTE}", "published_at": "2026-01-28"}
        new = draft(TIMELINE, fields | (posted or {}), received=2e9)
        self.store.add_articles(TIMELINE, [new])
        (claimed,) = self.store.claim("token", limit=1, characters=100_000, lease=60.0)
        said = mention(
            claimed.head,
            evidence=tuple(map(json.dumps, evidence)),
            **({"quote": QUOTE, "date": on("2026-01-27")} | told),
        )
        reading = Reading(
            outcome="told",
            language="en",
            level="full",
            expressions=(),
            mentions=((said.id, dumps(mention_document(said))),),
            notices="[]",
            skipped="[]",
        )
        commit_reading(self.store, claimed, "token", Read(reading, (said,)))
        return f"/timelines/{TIMELINE}/events/{event_id(said.id)}"


@pytest.fixture
def house(store):
    return House(store)


def words(page):
    """The text of a page on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page.text)).split())


def test_a_page_shows_who_says_it_and_why_it_has_its_date(house):
    posted = {
        "title": "Gate gives way",
        "publisher": "Harbour Post",
        "url": "https://post.example/gate",
        "published_at": "2026-01-28T09:30:00+03:30",
    }
    page = house.client.get(house.tell("a", evidence=[TUESDAY], posted=posted))
    assert (page.status_code, page.content_type) == (200, "text/html; charset=utf-8")
    assert "<mark>Tuesday</mark>" in page.text
    assert 'rel="noopener noreferrer nofollow"' in page.text
    assert '<a href="https://post.example/gate"' in page.text
    said = words(page)
    for each in (
        "Harbour Post, Gate gives way",
        "published 28 January 2026, 09:30 (UTC+03:30)",
        "“Tuesday” counted back from publication on Wed 28 Jan 2026 → 27 Jan 2026",
        "'gave' near it tells of the past",
        "it may also be 3 Feb 2026 (10%)",
    ):
        assert each in said


def test_the_part_for_lists_is_the_same_without_the_page_around_it(house):
    address = house.tell("a", evidence=[TUESDAY])
    whole = house.client.get(address)
    part = house.client.get(f"{address}?part=sources")
    assert "<html" not in part.text
    assert "<h1" not in part.text
    assert part.text.strip() in whole.text
    assert part.headers["ETag"] != whole.headers["ETag"]


def test_a_page_that_a_browser_has_is_not_sent_again(house):
    address = house.tell("a")
    tag = house.client.get(address).headers["ETag"]
    assert house.client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(house, text):
    posted = {"title": text[:200], "publisher": text[:200]}
    dated = TUESDAY | {"text": text, "start": 0, "end": len(text), "candidates": []}
    steps = [{"rule": text, "says": text}]
    anchor = {"kind": text, "text": text}
    plain = house.client.get(house.tell("a", evidence=[TUESDAY]))
    page = house.client.get(
        house.tell(
            "b",
            evidence=[dated | {"derivation": steps, "anchor": anchor}],
            posted=posted,
            quote=text,
            attribution=text,
            date=on("2026-03-03"),
        )
    )
    assert page.status_code == 200
    known = {*Elements(plain.text).names, "bdi", "mark", "span", "a"}
    found = Elements(page.text)
    assert {*found.names} <= known
    assert not [name for name, _ in found.attributes if name.startswith("on") or name == "style"]


def test_a_page_may_load_nothing_from_elsewhere(house):
    policy = house.client.get(house.tell("a")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


def test_a_quote_says_its_language_and_finds_its_direction(house):
    page = house.client.get(house.tell("a", language="fa"))
    assert '<blockquote dir="auto" lang="fa">' in page.text


def test_the_date_of_another_calendar_stands_beside(house):
    page = house.client.get(house.tell("a", evidence=[TUESDAY | {"calendar": "persian"}]))
    assert "27 January 2026 (7 Bahman 1404, Solar Hijri calendar)" in words(page)


def test_an_article_that_counts_for_nothing_says_why(house):
    address = house.tell("a", posted={"publisher": "Post"})
    house.tell("b", posted={"publisher": "The Post", "published_at": "2026-01-29"})
    said = words(house.client.get(address))
    assert "2 articles, 1 of them independent" in said
    assert "not independent: another article of The Post" in said


def test_an_event_under_a_former_id_moves_to_its_page(house):
    former = house.tell("b", posted={"published_at": "2026-01-29"})
    address = house.tell("a")
    moved = house.client.get(f"{former}?part=sources")
    assert (moved.status_code, moved.headers["Location"]) == (308, f"{address}?part=sources")
    assert former.rpartition("/")[2] in words(house.client.get(address))


@pytest.mark.parametrize(
    "address",
    [NO_PAGE, f"/timelines/{TIMELINE}/events/<script>", "/timelines/nowhere/events/evt_1"],
)
def test_what_is_not_there_is_a_page_for_people_and_a_problem_for_programs(house, address):
    house.tell("a")
    page = house.client.get(address, headers={"Accept": "text/html"})
    assert (page.status_code, page.content_type) == (404, "text/html; charset=utf-8")
    assert "<h1>There is no such thing here</h1>" in page.text
    assert "<script" not in page.text
    problem = house.client.get(address, headers={"Accept": "application/json"})
    assert (problem.status_code, problem.json["type"]) == (404, "/problems/not-found")


def test_a_page_is_read_by_whoever_may_read_the_event():
    assert NEEDS["get_event_page"] == NEEDS["get_event"]


def test_what_an_event_page_links_here_is_here(house):
    page = house.client.get(house.tell("a"))
    links = [value for name, value in Elements(page.text).attributes if name == "href"]
    own = [each for each in links if each.startswith("/")]
    assert [each for each in own if each.startswith("/articles/")]
    assert [each for each in own if each.startswith(f"/timelines/{TIMELINE}#")]
    assert {house.client.get(each).status_code for each in own} == {200}
