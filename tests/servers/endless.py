"""Receivers that never come to an end: one thread, however many connections they hold open."""

import selectors
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
BEAT = 0.1
"""Seconds between two drops of a dribble."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What is sent at once, and then `drop` at each beat, without end."""

    first: bytes
    drop: bytes


SILENT = Manner(b"", b"")
DRIBBLED_HEAD = Manner(HEAD + b"X-Long: ", b"a")
DRIBBLED_BODY = Manner(HEAD + b"Content-Length: 1000000\r\n\r\n", b"a")
DRIBBLED_CHUNKS = Manner(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n")
FLOOD = Manner(HEAD + b"\r\n", b"a" * 200_000)
ENDLESS = (SILENT, DRIBBLED_HEAD, DRIBBLED_BODY, DRIBBLED_CHUNKS, FLOOD)


@dataclass
class EndlessReceiver:
    """A running one; `taken` counts the connections it got."""

    manner: Manner
    listener: socket.socket
    taken: int = 0
    is_over: bool = False
    open: list[socket.socket] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/hook"

    def live(self) -> None:
        """Take connections and dribble on all of them until it is over."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.listener, selectors.EVENT_READ)
            due = time.monotonic() + BEAT
            while not self.is_over:
                if selector.select(max(due - time.monotonic(), 0)):
                    self._take()
                if time.monotonic() >= due:
                    due += BEAT
                    self.open = [each for each in self.open if self._send(each, self.manner.drop)]

    def _take(self) -> None:
        connection, _ = self.listener.accept()
        connection.settimeout(0)
        self.taken += 1
        if self._send(connection, self.manner.first):
            self.open.append(connection)

    @staticmethod
    def _send(connection: socket.socket, piece: bytes) -> bool:
        """Whether the other side is still there."""
        try:
            with suppress(BlockingIOError):  # a request that nobody reads may stay where it is
                while connection.recv(65_536):
                    pass
                connection.close()
                return False
            with suppress(BlockingIOError):
                connection.send(piece)
        except OSError:
            connection.close()
            return False
        return True


@contextmanager
def endless(manner: Manner = SILENT) -> Iterator[EndlessReceiver]:
    """A receiver of this manner; one can be that of many subscriptions."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        receiver = EndlessReceiver(manner, listener)
        thread = threading.Thread(target=receiver.live, daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            receiver.is_over = True
            thread.join()
            for each in receiver.open:
                each.close()
