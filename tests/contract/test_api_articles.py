"""Posting and reading articles, as API.md says it."""

import json

import pytest

from tests.servers.api import ARTICLE, ARTICLES, article, violations


def test_an_article_is_accepted_after_it_was_committed(api):
    response = api.post()
    assert response.status_code == 202
    taken = response.json
    assert response.headers["Location"] == f"/v1/articles/{taken['id']}"
    assert taken["status"] == "accepted"
    assert (taken["timeline"], taken["version"]) == ("demo", 1)
    assert taken["links"] == {
        "self": response.headers["Location"],
        "versions": f"{response.headers['Location']}/versions",
        "timeline": "/v1/timelines/demo",
    }
    assert api.store.find_article(taken["id"]).posted == json.dumps(
        ARTICLE, sort_keys=True, separators=(",", ":")
    )
    assert api.bell.rings == ["articles"]


def test_the_same_article_again_is_known_and_rings_for_nothing(api):
    first, again = api.post(), api.post()
    assert again.status_code == 200
    assert again.json == first.json
    assert again.headers["Location"] == first.headers["Location"]
    assert api.bell.rings == ["articles"]


def test_an_accepted_article_has_the_state_that_it_is_read_with(api):
    taken = api.post(article(language="en")).json
    kept = api.get(taken["links"]["self"]).json
    assert {name: kept[name] for name in taken} == taken
    assert taken["language"] == "en"


def test_field_order_and_escapes_make_no_other_article(api):
    first = api.post()
    turned = json.dumps(dict(reversed(ARTICLE.items()))).replace("bridge", "br\\u0069dge")
    again = api.send(turned.encode())
    assert (again.status_code, again.json["id"]) == (200, first.json["id"])


def test_a_known_external_id_with_other_content_is_a_conflict(api):
    first = api.post()
    response = api.post({**ARTICLE, "title": "Bridge opened"})
    assert response.status_code == 409
    assert response.json["type"] == "/problems/article-differs"
    assert response.headers["Location"] == first.headers["Location"]
    assert "PUT" in response.json["detail"]
    assert "Bridge closed" in api.store.find_article(first.json["id"]).posted


def test_without_external_id_the_content_names_the_article(api):
    plain = {name: value for name, value in ARTICLE.items() if name != "external_id"}
    first, same, other = api.post(plain), api.post(plain), api.post({**plain, "title": "Other"})
    assert [each.status_code for each in (first, same, other)] == [202, 200, 202]
    assert first.json["id"] == same.json["id"] != other.json["id"]


def test_the_same_article_in_two_timelines_has_two_ids(api):
    here, there = api.post(), api.post(path="/v1/timelines/other/articles")
    assert there.status_code == 202
    assert here.json["id"] != there.json["id"]


def test_an_article_is_kept_when_redis_is_away(api):
    api.bell.answers = False
    response = api.post()
    assert response.status_code == 202
    assert api.store.waiting() == 1


def test_nothing_is_promised_when_the_record_cannot_be_reached(api, without_record):
    response = without_record.post(ARTICLES, json=ARTICLE)
    assert response.status_code == 503
    assert response.json["type"] == "/problems/store-unavailable"
    assert int(response.headers["Retry-After"]) > 0
    assert api.bell.rings == []


FORMS = {
    "array": lambda api, documents: api.post(documents),
    "object": lambda api, documents: api.post({"articles": documents}),
    "ndjson": lambda api, documents: api.send_lines(*documents),
}


@pytest.mark.parametrize("form", FORMS)
def test_many_articles_get_a_result_each_and_one_ring(api, form):
    api.post(article("old"))
    documents = [
        article("new"),
        article("old"),
        article("old", title="Other"),
        article("wrong", published_at="yesterday"),
        ["no", "article"],
        article("last"),
    ]
    response = FORMS[form](api, documents)
    assert response.status_code == 200
    body = response.json
    assert [each["index"] for each in body["results"]] == list(range(6))
    assert [each["status"] for each in body["results"]] == [
        "accepted",
        "known",
        "refused",
        "refused",
        "refused",
        "accepted",
    ]
    assert (body["accepted"], body["known"], body["refused"]) == (2, 1, 3)
    assert body["results"][2]["problem"]["type"] == "/problems/article-differs"
    assert body["results"][2]["id"] == body["results"][1]["id"]
    wrong = body["results"][3]
    assert wrong["external_id"] == "wrong"
    assert [each["pointer"] for each in wrong["problem"]["errors"]] == ["/published_at"]
    assert body["results"][4]["problem"]["errors"][0]["detail"] == "must be an object"
    assert api.bell.rings == ["articles", "articles"]


def test_an_article_twice_in_one_batch_is_one_article(api):
    response = api.post([article("a"), article("a"), article("a", title="Other")])
    assert [each["status"] for each in response.json["results"]] == ["accepted", "known", "refused"]
    assert api.store.waiting() == 1


def test_a_line_that_is_no_json_harms_no_neighbour(api):
    response = api.send_lines(article("a"), '{"text": "cut', "", "\r", article("b"))
    assert [each["status"] for each in response.json["results"]] == [
        "accepted",
        "refused",
        "accepted",
    ]
    problem = response.json["results"][1]["problem"]
    assert (problem["status"], problem["type"]) == (400, "/problems/unreadable-json")
    assert "line 1, column" in problem["detail"]


def test_an_empty_batch_is_no_error(api):
    response = api.post([])
    assert response.json == {
        "results": [],
        **dict.fromkeys(("accepted", "known", "retracted", "refused"), 0),
    }
    assert api.bell.rings == []


def test_an_envelope_holds_articles_and_nothing_else(api):
    assert violations(api.post({"articles": [], "extra": 1})) == {
        "/extra": "is no field beside `articles`"
    }
    assert violations(api.post({"articles": {}})) == {"/articles": "must be an array"}


def test_every_fault_of_an_article_is_named_with_its_place(api):
    response = api.post({"title": 3, "imgae": {}, "image": {"alt": "A bridge"}})
    assert response.status_code == 422
    assert violations(response) == {
        "/text": "is missing",
        "/published_at": "is missing",
        "/title": "must be a string",
        "/image/url": "is missing",
        "/imgae": "is no field of this document",
    }
    assert {each["in"] for each in response.json["errors"]} == {"body"}


@pytest.mark.parametrize(
    "name",
    ["Demo", "-demo", ".demo", "a b", "a" * 65, "d\u00e9mo", "demo%0A", "demo%00", "a%2500"],
)
def test_a_timeline_has_a_plain_name(api, name):
    response = api.post(path=f"/v1/timelines/{name}/articles")
    assert response.status_code == 422
    assert response.json["errors"][0]["pointer"] == "timeline"
    assert response.json["errors"][0]["in"] == "path"


def test_an_article_is_read_as_posted_and_where_it_stands(api):
    taken = api.post().json
    response = api.get(f"/v1/articles/{taken['id']}")
    assert response.status_code == 200
    read = response.json
    assert {name: read[name] for name in ARTICLE} == ARTICLE
    assert read["status"] == "accepted"
    assert read["expressions"] == []
    assert read["mentions"] == []
    assert response.headers["ETag"] == '"1-0"'
    assert response.headers["Cache-Control"] == "no-cache"


def test_an_article_that_still_moves_is_sent_whole(api):
    """Its state changes without a new reading, so its tag says nothing yet."""
    taken = api.post().json
    assert api.get(f"/v1/articles/{taken['id']}", If_None_Match='"1-0"').status_code == 200


@pytest.mark.parametrize(
    "article_id", ["art_0000", "x", "art_%00", "art_%ED%A0%80", "a" * 300, "art_*"]
)
def test_an_article_that_is_not_there_is_not_found(api, article_id):
    response = api.get(f"/v1/articles/{article_id}")
    assert response.status_code == 404
    assert response.json["type"] == "/problems/not-found"


def test_articles_are_listed_by_receipt_page_by_page(api):
    posted = [api.post(article(str(number))).json["id"] for number in range(5)]
    path, seen, pages = f"{ARTICLES}?limit=2", [], 0
    while path:
        response = api.get(path)
        seen += [each["id"] for each in response.json["articles"]]
        pages += 1
        path = response.json.get("next")
        assert ("Link" in response.headers) == bool(path)
        if path:
            assert response.headers["Link"] == f'<{path}>; rel="next"'
    assert (seen, pages) == (posted, 3)


def test_a_listed_article_comes_without_its_text(api):
    api.post()
    (listed,) = api.get(ARTICLES).json["articles"]
    assert "text" not in listed
    assert listed["title"] == ARTICLE["title"]


def test_an_unchanged_list_is_not_sent_again(api):
    api.post()
    tag = api.get(ARTICLES).headers["ETag"]
    assert api.get(ARTICLES, If_None_Match=tag).status_code == 304
    api.post(article("b"))
    assert api.get(ARTICLES, If_None_Match=tag).status_code == 200


def test_articles_of_an_unknown_timeline_are_not_found(api):
    assert api.get("/v1/timelines/nowhere/articles").status_code == 404


def test_an_article_from_the_day_after_tomorrow_is_refused(api):
    ahead = {"2026-03-01": 202, "2026-03-01T15:20:00Z": 202, "2026-03-01T15:20:01Z": 422}
    for published_at, status in ahead.items():
        assert api.post(article(published_at, published_at=published_at)).status_code == status
