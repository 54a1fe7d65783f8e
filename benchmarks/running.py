"""A service of its own for one benchmark: started by `timelines up`, stopped surely."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def service(**settings: str) -> Iterator[str]:
    """The address of a running service with embedded defaults and an empty record."""
    with tempfile.TemporaryDirectory(prefix="timelines-") as folder:
        port = free_port()
        own = {"TIMELINES_PORT": str(port), "TIMELINES_DATA_DIR": folder}
        chosen = {f"TIMELINES_{name.upper()}": value for name, value in settings.items()}
        process = subprocess.Popen(
            [sys.executable, "-m", "service.cli.main", "up", "--no-seeds"],
            env={**os.environ, **own, **chosen},
            stdout=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_ready(address + "/readyz", process)
            yield address
        finally:
            process.terminate()
            process.wait(10)


def post(address: str, timeline: str, article: Mapping[str, str]) -> dict[str, object]:
    """The answer to one posted article."""
    request = urllib.request.Request(  # our own loopback address
        f"{address}/v1/timelines/{timeline}/articles",
        data=json.dumps(article).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def get(url: str) -> dict[str, object]:
    """The JSON document at `url`."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when `url` answers; SystemExit when the process ends or 60 s pass."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=10).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the service did not become ready within 60 s")
