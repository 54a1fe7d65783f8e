"""The page of an article: its progress, then its text with what was read in it."""

import json
import re
from html import unescape

import pytest

from service.merging import commit_failure, commit_reading
from tests.servers.api import article
from workers.grammar.analysis import build
from workers.pipeline import read_batch

HOSTILE = '<script>alert(1)</script>"onmouseover="alert(2)'
IDS = re.compile(r' id="([^"]+)"')
PROSE = re.compile(r'<p class="prose" dir="auto">(.*?)</p>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
TOLD_BESIDE = re.compile(r'<a class="note".*?</a>|<span class="tip".*?</span>')
LEADS = re.compile(r' href="#([^"]+)"')


@pytest.fixture(scope="module")
def analyser():
    return build()


@pytest.fixture
def work(api, analyser):
    """Read what waits, as a worker would."""

    def worked() -> None:
        for each in api.store.claim("token", limit=20, characters=1_000_000, lease=60.0):
            ((_, read),) = read_batch((each,), analyser)
            commit_reading(api.store, each, "token", read)

    return worked


def page_of(api, taken):
    return api.client.get(f"/articles/{taken['id']}", headers={"Accept": "text/html"})


def test_an_article_that_waits_shows_how_far_it_came_and_looks_again(api):
    page = page_of(api, api.post().json)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "Waits to be read. 1 article in the queue." in page.text
    assert page.headers["Refresh"] == "1"
    assert page.headers["Cache-Control"] == "no-store"
    assert "Bridge closed</h1>" in page.text


def test_an_article_that_is_being_read_says_so(api):
    taken = api.post().json
    api.store.claim("token", limit=1, characters=1_000, lease=60.0)
    assert "Being read now." in page_of(api, taken).text


def test_what_was_read_stands_in_the_text_and_in_lists_linked_both_ways(api, work):
    taken = api.post().json
    work()
    page = page_of(api, taken)
    assert "Refresh" not in page.headers
    assert re.search(
        r'<a class="date[^>]*>Tuesday<span class="tip"[^>]*>27 January 2026<', page.text
    )
    assert "<strong>27 January 2026</strong>" in page.text
    event = api.get("/v1/timelines/demo").json["events"][0]["id"]
    assert f"{event}" in page.text
    ids = IDS.findall(page.text)
    assert len(ids) == len(set(ids))
    assert {"d1", "at-d1", "m2", "at-m2"} <= set(ids)
    assert set(LEADS.findall(page.text)) <= set(ids)
    etag = page.headers["ETag"]
    again = api.client.get(page.request.path, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert api.client.head(page.request.path).status_code == 200


def test_the_text_on_the_page_is_the_text_as_posted(api, work):
    text = "The bridge was closed on Tuesday.\n\n«A & B» met on 28 January <here>.\nThen it rained."
    taken = api.post(article("a", text=text)).json
    work()
    shown = PROSE.findall(page_of(api, taken).text)
    plain = [TAG.sub("", TOLD_BESIDE.sub("", each)) for each in shown]
    assert [unescape(each) for each in plain] == text.split("\n\n")


def test_what_was_posted_is_shown_as_text(api, work):
    fields = dict.fromkeys(("title", "publisher", "author"), HOSTILE)
    text = f"{HOSTILE} was closed on Tuesday."
    taken = api.post(article("a", text=text, **fields)).json
    waiting = page_of(api, taken).text
    work()
    for page in (waiting, page_of(api, taken).text):
        assert "<script>" not in page
        assert '"onmouseover' not in page


def test_a_failed_article_says_why_and_what_helps(api):
    taken = api.post({"html": "<p>a</p>"}).json
    (claimed,) = api.store.claim("token", limit=1, characters=1_000, lease=60.0)
    problem = {
        "type": "/problems/publication-date-missing",
        "title": "The page does not say when it was published",
        "status": 422,
    }
    commit_failure(api.store, claimed, "token", json.dumps(problem))
    page = page_of(api, taken).text
    assert "The page does not say when it was published" in page
    assert 'href="/problems/publication-date-missing"' in page
    assert "Refresh" not in page


def test_a_retracted_article_says_so(api, work):
    taken = api.post().json
    work()
    api.client.delete(taken["links"]["self"], headers={"If-Match": "*"})
    page = page_of(api, taken).text
    assert "It was retracted" in page
    assert "In the timeline</a>" not in page


def test_an_article_that_is_not_there_is_not_found(api):
    for name in ("art_0", "nothing", "%3Cscript%3E"):
        assert api.client.get(f"/articles/{name}").status_code == 404


def test_a_day_of_another_calendar_stands_beside_ours(api, work):
    text = "The bridge was closed on 7 Dey 1404. Trains were turned back."
    taken = api.post(article("a", text=text)).json
    work()
    page = page_of(api, taken).text
    assert "<strong>28 December 2025</strong> (7 Dey 1404, Solar Hijri calendar)" in page


def test_a_clause_that_tells_shows_its_day_where_it_is_pointed_at(api, work):
    taken = api.post().json
    work()
    page = page_of(api, taken).text
    assert '<mark class="clause" title="27 January 2026">The bridge was closed on </mark>' in page
