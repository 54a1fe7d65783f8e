"""Receivers of webhooks: real servers on loopback that keep what came, and answer as told.

`receiving(answer)` starts one in a thread of its own; an answer is chosen by all that arrived so
far, the last being the one to be answered. `tests/servers/endless.py` has those that never end.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A request as it came: names of headers in lower case, `at` in seconds since 1970 UTC."""

    at: float
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """What tells messages apart, whoever sends them how often."""
        return self.headers["webhook-id"]

    @property
    def message(self) -> dict:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a receiver does: it answers `after` so many seconds, or hangs up without a word."""

    status: int = 204
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    after: float = 0.0
    hangs_up: bool = False


Answering = Callable[[Sequence[Arrival]], Answer]


def accepting(_arrivals: Sequence[Arrival]) -> Answer:
    return Answer()


def always(**said) -> Answering:
    """The same answer to everything: `always(status=410)`."""
    return lambda _arrivals: Answer(**said)


def slow(seconds: float) -> Answering:
    return always(after=seconds)


def failing_first(times: int, **said) -> Answering:
    """Fails so many times, then takes everything."""
    failure = Answer(**({"status": 500} | said))
    return lambda arrivals: failure if len(arrivals) <= times else Answer()


def asking_to_wait(seconds: int, times: int = 1) -> Answering:
    return failing_first(times, status=429, headers=(("Retry-After", str(seconds)),))


def moved_to(url: str) -> Answering:
    return always(status=301, headers=(("Location", url),))


def failing_now_and_then(*turns: int) -> Answering:
    """Fails at the first arrival of the messages with these turns (from 1), each in another way."""
    failures = (Answer(status=500, body=b"not now"), Answer(hangs_up=True), Answer(status=503))

    def answer(arrivals: Sequence[Arrival]) -> Answer:
        seen = list(dict.fromkeys(each.id for each in arrivals))
        is_first = sum(each.id == arrivals[-1].id for each in arrivals) == 1
        if is_first and len(seen) in turns:
            return failures[turns.index(len(seen)) % len(failures)]
        return Answer()

    return answer


@dataclass
class Receiver:
    """A running receiver; `arrivals` in the order in which they were read."""

    answer: Answering
    port: int = 0
    arrivals: list[Arrival] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    """Ids of messages that it said it took, at some arrival."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def take(self, arrival: Arrival) -> Answer:
        with self.lock:
            self.arrivals.append(arrival)
            answer = self.answer(tuple(self.arrivals))
            if answer.status < 300 and not answer.hangs_up:
                self.taken.add(arrival.headers.get("webhook-id", ""))
            return answer


@contextmanager
def receiving(answer: Answering = accepting) -> Iterator[Receiver]:
    """A receiver that takes POST on every path."""
    receiver = Receiver(answer)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"receiver": receiver}))
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


OpenReceiver = Callable[..., Receiver]


@pytest.fixture
def open_receiver() -> Iterator[OpenReceiver]:
    """`open_receiver(answer)`: receivers that end with the test."""
    with ExitStack() as opened:
        yield lambda answer=accepting: opened.enter_context(receiving(answer))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, _request, _address) -> None:
        """Say nothing: a sender that was killed breaks its connection off."""


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        arrived = Arrival(at=time.time(), path=self.path, headers=headers, body=body)
        answer = self.receiver.take(arrived)
        time.sleep(answer.after)
        self.close_connection = True
        if not answer.hangs_up:
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in (*answer.headers, ("Content-Length", str(len(answer.body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_words) -> None:
        """Say nothing on the terminal."""
