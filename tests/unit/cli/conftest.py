"""A service that answers from a table, on a free port, and records what it was asked."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest


@dataclass
class Told:
    """One request as it came."""

    method: str
    path: str
    body: object
    authorization: str | None = None


@dataclass
class FakeService:
    """`answers` maps "METHOD /path" to the (status, document, headers) to give."""

    address: str = ""
    answers: dict[str, tuple[int, object, dict[str, str]]] = field(default_factory=dict)
    asked: list[Told] = field(default_factory=list)

    def answer(self, request: str, status: int, document: object, **headers: str) -> None:
        self.answers[request] = (status, document, headers)


@pytest.fixture
def service() -> Iterator[FakeService]:
    fake = FakeService()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply(None)

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            self.reply(json.loads(self.rfile.read(length)))

        def reply(self, body: object) -> None:
            fake.asked.append(Told(self.command, self.path, body, self.headers["Authorization"]))
            missing = (404, {"title": "not found", "detail": f"no {self.path} here"}, {})
            status, document, headers = fake.answers.get(f"{self.command} {self.path}", missing)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            ready = isinstance(document, bytes)
            self.wfile.write(document if ready else json.dumps(document).encode())

        def log_message(self, *arguments: object) -> None:
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        fake.address = f"http://127.0.0.1:{server.server_port}"
        yield fake
        server.shutdown()
        thread.join()


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
