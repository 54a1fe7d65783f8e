"""The server as a real process: busy ports, hostile bodies, a quick end."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from gunicorn.http import errors

from service.api.running.malformed import refusal
from service.api.server import GRACE_SECONDS, SPARE_THREADS, bind, command
from service.errors import SetupError
from service.settings import Settings
from tests.servers.api import ARTICLE, ARTICLES
from tests.servers.web import ROOT, Server, environment, free_port, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


def test_articles_are_taken_by_length_and_by_chunks(server):
    body = json.dumps(ARTICLE).encode()
    status, taken = server.ask("POST", ARTICLES, body, Content_Type="application/json")
    assert status == 202
    status, again = server.ask(
        "POST",
        ARTICLES,
        iter([body[:10], body[10:]]),
        Content_Type="application/json",
        Transfer_Encoding="chunked",
    )
    assert (status, again["id"]) == (200, taken["id"])


def test_a_body_of_chunks_is_counted(server):
    chunks = iter([b" " * 1_000_000] * 10 + [b"[]"])
    status, problem = server.ask(
        "POST", ARTICLES, chunks, Content_Type="application/json", Transfer_Encoding="chunked"
    )
    assert (status, problem["type"]) == (413, "/problems/too-large")


POST = b"POST /v1/timelines/cut/articles HTTP/1.1\r\nHost: localhost\r\n"
LINE = json.dumps(ARTICLE).encode() + b"\n"


@pytest.mark.parametrize(
    "request_bytes, status",
    [
        (b"\x16\x03\x01 nonsense\r\n\r\n", 400),
        (b"get / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/3.0\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nA B: c\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nA: b\r\n c\r\n\r\n", 400),
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nA: " + b"a" * 9000 + b"\r\n\r\n", 431),
        (POST + b"Expect: wonders\r\n\r\n", 417),
        (POST + b"Transfer-Encoding: foo\r\n\r\n", 501),
        (POST + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400),
        (POST + b"Content-Length: -5\r\n\r\n", 400),
    ],
)
def test_what_is_no_http_gets_a_problem_too(server, request_bytes, status):
    found, headers, problem = server.send(request_bytes)
    assert found == problem["status"] == status
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["X-Request-ID"] == problem["request_id"]
    assert problem["type"] == ("/problems/bad-request" if status == 400 else "about:blank")
    assert "nonsense" not in problem["detail"]


@pytest.mark.parametrize(
    "rest",
    [
        b"Content-Length: %d\r\n\r\n%s" % (len(LINE) * 2, LINE),
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s" % (len(LINE) * 2, LINE),
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(LINE), LINE),
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n%s\r\n0\r\n\r\n" % LINE,
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%sXX0\r\n\r\n" % (len(LINE), LINE),
    ],
)
def test_a_body_that_breaks_off_is_refused_whole(server, rest):
    status, _, problem = server.send(POST + b"Content-Type: application/x-ndjson\r\n" + rest)
    assert (status, problem["type"]) == (400, "/problems/bad-request")
    assert "breaks off" in problem["detail"]
    assert server.ask("GET", "/v1/timelines/cut")[0] == 404


def test_only_http_1_0_may_leave_the_host_out(server):
    assert server.send(b"GET /healthz HTTP/1.0\r\n\r\n")[0] == 200
    status, _, problem = server.send(b"GET /healthz HTTP/1.1\r\n\r\n")
    assert (status, problem["type"]) == (400, "/problems/bad-request")


def test_a_fault_of_ours_is_never_blamed_on_the_request():
    error = errors.InvalidResponseHeader("header of ours")
    assert refusal(error)[0] == refusal(ValueError("ours"))[0] == 500
    assert refusal(errors.InvalidProxyLine("x")) == (400, "the request breaks the rules of HTTP")


def test_a_busy_port_is_one_sentence(server, tmp_path):
    second = subprocess.run(
        [sys.executable, "-m", "service.api"],
        cwd=ROOT,
        env=environment(tmp_path, server.port),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert second.returncode == 1
    assert second.stderr == (
        f"port {server.port} on 127.0.0.1 is taken: stop what serves there, "
        "or choose another with TIMELINES_PORT\n"
    )


def test_without_a_redis_the_server_says_what_to_set(tmp_path):
    environ = {**environment(tmp_path, free_port()), "TIMELINES_REDIS_URL": ""}
    run = subprocess.run(
        [sys.executable, "-m", "service.api"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert run.returncode == 1
    assert run.stderr == "the API needs TIMELINES_REDIS_URL: set it, or use `timelines up`\n"


def test_the_server_ends_at_once_while_a_client_idles(server):
    with socket.create_connection(("127.0.0.1", server.port)) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert idle.recv(1000).startswith(b"HTTP/1.1 200")
        begun = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(10)
        assert time.monotonic() - begun < GRACE_SECONDS + 1
    assert server.process.returncode == 0


def test_an_address_of_another_machine_is_one_sentence():
    with pytest.raises(SetupError, match=r"cannot serve on 192\.0\.2\.1:.*TIMELINES_HOST"):
        bind(Settings(host="192.0.2.1", insecure=True))


def test_threads_leave_room_beside_those_that_wait():
    words = command(Settings(waiters=100, web_processes=2), 7)
    options = dict(word.removeprefix("--").split("=") for word in words if "=" in word)
    assert int(options["threads"]) == 100 + SPARE_THREADS
    assert int(options["worker-connections"]) > int(options["threads"])
    assert options["workers"] == "2"
    assert options["bind"] == "fd://7"
    assert "--no-control-socket" in words
    assert "access-logfile" not in options


@pytest.mark.parametrize("words", [["nonsense"], ["openapi", "a", "b"]])
def test_other_words_show_the_usage(words):
    run = subprocess.run(
        [sys.executable, "-m", "service.api", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (run.returncode, run.stderr) == (1, "usage: python -m service.api [openapi [FILE]]\n")
