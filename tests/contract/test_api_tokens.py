"""Feed tokens over HTTP: made once, listed without what opens, revoked."""

import pytest

from service.api.app import create_app
from service.keyring import digest_of, mint_key
from service.settings import Settings
from service.store.shelf import TimelineTraits
from service.wiring import Parts
from tests.servers.api import NOW, violations

TOKENS = "/v1/timelines/demo/tokens"


@pytest.fixture
def private(api):
    api.store.put_timeline("demo", TimelineTraits(public=False))
    return api


@pytest.fixture
def guarded(private):
    """A client where keys are on, which says who it is itself."""
    parts = Parts(private.store, private.bell, private.wakeups, private.tallies)
    return create_app(Settings(keys="on"), parts, clock=lambda: NOW).test_client()


def make(api, **said):
    return api.client.post(TOKENS, json={"name": "calendar", **said})


def test_a_token_is_shown_once_and_kept_as_its_digest(private):
    made = make(private, expires_at="2027-01-01T00:00:00+01:00")
    assert made.status_code == 201
    assert made.headers["Cache-Control"] == "no-store"
    token = made.json["token"]
    assert token.startswith(made.json["begins"])
    assert made.json["expires_at"] == "2026-12-31T23:00:00.000+00:00"
    assert private.store.find_token(digest_of(token)).id == made.json["id"]
    listed = private.get(TOKENS)
    assert token not in listed.text
    kept = {name: value for name, value in made.json.items() if name != "token"}
    assert listed.json["tokens"] == [kept]


def test_a_token_reads_its_timeline_until_it_is_revoked(private, guarded):
    made = make(private).json
    address = f"/v1/timelines/demo?token={made['token']}"
    assert guarded.get(address).status_code == 200
    assert private.client.delete(made["links"]["self"]).status_code == 204
    parts = Parts(private.store, private.bell, private.wakeups, private.tallies)
    elsewhere = create_app(Settings(keys="on"), parts, clock=lambda: NOW).test_client()
    refused = elsewhere.get(address)
    assert (refused.status_code, refused.json["type"]) == (401, "/problems/key-refused")
    assert private.get(TOKENS).json["tokens"][0]["revoked_at"]
    again = private.client.delete(made["links"]["self"])
    assert again.status_code == 404


def test_only_admins_of_the_timeline_make_tokens(private, guarded):
    def ask(*scopes, **more):
        secret, new = mint_key("x", scopes, **more)
        private.store.add_key(new)
        headers = {"Authorization": f"Bearer {secret}"}
        return guarded.post(TOKENS, json={"name": "calendar"}, headers=headers).status_code

    assert ask("read", "write", "subscribe") == 403
    assert ask("admin", timeline="other") == 403
    assert ask("admin", timeline="demo") == ask("admin") == 201


def test_tokens_come_in_pages(private):
    made = [make(private, name=str(each)).json["id"] for each in range(3)]
    first = private.get(f"{TOKENS}?limit=2").json
    second = private.get(first["next"]).json
    assert "next" not in second
    assert sorted(each["id"] for each in first["tokens"] + second["tokens"]) == sorted(made)


@pytest.mark.parametrize(
    "said,pointer,says",
    [
        ({"name": " "}, "/name", "is empty"),
        ({"name": "x" * 101}, "/name", "use at most 100"),
        ({"expires_at": "soon"}, "/expires_at", "'soon' is no date"),
        ({"expires_at": "2020-01-01"}, "/expires_at", "is past: use a time ahead"),
        ({"scopes": "admin"}, "/scopes", "is no field"),
    ],
)
def test_what_a_token_cannot_be_is_refused_by_its_place(private, said, pointer, says):
    refused = make(private, **said)
    assert refused.status_code == 422
    assert says in violations(refused)[pointer]


def test_tokens_are_of_timelines_that_are_there(api):
    for name in ("none", "No%20Name"):
        path = f"/v1/timelines/{name}/tokens"
        assert api.client.post(path, json={"name": "x"}).status_code == 404
        assert api.get(path).status_code == 404
        assert api.client.delete(f"{path}/tok_1").status_code == 404
