"""The client: answers, problems in one line, and services that are not there."""

import pytest

from service.cli.client import Answer, RefusedError, client, problem_line
from service.errors import SetupError


def test_a_read_gives_the_document(service):
    service.answer("GET /v1/timelines", 200, {"timelines": []})
    assert client(service.address).read("/v1/timelines") == {"timelines": []}


def test_a_refused_read_says_the_problem_in_one_line(service):
    with pytest.raises(RefusedError, match=r"^no /v1/timelines/x here \(HTTP 404\)$"):
        client(service.address).read("/v1/timelines/x")


def test_a_violation_is_told_with_its_pointer_and_its_place():
    problem = {
        "title": "invalid input",
        "errors": [
            {"pointer": "/published_at", "in": "body", "detail": "missing"},
            {"pointer": "limit", "in": "query", "detail": "use 1 to 200"},
        ],
    }
    assert problem_line(Answer(422, problem)) == (
        "/published_at: missing; query limit: use 1 to 200"
    )


def test_a_problem_without_words_still_says_its_status():
    assert problem_line(Answer(502, {})) == "no reason was given (HTTP 502)"


@pytest.mark.parametrize(
    "server", ["nonsense", "ftp://host", "http://", "http://[::1", "http://a:99999"]
)
def test_a_server_that_is_no_address_is_refused(server):
    with pytest.raises(SetupError, match="is no address: use one like"):
        client(server)


def test_nothing_answering_says_how_to_start_the_service():
    with pytest.raises(SetupError, match="timelines up"):
        client("http://127.0.0.1:9").read("/v1/timelines")


@pytest.mark.parametrize("server", ["127.0.0.1:8000", "file:///etc/passwd", "http://", "ftp://x"])
def test_only_http_addresses_are_servers(server):
    with pytest.raises(SetupError, match="is no address"):
        client(server)


def test_loopback_is_reached_directly_whatever_proxy_is_named(service, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    service.answer("GET /v1/timelines", 200, {"timelines": []})
    assert client(service.address).read("/v1/timelines") == {"timelines": []}
