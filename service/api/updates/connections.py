"""The connections of streams: letting go those whose client is gone, or does not take what is sent.

Only a server that shows its socket can do so (gunicorn does); with others a stream ends when a
write fails.
"""

from __future__ import annotations

import select
import socket
from collections.abc import Mapping
from contextlib import suppress

SOCKET = "gunicorn.socket"
"""Where gunicorn's environment of a request keeps its socket."""


class Connection:
    """What the environment of a request shows of its connection."""

    def __init__(self, environ: Mapping[str, object]) -> None:
        found = environ.get(SOCKET)
        self._socket = found if isinstance(found, socket.socket) else None

    def prepare(self, patience: float) -> None:
        """Send each piece at once; let go a client that takes none of it for `patience` seconds."""
        if self._socket is None:
            return
        with suppress(OSError):  # gone already: the first write says so
            self._socket.settimeout(patience)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if hasattr(socket, "TCP_USER_TIMEOUT"):
                milliseconds = int(patience * 1000)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)

    def is_open(self) -> bool:
        """Whether the client listens, as far as can be known."""
        if self._socket is None:
            return True
        try:
            if not _is_readable(self._socket):
                return True
            return bool(self._socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True
        except (OSError, ValueError):
            return False

    def finish(self) -> None:
        """End both directions, so that nobody waits for the client to do so."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


def _is_readable(connection: socket.socket) -> bool:
    # A descriptor beyond 1,024 is none for select().
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))
