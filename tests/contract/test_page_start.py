"""The first page: the timelines to read, and articles pasted by its form."""

import re

import pytest

from service.api.app import create_app
from service.keyring import mint_key
from service.settings import Settings
from service.store.shelf import TimelineTraits
from service.wiring import Parts
from tests.servers.api import ARTICLE, NOW, article

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
OWN = {"Origin": "http://localhost"}
TYPED = {
    "timeline": "demo",
    "title": "Bridge closed",
    "publisher": "Harbour Courier",
    "published_at": "2026-01-29",
    "url": "https://courier.example/bridge",
    "text": "The bridge was closed on Tuesday.\r\n\r\nTrains were turned back.",
}
HOSTILE = "\"><script>alert(1)</script>'{{ 7919*7907 }}"
ESCAPED = "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"


def start(client, path="/", **headers):
    return client.get(path, headers={"Accept": BROWSER, **headers})


def send(client, typed=TYPED, **headers):
    return client.post("/paste", data=typed, headers={**OWN, **headers})


@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "application/json, text/html"])
def test_the_index_is_the_same_data_as_ever_for_whoever_asks_for_no_page(api, accept):
    found = api.client.get("/", headers={} if accept is None else {"Accept": accept})
    assert found.mimetype == "application/json"
    assert found.json["links"]["timelines"] == "/v1/timelines"
    assert "Accept" in found.headers["Vary"]


def test_a_browser_gets_the_timelines_and_the_form(api):
    api.store.put_timeline("harbour", TimelineTraits(title="Harbour", description="The bridge."))
    api.post([article("a"), article("b")])
    page = start(api.client)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert '<a href="/timelines/harbour" dir="auto">Harbour</a>' in page.text
    assert "0 events from 2 articles, 2 articles to be read" in page.text
    assert 'action="/paste"' in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    etag = page.headers["ETag"]
    assert start(api.client, **{"If-None-Match": etag}).status_code == 304


def test_the_page_has_the_headers_of_a_head_request_too(api):
    found = api.client.head("/", headers={"Accept": BROWSER})
    assert (found.status_code, found.mimetype, found.data) == (200, "text/html", b"")


def test_timelines_come_in_pages(api):
    for name in "abc":
        api.store.put_timeline(name, TimelineTraits())
    first = start(api.client, "/?limit=2")
    (following,) = re.findall(r'<a href="([^"]+)" rel="next">', first.text)
    second = start(api.client, following.replace("&amp;", "&"))
    assert "/timelines/c" in second.text
    assert "/timelines/a" not in second.text
    assert 'rel="next"' not in second.text
    assert start(api.client, "/?cursor=x").status_code == 422


def test_what_is_pasted_is_what_would_have_been_posted(api):
    taken = send(api.client)
    assert taken.status_code == 303
    kept = api.get(taken.headers["Location"].replace("/articles/", "/v1/articles/")).json
    assert kept["timeline"] == "demo"
    assert kept["text"] == "The bridge was closed on Tuesday.\n\nTrains were turned back."
    assert kept["title"] == "Bridge closed"
    assert kept["status"] == "accepted"
    assert api.bell.rings, "workers are woken"
    assert send(api.client).headers["Location"] == taken.headers["Location"]


def test_what_is_left_empty_is_left_out(api):
    taken = send(api.client, {**TYPED, "title": "", "publisher": " ", "url": ""})
    kept = api.get(taken.headers["Location"].replace("/articles/", "/v1/articles/")).json
    assert {"title", "publisher", "url"} & kept.keys() == set()


def test_html_is_kept_as_a_page(api):
    page = "<html><body><p>The bridge was closed on Tuesday.</p></body></html>"
    typed = {**TYPED, "text": page, "is_page": "yes", "published_at": ""}
    taken = send(api.client, typed)
    address = taken.headers["Location"].replace("/articles/", "/v1/articles/")
    assert api.get(f"{address}?include=html").json["html"] == page


@pytest.mark.parametrize(
    "wrong, field, says",
    [
        ({"timeline": "Two Words"}, "timeline", "The name of the timeline is no name"),
        ({"text": ""}, "text", "The article is missing."),
        ({"text": "a\0b"}, "text", "The article has a NUL"),
        ({"text": "x" * 200_001}, "text", "The article has 200,001 characters"),
        ({"published_at": ""}, "published_at", "The day of publication is missing."),
        ({"published_at": "soon"}, "published_at", "The day of publication"),
        ({"published_at": "2026-03-20"}, "published_at", "is more than a day ahead"),
        ({"url": "javascript:alert(1)"}, "url", "The address is no address on the web"),
        ({"title": "x" * 1_001}, "title", "The headline has 1,001 characters"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(api, wrong, field, says):
    refused = send(api.client, {**TYPED, **wrong})
    assert (refused.status_code, refused.mimetype) == (422, "text/html")
    assert refused.headers["Cache-Control"] == "no-store"
    (told,) = re.findall(rf'id="{field}-wrong">([^<]+)<', refused.text)
    assert says in told
    assert f'<a href="#{field}">' in refused.text
    assert re.search(rf'name="{field}"[^>]* aria-invalid="true"', refused.text)
    assert refused.text.count('aria-invalid="true"') == 1
    for name in {"title", "publisher", "url"} - wrong.keys():
        assert f'value="{TYPED[name]}"' in refused.text
    assert start(api.client).text.count('class="shelf"') == 0, "nothing was kept"


def test_all_that_is_wrong_is_told_at_once(api):
    refused = send(api.client, {"timeline": "", "text": "", "published_at": ""})
    assert refused.text.count('aria-invalid="true"') == 3


def test_what_was_typed_is_shown_as_text(api):
    refused = send(api.client, dict.fromkeys(TYPED, HOSTILE))
    assert refused.status_code == 422
    assert "<script>" not in refused.text
    assert refused.text.count(ESCAPED) == len(TYPED)
    assert str(7919 * 7907) not in refused.text


def test_what_a_timeline_says_of_itself_is_shown_as_text(api):
    api.store.put_timeline("demo", TimelineTraits(title=HOSTILE, description=HOSTILE))
    page = start(api.client).text
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 3


@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example"])
def test_no_page_of_another_site_pastes(api, origin):
    headers = {} if origin is None else {"Origin": origin}
    refused = api.client.post("/paste", data=TYPED, headers=headers)
    assert refused.status_code == 403
    assert api.get("/v1/timelines").json["timelines"] == []


def test_only_a_form_is_taken(api):
    assert api.client.post("/paste", json=TYPED, headers=OWN).status_code == 415
    assert api.client.get("/paste").status_code == 405


def test_a_timeline_that_is_being_removed_is_told_above_the_form(api, monkeypatch):
    api.post()
    assert api.store.close_timeline("demo") is not None
    refused = send(api.client)
    assert refused.status_code == 409
    assert 'role="alert"' in refused.text
    assert TYPED["title"] in refused.text


@pytest.fixture
def locked(api):
    """The API with keys on, a public timeline and a private one."""
    for name, public in (("open", True), ("secret", False)):
        api.store.put_timeline(name, TimelineTraits(public=public))
    parts = Parts(api.store, api.bell, api.wakeups, api.tallies)
    return create_app(Settings(keys="on"), parts, clock=lambda: NOW).test_client()


def bearer(api, *scopes, **more):
    secret, new = mint_key("test", scopes, **more)
    api.store.add_key(new)
    return {"Authorization": f"Bearer {secret}"}


def test_where_keys_are_on_strangers_see_what_is_public_and_no_form(locked):
    page = start(locked)
    assert page.status_code == 200
    assert "/timelines/open" in page.text
    assert "secret" not in page.text
    assert 'action="/paste"' not in page.text
    assert send(locked).status_code == 401


def test_a_key_shows_what_it_reads_and_the_form_where_it_writes(api, locked):
    reads = start(locked, **bearer(api, "read"))
    assert "/timelines/secret" in reads.text
    assert 'action="/paste"' not in reads.text
    assert "private" in reads.headers["Cache-Control"]
    writes = start(locked, **bearer(api, "write"))
    assert "/timelines/secret" not in writes.text
    assert 'action="/paste"' in writes.text


def test_a_key_of_one_timeline_pastes_into_no_other(api, locked):
    key = bearer(api, "write", timeline="open")
    refused = send(locked, {**TYPED, "timeline": "secret"}, **key)
    assert refused.status_code == 403
    assert "for the timeline &#39;open&#39; only" in refused.text
    assert send(locked, {**TYPED, "timeline": "open"}, **key).status_code == 303


def test_a_key_that_opens_nothing_is_refused_by_the_page_too(locked):
    assert start(locked, Authorization="Bearer nothing").status_code == 401


def test_an_article_that_came_by_the_api_has_its_page(api):
    address = api.post(ARTICLE).headers["Location"].replace("/v1", "")
    page = start(api.client, address)
    assert page.status_code == 200
    assert "Waits to be read. 1 article in the queue." in page.text
    assert page.headers["Refresh"] == "1"
    assert page.headers["Cache-Control"] == "no-store"


def test_whoever_is_signed_in_pastes_by_the_form_that_he_was_shown(api, locked):
    key = bearer(api, "write", "read")["Authorization"].removeprefix("Bearer ")
    assert locked.post("/sign-in", data={"key": key}, headers=OWN).status_code == 303
    page = start(locked)
    (token,) = set(re.findall(r'name="form_token" value="(\w+)"', page.text))
    assert "/timelines/secret" in page.text
    assert send(locked, {**TYPED, "timeline": "open"}).status_code == 403
    taken = send(locked, {**TYPED, "timeline": "open", "form_token": token})
    assert taken.status_code == 303
    assert start(locked, taken.headers["Location"]).status_code == 200


def test_people_who_may_not_are_told_so_by_a_page(locked):
    refused = send(locked, Accept=BROWSER)
    assert (refused.status_code, refused.mimetype) == (401, "text/html")
    assert start(locked, "/articles/art_0").mimetype == "text/html"
