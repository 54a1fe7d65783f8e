"""`timelines up`: every part of the service on this machine, until Ctrl-C.

The parts are children of this process, which looks after them; their output goes to the `logs`
of the data folder.
"""

from __future__ import annotations

import logging
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from service import children, embedded
from service.children import Child, Supervisor
from service.cli.childlogs import log_tail, logged
from service.cli.client import Client, client
from service.cli.parts import migrated, module_argv, record_words
from service.cli.place import check_port, only_service, prepared_folder
from service.cli.show import timeline_pages
from service.cli.terminal import Terminal, terminal_of
from service.cli.timeline_text import BRIEF, timeline_lines
from service.cli.uptext import closing_lines, demo_lines, redis_words
from service.errors import SetupError
from service.settings import CLIENT_KEY, Settings

READY_SECONDS = 60.0
"""How long each part may take to answer."""

SEED_SECONDS = 120.0
"""How long the seeds may take to be posted, and again to be read."""

LOOK_SECONDS = 0.05
"""Between two looks while something is awaited."""

KEEP_SECONDS = 0.5
"""Between two counts of restarts while serving; signals are heard at once."""

PATIENCE = 2.0
"""Seconds that one answer of our own API may take; Ctrl-C waits for it."""

RESTARTS = 3
"""After so many restarts of one child its log is pointed at."""

TIMELINES_SHOWN, EVENTS_SHOWN = 5, 100

logger = logging.getLogger(__name__)


class _Stopped(Exception):  # noqa: N818  # no error: somebody asked for the end
    """Ctrl-C or SIGTERM came while something was awaited."""


def run_up(options: Namespace, environ: Mapping[str, str]) -> int:
    """Start everything, show what is there and serve until Ctrl-C (`--demo`: stop at once)."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    settings = Settings.from_env(environ)
    folder = prepared_folder(settings)
    with only_service(folder, settings.address), Supervisor() as supervisor:
        check_port(settings)
        house = _House(settings, folder, environ, supervisor)
        try:
            house.open()
            if not options.no_seeds:
                house.load_seeds()
            house.show()
            if options.demo:
                _print(demo_lines(settings))
            else:
                _print(closing_lines(settings, folder, house.terminal))
                house.keep()
        except _Stopped:
            pass
        house.close()
    return 0


class _House:
    """The running service: its parts as children, and what is said about them."""

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        environ: Mapping[str, str],
        supervisor: Supervisor,
    ) -> None:
        self.settings = settings
        self.folder = folder
        self.environ = {**environ, "PYTHONUNBUFFERED": "1"}
        self.supervisor = supervisor
        self.terminal: Terminal = terminal_of(sys.stdout, environ)
        self.service: Client = client(settings.address, patience=PATIENCE, environ=environ)
        self._seen: dict[str, set[int]] = {}

    def open(self) -> None:
        """Start Redis unless there is one, build the tables, start the API and the workers."""
        began = time.monotonic()
        self._say("Redis", self._open_redis())
        migrated(self.settings)  # half a second of imports, while Redis starts
        self._refuse_keyless()
        self._say("Record", record_words(self.settings))
        self._start_module("web", "service.api")
        self._start_module("workers", "workers")
        if not self._await("web", self._is_ready):
            raise SetupError(self._trouble("web", "the API did not come up"))
        count = self.settings.workers
        words = "1 worker" if count == 1 else f"{count} workers"
        took = time.monotonic() - began
        self._say("API", f"{self.settings.address}, {words}, ready in {took:.1f} s")

    def load_seeds(self) -> None:
        """Post the sample articles when nothing is there yet, and wait until they are read."""
        if self.names():
            return
        if self.settings.keys_on and self.service.key is None:
            self._say("Samples", f"not loaded: posting needs a key here, in {CLIENT_KEY}")
            return
        began = time.monotonic()
        self._say("Samples", "loading the sample articles")
        options = ("--if-empty", "--wait", "0", "--server", self.settings.address)
        argv = module_argv("seeds", *options)
        process = children.start(self._logged(children.command("seeds", argv, self.environ)))
        try:
            loaded = self._await("seeds", lambda: not process.is_running(), SEED_SECONDS)
        finally:
            process.stop()
        if not loaded or process.status:
            raise SetupError(self._trouble("seeds", "the sample articles could not be loaded"))
        if not self._await("workers", lambda: not self._pending(), SEED_SECONDS):
            raise SetupError(self._trouble("workers", "the sample articles are not being read"))
        self._say("", f"read in {time.monotonic() - began:.1f} s")

    def show(self) -> None:
        """Print the timelines; of many, or long ones, the beginning."""
        names = self.names()
        for name in names[:TIMELINES_SHOWN]:
            page = next(timeline_pages(self.service, name, {}, limit=EVENTS_SHOWN))
            _print(timeline_lines(page, page.get("events", ()), self.terminal, BRIEF))
            if page.get("next"):
                print(f" There is more: timelines show {name}")
        if len(names) > TIMELINES_SHOWN:
            print(f"\n There are more timelines: {self.settings.address}/v1/timelines")

    def names(self) -> list[str]:
        """The timelines, by name."""
        timelines = self.service.read("/v1/timelines").get("timelines", ())
        return [str(each["timeline"]) for each in timelines]

    def keep(self) -> None:
        """Look after the children until somebody asks for the end."""
        while True:
            self._look(KEEP_SECONDS)

    def close(self) -> None:
        """Say goodbye; from now on Ctrl-C ends the children at once."""
        signal.signal(signal.SIGINT, lambda *_: self._kill())
        print("\n Stopping.", flush=True)

    def _kill(self) -> None:
        for process in self.supervisor.processes:
            process.kill()

    def _refuse_keyless(self) -> None:
        # SQLAlchemy takes half a second to import; by now it is there.
        from service.keyring import refuse_keyless
        from service.store.sql import SqlStore

        store = SqlStore(self.settings.sql_url)
        try:
            refuse_keyless(self.settings, store)
        finally:
            store.close()

    def _open_redis(self) -> str:
        if self.settings.redis_url:
            return redis_words(self.settings.redis_url, None)
        form = embedded.find(self.settings.embedded_redis)
        server = embedded.prepare(self.folder, form)
        self.supervisor.start(self._logged(server.child()))
        if not self._await("redis", lambda: embedded.is_answering(server.url)):
            raise SetupError(self._trouble("redis", "the embedded redis did not come up"))
        self.environ["TIMELINES_REDIS_URL"] = server.url
        return redis_words(server.url, form)

    def _start_module(self, name: str, module: str) -> None:
        self.supervisor.start(
            self._logged(children.command(name, module_argv(module), self.environ))
        )

    def _logged(self, child: Child) -> Child:
        return logged(child, self._log(child.name))

    def _log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"

    def _is_ready(self) -> bool:
        try:
            return self.service.ask("GET", "/readyz").status == 200
        except SetupError:
            return False

    def _pending(self) -> int:
        timelines = self.service.read("/v1/timelines").get("timelines", ())
        return sum(int(each.get("pending", 0)) for each in timelines)

    def _await(
        self, name: str, arrived: Callable[[], bool], seconds: float = READY_SECONDS
    ) -> bool:
        """Look after the children until `arrived`; False when `name` keeps ending or is late."""
        until = time.monotonic() + seconds
        while not arrived():
            self._look(LOOK_SECONDS)
            if time.monotonic() > until or self._restarts(name) >= RESTARTS:
                return False
        return True

    def _look(self, seconds: float) -> None:
        """Tend the children for a moment; point at the log of one that keeps ending."""
        if not self.supervisor.wait(seconds):
            raise _Stopped
        for process in self.supervisor.processes:
            seen = self._seen.setdefault(process.name, set())
            before = len(seen)
            seen.add(process.pid)
            if before == RESTARTS and len(seen) > RESTARTS:
                logger.warning("%s keeps ending: see %s", process.name, self._log(process.name))

    def _restarts(self, name: str) -> int:
        return len(self._seen.get(name, ())) - 1

    def _trouble(self, name: str, says: str) -> str:
        path = self._log(name)
        tail = log_tail(path)
        if not tail:
            return f"{says}, and its log {path} is empty"
        return "\n    ".join((f"{says}; its log {path} ends with:", *tail))

    def _say(self, what: str, how: str) -> None:
        print(f" {self.terminal.paint(f'{what:<8}', 'faint')} {how}", flush=True)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
    sys.stdout.flush()
