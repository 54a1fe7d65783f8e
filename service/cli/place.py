"""The place that a service takes on this machine: its port and its data folder."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.errors import SetupError
from service.settings import Settings


def check_port(settings: Settings) -> None:
    """Return when the service could listen where it should; SetupError names what to change."""
    host, port = settings.host, settings.port
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise SetupError(f"host '{host}' is unknown here: set TIMELINES_HOST=127.0.0.1") from error
    with socket.socket(family, kind, protocol) as probe:
        # A port whose last connections linger is free for a server, so it is for us.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise SetupError(_port_trouble(error, host, port)) from error


def prepared_folder(settings: Settings) -> Path:
    """The data folder, made if need be, with its `logs`; SetupError when it cannot be written."""
    folder = settings.data_dir.resolve()
    try:
        (folder / "logs").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"cannot write to the data folder {folder} ({error.strerror}): "
            "set TIMELINES_DATA_DIR to a folder of yours"
        ) from error
    return folder


@contextmanager
def only_service(folder: Path, address: str) -> Iterator[None]:
    """Hold the data folder for one `timelines up`; SetupError when another one holds it.

    The lock is flock(2): the kernel drops it however this process ends, so none is ever stale.
    """
    path = folder / "up.lock"
    try:
        held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise SetupError(f"cannot write {path}: {error.strerror}") from error
    try:
        _lock(held, folder)
        os.truncate(held, 0)
        os.write(held, f"pid {os.getpid()} at {address}".encode())
        yield
        os.truncate(held, 0)
    finally:
        os.close(held)


def _lock(held: int, folder: Path) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.read(held, 200).decode("utf-8", "replace")
        raise SetupError(
            f"another `timelines up` ({holder or 'unknown'}) uses the data folder {folder}: "
            "stop it, or set TIMELINES_DATA_DIR and TIMELINES_PORT to others"
        ) from error


def _port_trouble(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        free = port + 1 if port < 65_535 else 8000
        return (
            f"port {port} on {host} is in use: stop what uses it, or choose another, "
            f"for example TIMELINES_PORT={free}"
        )
    if error.errno == errno.EACCES:
        return f"port {port} is reserved for root: set TIMELINES_PORT to one above 1023"
    return f"cannot listen on {host} ({error.strerror}): set TIMELINES_HOST=127.0.0.1"
