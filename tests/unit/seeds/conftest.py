"""A tiny service that keeps what is posted to it, on a free port of its own."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest


@dataclass
class FakeService:
    """What the fake holds, and how it shall behave."""

    address: str = ""
    articles: dict[str, dict[str, dict]] = field(default_factory=dict)
    looks_until_told: int = 0
    failed: int = 0
    refuse: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    posts: int = 0

    def post(self, timeline, article):
        """Status and document of one posted article."""
        self.posts += 1
        name = article["external_id"]
        if name in self.refuse:
            return self.refuse[name]
        kept = self.articles.setdefault(timeline, {})
        status = 200 if name in kept else 202
        kept[name] = article
        state = "processed" if status == 200 else "accepted"
        return status, json.dumps({"id": f"art_{name}", "status": state}).encode()

    def timeline(self, timeline):
        """Status and document of a timeline."""
        if timeline not in self.articles:
            return 404, json.dumps({"title": "Not found", "detail": "no timeline"}).encode()
        waiting = len(self.articles[timeline]) if self.looks_until_told else 0
        self.looks_until_told = max(0, self.looks_until_told - 1)
        counts = {
            "accepted": waiting,
            "processing": 0,
            "processed": len(self.articles[timeline]) - waiting - self.failed,
            "failed": self.failed,
            "nothing_to_tell": 0,
            "retracted": 0,
        }
        document = {"timeline": timeline, "pending": waiting, "counts": {"articles": counts}}
        return 200, json.dumps(document).encode()


def handler_of(service):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/json"
            self._answer(*service.post(self._timeline(), json.loads(body)))

        def do_GET(self):
            self._answer(*service.timeline(self._timeline()))

        def log_message(self, *args):
            """Say nothing."""

        def _timeline(self):
            return urlsplit(self.path).path.split("/")[3]

        def _answer(self, status, body):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


@pytest.fixture
def service():
    fake = FakeService()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_of(fake)) as server:
        fake.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield fake
        server.shutdown()
        thread.join()
