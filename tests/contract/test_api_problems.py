"""Every answer that is no success is a problem document with a page that explains it."""

import logging

import pytest
from flask import Flask

from service import errors
from service.api.wire.problem_types import PROBLEM_TYPES
from service.api.wire.problems import CODES
from tests.servers.api import ARTICLE, ARTICLES

NEVER_SENT = {
    "unresolvable": "the engine leaves such expressions untagged",
    "stale-revision": "the merge is done again",
    "lost-claim": "the work is dropped",
    "setup": "the service does not start",
    "refused": "the command line's own",
}


def check_problem(response, status: int, code: str) -> None:
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    body = response.json
    assert body["type"] == f"/problems/{code}"
    assert body["title"] == PROBLEM_TYPES[code].title
    assert body["status"] == status
    assert body["detail"]
    assert body["request_id"] == response.headers["X-Request-ID"]
    assert body["instance"].startswith("/")


@pytest.mark.parametrize(
    "method, path, status, code",
    [
        ("get", "/nowhere", 404, "not-found"),
        ("get", "/v1/timelines/nowhere", 404, "not-found"),
        ("get", "/v1/timelines/nowhere/events/evt_1", 404, "not-found"),
        ("delete", "/v1/timelines", 405, "method-not-allowed"),
        ("patch", ARTICLES, 405, "method-not-allowed"),
        ("post", ARTICLES, 415, "unsupported-media-type"),
        ("post", "/v1/timelines/Wrong/articles", 422, "invalid-input"),
        ("get", "/v1/timelines?limit=0", 422, "invalid-input"),
    ],
)
def test_errors_are_problems(api, method, path, status, code):
    check_problem(getattr(api.client, method)(path), status, code)


def test_a_method_that_is_not_taken_names_those_that_are(api):
    response = api.client.delete(ARTICLES)
    assert set(response.headers["Allow"].split(", ")) >= {"GET", "POST"}


def test_every_kind_of_problem_has_a_page(api):
    for code, problem in PROBLEM_TYPES.items():
        page = api.get(f"/problems/{code}")
        assert page.status_code == 200
        assert page.mimetype == "text/html"
        assert problem.means.split(" (")[0][:40] in page.text
        assert str(problem.status) in page.text


def test_an_unknown_kind_of_problem_is_not_found(api):
    check_problem(api.get("/problems/none"), 404, "not-found")


def test_every_error_code_has_a_page_or_never_reaches_a_client():
    def family(root):
        return {root}.union(*(family(each) for each in root.__subclasses__()))

    codes = {
        each.code for each in family(errors.TimelineError) if each.__module__ == "service.errors"
    }
    assert codes <= {*PROBLEM_TYPES, *NEVER_SENT}
    assert set(CODES.values()) <= set(PROBLEM_TYPES)


def test_titles_statuses_and_cures_are_said():
    for problem in PROBLEM_TYPES.values():
        assert 400 <= problem.status < 600
        assert problem.title[0].isupper()
        assert problem.cure.endswith(".")


def failing(app: Flask, error: Exception) -> None:
    def fail():
        raise error

    app.add_url_rule("/failing", "failing", fail)


def test_an_unknown_fault_is_logged_and_says_nothing_of_itself(api, caplog):
    failing(api.app, RuntimeError("secret of the article"))
    with caplog.at_level(logging.ERROR):
        response = api.get("/failing", X_Request_ID="trace-1")
    check_problem(response, 500, "internal-error")
    assert "secret" not in response.text
    assert "trace-1" in caplog.text
    assert "RuntimeError" in caplog.text


def test_an_error_that_should_never_reach_a_client_is_a_fault(api, caplog):
    failing(api.app, errors.LostClaimError("token gone"))
    response = api.get("/failing")
    check_problem(response, 500, "internal-error")
    assert "token" not in response.text


def test_a_request_id_is_taken_over_and_given_back(api):
    assert api.get("/healthz", X_Request_ID="abc-1.2_3~4").headers["X-Request-ID"] == "abc-1.2_3~4"


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "<script>", "\u00e9"])
def test_a_request_id_that_is_none_is_replaced(api, given):
    response = api.get("/nowhere", X_Request_ID=given)
    made = response.headers["X-Request-ID"]
    assert made != given
    assert len(made) == 32
    assert response.json["request_id"] == made


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST.:80"])
def test_loopback_names_are_answered(api, host):
    assert api.get("/healthz", Host=host).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8000",
        "[::1].evil.example",
        "[::2]",
        "",
        "a b",
    ],
)
def test_unknown_host_names_are_refused_before_anything_happens(api, host):
    response = api.client.post(ARTICLES, json=ARTICLE, headers={"Host": host})
    check_problem(response, 421, "unknown-host")
    assert "TIMELINES_ALLOWED_HOSTS" in response.json["detail"]
    assert api.store.waiting() == 0


def test_options_lists_the_methods_and_has_no_content(api):
    response = api.client.options(ARTICLES)
    assert response.allow == {"GET", "HEAD", "OPTIONS", "POST"}
    assert response.data == b""
    assert "Content-Type" not in response.headers
    check_problem(api.client.options("/nowhere"), 404, "not-found")


def test_every_answer_carries_the_guards_of_a_browser(api):
    for response in (api.get("/healthz"), api.get("/nowhere"), api.get("/problems/not-found")):
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path, status",
    [
        ("/%00", 404),
        ("/v1/timelines/%ff", 404),
        ("/v1/timelines/demo%2Fx", 404),
        ("/v1/timelines/", 404),
        ("/v1//timelines", 308),
        ("/problems/..%2f", 404),
        ("/" + "a" * 9_000, 404),
        ("/v1/timelines?%ff=1", 422),
        ("/v1/timelines?=", 422),
    ],
)
def test_odd_addresses_are_no_fault_of_the_service(api, path, status):
    assert api.get(path).status_code == status


@pytest.mark.parametrize("length", ["-1", "abc", "0"])
def test_odd_lengths_are_no_fault_of_the_service(api, length):
    response = api.client.post(
        ARTICLES, content_type="application/json", environ_overrides={"CONTENT_LENGTH": length}
    )
    check_problem(response, 400, "unreadable-json")


@pytest.mark.parametrize("tag", ["", '"', "W/", 'W/"a', "x" * 9_000, "\u00e9", '"a", *'])
def test_odd_tags_match_nothing(api, tag):
    api.post()
    assert api.get("/v1/timelines/demo", If_None_Match=tag).status_code == 200
