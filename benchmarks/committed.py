"""A service whose commits are noted: the parts that `timelines up` starts, each as a process.

The API, Redis and one worker whose reading is made up (`committing.py`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from running import free_port, get, post, wait_ready

from service import embedded
from service.store.schema import migrate

TIMELINE = "updates"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the service is, and where its commits are noted."""

    port: int
    moments: Path
    timeline: str = TIMELINE

    @property
    def address(self) -> str:
        """Where the timeline is."""
        return f"http://127.0.0.1:{self.port}/v1/timelines/{TIMELINE}"

    def commit(self, number: int, events: int) -> None:
        """Have an article read that tells so many events of its own."""
        text = f"{number} {events}"
        said = {"text": text, "published_at": "2026-01-28", "external_id": str(number)}
        post(f"http://127.0.0.1:{self.port}", TIMELINE, said)

    def noted(self) -> dict[int, float]:
        """When each commit was done, by the revision that it ended with."""
        rows = [line.split() for line in self.moments.read_text(encoding="ascii").splitlines()]
        return {int(revision): float(at) for _, revision, at in rows}

    def revision(self) -> int:
        """The timeline's last revision, once nothing waits to be read."""
        until = time.monotonic() + 60
        while (said := get(f"{self.address}?limit=1"))["pending"]:
            assert time.monotonic() < until, "the articles were not read within 60 s"
            time.sleep(0.02)
        return int(str(said["revision"]))


@contextmanager
def place(**settings: object) -> Iterator[Place]:
    """The running service, over an empty record."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="updates-")))
        made = Place(free_port(), folder / "moments")
        made.moments.touch()
        migrate(f"sqlite:///{folder / 'timelines.sqlite3'}")
        redis = embedded.start(folder, embedded.find())
        held.callback(redis.stop)
        chosen = {"data_dir": folder, "port": made.port, "redis_url": redis.url, **settings}
        environ = {f"TIMELINES_{name.upper()}": str(value) for name, value in chosen.items()}
        worker = str(Path(__file__).with_name("committing.py"))
        held.enter_context(_running(worker, str(made.moments), environ=environ))
        api = held.enter_context(_running("-m", "service.api", environ=environ))
        wait_ready(f"http://127.0.0.1:{made.port}/readyz", api)
        yield made


@contextmanager
def _running(*words: str, environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    root = Path(__file__).resolve().parents[1]
    own = {**os.environ, "PYTHONPATH": str(root), **environ}
    process = subprocess.Popen([sys.executable, *words], cwd=root, env=own)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)
