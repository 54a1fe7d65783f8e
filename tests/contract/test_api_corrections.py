"""Corrections over HTTP: PUT, DELETE, erase, retry and versions, each as described."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from service.merging import Read, commit_failure, commit_reading
from service.timeline.ids import mention_ids
from tests.contract.test_api_answers import faults
from tests.faults import hazards
from tests.servers.api import ARTICLE, article, violations

ROOT = Path(__file__).resolve().parents[2]
ONE = "/v1/articles/{article_id}"
CORRECTED = {**ARTICLE, "text": "The bridge was closed on Monday. Trains were turned back."}
PROBLEM = '{"title":"The article could not be read","type":"/problems/reading-failed"}'


@pytest.fixture(scope="module")
def document():
    return yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))


def work(api, *, fail=False):
    """Read all that waits: each article tells its words, or fails."""
    while batch := api.store.claim("token", limit=20, characters=200_000, lease=60.0):
        for claimed in batch:
            if fail:
                commit_failure(api.store, claimed, "token", PROBLEM)
                continue
            text = json.loads(claimed.posted)["text"]
            (id_,) = mention_ids(claimed.key, [text])
            told = replace(hazards.mention(claimed, text.split()), id=id_)
            commit_reading(api.store, claimed, "token", Read(hazards.reading(), (told,)))


@pytest.fixture
def posted(api):
    """The address of an article that was read."""
    address = api.post().headers["Location"]
    work(api)
    return address


def put(api, address, body=CORRECTED, match='"1-1"', **more):
    headers = {} if match is None else {"If-Match": match}
    return api.client.put(address, json=body, headers=headers, **more)


def delete(api, address, match='"1-1"'):
    return api.client.delete(address, headers={} if match is None else {"If-Match": match})


def quotes(api):
    events = api.get("/v1/timelines/demo").json["events"]
    return [source["quote"] for event in events for source in event["sources"]]


def test_a_corrected_article_waits_as_its_next_version_and_says_what_is_told(api, posted, document):
    response = put(api, posted)
    assert response.status_code == 202
    assert response.headers["Location"] == posted
    assert response.headers["ETag"] == '"2-0"'
    assert faults(document, response, ONE, "put") == []
    assert (response.json["status"], response.json["version"]) == ("accepted", 2)
    assert response.json["told_version"] == 1
    assert quotes(api) == [ARTICLE["text"]]
    assert api.bell.rings == ["articles", "articles"]
    work(api)
    found = api.get(posted)
    assert found.headers["ETag"] == '"2-1"'
    assert "told_version" not in found.json
    assert faults(document, found, ONE) == []
    assert quotes(api) == [CORRECTED["text"]]


def test_the_same_again_is_answered_200_and_changes_nothing(api, posted, document):
    response = put(api, posted, ARTICLE)
    assert (response.status_code, response.json["version"]) == (200, 1)
    assert response.headers["ETag"] == '"1-1"'
    assert "Location" not in response.headers
    assert faults(document, response, ONE, "put") == []
    assert api.bell.rings == ["articles"]


@pytest.mark.parametrize("method", ["put", "delete"])
def test_a_correction_must_say_for_which_version_it_is_meant(api, posted, document, method):
    act = put if method == "put" else delete
    response = act(api, posted, match=None)
    assert (response.status_code, response.json["type"]) == (428, "/problems/precondition-required")
    assert faults(document, response, ONE, method) == []
    for stale in ('"2-1"', 'W/"1-1"', '"x"', "", '"1"', '"99999999999999999999-1"', "W/*"):
        response = act(api, posted, match=stale)
        assert (response.status_code, stale) == (412, stale)
        assert response.json["type"] == "/problems/precondition-failed"
        assert '"1-1"' in response.json["detail"]
    assert faults(document, response, ONE, method) == []
    assert quotes(api) == [ARTICLE["text"]]


@pytest.mark.parametrize("match", ["*", '"1-0"', '"7-1", "1-1"', '"1-1:gzip"', '"1-1-br"'])
def test_any_reading_of_the_version_and_any_of_several_tags_fits(api, posted, match):
    assert put(api, posted, match=match).status_code == 202


def test_a_tag_is_used_up_by_the_correction(api, posted):
    assert put(api, posted).status_code == 202
    assert put(api, posted, ARTICLE).status_code == 412
    assert delete(api, posted).status_code == 412


def test_the_external_id_stays_whether_it_is_sent_or_not(api, posted):
    unnamed = {name: value for name, value in CORRECTED.items() if name != "external_id"}
    assert put(api, posted, unnamed).status_code == 202
    assert api.get(posted).json["external_id"] == ARTICLE["external_id"]
    response = put(api, posted, article("another"), match="*")
    assert response.status_code == 422
    assert violations(response) == {
        "/external_id": "cannot change, and the article is 'courier-1': leave it out"
    }


def test_a_correction_is_checked_like_a_posted_article(api, posted):
    assert put(api, posted, {**CORRECTED, "mood": "grim"}).status_code == 422
    assert put(api, posted, {"text": "x"}).status_code == 422
    assert put(api, posted, [CORRECTED]).status_code == 422
    response = api.client.put(posted, data="x", headers={"If-Match": "*"})
    assert response.status_code == 415
    assert api.get(posted).json["version"] == 1


def test_a_correction_may_come_in_another_form(api, posted):
    body = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "articleBody": "The bridge was closed on Sunday.",
        "datePublished": "2026-01-29",
    }
    assert put(api, posted, body).status_code == 202
    found = api.get(posted).json
    assert (found["text"], found["external_id"]) == (body["articleBody"], "courier-1")


def test_a_retracted_article_is_read_and_counted_as_such_and_tells_nothing(api, posted, document):
    response = delete(api, posted)
    assert (response.status_code, response.json["status"]) == (200, "retracted")
    assert response.headers["ETag"] == '"2-0"'
    assert faults(document, response, ONE, "delete") == []
    assert quotes(api) == []
    found = api.get(posted)
    assert (found.status_code, found.json["text"]) == (200, ARTICLE["text"])
    assert (found.json["mentions"], found.json["expressions"]) == ([], [])
    assert faults(document, found, ONE) == []
    assert api.get(posted, If_None_Match='"2-0"').status_code == 304
    timeline = api.get("/v1/timelines/demo").json
    assert (timeline["counts"]["articles"]["retracted"], timeline["pending"]) == (1, 0)
    (listed,) = api.get("/v1/timelines/demo/articles").json["articles"]
    assert listed["status"] == "retracted"


def test_retracting_twice_is_answered_alike(api, posted):
    first = delete(api, posted)
    again = delete(api, posted)
    assert (again.status_code, again.json) == (200, first.json)
    assert delete(api, posted, match=None).status_code == 428


def test_a_retracted_article_lives_again_by_post_or_put(api, posted):
    delete(api, posted)
    taken = api.post()
    assert (taken.status_code, taken.json["version"]) == (202, 3)
    work(api)
    assert quotes(api) == [ARTICLE["text"]]
    delete(api, posted, match="*")
    assert put(api, posted, ARTICLE, match='"4-0"').status_code == 202
    work(api)
    assert quotes(api) == [ARTICLE["text"]]


def test_the_history_of_an_event_tells_of_its_retraction(api, posted, document):
    (event,) = [each["id"] for each in api.get("/v1/timelines/demo").json["events"]]
    delete(api, posted)
    response = api.get(f"/v1/timelines/demo/events/{event}/history")
    assert [each["type"] for each in response.json["history"]] == ["created", "removed"]
    assert [each["revision"] for each in response.json["history"]] == [1, 2]


def test_an_erased_article_is_gone_with_its_words(api, posted, document):
    (event,) = [each["id"] for each in api.get("/v1/timelines/demo").json["events"]]
    response = delete(api, f"{posted}?erase=true")
    assert (response.status_code, response.data) == (204, b"")
    assert api.get(posted).status_code == 404
    assert api.get(f"{posted}/versions").status_code == 404
    assert delete(api, f"{posted}?erase=true").status_code == 404
    history = api.get(f"/v1/timelines/demo/events/{event}/history")
    first, last = history.json["history"]
    assert (first["type"], first["erased"], "event" in first) == ("created", True, False)
    assert (last["type"], "erased" in last) == ("removed", False)
    path = "/v1/timelines/{timeline}/events/{event_id}/history"
    assert faults(document, history, path) == []
    assert api.post().json["version"] == 1


@pytest.mark.parametrize("query", ["erase=yes", "erase=1", "erase", "erase=true&erase=true", "x=1"])
def test_odd_ways_to_ask_for_erasure_change_nothing(api, posted, query):
    assert delete(api, f"{posted}?{query}").status_code == 422
    assert quotes(api) == [ARTICLE["text"]]


def test_versions_are_listed_and_read_one_by_one(api, posted, document):
    put(api, posted)
    delete(api, posted, match="*")
    path = "/v1/articles/{article_id}/versions"
    listed = api.get(f"{posted}/versions")
    assert faults(document, listed, path) == []
    assert [(each["version"], each["type"]) for each in listed.json["versions"]] == [
        (1, "posted"),
        (2, "replaced"),
        (3, "retracted"),
    ]
    assert api.get(posted).json["links"]["versions"] == f"{posted}/versions"
    page = api.get(f"{posted}/versions?limit=2")
    assert len(page.json["versions"]) == 2
    assert page.headers["Link"] == f'<{page.json["next"]}>; rel="next"'
    assert [each["version"] for each in api.get(page.json["next"]).json["versions"]] == [3]
    texts = []
    for each in listed.json["versions"]:
        found = api.get(each["links"]["self"])
        assert faults(document, found, f"{path}/{{version}}") == []
        texts.append(found.json.get("article", {}).get("text"))
    assert texts == [ARTICLE["text"], CORRECTED["text"], None]
    assert api.get(f"{posted}/versions/1").json["article"] == ARTICLE


@pytest.mark.parametrize("number", ["0", "4", "-1", "x", "1.0", "9" * 30, "٣"])
def test_versions_that_are_not_there_are_not_found(api, posted, number):
    assert api.get(f"{posted}/versions/{number}").status_code == 404


def test_a_failed_article_is_tried_again_and_no_other(api, document):
    address = api.post().headers["Location"]
    work(api, fail=True)
    response = api.client.post(f"{address}/retry")
    assert (response.status_code, response.json["status"]) == (202, "accepted")
    assert response.headers["Location"] == address
    assert faults(document, response, f"{ONE}/retry", "post") == []
    again = api.client.post(f"{address}/retry")
    assert (again.status_code, again.json["type"]) == (409, "/problems/not-failed")
    assert "is accepted" in again.json["detail"]
    work(api)
    assert quotes(api) == [ARTICLE["text"]]


@pytest.mark.parametrize("address", ["/v1/articles/art_0", "/v1/articles/x%00"])
def test_what_is_not_there_cannot_be_corrected(api, address):
    answers = [
        put(api, address),
        delete(api, address),
        delete(api, f"{address}?erase=true"),
        api.client.post(f"{address}/retry"),
        api.get(f"{address}/versions"),
        api.get(f"{address}/versions/1"),
    ]
    assert {each.status_code for each in answers} == {404}


def test_what_differs_from_a_known_article_is_told_how_to_correct_it(api, posted):
    response = api.post(CORRECTED)
    assert (response.status_code, response.headers["Location"]) == (409, posted)
    assert f"PUT {posted} replaces" in response.json["detail"]


def test_a_correction_into_another_article_names_it(api):
    first, second = (
        api.post({"text": text, "published_at": "2026-01-29"}).headers["Location"]
        for text in ("It burned.", "It flooded.")
    )
    body = {"text": "It flooded.", "published_at": "2026-01-29"}
    response = put(api, first, body, match="*")
    assert (response.status_code, response.json["type"]) == (409, "/problems/article-taken")
    assert response.headers["Location"] == second


def test_without_the_record_nothing_is_corrected(without_record):
    for method in ("put", "delete"):
        response = getattr(without_record, method)("/v1/articles/art_1", headers={"If-Match": "*"})
        assert response.status_code == 503
        assert response.headers["Retry-After"]
