"""A crowd of stream subscribers in one light process: sockets and a selector, no threads.

Each keeps the last id it was sent, checks that the next one follows, and comes back with
`Last-Event-ID` when its connection ended.
"""

from __future__ import annotations

import multiprocessing
import random
import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

PIECE = 262_144


@dataclass(slots=True)
class Heard:
    """What a crowd heard: by revision when the last of them had it, and how many did."""

    at: dict[int, float] = field(default_factory=dict)
    by: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    """Gaps, doubles, resets, refusals and ends that nobody asked for."""
    drops: int = 0
    least: int = 0
    """The revision that each of them knows at least."""
    cpu: float = 0.0
    """Seconds of the crowd's own."""

    def followed_by(self, later: Heard) -> Heard:
        """Both, as if asked for once."""
        return Heard(
            at=self.at | later.at,
            by=self.by + later.by,
            faults=self.faults + later.faults,
            drops=self.drops + later.drops,
            least=later.least,
            cpu=later.cpu,
        )


class Crowd:
    """The handle of a crowd that lives in a process of its own."""

    def __init__(self, port: int, path: str) -> None:
        self._end, other = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_live, args=(port, path, other), daemon=True)
        self._process.start()
        other.close()

    def open(self, count: int, since: int) -> None:
        """Let so many more listen, all after the revision `since`; back when all are heard."""
        self._ask("open", count, since)

    def drop(self, count: int, seconds: float) -> None:
        """Break random connections off, so many within so long, while listening goes on."""
        self._ask("drop", count, seconds)

    def tell(self) -> Heard:
        """What was heard since this was asked last."""
        return self._ask("tell")

    def close(self) -> None:
        """Let everyone go."""
        self._ask("close")
        self._process.join()
        self._end.close()

    def _ask(self, *words: object) -> Heard:
        self._end.send(words)
        return self._end.recv()


@contextmanager
def crowd(port: int, path: str) -> Iterator[Crowd]:
    """Nobody yet, who will listen to `path` on this port."""
    made = Crowd(port, path)
    try:
        yield made
    finally:
        made.close()


@dataclass(slots=True)
class _Client:
    last: int
    begun: int
    socket: socket.socket | None = None
    text: bytes = b""
    raw: bytes = b""
    headed: bool = False
    chunked: bool = False


class _Crowd:
    """The process: every client, and the pipe that says what they are to do."""

    def __init__(self, port: int, path: str, pipe: Connection) -> None:
        self._port, self._path, self._pipe = port, path, pipe
        self._selector = selectors.DefaultSelector()
        self._selector.register(pipe.fileno(), selectors.EVENT_READ)
        self._clients: list[_Client] = []
        self._away: list[tuple[float, _Client]] = []
        self._drops: list[float] = []
        self._heard = Heard()
        self._chance = random.Random(11)  # noqa: S311  # the same in every run

    def live(self) -> None:
        """Listen until told to close."""
        while True:
            due = [*(at for at, _ in self._away[:1]), *self._drops[-1:]]
            left = min(due) - time.time() if due else None
            for key, _ in self._selector.select(left if left is None else max(left, 0)):
                if key.data is not None:
                    self._read(key.data)
                elif not self._obey():
                    return
            self._come_and_go()

    def _obey(self) -> bool:
        """Do what the pipe says; whether more is to be done."""
        word, *values = self._pipe.recv()
        if word == "open":
            self._open(*values)
        if word == "drop":
            count, seconds = values
            now = time.time()
            moments = (now + self._chance.random() * seconds for _ in range(count))
            self._drops = sorted(moments, reverse=True)
        self._pipe.send(self._told() if word == "tell" else None)
        return word != "close"

    def _told(self) -> Heard:
        told, self._heard = self._heard, Heard()
        told.least = min(each.last for each in self._clients)
        told.cpu = time.process_time()
        return told

    def _open(self, count: int, since: int) -> None:
        for _ in range(count):
            self._clients.append(_Client(since, since))
            self._connect(self._clients[-1])
            while not self._clients[-1].headed:
                self._read(self._clients[-1])

    def _come_and_go(self) -> None:
        now = time.time()
        while self._drops and self._drops[-1] <= now:
            self._drops.pop()
            there = [each for each in self._clients if each.socket is not None]
            self._leave(self._chance.choice(there))
            self._heard.drops += 1
        while self._away and self._away[0][0] <= now:
            self._connect(self._away.pop(0)[1])

    def _connect(self, client: _Client) -> None:
        client.text = client.raw = b""
        client.headed = client.chunked = False
        client.socket = socket.create_connection(("127.0.0.1", self._port), timeout=30)
        resumed = f"Last-Event-ID: {client.last}\r\n" if client.last > client.begun else ""
        words = (
            f"GET {self._path}?since={client.begun} HTTP/1.1\r\nHost: 127.0.0.1\r\n{resumed}\r\n"
        )
        client.socket.sendall(words.encode())
        self._selector.register(client.socket, selectors.EVENT_READ, client)

    def _leave(self, client: _Client) -> None:
        if client.socket is not None:
            self._selector.unregister(client.socket)
            client.socket.close()
        client.socket = None
        # They come in the order of their moments, for each stays away equally long.
        self._away.append((time.time() + 0.05, client))

    def _read(self, client: _Client) -> None:
        if client.socket is None:
            return
        try:
            piece = client.socket.recv(PIECE)
        except OSError:
            piece = b""
        now = time.time()
        if not piece:
            self._heard.faults["ended"] += 1
            self._leave(client)
            return
        client.raw += piece
        if not client.headed and not self._read_head(client):
            return
        client.text += _dechunked(client) if client.chunked else client.raw
        client.raw = client.raw if client.chunked else b""
        *frames, client.text = client.text.split(b"\n\n")
        for each in frames:
            self._hear(client, each, now)

    def _read_head(self, client: _Client) -> bool:
        head, found, rest = client.raw.partition(b"\r\n\r\n")
        if not found:
            return False
        if b" 200 " not in head[:20]:
            self._heard.faults["refused"] += 1
        client.headed, client.raw = True, rest
        client.chunked = b"transfer-encoding: chunked" in head.lower()
        return True

    def _hear(self, client: _Client, frame: bytes, now: float) -> None:
        at = frame.find(b"id: ")
        if at < 0:
            return
        number = int(frame[at + 4 : (frame + b"\n").index(b"\n", at)])
        if b"\nevent: reset\n" in frame:
            self._heard.faults["resets"] += 1
        elif b"\ndata: " in frame:
            if number != client.last + 1:
                fault = "doubles or reorders" if number <= client.last else "gaps"
                self._heard.faults[fault] += 1
            self._heard.at[number] = now
            self._heard.by[number] += 1
        client.last = number


def _dechunked(client: _Client) -> bytes:
    """The whole chunks of what came, taken from it."""
    found, at = [], 0
    while (end := client.raw.find(b"\r\n", at)) >= 0:
        size = int(client.raw[at:end].partition(b";")[0], 16)
        if len(client.raw) < end + 2 + size + 2:
            break
        found.append(client.raw[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    client.raw = client.raw[at:]
    return b"".join(found)


def _live(port: int, path: str, pipe: Connection) -> None:
    _Crowd(port, path, pipe).live()
