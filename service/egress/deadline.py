"""The end of one exchange, whatever the other side does meanwhile."""

from __future__ import annotations

import contextlib
import socket
import time
from threading import Lock, Timer
from types import TracebackType
from typing import Self


class Deadline:
    """Cuts the connections it watches once `seconds` are over; a context, for one exchange.

    Timeouts of sockets begin anew with each byte, so a receiver that dribbles outlives any of them.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = time.monotonic() + seconds
        self._lock = Lock()
        self._cut = False
        self._watched: list[socket.socket] = []
        self._timer = Timer(seconds, self._cut_all)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            while self._watched:
                self._watched.pop().close()

    @property
    def over(self) -> bool:
        """Whether time is over; a connection may have been cut, and its end is none."""
        return self._cut or self.left <= 0

    @property
    def left(self) -> float:
        """Seconds left; below 0 afterwards."""
        return self._until - time.monotonic()

    def watch(self, sock: socket.socket) -> None:
        """Cut this connection, too, when time is over."""
        with self._lock:
            # TLS takes a socket over and leaves it empty; a second handle lasts as long as we do.
            self._watched.append(sock.dup())
            if self._cut:
                _shut(sock)

    def _cut_all(self) -> None:
        with self._lock:
            self._cut = True
            for each in self._watched:
                _shut(each)


def _shut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it ended by itself
        sock.shutdown(socket.SHUT_RDWR)
