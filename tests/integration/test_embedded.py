"""The Redis for one box: three forms, each started as a child that cannot outlive its parent."""

import os
import signal
import time

import pytest
from redis import Redis

from service import children, embedded
from service.errors import SetupError
from tests.servers.waiting import is_alive, wait_until


@pytest.mark.parametrize("form", embedded.FORMS)
def test_each_form_answers_and_stops(start_redis, form):
    server = start_redis(form)
    with Redis.from_url(server.url) as client:
        assert client.set("key", "value")
        assert client.get("key") == b"value"
    server.stop()
    assert not embedded.is_answering(server.url)
    assert not is_alive(server.process.pid)


def test_auto_takes_the_first_form_that_is_there(monkeypatch, tmp_path):
    program = tmp_path / "redis-server"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert embedded.find("auto") == embedded.Form("path", str(program))


def test_auto_takes_the_wheel_where_nothing_is_on_path(monkeypatch, redis_form):
    wheel = redis_form("wheel")
    monkeypatch.setenv("PATH", "/nowhere")
    assert embedded.find("auto") == wheel


def test_a_form_that_is_missing_says_how_to_get_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SetupError, match="install Redis or Valkey"):
        embedded.find("path")


def test_valkey_will_do(monkeypatch, tmp_path, redis_form):
    (tmp_path / "valkey-server").symlink_to(redis_form("server").program)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert embedded.find("path").program == str(tmp_path / "valkey-server")


def test_a_short_folder_gives_a_socket_and_no_port(tmp_path_factory, redis_form):
    server = embedded.prepare(tmp_path_factory.mktemp("d"), redis_form("server"))
    assert server.url.startswith("unix:///")
    assert server.argv[1:3] == ("--port", "0")


@pytest.mark.parametrize("name", ["a b", "100%41", "\u0627\u06cc", 'it\'s "q"'])
def test_a_folder_may_have_any_name(start_redis, tmp_path_factory, name):
    folder = tmp_path_factory.mktemp("d") / name
    server = start_redis("server", folder)
    assert server.url.startswith("unix:///")
    assert (folder / "redis" / "redis.sock").is_socket()


def test_a_long_folder_gives_a_loopback_port(start_redis, tmp_path):
    server = start_redis("server", tmp_path / ("x" * 100))
    assert server.url.startswith("redis://127.0.0.1:")
    assert embedded.is_answering(server.url)


def test_nothing_is_ever_evicted_and_nothing_written(start_redis):
    with Redis.from_url(start_redis("server").url) as client:
        kept = client.config_get("maxmemory-policy") | client.config_get("save")
    assert kept == {"maxmemory-policy": "noeviction", "save": ""}


def test_a_second_service_on_the_same_folder_is_refused(start_redis, redis_form, tmp_path):
    start_redis("server")
    with pytest.raises(SetupError, match="stop the service that uses"):
        embedded.prepare(tmp_path, redis_form("server"))


def test_a_program_that_does_not_start_is_told_in_one_sentence(tmp_path):
    with pytest.raises(SetupError, match="did not start"):
        embedded.start(tmp_path, embedded.Form("path", "/bin/false"))


@pytest.mark.parametrize("form", ["server", "python"])
def test_the_server_dies_with_the_process_that_started_it(tmp_path, redis_form, form):
    found = redis_form(form)

    def parent():
        server = embedded.start(tmp_path, found)
        (tmp_path / "pid").write_text(str(server.process.pid))
        time.sleep(60)

    process = children.start(children.Child("parent", parent))
    wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text(), 10)
    server = int((tmp_path / "pid").read_text())
    os.kill(process.pid, signal.SIGKILL)
    wait_until(lambda: not is_alive(server), 20)
    process.stop()
