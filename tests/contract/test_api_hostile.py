"""A corpus of what attackers and mistakes send: each gets its problem, never a fault."""

import json

import pytest

from tests.servers.api import ARTICLE, ARTICLES, article, violations

DATES = [
    *("0000-01-01", "-0001-01-01", "10000-01-01", "99999-01-01", "2026-13-45", "2026-02-29"),
    *("2026-01-32", "2026-00-10", "2026-01-00", "26-01-27", "2026-1-7", "20260127", "2026-W05-2"),
    *("2026-01-27T10:00:00+99:99", "2026-01-27T10:00:00+24:00", "2026-01-27T24:01:00Z"),
    *("2026-01-27T10:60:00Z", "2026-01-27T10:00:61Z", "2026-01-27T10:00Z junk", "2026-01-27Z"),
    *("2026-01-27T", "T10:00:00Z", "9" * 40, "2026-01-27T10:00:00." + "1" * 40 + "Z", "1e9"),
    *(
        "２０２６-01-27",
        "2026\u201001\u201027",
        "2026-01-27\u0000",
        "now",
        "",
        " ",
        "null",
        "9999-12-31",
    ),
]


@pytest.mark.parametrize("date", DATES)
def test_absurd_dates_of_publication_are_refused(api, date):
    response = api.post(article(published_at=date))
    assert (response.status_code, response.json["type"]) == (422, "/problems/invalid-input")
    assert "/published_at" in violations(response)
    resolved = api.client.post("/v1/resolve", json={"text": "on Tuesday", "reference_time": date})
    assert resolved.status_code in {200, 422}
    if resolved.status_code == 422:
        assert "/reference_time" in violations(resolved)


def test_a_leap_second_is_a_moment_or_refused(api):
    response = api.post(article(published_at="2016-12-31T23:59:60Z"))
    assert response.status_code in {202, 422}


FILTERS = [
    *("limit=-1", "limit=0", "limit=201", "limit=NaN", "limit=1e2", "limit=٣", "limit=1.0"),
    *("limit=", "limit=0x10", "limit=9" + "9" * 400, "limit=1;drop", "limit=+1%00"),
    *("cursor=%27%20OR%201=1--", "cursor=" + "A" * 600, "cursor=%00", "cursor=W10", "cursor=🦊"),
    *("cursor=WzEsMiwiMyJd", "cursor=W251bGwsbnVsbCxudWxsXQ", "cursor=bnVsbA", "cursor=.."),
    *("from=%27;DROP%20TABLE%20events;--", "from=2026-13", "from=99999", "to=-1", "from=0000-00"),
    *("from=2026-02&to=2026-01", "min_confidence=NaN", "min_confidence=inf", "min_salience=-0.1"),
    *("min_sources=-1", "min_sources=99999999999999999999", "min_confidence=1e400", "top=0"),
    *("order=date;--", "view=all", "kind=a%27b", "status=%25", "granularity=" + "day," * 30),
    *("q=", "q=%20", "q=" + "a" * 201, "q=" + "a+" * 17, "q=%22%22", "q=%25%5F"),
    *("lang=%2e*", "lang=en,,fa", "unknown=1", "LIMIT=1", "limit%00=1", "a[]=1", "$where=1"),
    *("limit=1&limit=1", "from=2026&from=2026", "q=a&q=a", "order=date&order=-date"),
    *("limit=%ff", "q=%c0%80", "cursor=%ed%a0%80"),
]


@pytest.mark.parametrize("query", FILTERS)
def test_hostile_filters_are_refused_and_harm_nothing(api, query):
    api.post(article(), "/v1/timelines/demo/articles")
    response = api.get(f"/v1/timelines/demo?{query}")
    assert response.status_code == 422, response.text
    assert response.content_type == "application/problem+json"
    assert response.json["errors"]
    assert api.get("/v1/timelines/demo").status_code == 200


SEARCHES = [
    "%27%20OR%201=1--",
    "%25",
    "_",
    "a*",
    "(a+)+$",
    "a%20NEAR%20b",
    "-a",
    "%F0%9F%A6%8A",
    "%u202e",
]


@pytest.mark.parametrize("words", [*SEARCHES, "a AND b", "events:a", "^a", "x" * 200])
def test_no_word_of_a_search_is_taken_for_a_command(api, words):
    api.post(article())
    assert api.get(f"/v1/timelines/demo?q={words}").status_code in {200, 422}


NAMES = [
    *("..", "../../etc/passwd", "..%2f..%2fetc", "%2e%2e", "%2e%2e%2f", ".hidden", "-x", "_x"),
    *("a%00b", "a%0ab", "a%0d%0aSet-Cookie:x", "a%2Fb", "a\\b", "A", "é", "%C3%A9", "%c0%ae"),
    *("%ff", "a%20b", "a;b", "a'b", 'a"b', "<script>", "a" * 65, "a" * 3000, "%25", "%", "%zz"),
    *("con:", "a|b", "$(id)", "`id`", "{{7*7}}", "%{7*7}", "a%E2%80%AEb", "ａ", "a\u0307"),
]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_make_no_timeline(api, name):
    for method, path in (
        ("GET", f"/v1/timelines/{name}"),
        ("POST", f"/v1/timelines/{name}/articles"),
        ("PUT", f"/v1/timelines/{name}"),
        ("DELETE", f"/v1/timelines/{name}"),
        ("GET", f"/v1/timelines/{name}/articles"),
        ("GET", f"/v1/timelines/{name}/events/{name}"),
        ("GET", f"/v1/articles/{name}"),
        ("GET", f"/v1/timelines/{name}.ics"),
        ("GET", f"/problems/{name}"),
    ):
        body = ARTICLE if method == "POST" else {}
        response = api.client.open(
            path, method=method, json=body if method in {"POST", "PUT"} else None
        )
        assert response.status_code in {308, 404, 405, 422}, (method, path, response.text)
        assert "Set-Cookie" not in response.headers
    assert api.get("/v1/timelines").json["timelines"] == []


HEADERS = [
    *(("Accept", "*/*;q=x"), ("Accept", "a" * 7000), ("Accept", ";;;,,,"), ("Accept", "\u00e9")),
    *(("Accept-Encoding", "gzip;q=-1"), ("Accept-Encoding", "*;q=9" * 500), ("Range", "bytes=0-1")),
    *(("If-None-Match", '"' * 999), ("If-Modified-Since", "never"), ("Prefer", "wait=-1")),
    *(("Prefer", "wait=1e9"), ("Prefer", "wait=٣"), ("X-Request-ID", "a b"), ("Origin", "null")),
    *(("X-HTTP-Method-Override", "DELETE"), ("X-Forwarded-Host", "evil.example")),
    *(
        ("X-Original-URL", "/v1/articles"),
        ("Cookie", "a=" + "b" * 4000),
        ("Authorization", "Basic x"),
    ),
    *(("Authorization", "Bearer"), ("Authorization", "\u00e9"), ("Forwarded", "for=_x;host=evil")),
]


@pytest.mark.parametrize("name, value", HEADERS)
def test_hostile_headers_are_read_or_refused(api, name, value):
    api.post()
    for path in ("/v1/timelines/demo", "/v1/timelines", "/healthz", "/problems", "/metrics"):
        response = api.client.get(path, headers={name: value})
        assert response.status_code < 500, (path, response.text)
        assert "evil" not in response.text


@pytest.mark.parametrize("name, value", [each for each in HEADERS if each[0] == "Prefer"])
def test_a_wish_that_cannot_be_is_let_be(api, name, value):
    assert api.client.post(ARTICLES, json=ARTICLE, headers={name: value}).status_code == 202


def addresses(app):
    """Every address with its parts filled in, and the methods that it takes."""
    parts = {"timeline": "demo", "article_id": "art_1", "event_id": "evt_1", "version": "1"}
    hooks = {"subscription_id": "sub_1", "delivery_id": "dlv_1"}
    named = {**parts, **hooks, "token_id": "tok_1", "code": "not-found", "name": "x", "path": "x"}
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for name, value in named.items():
            path = path.replace(f"<{name}>", value)
        found.setdefault(path, set()).update(rule.methods)
    return found


def test_every_address_answers_head_and_options_and_names_its_methods(api):
    api.post()
    for path, methods in addresses(api.app).items():
        assert "<" not in path
        allowed = api.client.options(path)
        assert allowed.status_code in {200, 204}, path
        assert methods <= set(allowed.headers["Allow"].split(", ")), path
        refused = api.client.open(path, method="LOCK")
        assert (refused.status_code, refused.json["type"]) == (405, "/problems/method-not-allowed")
        assert methods <= set(refused.headers["Allow"].split(", "))
        assert "LOCK" not in refused.headers["Allow"]
        if "GET" in methods:
            head, got = api.client.head(path), api.client.get(path)
            assert (head.status_code, head.data) == (got.status_code, b"")
            assert head.content_type == got.content_type


BODIES = {
    "depth": b'{"text":' * 5000,
    "wide": b"[" + b"[]," * 1000 + b"[]]",
    "keys": b"{" + b",".join(b'"k%d":1' % each for each in range(5000)) + b"}",
    "gzip bytes": b"\x1f\x8b\x08\x00" + b"\x00" * 100,
    "UTF-16 with a mark": json.dumps(ARTICLE).encode("utf-16"),
    "Latin-1": b'{"text": "caf\xe9", "published_at": "2026-01-27"}',
    "an escaped surrogate": b'{"text": "\\ud800", "published_at": "2026-01-27"}',
    "a NUL": b'{"text": "a\\u0000b", "published_at": "2026-01-27"}',
    "a prototype": b'{"__proto__": {"text": "a"}, "text": "a", "published_at": "2026-01-27"}',
    "a long number": b'{"text": ' + b"1" * 4400 + b"}",
    "an exponent": b'{"text": "a", "published_at": 1e309}',
}


@pytest.mark.parametrize("case", BODIES)
@pytest.mark.parametrize(
    "method, path",
    [
        ("POST", ARTICLES),
        ("POST", "/v1/resolve"),
        ("PUT", "/v1/timelines/demo"),
        ("POST", "/v1/timelines/demo/subscriptions"),
        ("PATCH", "/v1/timelines/demo/subscriptions/sub_1"),
        ("POST", "/v1/timelines/demo/subscriptions/sub_1/replay"),
    ],
)
def test_hostile_bodies_get_a_problem_wherever_bodies_are_read(api, case, method, path):
    response = api.client.open(
        path, method=method, data=BODIES[case], content_type="application/json"
    )
    refused = response.status_code in {400, 413, 422}
    alone = response.status_code == 200 and response.json.get("accepted") == 0
    assert refused or alone, response.text
    assert api.get("/v1/timelines").json["timelines"] == []
