"""Receivers at the level of bytes: they answer what they are told to, or misbehave."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket, "Receiver"], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class Receiver:
    """A listener on this machine; what it was sent, and how often it was connected to."""

    port: int
    stopped: threading.Event = field(default_factory=threading.Event)
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)

    def dribble(self, sock: socket.socket, piece: bytes) -> None:
        """Send one piece after another, slowly and without end."""
        while not self.stopped.wait(0.01):
            sock.sendall(piece)


@contextmanager
def receiver(
    behaviour: Behaviour, *, at: tuple[str, int] | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Receiver]:
    """A receiver that treats each connection so, one after another.

    It listens at every address of this machine, or `at` one of version 4. Of a TLS one the names
    asked for are kept.
    """
    with _listener(at) as listener:
        it = Receiver(listener.getsockname()[1])
        if tls is not None:
            tls.sni_callback = lambda _sock, name, _context: it.names.append(name)
        thread = threading.Thread(target=_serve, args=(listener, it, behaviour, tls), daemon=True)
        thread.start()
        try:
            yield it
        finally:
            it.stopped.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _listener(at: tuple[str, int] | None) -> socket.socket:
    if at is not None:
        return socket.create_server(at)
    return socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)


def _serve(
    listener: socket.socket, it: Receiver, behaviour: Behaviour, tls: ssl.SSLContext | None
) -> None:
    with contextlib.suppress(OSError):  # the listener was shut
        while True:
            sock, _ = listener.accept()
            it.connections += 1
            with sock, contextlib.suppress(OSError):
                if tls is not None:
                    sock = tls.wrap_socket(sock, server_side=True)
                with sock:
                    behaviour(sock, it)


def answers(*pieces: bytes) -> Behaviour:
    """Read the request, say these bytes and hang up."""

    def behave(sock: socket.socket, it: Receiver) -> None:
        it.requests.append(read_request(sock))
        for piece in pieces:
            sock.sendall(piece)

    return behave


def dribbles(*pieces: bytes) -> Behaviour:
    """Read the request, say all but the last of these bytes at once, and that one for ever."""

    def behave(sock: socket.socket, it: Receiver) -> None:
        read_request(sock)
        for piece in pieces[:-1]:
            sock.sendall(piece)
        it.dribble(sock, pieces[-1])

    return behave


def pours(head: bytes, piece: bytes) -> Behaviour:
    """Read the request, say `head`, and then `piece` as fast as it is taken, for ever."""

    def behave(sock: socket.socket, it: Receiver) -> None:
        read_request(sock)
        sock.sendall(head)
        while not it.stopped.is_set():
            sock.sendall(piece)

    return behave


def says_nothing(sock: socket.socket, it: Receiver) -> None:
    """Read the request and keep quiet."""
    read_request(sock)
    it.stopped.wait()


def reads_nothing(_sock: socket.socket, it: Receiver) -> None:
    """Take the connection, and no byte from it."""
    it.stopped.wait()


def read_request(sock: socket.socket) -> bytes:
    """A whole request with a Content-Length."""
    said = b""
    while b"\r\n\r\n" not in said:
        said += _some(sock)
    head, _, body = said.partition(b"\r\n\r\n")
    [length] = [
        int(line.partition(b":")[2])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    ]
    while len(body) < length:
        body += _some(sock)
    return head + b"\r\n\r\n" + body


def _some(sock: socket.socket) -> bytes:
    said = sock.recv(65536)
    if not said:
        raise ConnectionError
    return said
