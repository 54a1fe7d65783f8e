"""Timelines as things: PUT, list, DELETE."""

import pytest

from service.api.reading import catalogue
from service.store.shelf import TimelineTraits
from tests.servers.api import ARTICLE, violations

DEMO = "/v1/timelines/demo"
TRAITS = {"title": "Harbour", "description": "The bridge.", "timezone": "Europe/Oslo"}


def put(api, document, path=DEMO):
    return api.client.put(path, json=document)


def test_a_timeline_is_made_by_put_and_said_anew_by_the_next(api):
    made = put(api, TRAITS)
    assert (made.status_code, made.headers["Location"]) == (201, DEMO)
    assert {name: made.json[name] for name in TRAITS} == TRAITS
    assert (made.json["timeline"], made.json["public"], made.json["revision"]) == ("demo", True, 0)
    assert made.json["counts"]["articles"]["accepted"] == 0
    assert made.json["links"]["self"] == DEMO
    said = put(api, {"public": False})
    assert said.status_code == 200
    assert "Location" not in said.headers
    assert not TRAITS.keys() & said.json.keys(), "what is left out is taken away"
    assert said.json["public"] is False


def test_the_same_put_again_changes_nothing_that_a_reader_sees(api):
    put(api, TRAITS)
    etag = api.get(DEMO).headers["ETag"]
    assert put(api, TRAITS).status_code == 200
    assert api.get(DEMO, If_None_Match=etag).status_code == 304
    put(api, {**TRAITS, "title": "Another"})
    assert api.get(DEMO, If_None_Match=etag).status_code == 200


def test_a_timeline_shows_its_traits_wherever_it_is_read(api):
    put(api, TRAITS)
    api.client.put("/v1/timelines/other", json={})
    (first, second) = api.get("/v1/timelines").json["timelines"]
    assert {name: first[name] for name in TRAITS} == TRAITS
    assert (second["timeline"], second["public"]) == ("other", True)
    assert "title" not in second
    assert api.get(DEMO).json["title"] == "Harbour"


def test_a_timeline_that_has_articles_keeps_them_when_it_is_named(api):
    api.post()
    named = put(api, TRAITS)
    assert (named.status_code, named.json["counts"]["articles"]["accepted"]) == (200, 1)


@pytest.mark.parametrize(
    "document, pointer, says",
    [
        ({"title": ""}, "/title", "is empty"),
        ({"title": "x" * 301}, "/title", "has 301 characters: use at most 300"),
        ({"title": None}, "/title", "is null: leave out what is unknown"),
        ({"title": 5}, "/title", "must be a string"),
        ({"description": "a\x00b"}, "/description", "has a NUL"),
        ({"timezone": "Mars/Olympus"}, "/timezone", "'Mars/Olympus' is no IANA time zone"),
        ({"timezone": "../../etc/passwd"}, "/timezone", "is no IANA time zone"),
        ({"public": 1}, "/public", "must be true or false"),
        ({"public": "no"}, "/public", "must be true or false"),
        ({"colour": "red"}, "/colour", "is no field of this document"),
    ],
)
def test_what_a_timeline_cannot_say_is_refused_by_its_place(api, document, pointer, says):
    refused = put(api, document)
    assert refused.status_code == 422
    assert says in violations(refused)[pointer]
    assert api.get(DEMO).status_code == 404


def test_put_takes_json_objects_and_names_only(api):
    assert put(api, []).status_code == 422
    assert api.client.put(DEMO, data=b"{}", content_type="text/plain").status_code == 415
    assert put(api, {}, "/v1/timelines/No%20Name").status_code == 422


def test_a_deleted_timeline_is_gone_with_all_that_belonged_to_it(api):
    article = api.post().headers["Location"]
    gone = api.client.delete(DEMO)
    assert (gone.status_code, gone.data) == (204, b"")
    for path in (DEMO, f"{DEMO}/articles", article):
        assert api.get(path).status_code == 404
    assert api.get("/v1/timelines").json["timelines"] == []
    again = api.client.delete(DEMO)
    assert (again.status_code, again.json["type"]) == (404, "/problems/not-found")
    assert api.client.delete("/v1/timelines/No%20Name").status_code == 404


def test_no_tag_of_a_deleted_timeline_holds_for_the_one_made_again(api):
    api.post()
    before = api.get(DEMO)
    api.client.delete(DEMO)
    assert api.post().status_code == 202, "it is new, not known"
    after = api.get(DEMO, If_None_Match=before.headers["ETag"])
    assert after.status_code == 200
    assert after.json["revision"] == before.json["revision"] + 1


def test_what_takes_long_is_left_to_the_workers_and_its_name_waits(api, monkeypatch):
    monkeypatch.setattr(catalogue, "REMOVE_SECONDS", -1)
    api.post()
    begun = api.client.delete(DEMO)
    assert (begun.status_code, begun.json) == (202, {"timeline": "demo", "status": "closing"})
    assert api.get(DEMO).status_code == 404
    for refused in (api.post(), put(api, TRAITS), api.send_lines(ARTICLE)):
        assert refused.status_code == 409
        assert refused.json["type"] == "/problems/timeline-closing"
        assert int(refused.headers["Retry-After"]) > 0
    while api.client.delete(DEMO).status_code == 202:
        pass
    assert api.post().status_code == 202


def test_waiting_readers_are_told_that_a_timeline_went(api, monkeypatch):
    told = []
    monkeypatch.setattr(api.wakeups, "publish", lambda *said: told.append(said))
    api.post()
    api.client.delete(DEMO)
    assert told == [("demo", 1)]


def test_the_list_comes_in_pages(api):
    for name in "abc":
        api.store.put_timeline(name, TimelineTraits(title=name))
    first = api.get("/v1/timelines?limit=2")
    assert [each["title"] for each in first.json["timelines"]] == ["a", "b"]
    second = api.get(first.json["next"])
    assert [each["title"] for each in second.json["timelines"]] == ["c"]
    assert "next" not in second.json
