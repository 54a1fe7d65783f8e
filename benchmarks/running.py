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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit


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


def listeners(address: str) -> list[int]:
    """The processes that listen on the address' port: a gunicorn master and its workers."""
    port = f":{urlsplit(address).port} "
    listing = subprocess.run(["ss", "-ltnpH"], capture_output=True, text=True, check=True).stdout
    line = next(line for line in listing.splitlines() if port in line)
    return [int(part.split(",")[0]) for part in line.split("pid=")[1:]]


def cpu_seconds(processes: Sequence[int]) -> float:
    """What these processes have used of the processor."""
    ticks = 0
    for pid in processes:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident(processes: Sequence[int]) -> float:
    """The memory of these processes in kB, what they share counted for each."""
    pages = (Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split() for pid in processes)
    return sum(int(each[1]) for each in pages) * os.sysconf("SC_PAGE_SIZE") / 1000


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
