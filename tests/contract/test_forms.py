"""Forms of our own pages: who may post them, and how their bodies are read."""

import pytest
from flask import Flask, Response, g

from service.api.access.forms import TOKEN_FIELD, form_token, read_form, token_of
from service.api.wire.problems import register_problems
from service.documents.jsontext import dumps

OWN = {"Origin": "http://localhost"}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def client():
    app = Flask(__name__)
    register_problems(app)

    @app.post("/form")
    @app.post("/form/of/<session>")
    def take(session: str | None = None) -> Response:
        g.session = session
        return Response(dumps(dict(read_form(limit=1_000))))

    return app.test_client()


def post(client, fields="a=1", path="/form", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(path, data=fields, content_type=FORM, headers=named)


@pytest.mark.parametrize("site", [{}, {"Sec-Fetch-Site": "same-origin"}])
def test_a_form_of_our_own_page_is_read(client, site):
    taken = post(client, "a=1%2B1&b=%D8%B3&c=&d=x+y%0D%0Az", **OWN, **site)
    assert taken.get_json(force=True) == {"a": "1+1", "b": "س", "c": "", "d": "x y\nz"}


def test_our_own_origin_is_ours_behind_a_proxy_that_speaks_tls_too(client):
    assert post(client, Origin="https://LOCALHOST").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://evil.example/localhost"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://evil.example//localhost"},
        {"Origin": "chrome-extension://localhost"},
        {"Origin": "localhost"},
        {**OWN, "Sec-Fetch-Site": "cross-site"},
        {**OWN, "Sec-Fetch-Site": "same-site"},
        {**OWN, "Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_form_from_elsewhere_is_refused(client, headers):
    refused = post(client, **headers)
    assert (refused.status_code, refused.json["type"]) == (403, "/problems/not-allowed")
    assert "pages of this service only" in refused.json["detail"]


def test_whoever_is_signed_in_sends_the_token_of_his_session(client):
    good = f"a=1&{TOKEN_FIELD}={token_of('mine')}"
    assert post(client, good, "/form/of/mine", **OWN).get_json(force=True) == {"a": "1"}
    for wrong in ("a=1", f"{TOKEN_FIELD}=", f"{TOKEN_FIELD}=%D8%B3", good.replace("of", "af")):
        assert post(client, wrong, "/form/of/yours", **OWN).status_code == 403
    assert post(client, good, "/form/of/yours", **OWN).status_code == 403


def test_a_token_tells_nothing_of_its_session():
    assert "mine" not in token_of("mine")
    assert token_of("mine") != token_of("yours")


def test_without_a_session_no_token_is_needed(client):
    with client.application.test_request_context():
        assert form_token() is None


@pytest.mark.parametrize("body", ["a=1&a=2", "a=%FF", b"a=\xff", "&".join(["a=1"] * 60)])
def test_what_is_no_form_is_refused(client, body):
    assert post(client, body, **OWN).status_code == 400


def test_a_form_has_its_type_and_its_limit(client):
    assert client.post("/form", json={}, headers=OWN).status_code == 415
    assert post(client, f"a={'b' * 1_000}", **OWN).status_code == 413
