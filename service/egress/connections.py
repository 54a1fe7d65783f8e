"""Connections of urllib3 that go to addresses found before, and read only so much of an answer."""

from __future__ import annotations

import io
import socket
import ssl
from http.client import HTTPResponse
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection

from service.egress.addresses import Address
from service.egress.deadline import Deadline
from service.egress.resolving import Addresses
from service.egress.targets import EgressError, Target

CONNECT_SECONDS = 5.0
"""What connecting to one address may take."""
MOST_TRIED = 4
"""Addresses of one name that are tried, one after another."""
MOST_RECEIVED = 192 * 1024
"""Bytes of an answer that are read with its head, and all that wraps its body."""


class TooLargeError(OSError):
    """The head of an answer, or what wraps its body, has no end."""


class _Limited(io.RawIOBase):
    """A stream that fails once more than MOST_RECEIVED bytes were read."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._left = MOST_RECEIVED

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  # any buffer, as in io
        count = self._stream.readinto1(buffer)
        self._left -= count
        if self._left < 0:
            raise TooLargeError
        return count

    def close(self) -> None:
        self._stream.close()
        super().close()


class _LimitedResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:  # noqa: ANN401  # as there
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(_Limited(self.fp))


class _Pinned:
    """What both connections have in common: where they go, instead of looking the name up."""

    addresses: Addresses
    deadline: Deadline
    port: int

    def _new_conn(self) -> socket.socket:
        """A connection to the first of the addresses that takes one. Called by urllib3."""
        failure: OSError = OSError("no address")
        for address in self.addresses[:MOST_TRIED]:
            try:
                return _connect(address, self.port, self.deadline)
            except OSError as error:
                failure = error
        raise EgressError("connect", _unreachable(failure)) from failure


class _PlainConnection(_Pinned, HTTPConnection):
    response_class = _LimitedResponse


class _TlsConnection(_Pinned, HTTPSConnection):
    response_class = _LimitedResponse


def open_connection(
    target: Target, addresses: Addresses, deadline: Deadline, *, trust: ssl.SSLContext
) -> HTTPConnection:
    """A connection to `target` at one of `addresses`, made when a request is sent.

    Host, the name in TLS and the name in the certificate are those of the target.
    """
    connection: _PlainConnection | _TlsConnection
    left = max(deadline.left, 0.001)
    if target.scheme == "https":
        connection = _TlsConnection(target.host, target.port, timeout=left, ssl_context=trust)
    else:
        connection = _PlainConnection(target.host, target.port, timeout=left)
    connection.addresses, connection.deadline = addresses, deadline
    return connection


def _connect(address: Address, port: int, deadline: Deadline) -> socket.socket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(max(min(CONNECT_SECONDS, deadline.left), 0.001))
        sock.connect((str(address), port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(max(deadline.left, 0.001))
        deadline.watch(sock)
    except OSError:
        sock.close()
        raise
    return sock


def _unreachable(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return f"nothing took the connection within {CONNECT_SECONDS:.0f} s"
    return f"the connection failed: {(error.strerror or 'no reason was given').lower()}"
