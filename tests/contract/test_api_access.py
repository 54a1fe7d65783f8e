"""Who may do what: every operation by every kind of caller, and what nobody gets to see."""

import json
import logging
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.api.access.callers import REMEMBERED_SECONDS
from service.api.access.needs import NEEDS, need_of
from service.api.app import create_app
from service.keyring import FILE_KEY_ID, SCOPES, mint_key, mint_token
from service.settings import Settings
from service.store.shelf import TimelineTraits
from service.wiring import Parts
from tests.servers.api import ARTICLE, NOW, RecordAway, article, cut_short

OPENAPI = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "openapi.yaml").read_text(encoding="utf-8")
)
OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, item in OPENAPI["paths"].items()
    for method, operation in item.items()
    if method != "parameters"
}
DENIED = {401, 403}
FILE_KEY = "any:sign$of#one's{own}?=&%;no-space"


@dataclass
class Door:
    """The API with keys on, two timelines, and keys for it."""

    client: FlaskClient
    store: object
    now: list[float]
    articles: dict[str, str]
    tests: dict[str, dict]
    """Of each timeline the delivery of a test."""

    def key(self, *scopes: str, **more) -> str:
        secret, new = mint_key("test", scopes, **more)
        self.store.add_key(new)
        return secret

    def token(self, timeline="secret", **more) -> str:
        secret, new = mint_token("test", timeline, **more)
        assert self.store.add_token(new)
        return secret

    def send(self, operation: str, key: str | None = None, *, timeline="open", token=None):
        method, path, _ = OPERATIONS[operation]
        names = {
            "timeline": timeline,
            "article_id": self.articles[timeline].removeprefix("/v1/articles/"),
            "subscription_id": self.tests.get(timeline, {}).get("subscription_id", "sub_0"),
            "delivery_id": self.tests.get(timeline, {}).get("id", "dlv_0"),
            "code": "not-found",
        }
        for part in re.findall(r"{(\w+)}", path):
            path = path.replace(f"{{{part}}}", names.get(part, "evt_0"))
        return self.ask(method, path, key, token=token)

    def ask(self, method: str, path: str, key: str | None = None, *, token=None, document=None):
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        if token is not None:
            path += ("&" if "?" in path else "?") + f"token={token}"
        body = None if method in {"GET", "HEAD", "OPTIONS"} else (document or {})
        return cut_short(self.client.open(path, method=method, headers=headers, json=body))


@pytest.fixture
def door(api) -> Door:
    now = [NOW]
    parts = Parts(api.store, api.bell, api.wakeups, api.tallies)
    app = create_app(Settings(keys="on"), parts, clock=lambda: now[0])
    homes = {
        name: api.post(path=f"/v1/timelines/{name}/articles").headers["Location"]
        for name in ("open", "secret", "other")
    }
    for name in ("secret", "other"):
        api.store.put_timeline(name, TimelineTraits(public=False))
    return Door(
        app.test_client(), api.store, now, homes, {name: tried(api, name) for name in homes}
    )


def tried(api, timeline: str) -> dict:
    """The delivery of a test to a subscription of the timeline."""
    hooks = f"/v1/timelines/{timeline}/subscriptions"
    made = api.post({"url": "https://desk.example/hook"}, hooks).json
    return api.post({}, f"{hooks}/{made['id']}/test").json


NEEDING = [name for name in OPERATIONS if need_of(name).scope is not None]
READING = [name for name in NEEDING if need_of(name).of_timelines]
GUARDED = [name for name in NEEDING if not need_of(name).of_timelines]
BY_DELIVERY = [name for name in NEEDING if "{delivery_id}" in OPERATIONS[name][1]]
OF_ONE = [name for name in READING if "{" in OPERATIONS[name][1]]


def test_every_operation_says_what_it_needs():
    """A new operation gets its line in service/api/access/needs.py."""
    assert set(NEEDS) == set(OPERATIONS)


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_description_says_what_each_operation_needs(name):
    need, said = need_of(name), OPERATIONS[name][2]["security"]
    if need.scope is None:
        assert said == []
    elif need.of_timelines:
        assert said == [{}, {"key": [need.scope]}, {"token": []}]
    else:
        assert said == [{"key": [need.scope]}]
        assert "403" in OPERATIONS[name][2]["responses"]


def test_what_a_key_opens_and_how_it_is_carried_is_described():
    schemes = OPENAPI["components"]["securitySchemes"]
    assert (schemes["key"]["type"], schemes["key"]["scheme"]) == ("http", "bearer")
    assert (schemes["token"]["in"], schemes["token"]["name"]) == ("query", "token")


@pytest.mark.parametrize("name", [each for each in OPERATIONS if need_of(each).scope is None])
def test_what_is_open_never_looks_at_a_key(door, name):
    assert door.send(name, "wrong").status_code in {200, 404}


@pytest.mark.parametrize("name", GUARDED)
def test_what_is_guarded_needs_a_key_with_the_scope(door, name):
    scope = need_of(name).scope
    refused = door.send(name)
    assert (refused.status_code, refused.json["type"]) == (401, "/problems/key-needed")
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="event-timelines"'
    assert f"'{scope}'" in refused.json["detail"]
    for other in set(SCOPES) - {scope, "admin"}:
        refused = door.send(name, door.key(other))
        assert (refused.status_code, refused.json["type"]) == (403, "/problems/not-allowed")
        assert f"lacks the scope '{scope}'" in refused.json["detail"]
        assert f'scope="{scope}"' in refused.headers["WWW-Authenticate"]
    for good in {scope, "admin"}:
        assert door.send(name, door.key(good)).status_code not in DENIED


@pytest.mark.parametrize(
    "name",
    [each for each in GUARDED if "{" in OPERATIONS[each][1] and each not in BY_DELIVERY],
)
def test_a_key_of_one_timeline_opens_no_other(door, name):
    scope = need_of(name).scope
    key = door.key(scope, timeline="secret")
    refused = door.send(name, key, timeline="open")
    assert refused.status_code == 403
    assert "for the timeline 'secret' only" in refused.json["detail"]
    hidden = door.send(name, key, timeline="other")
    by_article = "{article_id}" in OPERATIONS[name][1]
    assert hidden.status_code == (404 if by_article else 403)
    assert door.send(name, key, timeline="secret").status_code not in DENIED


@pytest.mark.parametrize("name", BY_DELIVERY)
def test_a_delivery_of_another_timeline_is_not_there(door, name):
    """Its address has no timeline in it: nothing tells it from one that is nowhere."""
    key = door.key("subscribe", timeline="secret")
    for timeline in ("open", "other"):
        hidden = door.send(name, key, timeline=timeline)
        assert (hidden.status_code, hidden.json["type"]) == (404, "/problems/not-found")
        detail = hidden.json["detail"].replace(door.tests[timeline]["id"], "dlv_0")
        door.articles["never"] = "/v1/articles/art_0000"
        unknown = door.send(name, key, timeline="never")
        assert (unknown.status_code, unknown.json["detail"]) == (404, detail)
        assert "WWW-Authenticate" not in hidden.headers
    assert door.send(name, key, timeline="secret").status_code in {200, 202}


@pytest.mark.parametrize("name", NEEDING)
def test_a_key_that_opens_nothing_is_refused_even_where_none_is_needed(door, name):
    scope = need_of(name).scope
    revoked, expired = door.key(scope), door.key(scope, expires_at=NOW - 1)
    (kept,) = [each for each in door.store.list_keys() if each.shown == revoked[:8]]
    assert door.store.revoke_key(kept.id)
    for wrong in ("tlk_unknown", revoked, expired, door.token()):
        refused = door.send(name, wrong)
        assert (refused.status_code, refused.json["type"]) == (401, "/problems/key-refused")
        assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"]
        assert wrong not in refused.text


@pytest.mark.parametrize("name", READING)
def test_a_token_that_opens_nothing_is_refused_even_where_none_is_needed(door, name):
    expired, revoked = door.token(expires_at=NOW - 1), door.token()
    (kept,) = [
        each
        for each in door.store.list_tokens("secret", limit=9, after=None)
        if each.expires_at is None
    ]
    assert door.store.revoke_token("secret", kept.id)
    for wrong in ("tlt_unknown", expired, revoked, "", door.key("read")):
        for timeline in ("open", "secret"):
            refused = door.send(name, token=wrong, timeline=timeline)
            assert (refused.status_code, refused.json["type"]) == (401, "/problems/key-refused")
            assert not wrong or wrong not in refused.text


@pytest.mark.parametrize("name", READING)
def test_public_timelines_are_read_by_everyone(door, name):
    limited = door.key("write", timeline="secret")
    for key in (None, door.key("read"), door.key("write"), limited):
        assert door.send(name, key).status_code in {200, 404}
        assert "no timeline" not in door.send(name, key).text
    assert door.send(name, token=door.token()).status_code in {200, 404}


@pytest.mark.parametrize("name", OF_ONE)
def test_a_private_timeline_is_not_there_for_whoever_may_not_read_it(door, name):
    outsiders = (
        None,
        door.key("write", "subscribe"),
        door.key("read", timeline="open"),
        door.key("admin", timeline="open"),
    )
    missing = door.send(name, timeline="open")
    for key in outsiders:
        hidden = door.send(name, key, timeline="secret")
        assert hidden.status_code == 404
        unknown = _unknown(door, name, key)
        assert _told(hidden, "secret", door) == _told(unknown, "never", door)
        assert "WWW-Authenticate" not in hidden.headers
    assert missing.status_code in {200, 404}
    hidden = door.send(name, token=door.token("other"), timeline="secret")
    assert hidden.status_code == 404


def _unknown(door, name, key):
    """The same request for a timeline that is nowhere."""
    door.articles["never"] = "/v1/articles/art_0000"
    return door.send(name, key, timeline="never")


def _told(response, timeline, door):
    """All that an answer tells, without the names that the client sent."""
    article_id = door.articles[timeline].removeprefix("/v1/articles/")
    own = {"X-Request-ID", "Content-Length", "RateLimit"}  # of the request, not of what is there
    kept = {name: value for name, value in response.headers.items() if name not in own}
    document = {**response.json, "request_id": ""}
    text = json.dumps(document).replace(article_id, "X").replace(timeline, "X")
    return response.status_code, text, kept


@pytest.mark.parametrize("name", OF_ONE)
def test_a_private_timeline_is_read_by_a_key_or_token_of_its_own(door, name):
    for key in (door.key("read"), door.key("admin"), door.key("read", timeline="secret")):
        found = door.send(name, key, timeline="secret")
        assert "no timeline" not in found.text
        assert "no article" not in found.text
        assert "private" in found.headers["Cache-Control"]
    found = door.send(name, token=door.token(), timeline="secret")
    assert "no timeline" not in found.text
    assert "private" in found.headers["Cache-Control"]


@pytest.mark.parametrize("name", GUARDED)
def test_a_feed_token_does_nothing_but_read(door, name):
    refused = door.send(name, token=door.token(), timeline="secret")
    assert refused.status_code == 403
    assert "feed token" in refused.json["detail"]


def test_what_tells_of_all_timelines_takes_a_key_of_all(door):
    refused = door.send("get_metrics", door.key("read", timeline="secret"))
    assert refused.status_code == 403
    assert "for the timeline 'secret' only" in refused.json["detail"]
    assert door.send("get_metrics", door.key("read")).status_code == 200


def test_the_log_says_by_its_id_whose_key_it_was(door, caplog):
    caplog.set_level(logging.DEBUG, logger="service.api.running.watch")
    key = door.key("write")
    door.ask("POST", "/v1/timelines/open/articles", key, document=article("logged"))
    door.ask("GET", "/v1/timelines/open")
    said = [each.fields for each in caplog.records if each.name == "service.api.running.watch"]
    (kept,) = door.store.list_keys()
    assert [each.get("caller") for each in said] == [kept.id, None]


def test_erasing_is_for_admins_and_retracting_for_writers(door):
    path = door.articles["open"]
    for key, query, status in (
        (door.key("write"), "?erase=true", 403),
        (door.key("write"), "", 200),
        (door.key("admin", timeline="open"), "?erase=true", 204),
    ):
        headers = {"Authorization": f"Bearer {key}", "If-Match": "*"}
        assert door.client.delete(path + query, headers=headers).status_code == status


def test_a_list_shows_what_the_caller_may_read(door):
    def names(key=None, token=None):
        listed = door.ask("GET", "/v1/timelines", key, token=token)
        return [each["timeline"] for each in listed.json["timelines"]]

    assert names() == names(door.key("write")) == ["open"]
    assert names(door.key("read")) == names(door.key("admin")) == ["open", "other", "secret"]
    assert names(door.key("read", timeline="other")) == ["open", "other"]
    assert names(token=door.token("secret")) == ["open", "secret"]


def test_pages_of_the_list_hold_what_the_caller_may_read(door):
    first = door.ask("GET", "/v1/timelines?limit=1")
    assert "next" not in first.json
    page = door.ask("GET", "/v1/timelines?limit=2", key := door.key("read"))
    rest = door.ask("GET", page.json["next"], key)
    assert [each["timeline"] for each in rest.json["timelines"]] == ["secret"]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer a b", "tlk_x", "Bearer tlk_ü"]
)
def test_a_header_that_is_no_bearer_key_is_refused(door, header):
    refused = door.client.get("/v1/timelines", headers={"Authorization": header})
    assert (refused.status_code, refused.json["type"]) == (401, "/problems/key-refused")


def test_the_word_bearer_may_have_any_case(door):
    headers = {"Authorization": f"bEARER  {door.key('read')}"}
    assert door.client.get("/v1/timelines/secret", headers=headers).status_code == 200


def test_a_key_and_a_token_at_once_are_refused(door):
    both = door.ask("GET", "/v1/timelines/secret", door.key("read"), token=door.token())
    assert both.status_code == 400


def test_a_key_in_the_address_is_no_key(door):
    refused = door.ask("GET", "/v1/timelines/secret", token=door.key("admin"))
    assert refused.status_code == 401


def test_a_revoked_key_lives_for_a_few_seconds_at_most(door):
    key = door.key("read")
    assert door.ask("GET", "/v1/timelines/secret", key).status_code == 200
    door.store.revoke_key(door.store.list_keys()[0].id)
    door.now[0] += REMEMBERED_SECONDS - 1
    assert door.ask("GET", "/v1/timelines/secret", key).status_code == 200
    door.now[0] += 1.5
    assert door.ask("GET", "/v1/timelines/secret", key).status_code == 401


def test_a_key_ends_at_its_hour_although_it_is_remembered(door):
    key = door.key("read", expires_at=NOW + 2)
    assert door.ask("GET", "/v1/timelines/secret", key).status_code == 200
    door.now[0] += 2
    assert door.ask("GET", "/v1/timelines/secret", key).status_code == 401


def test_the_use_of_a_key_is_noted_coarsely(door):
    key = door.key("read")
    assert door.store.list_keys()[0].last_used_at is None
    door.ask("GET", "/v1/timelines", key)
    assert door.store.list_keys()[0].last_used_at is not None


def test_the_record_keeps_no_secret(door, tmp_path):
    key, token = door.key("read"), door.token()
    door.ask("GET", "/v1/timelines", key)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("record.sqlite3*"))
    assert key[:8].encode() in kept
    for secret in (key, token):
        assert secret.encode() not in kept


def test_a_page_that_did_not_change_costs_one_look_up_and_a_known_key_no_more(door, monkeypatch):
    key = door.key("read")
    for path, headers in (
        ("/v1/timelines/open", {}),
        ("/v1/timelines/secret", {"Authorization": f"Bearer {key}"}),
    ):
        etag = door.client.get(path, headers=headers).headers["ETag"]
        asked = []
        database = door.store._database  # noqa: SLF001  # where look-ups can be counted
        monkeypatch.setattr(database, "look_up", _counted(database.look_up, asked), raising=True)
        monkeypatch.setattr(database, "reading", _counted(database.reading, asked))
        again = door.client.get(path, headers={**headers, "If-None-Match": etag})
        assert again.status_code == 304
        assert len(asked) == 1
        monkeypatch.undo()


def _counted(of, asked):
    def count(*given, **named):
        asked.append(given)
        return of(*given, **named)

    return count


def test_nothing_of_a_key_or_token_is_logged(door, caplog):
    caplog.set_level(logging.DEBUG)
    key, token = door.key("admin"), door.token()
    door.ask("GET", "/v1/timelines/secret", key)
    door.ask("GET", "/v1/timelines/secret?limit=nonsense", token=token)
    door.ask("GET", "/v1/timelines/secret?limit=nonsense", token=f"{token}x")
    door.ask("GET", "/v1/nowhere", token=token)
    door.ask("POST", "/v1/timelines/secret/articles", f"{key}x", document=ARTICLE)
    logged = caplog.text + "".join(str(each.__dict__) for each in caplog.records)
    for secret in (key, token):
        assert secret[4:] not in logged


def test_a_token_is_in_no_answer(door):
    token = door.token()
    for number in range(3):
        door.ask(
            "POST",
            "/v1/timelines/secret/articles",
            door.key("write"),
            document=article(str(number)),
        )
    page = door.ask("GET", "/v1/timelines/secret/articles?limit=1", token=token)
    assert page.json["next"]
    for path in (page.json["next"], "/v1/timelines/secret?from=nonsense", "/v1/nowhere", "/"):
        answer = door.ask("GET", path, token=token)
        assert token not in answer.text
        assert token not in str(answer.headers)
    follows = door.ask("GET", page.json["next"], token=token)
    assert follows.status_code == 200, "the client puts its token on the next address itself"
    without = door.client.get(
        "/v1/timelines/secret", headers={"Authorization": f"Bearer {door.key('read')}"}
    )
    with_token = door.ask("GET", "/v1/timelines/secret", token=token)
    assert with_token.headers["ETag"] == without.headers["ETag"]


@pytest.mark.parametrize("path", ["/v1/timelines/open", "/v1/timelines/open.csv", "/v1/timelines"])
def test_caches_keep_apart_what_hangs_on_key_coding_and_form(door, path):
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        found = door.client.get(path, headers=headers)
        (said,) = found.headers.getlist("Vary")
        assert {"Authorization", "Accept-Encoding"} <= set(said.split(", "))
        assert "private" not in found.headers["Cache-Control"]


def test_a_browser_that_asks_first_needs_no_key(door):
    for path in ("/v1/timelines/secret", "/v1/timelines/open/articles", "/v1/resolve"):
        asked = door.client.options(path, headers={"Access-Control-Request-Method": "POST"})
        assert asked.status_code in {200, 204}


def test_what_is_nowhere_needs_no_key(door):
    assert door.ask("GET", "/v1/nowhere").status_code == 404
    assert door.client.patch("/v1/timelines").status_code == 405


def test_with_keys_off_everything_is_open_and_tokens_change_nothing(api):
    api.store.put_timeline("secret", TimelineTraits(public=False))
    assert api.get("/v1/timelines/secret?token=whatever").status_code == 200
    assert api.get("/v1/timelines/secret", Authorization="Bearer wrong").status_code == 200
    assert api.client.delete("/v1/timelines/secret").status_code == 204


def test_the_key_of_a_file_is_an_admin_and_in_no_table(api, tmp_path):
    path = tmp_path / "key"
    path.write_text(f"{FILE_KEY}\n")
    path.chmod(0o600)
    parts = Parts(api.store, api.bell, api.wakeups, api.tallies)
    app = create_app(Settings(keys="on", admin_key_file=path), parts, clock=lambda: NOW)
    client = app.test_client()
    good = {"Authorization": f"Bearer {FILE_KEY}"}
    assert client.put("/v1/timelines/a", json={}, headers=good).status_code == 201
    wrong = {"Authorization": f"Bearer {FILE_KEY[:-1]}"}
    assert client.put("/v1/timelines/a", json={}, headers=wrong).status_code == 401
    assert api.store.list_keys() == ()
    assert FILE_KEY_ID.startswith("key_")


def test_two_services_over_one_record_know_the_same_keys(api, door):
    parts = Parts(api.store, api.bell, api.wakeups, api.tallies)
    other = create_app(Settings(keys="on"), parts, clock=lambda: NOW).test_client()
    headers = {"Authorization": f"Bearer {door.key('read')}"}
    assert other.get("/v1/timelines/secret", headers=headers).status_code == 200


def test_a_record_that_is_away_opens_nothing(api):
    parts = Parts(RecordAway(), api.bell, api.wakeups, api.tallies)
    client = create_app(Settings(keys="on"), parts, clock=lambda: NOW).test_client()
    headers = {"Authorization": "Bearer tlk_any"}
    assert client.get("/v1/timelines", headers=headers).status_code == 503
    assert client.post("/v1/resolve", json={}).status_code == 401


HEADERS = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=80)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(HEADERS, st.sampled_from(["", "Bearer ", "bearer tlk_"]), st.sampled_from(NEEDING))
def test_no_header_opens_or_breaks_anything(door, said, before, name):
    method, path, _ = OPERATIONS[name]
    path = re.sub(r"{\w+}", "secret", path)
    refused = door.client.open(path, method=method, headers={"Authorization": before + said})
    assert refused.status_code in {401, 404}
    assert refused.mimetype == "application/problem+json"


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text("ab%&=+;token0123456789\u00e9", max_size=30), st.sampled_from(READING))
def test_no_token_opens_or_breaks_anything(door, said, name):
    method, path, _ = OPERATIONS[name]
    path = re.sub(r"{\w+}", "secret", path)
    refused = door.client.open(f"{path}?token={said}", method=method)
    assert refused.status_code in {401, 404}
