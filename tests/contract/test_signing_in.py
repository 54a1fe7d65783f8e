"""Signing in by form: what a session opens, how it ends, and who cannot make use of it."""

import re

import pytest

from service.api.access.callers import REMEMBERED_SECONDS
from service.api.access.forms import TOKEN_FIELD
from service.api.app import create_app
from service.keyring import SESSION_PREFIX, SESSION_SECONDS, digest_of, mint_key, mint_token
from service.settings import Settings
from service.store.shelf import TimelineTraits
from service.wiring import Parts
from tests.servers.api import NOW

OWN = {"Origin": "http://localhost"}
SECRET = "/v1/timelines/secret"  # noqa: S105  # a private timeline


class House:
    """The API with keys on and a private timeline, and browsers that come to it."""

    def __init__(self, api, **settings):
        self.store, self.now = api.store, [NOW]
        self.parts = Parts(api.store, api.bell, api.wakeups, api.tallies)
        self.settings = Settings(keys="on", **settings)
        api.post(path=f"{SECRET}/articles")
        api.store.put_timeline("secret", TimelineTraits(public=False))

    def browser(self, **options):
        """A browser that comes to a process of its own."""
        app = create_app(self.settings, self.parts, clock=lambda: self.now[0])
        return app.test_client(**options)

    def key(self, *scopes, **more) -> str:
        secret, new = mint_key("reader", scopes or ("read",), **more)
        self.store.add_key(new)
        return secret

    def revoke(self, key) -> None:
        assert self.store.revoke_key(self.store.find_key(digest_of(key)).id)


@pytest.fixture
def house(api):
    return House(api)


def sign_in(browser, key, onwards="/", headers=OWN):
    return browser.post("/sign-in", data={"key": key, "next": onwards}, headers=headers)


def token_on(browser, path="/sign-in") -> str:
    return re.search(rf'name="{TOKEN_FIELD}" value="(\w+)"', browser.get(path).text)[1]


def session_of(browser) -> str:
    return browser.get_cookie("timelines_session").value


def sign_out(browser, **fields):
    return browser.post("/sign-out", data=fields, headers=OWN)


def test_a_key_opens_a_session_that_reads_what_the_key_reads(house):
    browser, key = house.browser(), house.key()
    assert browser.get(SECRET).status_code == 404
    answer = sign_in(browser, key, "/v1/timelines?limit=5")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/v1/timelines?limit=5")
    assert answer.headers["Cache-Control"] == "no-store"
    read = browser.get(SECRET)
    assert read.status_code == 200
    assert "private" in read.headers["Cache-Control"]
    assert {"Authorization", "Cookie"} <= set(read.headers["Vary"].split(", "))


def test_the_cookie_is_no_key_and_no_script_or_other_site_has_it(house):
    browser, key = house.browser(), house.key()
    said = sign_in(browser, key).headers["Set-Cookie"]
    assert said.startswith(f"timelines_session={SESSION_PREFIX}")
    assert key not in said
    assert {"HttpOnly", "SameSite=Strict", "Path=/", f"Max-Age={SESSION_SECONDS}"} <= set(
        said.split("; ")
    )
    assert "Secure" not in said
    assert "Domain" not in said


def test_behind_a_proxy_that_speaks_tls_the_cookie_is_for_https_and_this_host_only(api):
    house = House(api, trusted_proxies=1)
    browser, key = house.browser(), house.key()
    tls = {"X-Forwarded-Proto": "https", "Origin": "https://localhost"}
    said = sign_in(browser, key, headers=tls).headers["Set-Cookie"]
    assert said.startswith("__Host-timelines_session=")
    assert "Secure" in said.split("; ")
    session = re.search("session=([^;]+)", said)[1]
    brought = {"X-Forwarded-Proto": "https", "Cookie": f"__Host-timelines_session={session}"}
    bare = house.browser(use_cookies=False)
    assert bare.get(SECRET, headers=brought).status_code == 200
    planted = {**brought, "Cookie": f"timelines_session={session}"}
    assert bare.get(SECRET, headers=planted).status_code == 404
    plain = {**tls, "Origin": "http://localhost"}
    assert sign_in(house.browser(), key, headers=plain).status_code == 403


def test_nobody_but_a_proxy_of_ours_says_that_it_was_https(house):
    said = sign_in(house.browser(), house.key(), headers={**OWN, "X-Forwarded-Proto": "https"})
    assert "Secure" not in said.headers["Set-Cookie"]


def test_a_session_is_known_in_every_process(house):
    first, second = house.browser(), house.browser()
    sign_in(first, house.key())
    second.set_cookie("timelines_session", session_of(first))
    assert second.get(SECRET).status_code == 200


def test_the_record_holds_neither_session_nor_key(house):
    browser, key = house.browser(), house.key()
    sign_in(browser, key)
    kept = house.store.find_session(digest_of(session_of(browser)))
    assert kept.key_digest == digest_of(key)
    assert not {session_of(browser), key} & {kept.digest, kept.key_digest}
    assert house.store.find_session(session_of(browser)) is None


def test_a_wrong_key_shows_the_form_again_and_tells_nothing(house):
    revoked, expired = house.key(), house.key(expires_at=NOW - 1)
    house.revoke(revoked)
    token, new = mint_token("feed", "secret")
    house.store.add_token(new)
    for wrong in ("", "tlk_unknown", revoked, expired, token, "ß<script>"):
        browser = house.browser()
        answer = sign_in(browser, wrong)
        assert (answer.status_code, answer.mimetype) == (401, "text/html")
        assert "unknown here" in answer.text
        assert "Set-Cookie" not in answer.headers
        assert not wrong or wrong not in answer.text


def test_guessing_keys_is_paid_for(api):
    browser = House(api, reads_per_minute=3).browser()
    found = [sign_in(browser, f"tlk_{each}").status_code for each in range(6)]
    assert found == [401, 401, 401, 429, 429, 429]


def test_signing_out_ends_the_session_for_whoever_kept_it(house):
    browser, thief = house.browser(), house.browser()
    sign_in(browser, house.key())
    thief.set_cookie("timelines_session", session_of(browser))
    assert thief.get(SECRET).status_code == 200
    out = sign_out(browser, form_token=token_on(browser))
    assert (out.status_code, out.headers["Location"]) == (303, "/")
    assert browser.get_cookie("timelines_session") is None
    assert browser.get(SECRET).status_code == 404
    assert thief.get(SECRET).status_code == 404


def test_signing_in_again_ends_the_session_before(house):
    browser = house.browser()
    sign_in(browser, house.key())
    first = session_of(browser)
    token = token_on(browser)
    again = {"key": house.key(), "form_token": token}
    assert browser.post("/sign-in", data=again, headers=OWN).status_code == 303
    assert session_of(browser) != first
    assert house.store.find_session(digest_of(first)) is None


def test_a_session_ends_with_its_key(house):
    browser, key = house.browser(), house.key()
    sign_in(browser, key)
    assert browser.get(SECRET).status_code == 200
    house.revoke(key)
    house.now[0] += REMEMBERED_SECONDS
    assert browser.get(SECRET).status_code == 404


def test_a_session_ends_after_its_time_and_is_swept_away(house):
    browser, key = house.browser(), house.key()
    sign_in(browser, key)
    old = session_of(browser)
    house.now[0] += SESSION_SECONDS
    assert browser.get(SECRET).status_code == 404
    sign_in(house.browser(), key)
    assert house.store.find_session(digest_of(old)) is None


def test_the_key_of_a_file_signs_in_while_the_file_says_so(api, tmp_path):
    file = tmp_path / "key"
    file.touch(0o600)
    file.write_text("a" * 40)
    house = House(api, admin_key_file=file)
    browser = house.browser()
    assert sign_in(browser, "a" * 40).status_code == 303
    assert browser.get(SECRET).status_code == 200
    file.write_text("b" * 40)
    later = house.browser()
    later.set_cookie("timelines_session", session_of(browser))
    assert later.get(SECRET).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost:9999"},
        {**OWN, "Sec-Fetch-Site": "cross-site"},
        {**OWN, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_forms_of_other_pages_neither_sign_in_nor_out(house, headers):
    browser, key = house.browser(), house.key()
    assert sign_in(browser, key, headers=headers).status_code == 403
    assert browser.get_cookie("timelines_session") is None
    sign_in(browser, key)
    data = {"form_token": token_on(browser)}
    assert browser.post("/sign-out", data=data, headers=headers).status_code == 403
    assert browser.get(SECRET).status_code == 200


def test_a_form_without_the_token_of_its_session_is_refused(house):
    browser, other = house.browser(), house.browser()
    sign_in(browser, house.key())
    sign_in(other, house.key())
    for fields in ({"next": "/"}, {"form_token": ""}, {"form_token": token_on(other)}):
        assert sign_out(browser, **fields).status_code == 403
    assert sign_in(browser, house.key()).status_code == 403, "nor does another key take its place"
    assert browser.get(SECRET).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "null"},
        {**OWN, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_sites_read_nothing_by_a_session(house, headers):
    browser = house.browser()
    sign_in(browser, house.key())
    for path in (SECRET, f"{SECRET}/changes", f"{SECRET}/stream", "/v1/timelines"):
        answer = browser.get(path, headers=headers)
        assert "secret" not in answer.text or answer.status_code == 404


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, OWN, {}]
)
def test_our_own_pages_read_by_a_session(house, headers):
    browser = house.browser()
    sign_in(browser, house.key())
    assert browser.get(SECRET, headers=headers).status_code == 200


def test_no_session_writes_or_reads_more_than_timelines(house):
    browser = house.browser()
    sign_in(browser, house.key("admin"))
    own = {**OWN, "Sec-Fetch-Site": "same-origin"}
    for method, path in [
        ("POST", f"{SECRET}/articles"),
        ("PUT", SECRET),
        ("DELETE", SECRET),
        ("POST", f"{SECRET}/tokens"),
        ("GET", f"{SECRET}/tokens"),
        ("GET", f"{SECRET}/subscriptions"),
        ("POST", "/v1/resolve"),
        ("GET", "/metrics"),
    ]:
        answer = browser.open(path, method=method, json={}, headers=own)
        assert (answer.status_code, answer.json["type"]) == (401, "/problems/key-needed")


def test_a_key_or_token_that_is_shown_decides_and_the_session_is_not_looked_at(house):
    browser = house.browser()
    sign_in(browser, house.key())
    wrong = {"Authorization": "Bearer tlk_wrong"}
    assert browser.get(SECRET, headers=wrong).status_code == 401
    stranger = {"Authorization": f"Bearer {house.key('write')}"}
    assert browser.get(SECRET, headers=stranger).status_code == 404
    assert browser.get(f"{SECRET}?token=wrong").status_code == 401


def test_an_old_or_made_up_session_reads_as_a_stranger_does(house):
    for made_up in ("", "x", "tls_" + "a" * 43, "ß", "a" * 5_000):
        headers = {"Cookie": f"timelines_session={made_up}".encode().decode("latin-1")}
        bare = house.browser(use_cookies=False)
        assert bare.get("/v1/timelines", headers=headers).status_code == 200
        assert bare.get(SECRET, headers=headers).status_code == 404


@pytest.mark.parametrize(
    "wished",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "/a\r\nSet-Cookie: b=c",
        " //evil.example",
        "evil.example",
        "/س",
        "",
    ],
)
def test_no_way_leads_out(house, wished):
    shown = house.browser().get("/sign-in", query_string={"next": wished})
    assert 'name="next" value="/"' in shown.text
    assert sign_in(house.browser(), house.key(), wished).headers["Location"] == "/"


def test_the_form_is_a_page_of_its_own_policy(house):
    shown = house.browser().get("/sign-in?next=/v1/timelines")
    assert (shown.status_code, shown.mimetype) == (200, "text/html")
    assert "form-action 'self'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["Referrer-Policy"] == "same-origin", "else Origin would be null"
    assert 'autocomplete="off"' in shown.text
    assert "no-store" in shown.headers["Cache-Control"]


def test_with_keys_off_nobody_signs_in(api):
    assert api.get("/sign-in").status_code == 404
    for path in ("/sign-in", "/sign-out"):
        assert api.client.post(path, data={"key": "a"}, headers=OWN).status_code == 404
    api.client.set_cookie("timelines_session", "tls_a")
    assert api.get("/v1/timelines").status_code == 200
