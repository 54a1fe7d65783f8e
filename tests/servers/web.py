"""The API as a real process under gunicorn, for what only a real connection shows."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path

from service.settings import PREFIX, Settings
from service.store.schema import migrate
from tests.servers.api import NOWHERE

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(data: Path, port: int, **settings: object) -> dict[str, str]:
    """This process's environment with settings of our own alone."""
    chosen = {"data_dir": data, "port": port, "redis_url": NOWHERE, "waiters": 4, **settings}
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(PREFIX)},
        **{PREFIX + name.upper(): str(value) for name, value in chosen.items()},
    }


@dataclass(frozen=True)
class Address:
    """Where an API answers, if it does."""

    port: int

    def is_answering(self) -> bool:
        """Whether it can work now."""
        try:
            return self.ask("GET", "/readyz")[0] == 200
        except (OSError, HTTPException):
            return False

    def ask(self, method: str, path: str, body=None, **headers: str):
        """Status and document of an answer."""
        status, text = self.ask_text(method, path, body, **headers)
        return status, json.loads(text or "null")

    def ask_text(self, method: str, path: str, body=None, **headers: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named, encode_chunked=hasattr(body, "__next__"))
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def send(self, request: bytes) -> tuple[int, dict[str, str], dict]:
        """Status, headers and document of the answer to the bytes, after which nothing comes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            answer = HTTPResponse(connection)
            answer.begin()
            return answer.status, dict(answer.getheaders()), json.loads(answer.read())


@dataclass(frozen=True)
class Server(Address):
    """A process of its own that serves there."""

    process: subprocess.Popen


@contextmanager
def serving(data: Path, **settings: object) -> Iterator[Server]:
    """A server that answers, over the record in `data`, fresh or not; `port` can be chosen."""
    port = int(str(settings.pop("port", free_port())))
    environ = environment(data, port, **settings)
    migrate(Settings.from_env(environ).sql_url)
    log = data / "web.log"
    with log.open("ab") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.api"], cwd=ROOT, env=environ, stderr=written
        )
    running = Server(port, process)
    until = time.monotonic() + 30
    while True:  # the socket listens before the application is loaded: the first answer waits
        try:
            assert running.ask("GET", "/readyz")[0] == 200
            break
        except ConnectionError:
            assert time.monotonic() < until
            assert process.poll() is None, log.read_text()
            time.sleep(0.05)
    try:
        yield running
    finally:
        process.kill()
        process.wait()
