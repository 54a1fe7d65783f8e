"""The example of each kind of problem is what the service sends, brought about for real."""

import ast
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from service import errors
from service.api.app import create_app
from service.api.running.problem_examples import ARTICLES, PROBLEM_EXAMPLES, REQUEST_ID, example_of
from service.api.schemas.subscriptions import MOST_SUBSCRIPTIONS
from service.api.wire.parts import stop_waiting
from service.api.wire.problem_types import PROBLEM_TYPES
from service.api.wire.problems import CODES
from service.keyring import mint_key
from service.merging import commit_failure
from service.ratelimits import LocalBuckets
from service.settings import Settings
from service.wakeups import Wakeups
from service.wiring import Parts
from tests.contract.test_api_problems import NEVER_SENT, failing
from tests.contract.test_api_timelines import tell
from tests.servers.api import NOW, NOWHERE, Api, RecordAway, article, crowded
from tests.unit.workers.without_extra import without_extra
from workers.jobs import _problem
from workers.opening import open_article

ROOT = Path(__file__).resolve().parents[2]
POSTED = article("courier-1", text="The bridge was closed on Tuesday.")
BROUGHT: dict[str, Callable[[Api], dict]] = {}


def brings(code: str):
    """Registers what brings about a problem of this kind; gives its document."""

    def keep(bring: Callable[[Api], dict]) -> Callable[[Api], dict]:
        BROUGHT[code] = bring
        return bring

    return keep


def ask(api: Api, method: str, path: str = ARTICLES, **options) -> dict:
    headers = {"X-Request-ID": REQUEST_ID, **options.pop("headers", {})}
    return api.client.open(path, method=method, headers=headers, **options).json


def send(api: Api, body: bytes, content_type: str = "application/json", **options) -> dict:
    return ask(api, "POST", data=body, content_type=content_type, **options)


@brings("bad-request")
def _(api):
    length = {"CONTENT_LENGTH": "46", "wsgi.input_terminated": True}
    return send(api, b'{"text": "The bridge', environ_overrides=length)


@brings("unreadable-json")
def _(api):
    return send(api, b'{"text": "The bridge was closed.", "text": "The bridge is open."}')


def with_key(api: Api, *scopes: str, revoked: bool = False) -> dict:
    """What a POST with a key of these scopes is told where keys are on."""
    parts = Parts(api.store, api.bell, api.wakeups, api.tallies)
    client = create_app(Settings(keys="on"), parts).test_client()
    headers = {}
    if scopes:
        secret, new = mint_key("example", scopes)
        headers["Authorization"] = f"Bearer {secret}"
        api.store.add_key(new)
        if revoked:
            api.store.revoke_key(new.id)
    return ask(replace(api, client=client), "POST", json=POSTED, headers=headers)


@brings("key-needed")
def _(api):
    return with_key(api)


@brings("key-refused")
def _(api):
    return with_key(api, "write", revoked=True)


@brings("not-allowed")
def _(api):
    return with_key(api, "read")


@brings("not-found")
def _(api):
    return ask(api, "GET", "/v1/timelines/harbor")


@brings("method-not-allowed")
def _(api):
    return ask(api, "PATCH")


@brings("not-acceptable")
def _(api):
    api.post(POSTED, ARTICLES)
    return ask(api, "GET", "/v1/timelines/harbour", headers={"Accept": "application/pdf"})


@brings("article-differs")
def _(api):
    api.post(POSTED, ARTICLES)
    return ask(api, "POST", json={**POSTED, "title": "Bridge open again"})


@brings("article-taken")
def _(api):
    posted = {"text": "The bridge was closed.", "published_at": "2026-01-28"}
    api.post(posted, ARTICLES)
    other = api.post({**posted, "title": "Bridge"}, ARTICLES).json["links"]["self"]
    return ask(api, "PUT", other, json=posted, headers={"If-Match": "*"})


@brings("not-failed")
def _(api):
    taken = api.post(POSTED, ARTICLES).json["links"]["self"]
    return ask(api, "POST", f"{taken}/retry")


@brings("history-gone")
def _(api):
    api.post(POSTED, ARTICLES)
    return ask(api, "GET", "/v1/timelines/harbour/changes?since=900")


@brings("too-many-subscriptions")
def _(api):
    api.post(POSTED, ARTICLES)
    address, asked = "/v1/timelines/harbour/subscriptions", {"url": "https://desk.example/hook"}
    made = {api.client.post(address, json=asked).status_code for _ in range(MOST_SUBSCRIPTIONS)}
    assert made == {201}
    return ask(api, "POST", address, json=asked)


@brings("precondition-failed")
def _(api):
    taken = api.post(POSTED, ARTICLES).json["links"]["self"]
    return ask(api, "DELETE", taken, headers={"If-Match": '"7-1"'})


@brings("precondition-required")
def _(api):
    return ask(api, "DELETE", api.post(POSTED, ARTICLES).json["links"]["self"])


@brings("timeline-closing")
def _(api):
    api.post(POSTED, ARTICLES)
    api.store.close_timeline("harbour")
    return ask(api, "POST", json=POSTED)


@brings("request-in-progress")
def _(api):
    with patch.object(api.store, "keep_answer"):  # as if the first had not come to its end
        api.client.post(ARTICLES, json=POSTED, headers={"Idempotency-Key": '"a-1"'})
    return ask(api, "POST", json=POSTED, headers={"Idempotency-Key": '"a-1"'})


@brings("idempotency-key-reused")
def _(api):
    api.client.post(ARTICLES, json=POSTED, headers={"Idempotency-Key": "a-1"})
    return ask(api, "POST", json={**POSTED, "title": "B"}, headers={"Idempotency-Key": '"a-1"'})


@brings("too-large")
def _(api):
    return send(api, b"[" + b" " * 10_000_000 + b"]")


@brings("unsupported-media-type")
def _(api):
    return send(api, b"text=The+bridge", "application/x-www-form-urlencoded")


@brings("unknown-host")
def _(api):
    return ask(api, "GET", "/v1/timelines", headers={"Host": "news.example"})


@brings("invalid-input")
def _(api):
    return ask(api, "POST", json={"text": "The bridge was closed.", "published_at": "yesterday"})


@brings("too-many-events")
def _(api):
    tell(api, "2026-01-27")
    asked = ask(crowded(api, 10_001), "GET", "/v1/timelines/demo.ics")
    return {**asked, "instance": "/v1/timelines/harbour.ics"}


@brings("too-many-requests")
def _(api):
    limits = LocalBuckets(clock=lambda: NOW)
    parts = Parts(api.store, api.bell, api.wakeups, api.tallies, limits)
    client = create_app(Settings(keys="on", writes_per_minute=60), parts).test_client()
    secret, new = mint_key("example", ["write"])
    api.store.add_key(new)
    headers = {"Authorization": f"Bearer {secret}"}
    batch = [article(str(number)) for number in range(60)]
    ask(replace(api, client=client), "POST", json=batch, headers=headers)
    return ask(replace(api, client=client), "POST", json=POSTED, headers=headers)


@brings("internal-error")
def _(api):
    failing(api.app, RuntimeError("no"))
    return {**ask(api, "GET", "/failing"), "instance": ARTICLES}


@brings("store-unavailable")
def _(api):
    parts = Parts(RecordAway(), api.bell, Wakeups(NOWHERE), api.tallies)
    client = create_app(Settings(), parts).test_client()
    return ask(replace(api, client=client), "POST", json=POSTED)


@brings("too-many-waiting")
def _(api):
    tell(api, "2026-01-27")
    stop_waiting(api.app)
    asked = ask(api, "GET", path="/v1/timelines/demo/stream")
    return {**asked, "instance": "/v1/timelines/harbour/stream"}


@brings("reading-failed")
def _(api):
    taken = api.post(POSTED, ARTICLES).json
    (claimed,) = api.store.claim("t", limit=1, characters=1, lease=60)
    commit_failure(api.store, claimed, "t", _problem(MemoryError()))
    return api.get(taken["links"]["self"]).json["problem"]


def problem_of_page(api, html: str) -> dict:
    taken = api.post({"html": html}, ARTICLES).json
    (claimed,) = api.store.claim("t", limit=1, characters=1, lease=60)
    with pytest.raises(errors.UnreadableArticleError) as caught:
        open_article(claimed)
    commit_failure(api.store, claimed, "t", _problem(caught.value))
    return api.get(taken["links"]["self"]).json["problem"]


@brings("publication-date-missing")
def _(api):
    return problem_of_page(api, "<p>The bridge was closed on Tuesday.</p>")


@brings("page-without-text")
def _(api):
    return problem_of_page(api, "<script>draw('The bridge was closed.')</script>")


@brings("html-not-supported")
def _(api):
    with without_extra():
        return problem_of_page(api, "<p>The bridge was closed on Tuesday.</p>")


@pytest.mark.parametrize("code", PROBLEM_TYPES)
def test_the_example_is_what_the_service_sends(api, code):
    assert BROUGHT[code](api) == example_of(code)


def test_every_kind_of_problem_has_an_example():
    assert set(PROBLEM_EXAMPLES) == set(PROBLEM_TYPES), "add yours to problem_examples.py"


def literals() -> dict[str, set[str]]:
    """The strings in the code, by the name of the file; several files may have one name."""
    found = defaultdict(set)
    for package in ("service", "workers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found[path.name] |= {
                str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)
            }
    return found


def test_every_kind_of_problem_is_one_that_the_code_can_raise():
    used = set().union(
        *(said for name, said in literals().items() if not name.startswith("problem_"))
    )
    assert set(PROBLEM_TYPES) <= used


def named_problems():
    """The codes of every `ProblemError(...)` in the code."""
    for path in sorted((ROOT / "service").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "")
            if called == "ProblemError" and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_problem_that_the_code_can_raise_has_a_page():
    named = set(named_problems())
    assert len(named) > 4
    assert named <= set(PROBLEM_TYPES)
    codes = {each.code for each in vars(errors).values() if hasattr(each, "code")}
    assert codes - set(NEVER_SENT) <= set(PROBLEM_TYPES)
    assert set(CODES.values()) <= set(PROBLEM_TYPES)


def test_pages_show_the_example_and_are_told_as_data_too(api):
    for code in PROBLEM_TYPES:
        page = api.get(f"/problems/{code}", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
        assert page.mimetype == "text/html"
        assert "An example" in page.text
        data = api.get(f"/problems/{code}", Accept="application/problem+json")
        assert data.json["example"] == example_of(code)
        assert all("Accept" in each.headers["Vary"].split(", ") for each in (page, data))
    assert len(json.loads(api.get("/problems", Accept="application/json").text)["problems"]) == len(
        PROBLEM_TYPES
    )


def test_the_index_of_problems_leads_to_every_page(api):
    page = api.get("/problems").text
    for code in PROBLEM_TYPES:
        assert f'href="/problems/{code}"' in page


def test_pages_load_their_style_from_here_and_nothing_else(api):
    page = api.get("/problems/not-found")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "style=" not in page.text
    assert "<script" not in page.text
    assert "://" not in page.text


def test_pages_are_asked_for_cheaply(api):
    for path in ("/problems", "/problems/not-found", "/docs"):
        etag = api.get(path).headers["ETag"]
        assert api.get(path, If_None_Match=etag).status_code == 304
