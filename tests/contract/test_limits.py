"""Every limit that is stated: what is just within it passes, what is beyond has a problem."""

import json

import pytest

from service.api.schemas.posted import MOST_ARTICLES
from service.api.wire.bodies import DEEPEST, LONGEST_ARTICLE, LONGEST_BODY, LONGEST_DOCUMENT
from service.api.wire.problem_types import PROBLEM_TYPES
from service.intake import LIMITS
from tests.servers.api import ARTICLES, article, violations

FILLED = {
    "url": "https://a.example/".ljust(2_000, "x"),
    "image/url": "https://a.example/".ljust(2_000, "x"),
    "external_id": "x" * 256,
    "text": "é" * 200_000,
    "language": "en" + "-abcdefgh" * 3 + "-abcde",
}
SHAPED = {"published_at", "timezone"}
"""Their shape ends before their limit."""


def unescaped(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def with_field(pointer: str, value: str) -> dict[str, object]:
    if pointer.startswith("image/"):
        image = {"url": "https://a.example/", pointer.removeprefix("image/"): value}
        return article(image=image)
    fields = {name: said for name, said in article().items() if (pointer, name) != ("html", "text")}
    return {**fields, pointer: value}


@pytest.mark.parametrize("pointer", sorted(set(LIMITS) - SHAPED))
def test_a_text_as_long_as_its_limit_is_accepted(api, pointer):
    value = FILLED.get(pointer, "x" * LIMITS[pointer])
    assert len(value) <= LIMITS[pointer]
    response = api.send(unescaped(with_field(pointer, value)))
    assert response.status_code == 202, response.text


@pytest.mark.parametrize("pointer", LIMITS)
def test_a_text_beyond_its_limit_is_refused(api, pointer):
    filled = FILLED.get(pointer, "x").ljust(LIMITS[pointer], "x")
    response = api.send(unescaped(with_field(pointer, filled + "x")))
    assert response.status_code == 422
    assert f"at most {LIMITS[pointer]:,}" in violations(response)[f"/{pointer}"]


def test_characters_count_not_bytes(api):
    assert api.post(article(title="😀" * LIMITS["title"])).status_code == 202


def padded(size: int) -> bytes:
    body = json.dumps(article()).encode()
    return body + b" " * (size - len(body))


def test_one_article_may_have_two_and_a_half_million_bytes(api):
    assert api.send(padded(LONGEST_ARTICLE)).status_code == 202
    response = api.send(padded(LONGEST_ARTICLE + 1))
    assert response.status_code == 413
    assert response.json["type"] == "/problems/too-large"
    assert f"{LONGEST_ARTICLE:,}" in response.json["detail"]


def test_a_line_may_have_a_million_bytes(api):
    body = padded(LONGEST_ARTICLE + 1) + b"\n" + padded(LONGEST_ARTICLE)
    response = api.send(body, "application/x-ndjson")
    assert [each["status"] for each in response.json["results"]] == ["refused", "accepted"]
    assert response.json["results"][0]["problem"]["status"] == 413


def test_a_request_may_have_ten_million_bytes(api):
    assert api.send(b"[" + b" " * (LONGEST_BODY - 2) + b"]").status_code == 200
    response = api.send(b"[" + b" " * (LONGEST_BODY - 1) + b"]")
    assert response.status_code == 413
    assert f"{LONGEST_BODY:,}" in response.json["detail"]


class Endless:
    """A body without a length: counts what is read of it."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        self.left -= size
        self.taken += size
        return b" " * size

    def readinto(self, buffer: bytearray) -> int:
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)


def send_stream(api, stream: Endless, **environ: str):
    more = {"wsgi.input": stream, "wsgi.input_terminated": True, **environ}
    return api.client.post(ARTICLES, content_type="application/json", environ_overrides=more)


def test_a_body_without_a_length_is_counted_and_not_read_to_its_end(api):
    stream = Endless(10 * LONGEST_BODY)
    response = send_stream(api, stream, HTTP_TRANSFER_ENCODING="chunked")
    assert response.status_code == 413
    assert stream.taken < LONGEST_BODY + 100_000


def test_a_length_beyond_the_limit_is_refused_unread(api):
    stream = Endless(10 * LONGEST_BODY)
    response = send_stream(api, stream, CONTENT_LENGTH=str(10 * LONGEST_BODY))
    assert (response.status_code, stream.taken) == (413, 0)


@pytest.mark.parametrize("form", ["array", "ndjson"])
def test_a_request_may_have_a_thousand_articles(api, form):
    send = api.post if form == "array" else lambda many: api.send_lines(*many)
    assert send([article(str(number)) for number in range(MOST_ARTICLES)]).json["accepted"] == 1_000
    response = send([1] * (MOST_ARTICLES + 1))
    assert response.status_code == 413
    assert "1,001 articles" in response.json["detail"]


def test_a_document_may_have_thirty_two_levels(api):
    def nested(levels: int) -> dict[str, object]:
        inner: object = "x"
        for _ in range(levels - 1):
            inner = [inner]
        return article(image=inner)

    assert DEEPEST == 32
    assert api.post(nested(32)).status_code == 422
    response = api.post(nested(33))
    assert response.status_code == 400
    assert "deeper than 32 levels" in response.json["detail"]


def test_the_limits_stand_in_the_page_of_their_problem():
    page = PROBLEM_TYPES["too-large"].means
    for limit in (LONGEST_ARTICLE, LONGEST_DOCUMENT, LONGEST_BODY, MOST_ARTICLES):
        assert f"{limit:,}" in page
    assert f"{DEEPEST} levels" in PROBLEM_TYPES["unreadable-json"].means
