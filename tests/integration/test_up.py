"""`timelines up` as a person runs it: real processes, a free port, a data folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Thread
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

from service.settings import PREFIX
from tests.servers.waiting import children_of, is_alive, wait_for_end, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
SERVING = "Ctrl-C stops everything."
START_SECONDS = 120
STOP_SECONDS = 3.0


@dataclass(frozen=True)
class Up:
    """A running `timelines up` and what it printed so far."""

    process: subprocess.Popen[str]
    address: str
    environ: dict[str, str]
    shown: list[str]

    @property
    def text(self) -> str:
        return "".join(self.shown)

    def await_text(self, words: str) -> None:
        def told() -> bool:
            assert self.process.poll() is None or words in self.text, self.text
            return words in self.text

        wait_until(told, START_SECONDS, f"'{words}' in: {self.text}")

    def read(self, path: str) -> dict[str, object]:
        with build_opener(ProxyHandler({})).open(self.address + path, timeout=10) as response:
            return dict(json.loads(response.read()))

    def is_ready(self) -> bool:
        try:
            return self.read("/readyz")["status"] == "ready"
        except (URLError, OSError):
            return False

    def descendants(self) -> tuple[int, ...]:
        found: list[int] = []
        todo = list(children_of(self.process.pid))
        while todo:
            found.append(todo.pop())
            todo.extend(children_of(found[-1]))
        return tuple(found)


@pytest.fixture
def environ(tmp_path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        **kept,
        "TIMELINES_PORT": str(port),
        "TIMELINES_DATA_DIR": str(tmp_path / "data"),
    }


@pytest.fixture
def up(environ) -> Iterator[Up]:
    process = subprocess.Popen(
        arguments("up"),
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    shown: list[str] = []
    reader = Thread(target=lambda: shown.extend(iter(process.stdout.readline, "")))
    reader.start()
    yield Up(process, f"http://127.0.0.1:{environ['TIMELINES_PORT']}", environ, shown)
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
    reader.join(timeout=20)
    process.stdout.close()


def arguments(*words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "service.cli.main", *words]


def run(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments(*words), env=environ, capture_output=True, text=True, check=False, timeout=200
    )


def test_up_shows_the_timelines_serves_and_leaves_nothing_behind(up):
    up.await_text(SERVING)
    assert "Iran" in up.text
    assert "% sure" in up.text
    timelines = up.read("/v1/timelines")["timelines"]
    assert {each["timeline"] for each in timelines} == {
        "iran-soldier",
        "port-strike",
        "river-flood",
    }
    assert all(each["pending"] == 0 for each in timelines)

    second = run(up.environ, "up")
    assert second.returncode == 2
    assert f"(pid {up.process.pid} at {up.address})" in second.stderr

    processes = up.descendants()
    assert len(processes) >= 4  # redis, web, the workers' parent and its children
    begun = time.monotonic()
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(timeout=20) == 0
    assert time.monotonic() - begun < STOP_SECONDS
    assert [pid for pid in processes if is_alive(pid)] == []


def test_a_part_that_dies_is_started_again_and_sigterm_ends_all(up):
    up.await_text(SERVING)
    before = up.descendants()
    for pid in children_of(up.process.pid):
        os.kill(pid, signal.SIGKILL)
    # A worker of the killed API may answer a moment longer than its parent lives.
    wait_for_end(before, 20)
    wait_until(lambda: len(children_of(up.process.pid)) == 3, 20, "all parts are there again")
    wait_until(up.is_ready, 30, "the service is ready again")

    processes = up.descendants()
    with socket.create_connection(("127.0.0.1", int(up.environ["TIMELINES_PORT"]))) as reader:
        reader.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert reader.recv(100).startswith(b"HTTP/1.1 200")
        up.process.send_signal(signal.SIGTERM)
        assert up.process.wait(timeout=20) == 0
    assert [pid for pid in processes if is_alive(pid)] == []
    assert "did not end in time" not in up.text.partition("Stopping.")[2]


@pytest.mark.parametrize("form", ["path", "wheel", "python"])
def test_demo_prints_the_timelines_with_each_form_of_redis_and_exits(redis_form, environ, form):
    redis_form(form)
    environ |= {"TIMELINES_EMBEDDED_REDIS": form, "PATH": os.environ["PATH"]}
    ended = run(environ, "up", "--demo")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.count("% sure") > 10
    again = run(environ, "up", "--demo", "--no-seeds")
    assert again.returncode == 0, again.stdout + again.stderr
    assert ended.stdout.count("% sure") == again.stdout.count("% sure")


def test_posting_waiting_and_showing_from_the_command_line(up, tmp_path):
    up.await_text(SERVING)
    story = tmp_path / "story.txt"
    story.write_text("The harbour court ruled on Monday that the dockers may return.\n")
    posted = run(
        up.environ,
        *("post", str(story), "--timeline", "mine", "--wait"),
        *("--published-at", "2026-01-27", "--publisher", "Coast Post"),
    )
    assert (posted.returncode, posted.stderr) == (0, "")
    assert posted.stdout.startswith("processed ")
    shown = run(up.environ, "show", "mine")
    assert "26 January 2026" in shown.stdout
    assert "Coast Post" in shown.stdout
    assert "“The harbour court ruled on Monday" in shown.stdout


def test_the_log_is_shown_when_the_api_cannot_start(environ, tmp_path):
    (tmp_path / "gunicorn.py").write_text("raise SystemExit('no gunicorn here')\n")
    ended = run({**environ, "PYTHONPATH": str(tmp_path)}, "up")
    assert ended.returncode == 2
    assert "the API did not come up" in ended.stderr
    assert "no gunicorn here" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_beyond_loopback_it_needs_a_key_first_and_one_that_writes_for_the_samples(environ):
    environ = {**environ, "TIMELINES_HOST": "0.0.0.0"}  # noqa: S104  # keys guard it
    refused = run(environ, "up", "--demo")
    assert refused.returncode == 2
    assert "binding 0.0.0.0 needs a key and there is none: make one with" in refused.stderr
    made = run(environ, "keys", "create", "--name", "me", "--scopes", "admin")
    assert made.returncode == 0, made.stderr
    without = run(environ, "up", "--demo")
    assert without.returncode == 0, without.stderr
    assert "not loaded: posting needs a key here, in TIMELINES_API_KEY" in without.stdout
    loaded = run({**environ, "TIMELINES_API_KEY": made.stdout.strip()}, "up", "--demo")
    assert loaded.returncode == 0, loaded.stderr
    assert "% sure" in loaded.stdout
    assert made.stdout.strip() not in loaded.stdout + loaded.stderr
