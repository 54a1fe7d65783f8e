"""The server: gunicorn's threads over the application, on a socket that we bind ourselves.

Binding first means that a busy port is one sentence at once, without a traceback or retries.
"""

from __future__ import annotations

import errno
import os
import resource
import socket
import sys
import tempfile
from typing import NoReturn

from flask import Flask

from service.api.app import create_app
from service.api.wire.metrics import SHARED_FOLDER
from service.errors import SetupError
from service.keyring import refuse_keyless
from service.settings import PREFIX, Settings
from service.wiring import build

SPARE_THREADS = 32
"""Threads beside those that may wait: they answer everything else."""
SPARE_CONNECTIONS = 200
"""Idle connections kept open beside those at work."""
SPARE_FILES = 200
"""Open files beside connections: the record's, Redis', libraries."""
GRACE_SECONDS = 1
"""What open connections get on SIGTERM; `timelines up` kills what is left after 2 s."""
BACKLOG = 2048
FEW_ARENAS = ("MALLOC_ARENA_MAX", "2")
"""For glibc: with more, each of a thousand threads that wait keeps memory that none gives back."""
APPLICATION = "service.api.server:application()"
WORKER = "service.api.running.malformed.ProblemWorker"
LOG = "service.api.running.gunicornlog.OneLog"
HOOKS = "python:service.api.running.gunicornhooks"


def serve(settings: Settings) -> NoReturn:
    """Become the server; raises SetupError without a Redis, a needed key, or the address."""
    if not settings.redis_url:
        raise SetupError(f"the API needs {PREFIX}REDIS_URL: set it, or use `timelines up`")
    refuse_start(settings)
    allow_files(settings)
    listener = bind(settings)
    listener.set_inheritable(True)
    os.environ.setdefault(*FEW_ARENAS)
    if settings.web_processes > 1:
        os.environ[SHARED_FOLDER] = tempfile.mkdtemp(prefix="timelines-metrics-")
    os.execv(sys.executable, command(settings, listener.fileno()))  # noqa: S606  # our own words


def refuse_start(settings: Settings) -> None:
    """Raise SetupError when keys are on and nobody has one that could make others."""
    store = build(settings).store
    try:
        refuse_keyless(settings, store)
    finally:
        store.close()  # this process becomes another one


def allow_files(settings: Settings) -> None:
    """Let each process open as many files as it may have connections; SetupError if it may not."""
    needed = _connections(settings) + SPARE_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise SetupError(
            f"{settings.waiters} waiters need {needed} open files, and {hard} are allowed: raise "
            f"that (ulimit -Hn), or lower {PREFIX}WAITERS"
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def application() -> Flask:
    """The application of one gunicorn process."""
    return create_app(Settings.from_env(os.environ))


def bind(settings: Settings) -> socket.socket:
    """A listening socket at the settings' address; SetupError names what is in the way."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise SetupError(_why_not(settings, error)) from error
    return listener


def command(settings: Settings, descriptor: int) -> list[str]:
    """The command line that serves on the listening socket `descriptor`."""
    quiet = "warning" if settings.log_level == "INFO" else settings.log_level.lower()
    options = {
        "config": HOOKS,
        "bind": f"fd://{descriptor}",
        "worker-class": WORKER,
        "logger-class": LOG,
        "workers": settings.web_processes,
        "threads": settings.waiters + SPARE_THREADS,
        "worker-connections": _connections(settings),
        "graceful-timeout": GRACE_SECONDS,
        "keep-alive": 5,
        "forwarded-allow-ips": "",  # no client says for itself where it comes from
        "log-level": quiet,
        "name": "timelines-web",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "gunicorn", "--no-control-socket", *words, APPLICATION]


def _connections(settings: Settings) -> int:
    """Connections of one process."""
    return settings.waiters + SPARE_THREADS + SPARE_CONNECTIONS


def _why_not(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {settings.port} on {settings.host} is taken: stop what serves there, or choose "
            f"another with {PREFIX}PORT"
        )
    reason = error.strerror or str(error)
    return f"cannot serve on {settings.host}:{settings.port} ({reason}): see {PREFIX}HOST"
