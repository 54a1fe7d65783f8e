"""Articles as HTML, from the post to the timeline: kept as posted, read as what they say."""

import json
from pathlib import Path

import pytest

from service.errors import UnreadableArticleError
from service.merging import commit_failure, commit_reading
from tests.servers.api import ARTICLE, ARTICLES, violations
from workers.grammar.analysis import build
from workers.pipeline import read_batch

FOLDER = Path(__file__).resolve().parents[1] / "pages"
HTML = (FOLDER / "wordpress.html").read_text(encoding="utf-8")
POST = {"html": HTML, "external_id": "courier-1841"}


@pytest.fixture(scope="module")
def analyser():
    return build()


@pytest.fixture
def work(api, analyser):
    """Read what waits, as a worker would."""

    def worked() -> None:
        for each in api.store.claim("token", limit=20, characters=1_000_000, lease=60.0):
            try:
                ((_, read),) = read_batch((each,), analyser)
                commit_reading(api.store, each, "token", read)
            except UnreadableArticleError as error:
                problem = {"type": f"/problems/{error.problem}", "title": error.title}
                commit_failure(api.store, each, "token", json.dumps(problem))

    return worked


def test_a_page_is_kept_and_waits_without_a_date(api):
    response = api.post(POST)
    assert response.status_code == 202
    read = api.get(response.json["links"]["self"]).json
    assert {"text", "html", "published_at", "html_sha256"} & read.keys() == set()
    assert read["external_id"] == "courier-1841"
    listed = api.get(ARTICLES).json["articles"][0]
    assert {"text", "html", "published_at", "html_sha256"} & listed.keys() == set()


def test_the_page_says_what_the_post_left_open(api, work):
    taken = api.post({**POST, "author": "The harbour desk"}).json
    work()
    read = api.get(taken["links"]["self"]).json
    assert read["status"] == "processed"
    assert read["title"] == "Swing bridge closed after crack is found"
    assert read["author"] == "The harbour desk"
    assert read["published_at"] == "2026-01-29T18:30:00+01:00"
    assert read["language"] == "en"
    for each in [*read["expressions"], *read["mentions"]]:
        where = read["title"] if each.get("in") == "title" else read["text"]
        said = each["quote"] if "quote" in each else each["text"]
        assert where[each["start"] : each["end"]] == said
    events = api.get("/v1/timelines/demo").json["events"]
    closed, source = next(
        (each, source)
        for each in events
        for source in each["sources"]
        if "closed on Tuesday" in source["quote"]
    )
    assert closed["date"]["start"] == "2026-01-27"
    assert (source["publisher"], source["url"], source["published_at"]) == (
        "Harbour Courier",
        "https://courier.example/2026/01/29/swing-bridge-closed/",
        "2026-01-29T18:30:00+01:00",
    )
    listed = api.get(ARTICLES).json["articles"][0]
    assert listed["publisher"] == "Harbour Courier"
    assert "text" not in listed


def test_what_was_posted_wins(api, work):
    posted = {"title": "Bridge shut", "publisher": "Desk", "published_at": "2026-02-05"}
    taken = api.post({**POST, **posted}).json
    work()
    read = api.get(taken["links"]["self"]).json
    assert {name: read[name] for name in posted} == posted
    source = api.get("/v1/timelines/demo").json["events"][0]["sources"][0]
    assert (source["title"], source["publisher"], source["published_at"]) == (
        "Bridge shut",
        "Desk",
        "2026-02-05",
    )


def test_the_original_is_given_to_whoever_asks(api, work):
    taken = api.post(POST).json
    work()
    address = taken["links"]["self"]
    assert "html" not in api.get(address).json
    assert api.get(f"{address}?include=html").json["html"] == HTML
    plain = api.post(ARTICLE).json["links"]["self"]
    assert "html" not in api.get(f"{plain}?include=html").json
    assert violations(api.get(f"{address}?include=all")).keys() == {"include"}


def test_the_same_page_is_known_and_another_differs(api):
    first, again = api.post(POST), api.post(POST)
    assert (again.status_code, again.json["id"]) == (200, first.json["id"])
    other = api.post({**POST, "html": HTML.replace("Tuesday", "Monday")})
    assert other.status_code == 409
    unnamed = [api.post({"html": html}).json["id"] for html in (HTML, HTML, f"{HTML} ")]
    assert unnamed[0] == unnamed[1] != unnamed[2]


@pytest.mark.parametrize(
    "name, problem",
    [("undated", "publication-date-missing"), ("future", "publication-date-missing")],
)
def test_a_page_that_does_not_say_its_date_fails_at_once(api, work, name, problem):
    html = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    taken = api.post({"html": html}).json
    work()
    read = api.get(taken["links"]["self"]).json
    assert read["status"] == "failed"
    assert read["problem"]["type"] == f"/problems/{problem}"
    assert api.get(read["problem"]["type"]).status_code == 200
    assert api.get("/v1/timelines/demo").json["events"] == []


def test_a_page_without_text_fails_at_once(api, work):
    taken = api.post({"html": "<script>draw()</script>", "published_at": "2026-01-29"}).json
    work()
    problem = api.get(taken["links"]["self"]).json["problem"]
    assert problem["type"] == "/problems/page-without-text"


def test_an_article_is_text_or_page_and_only_a_page_may_lack_a_date(api):
    assert violations(api.post({**POST, "text": "Rain fell."})) == {
        "/html": "is there beside `text`: send one of them"
    }
    assert violations(api.post({"text": "Rain fell."})) == {"/published_at": "is missing"}
    assert violations(api.post({"html": " "})) == {"/html": "is empty: leave out what is unknown"}
    assert violations(api.post({"html": "<p>a</p>", "published_at": "soon"})).keys() == {
        "/published_at"
    }


def test_a_page_is_corrected_and_retracted_with_its_text(api, work):
    address = api.post(POST).json["links"]["self"]
    work()
    page = {"html": HTML.replace("on Tuesday after", "on Monday after")}
    put = api.client.put(address, json=page, headers={"If-Match": "*"})
    assert put.status_code == 202, put.text
    work()
    read = api.get(f"{address}?include=html").json
    assert (read["status"], read["html"]) == ("processed", page["html"])
    assert "on Monday after" in read["text"]
    assert api.client.put(address, json=page, headers={"If-Match": "*"}).status_code == 200
    first = api.get(f"{address}/versions/1").json["article"]
    assert "on Tuesday after" in first["text"]
    assert {"html", "html_sha256"} & first.keys() == set()
    assert api.client.delete(address, headers={"If-Match": "*"}).status_code == 200
    gone = api.get(f"{address}?include=html").json
    assert (gone["status"], gone["html"], gone["text"]) == ("retracted", page["html"], read["text"])
    assert api.get("/v1/timelines/demo").json["events"] == []


def content(api, timeline):
    """The events of a timeline without what depends on its name and on the path to it."""
    path_made = {"article_id", "links", "revision", "updated_at"}

    def plain(value):
        if isinstance(value, dict):
            return {name: plain(each) for name, each in value.items() if name not in path_made}
        return [plain(each) for each in value] if isinstance(value, list) else value

    return plain(api.get(f"/v1/timelines/{timeline}").json["events"])


def test_pages_and_texts_give_the_same_timeline_in_either_order(api, work):
    text = "The old swing bridge was closed on Tuesday after a crack was found, the port said."
    posts = [
        POST,
        {"text": text, "published_at": "2026-01-28", "publisher": "Gulf Daily"},
        {"html": (FOLDER / "agency.html").read_text(encoding="utf-8")},
    ]
    for timeline, order in (("one", posts), ("other", posts[::-1])):
        for post in order:
            assert api.post(post, f"/v1/timelines/{timeline}/articles").status_code == 202
            work()
    assert content(api, "one") == content(api, "other")
    assert any(event["source_count"] > 1 for event in content(api, "one"))
