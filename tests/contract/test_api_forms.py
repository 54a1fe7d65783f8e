"""Articles in forms of others: each field in its place, problems where the client sees them."""

import json
from pathlib import Path

import pytest

from tests.servers.api import ARTICLE, ARTICLES, violations

FOLDER = Path(__file__).resolve().parents[1] / "forms"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]
NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "identifier": "n-1",
    "headline": "Bridge closed",
    "articleBody": "The bridge was closed on Tuesday.",
    "datePublished": "2026-01-29T10:00:00+01:00",
}
WIRE = {"uri": "urn:wire:1", "versioncreated": "2026-01-29T10:00:00Z", "body_text": "Rain fell."}
LINKED = "application/ld+json"


def kept(api, response):
    return json.loads(api.store.find_article(response.json["id"]).posted)


@pytest.mark.parametrize("case", CASES)
def test_a_form_is_read_as_its_table_says(api, case):
    response = api.post(case["document"])
    if "fields" in case:
        assert response.status_code == 202, response.text
        assert kept(api, response) == case["fields"]
    else:
        assert response.status_code == 422
        found = violations(response)
        assert found.keys() == case["violations"].keys()
        for pointer, says in case["violations"].items():
            assert says in found[pointer]


@pytest.mark.parametrize("document", [NEWS, WIRE], ids=["schema.org", "ninjs"])
def test_the_same_document_again_is_known(api, document):
    first, again = api.post(document), api.post(document)
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json["id"] == again.json["id"]


def test_a_later_version_of_a_known_uri_is_a_correction_and_not_posted(api):
    first = api.post({**WIRE, "version": "1"})
    later = api.post({**WIRE, "version": "2", "body_text": "Rain fell for hours."})
    assert later.status_code == 409
    assert later.headers["Location"] == first.headers["Location"]


CANCELED = {"uri": "urn:wire:1", "version": "2", "pubstatus": "canceled"}


@pytest.mark.parametrize(
    "said", [{"pubstatus": "canceled"}, {"pubStatus": "canceled"}, {"pubstatus": "withheld"}]
)
def test_a_canceled_item_takes_its_article_back(api, said):
    address = api.post(WIRE).headers["Location"]
    gone = api.post({"uri": "urn:wire:1", **said})
    assert (gone.status_code, gone.json["status"]) == (200, "retracted")
    assert gone.headers["Location"] == address
    assert api.get(address).json["status"] == "retracted"
    assert api.post({"uri": "urn:wire:1", **said}).json == gone.json


def test_a_canceled_item_that_nobody_posted_is_not_found(api):
    api.post(ARTICLE)
    response = api.post(CANCELED)
    assert response.status_code == 404
    assert "urn:wire:1" in response.json["detail"]
    assert api.post(CANCELED, "/v1/timelines/nowhere/articles").status_code == 404


def test_a_usable_item_lives_again(api):
    first = api.post(WIRE)
    api.post(CANCELED)
    again = api.post({**WIRE, "pubstatus": "usable"})
    assert (again.status_code, again.json["id"]) == (202, first.json["id"])
    assert again.json["version"] == 3


def test_items_are_taken_back_in_their_order_among_others(api):
    response = api.send_lines(WIRE, CANCELED, NEWS, {**CANCELED, "uri": "urn:wire:9"}, WIRE)
    assert [each["status"] for each in response.json["results"]] == [
        *("accepted", "retracted", "accepted", "refused", "accepted"),
    ]
    assert response.json["retracted"] == 1
    assert [each["index"] for each in response.json["results"]] == list(range(5))
    names = [each["external_id"] for each in response.json["results"]]
    assert names == ["urn:wire:1", "urn:wire:1", "n-1", "urn:wire:9", "urn:wire:1"]


def test_a_correction_is_no_withdrawal(api):
    address = api.post(WIRE).headers["Location"]
    response = api.client.put(address, json=CANCELED, headers={"If-Match": "*"})
    assert response.status_code == 422
    assert "DELETE" in violations(response)["/pubstatus"]


def test_one_article_through_two_forms_is_one_article_when_they_say_the_same(api):
    ours = {
        "external_id": "n-1",
        "title": NEWS["headline"],
        "text": NEWS["articleBody"],
        "published_at": NEWS["datePublished"],
    }
    first, again = api.post(NEWS), api.post(ours)
    assert (again.status_code, again.json["id"]) == (200, first.json["id"])
    assert api.post({**ours, "author": "Ada Berg"}).status_code == 409


def test_json_ld_may_come_as_an_array_of_nodes(api):
    nodes = [{"@type": "BreadcrumbList"}, NEWS, {"@type": "Organization", "name": "Example Post"}]
    response = api.send(json.dumps(nodes).encode(), LINKED)
    assert response.status_code == 202
    assert kept(api, response)["title"] == "Bridge closed"


def test_json_ld_with_several_articles_is_a_batch(api):
    graph = {"@graph": [NEWS, {**NEWS, "identifier": "n-2"}, {**NEWS, "articleBody": ""}]}
    response = api.send(json.dumps(graph).encode(), LINKED)
    assert [each["status"] for each in response.json["results"]] == [
        "accepted",
        "accepted",
        "refused",
    ]


@pytest.mark.parametrize("document", [ARTICLE, [], {}, [1], "x", None], ids=repr)
def test_json_ld_without_an_article_says_so(api, document):
    response = api.send(json.dumps(document).encode(), LINKED)
    assert response.status_code == 422
    assert "is no article of schema.org" in next(iter(violations(response).values()))


def test_each_line_of_many_may_have_another_form(api):
    response = api.send_lines(ARTICLE, NEWS, WIRE, {"@type": "NewsArticle", "identifier": "n-9"})
    results = response.json["results"]
    assert [each["status"] for each in results] == ["accepted", "accepted", "accepted", "refused"]
    names = [each.get("external_id") for each in results]
    assert names == ["courier-1", "n-1", "urn:wire:1", "n-9"]
    pointers = [each["pointer"] for each in results[3]["problem"]["errors"]]
    assert pointers == ["/articleBody", "/datePublished"]


def test_our_own_form_takes_no_field_of_another(api):
    assert violations(api.post({**ARTICLE, "uri": "urn:wire:1"})) == {
        "/uri": "is no field of this document"
    }


def test_nested_and_endless_references_end(api):
    loop = {
        "@id": "https://a.example/1",
        "@type": "NewsArticle",
        "publisher": {"@id": "https://a.example/1"},
    }
    loop |= {"articleBody": "Rain fell.", "datePublished": "2026-01-29"}
    deep: dict = loop
    for _ in range(6):
        deep = {"@type": "WebPage", "mainEntity": deep}
    response = api.client.post(ARTICLES, json=deep)
    assert response.status_code == 202
