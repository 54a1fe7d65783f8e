"""Keys with real processes: refused starts, a shared record, a Redis that dies, quiet logs."""

import signal
import subprocess
import sys

import pytest

from service.keyring import mint_key, mint_token
from service.settings import Settings
from service.store.schema import migrate
from service.store.shelf import TimelineTraits
from service.store.sql import SqlStore
from tests.servers.waiting import wait_until
from tests.servers.web import ROOT, environment, free_port, serving

BEYOND = "0.0.0.0"  # noqa: S104  # what must be refused, or guarded by keys
PRIVATE = "/v1/timelines/secret"


@pytest.fixture
def record(tmp_path):
    """The record of a data folder with one private timeline, before any service runs."""
    url = Settings(data_dir=tmp_path).sql_url
    migrate(url)
    store = SqlStore(url)
    store.put_timeline("secret", TimelineTraits(public=False))
    yield store
    store.close()


def add_key(store, *scopes):
    secret, new = mint_key("test", scopes)
    store.add_key(new)
    return secret, new.id


def start(data, **settings):
    """What a start came to that is refused at once."""
    return subprocess.run(
        [sys.executable, "-m", "service.api"],
        cwd=ROOT,
        env=environment(data, free_port(), **settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


@pytest.mark.parametrize("settings", [{"host": BEYOND}, {"keys": "on"}])
def test_a_start_without_any_key_is_refused_in_a_sentence(record, tmp_path, settings):
    ended = start(tmp_path, **settings)
    assert ended.returncode == 1
    assert "needs a key and there is none: make one with `timelines keys create" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr


def test_a_key_file_that_others_may_read_is_refused_in_a_sentence(record, tmp_path):
    path = tmp_path / "admin"
    path.write_text("k" * 40)
    path.chmod(0o644)
    ended = start(tmp_path, host=BEYOND, admin_key_file=path)
    assert ended.returncode == 1
    assert f"is open to every user: run `chmod o= {path}`" in ended.stderr


def test_insecure_starts_beyond_loopback_without_keys(record, tmp_path):
    with serving(tmp_path, host=BEYOND, insecure=1) as server:
        assert server.ask("GET", PRIVATE)[0] == 200


def test_two_services_over_one_record_know_one_revocation(record, tmp_path):
    key, key_id = add_key(record, "admin")
    with serving(tmp_path, host=BEYOND) as one, serving(tmp_path, host=BEYOND) as other:
        for server in (one, other):
            assert server.ask("GET", PRIVATE)[0] == 404
            assert server.ask("GET", PRIVATE, Authorization=f"Bearer {key}")[0] == 200
        record.revoke_key(key_id)
        for server in (one, other):
            wait_until(
                lambda server=server: (
                    server.ask("GET", PRIVATE, Authorization=f"Bearer {key}")[0] == 401
                ),
                8,
                "a revoked key opens nothing any more",
            )


def test_limits_go_on_when_redis_is_killed(record, tmp_path, start_redis):
    redis = start_redis("server")
    key, _ = add_key(record, "read")
    settings = {"keys": "on", "redis_url": redis.url, "reads_per_minute": 5}
    add_key(record, "admin")
    with serving(tmp_path, **settings) as server:

        def ask():
            return server.ask("GET", PRIVATE, Authorization=f"Bearer {key}")[0]

        assert [ask(), ask()] == [200, 200]
        redis.process.send(signal.SIGKILL)
        assert [ask() for _ in range(7)] == [200] * 5 + [429] * 2
    logged = (tmp_path / "web.log").read_text()
    assert logged.count("limits are counted by this process alone") == 1


def test_no_log_of_a_running_service_holds_a_secret(record, tmp_path):
    key, _ = add_key(record, "admin")
    token, new = mint_token("test", "secret")
    record.add_token(new)
    with serving(tmp_path, keys="on", log_level="DEBUG") as server:
        bearer = f"Bearer {key}"
        assert server.ask("GET", f"{PRIVATE}?token={token}")[0] == 200
        assert server.ask("GET", f"{PRIVATE}.ics?token={token}&limit=x")[0] in {404, 422}
        assert server.ask("GET", f"/nowhere?to%6ben={token}")[0] == 404
        assert server.ask("POST", f"{PRIVATE}/articles", b"{", Authorization=bearer)[0] == 415
        status, made = server.ask(
            *("POST", f"{PRIVATE}/tokens", b'{"name": "x"}'),
            Authorization=bearer,
            Content_Type="application/json",
        )
        assert status == 201
        server.send(f"GET {PRIVATE}?token={token} HTTP/9\r\nHost: x\r\n\r\n".encode())
    logged = (tmp_path / "web.log").read_text()
    assert "/nowhere" in logged or "request" in logged
    for secret in (key, token, made["token"]):
        assert secret[8:] not in logged


def test_no_client_says_for_the_server_where_it_is(record, tmp_path):
    """gunicorn lets loopback set this by itself, which would move every address of an answer."""
    request = (
        f"GET /elsewhere{PRIVATE} HTTP/1.1\r\nHost: localhost\r\nSCRIPT_NAME: /elsewhere\r\n\r\n"
    )
    with serving(tmp_path) as server:
        assert server.send(request.encode())[0] == 404
