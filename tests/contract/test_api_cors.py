"""Reading from other people's web pages: what a browser is told."""

import pytest

from tests.contract.test_api_timelines import TIMELINE
from tests.servers.api import ARTICLES

PAGE = "https://page.example"


def preflight(api, path: str, method: str):
    headers = {"Origin": PAGE, "Access-Control-Request-Method": method}
    return api.client.options(path, headers=headers)


@pytest.mark.parametrize("path", [TIMELINE, "/v1/timelines", ARTICLES, "/v1/timelines/nowhere"])
def test_a_page_may_read_what_anyone_may_and_see_its_headers(api, path):
    api.post()
    response = api.get(path, Origin=PAGE)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Origin" not in response.headers.get("Vary", "")
    told = {name.strip() for name in response.headers["Access-Control-Expose-Headers"].split(",")}
    assert {"ETag", "Link", "Retry-After", "X-Request-ID", "RateLimit"} <= told


def test_an_unchanged_page_may_be_read_too(api):
    api.post()
    tag = api.get(TIMELINE).headers["ETag"]
    response = api.get(TIMELINE, Origin=PAGE, If_None_Match=tag)
    assert response.status_code == 304
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_browser_may_ask_once_a_day_whether_a_page_may_read(api):
    response = preflight(api, TIMELINE, "GET")
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    allowed = response.headers["Access-Control-Allow-Headers"]
    assert "if-none-match" in allowed
    assert "last-event-id" in allowed
    assert "authorization" not in allowed
    assert response.headers["Access-Control-Max-Age"] == "86400"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_page_may_not_write(api, method):
    response = preflight(api, ARTICLES, method)
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "Access-Control-Allow-Origin" not in api.post().headers


def test_a_page_of_another_site_reads_nothing_private_though_keys_are_off(api):
    api.client.put("/v1/timelines/hidden", json={"title": "Hidden", "public": False})
    api.post(path="/v1/timelines/hidden/articles")
    own = {"Origin": "http://localhost", "Host": "localhost"}
    for path in ("/v1/timelines/hidden", "/v1/timelines/hidden.csv"):
        assert api.get(path).status_code == 200
        assert api.get(path, **own).status_code == 200
        for foreign in (PAGE, "null", "http://localhost.page.example", "http://page.example:80"):
            assert api.get(path, Origin=foreign).status_code == 404
    assert [each["timeline"] for each in api.get("/v1/timelines").json["timelines"]] == ["hidden"]
    assert api.get("/v1/timelines", Origin=PAGE).json["timelines"] == []


@pytest.mark.parametrize(
    "method, path",
    [
        ("GET", "/v1/timelines/demo/subscriptions"),
        ("GET", "/v1/timelines/demo/subscriptions/{hook}"),
        ("GET", "/v1/timelines/demo/subscriptions/{hook}/deliveries"),
        ("GET", "/v1/timelines/demo/tokens"),
        ("POST", "/v1/timelines/demo/subscriptions/{hook}/test"),
        ("POST", "/v1/timelines/demo/subscriptions/{hook}/rotate-secret"),
    ],
)
def test_a_page_of_another_site_has_no_way_to_what_needs_no_body(api, method, path):
    """A browser sends these without asking first, so that not showing the answer is too little."""
    api.post()
    made = api.post({"url": "https://desk.example/hook"}, "/v1/timelines/demo/subscriptions").json
    here = path.replace("{hook}", made["id"])
    for foreign in (PAGE, "null"):
        refused = api.client.open(here, method=method, headers={"Origin": foreign})
        assert (refused.status_code, refused.json["type"]) == (403, "/problems/not-allowed")
        assert made["id"] not in refused.json["detail"]
    assert api.store.find_subscription("demo", made["id"]).secret == made["secret"]
    assert api.store.list_deliveries("demo", made["id"], status=None, limit=1, after=None) == ()
    own = {"Origin": "http://localhost", "Host": "localhost"}
    assert api.client.open(here, method=method, headers=own).status_code < 300
