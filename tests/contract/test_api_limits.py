"""Limits over HTTP: who pays what, what each answer tells, what is refused."""

import re

import pytest

from service.api.app import create_app
from service.keyring import mint_key, mint_token
from service.ratelimits import LocalBuckets
from service.settings import Settings
from service.store.shelf import TimelineTraits
from service.wiring import Parts
from tests.servers.api import ARTICLES, NOW, article

READS, WRITES = 5, 4
POLICY = re.compile(r'"(reads|writes)";q=\d+;w=60')
STANDING = re.compile(r'"(reads|writes)";r=(\d+);t=(\d+)')


class Gate:
    """The API with keys on and small limits."""

    def __init__(self, api, **settings):
        self.store = api.store
        self.now = [NOW]
        limits = LocalBuckets(clock=lambda: self.now[0])
        parts = Parts(api.store, api.bell, api.wakeups, api.tallies, limits)
        chosen = {"reads_per_minute": READS, "writes_per_minute": WRITES, **settings}
        app = create_app(Settings(keys="on", **chosen), parts, clock=lambda: NOW)
        self.client = app.test_client()

    def key(self, *scopes):
        secret, new = mint_key("x", scopes)
        self.store.add_key(new)
        return secret

    def get(self, path="/v1/timelines", key=None, address="192.0.2.7", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if key is not None:
            named["Authorization"] = f"Bearer {key}"
        return self.client.get(path, headers=named, environ_overrides={"REMOTE_ADDR": address})

    def post(self, document, key):
        headers = {"Authorization": f"Bearer {key}"}
        return self.client.post(ARTICLES, json=document, headers=headers)


def left(response):
    return int(STANDING.fullmatch(response.headers["RateLimit"])[2])


@pytest.fixture
def gate(api):
    return Gate(api)


def test_each_answer_tells_the_policy_and_what_is_left(gate):
    answers = [gate.get() for _ in range(READS)]
    assert [left(each) for each in answers] == [4, 3, 2, 1, 0]
    assert {each.headers["RateLimit-Policy"] for each in answers} == {'"reads";q=5;w=60'}
    assert answers[0].headers["RateLimit"] == '"reads";r=4;t=12'
    assert POLICY.fullmatch(answers[0].headers["RateLimit-Policy"])


def test_an_empty_bucket_is_429_until_the_seconds_are_over(gate):
    for _ in range(READS):
        assert gate.get().status_code == 200
    refused = gate.get()
    assert (refused.status_code, refused.json["type"]) == (429, "/problems/too-many-requests")
    assert refused.headers["Retry-After"] == "12"
    assert left(refused) == 0
    assert "5 requests in 60 s are used up: go on in 12 s" in refused.json["detail"]
    gate.now[0] += 12
    assert gate.get().status_code == 200


def test_keys_tokens_and_addresses_have_buckets_of_their_own(gate):
    gate.store.put_timeline("demo", TimelineTraits())
    secret, new = mint_token("x", "demo")
    gate.store.add_token(new)
    one, other = gate.key("read"), gate.key("read")
    assert left(gate.get(key=one)) == left(gate.get(key=other)) == READS - 1
    assert left(gate.get()) == left(gate.get(address="192.0.2.8")) == READS - 1
    assert left(gate.get(f"/v1/timelines/demo?token={secret}")) == READS - 1
    assert left(gate.get(key=one, address="192.0.2.9")) == READS - 2, "wherever it is used"


def test_an_ipv6_household_is_one_caller(gate):
    assert left(gate.get(address="2001:db8::1")) == READS - 1
    assert left(gate.get(address="2001:db8::ffff:1")) == READS - 2
    assert left(gate.get(address="2001:db8:0:1::1")) == READS - 1


def test_a_batch_costs_its_articles_and_is_taken_whole(gate):
    key = gate.key("write")
    assert left(gate.post(article("one"), key)) == WRITES - 1
    taken = gate.post([article(str(number)) for number in range(6)], key)
    assert (taken.status_code, taken.json["accepted"], left(taken)) == (200, 6, 0)
    refused = gate.post(article("two"), key)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60", "3 are owed, and one more is needed"
    assert "4 articles in 60 s" in refused.json["detail"]


def test_reads_and_writes_are_paid_apart(gate):
    key = gate.key("read", "write")
    for _ in range(READS):
        gate.get(key=key)
    assert gate.get(key=key).status_code == 429
    assert gate.post(article("one"), key).status_code == 202


def test_guessing_keys_costs_the_address(gate):
    for _ in range(READS):
        refused = gate.get(key="tlk_guess")
        assert refused.status_code == 401
    assert gate.get(key="tlk_guess").status_code == 429
    assert gate.get(key=gate.key("read")).status_code == 200


def test_what_probes_ask_costs_nothing(gate):
    for path in ("/", "/healthz", "/readyz", "/openapi.yaml", "/problems/not-found"):
        assert "RateLimit" not in gate.get(path).headers
    for _ in range(2 * READS):
        assert gate.get("/healthz").status_code == 200


def test_a_304_is_paid_for_and_tells_it(gate):
    gate.store.put_timeline("demo", TimelineTraits())
    etag = gate.get("/v1/timelines/demo").headers["ETag"]
    again = gate.get("/v1/timelines/demo", If_None_Match=etag)
    assert (again.status_code, left(again)) == (304, READS - 2)


def test_no_client_chooses_its_address(gate):
    assert left(gate.get(X_Forwarded_For="198.51.100.1")) == READS - 1
    assert left(gate.get(X_Forwarded_For="198.51.100.2")) == READS - 2
    assert left(gate.get(Forwarded="for=198.51.100.3")) == READS - 3


@pytest.mark.parametrize("proxies,seen", [(1, "198.51.100.2"), (2, "198.51.100.1")])
def test_behind_proxies_the_address_is_what_the_outermost_saw(api, proxies, seen):
    gate = Gate(api, trusted_proxies=proxies)
    forged = "203.0.113.9, 198.51.100.1, 198.51.100.2"
    assert left(gate.get(X_Forwarded_For=forged)) == READS - 1
    assert left(gate.get(X_Forwarded_For=seen)) == READS - 2
    assert left(gate.get(X_Forwarded_For="nonsense")) == READS - 1
    assert left(gate.get()) == READS - 1, "a request that went around the proxy"


def test_zero_is_no_limit_and_keys_off_are_none(api):
    gate = Gate(api, reads_per_minute=0)
    assert "RateLimit" not in gate.get().headers
    assert left(gate.post(article("one"), gate.key("write"))) == WRITES - 1
    assert "RateLimit" not in api.get("/v1/timelines").headers
