"""The anchors: a Flask application that does the least that could be done, and its server."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, Response, request
from running import free_port, wait_ready

application = Flask(__name__)
_lock = threading.Lock()
_local = threading.local()
_told = threading.Condition()
_frames: list[bytes] = []


@application.post("/post")
def accept() -> tuple[dict[str, str], int]:
    """Commit one row, durably, writers taking turns; 202."""
    article = request.get_json()
    with _lock:
        connection = _connection()
        connection.execute(
            "INSERT INTO article VALUES (?, ?)", (article["external_id"], article["text"])
        )
        connection.commit()
    return {"id": article["external_id"]}, 202


@application.get("/bytes/<int:size>")
def some_bytes(size: int) -> bytes:
    """As many bytes as asked for, ready made."""
    if getattr(_local, "size", None) != size:
        _local.size, _local.bytes = size, b"x" * size
    return _local.bytes


@application.get("/empty")
def empty() -> str:
    """Nothing."""
    return ""


@application.get("/stream")
def stream() -> Response:
    """Every frame from now on: each stream is a thread that waits until all are woken."""
    return Response(_follow(len(_frames)), content_type="text/event-stream")


@application.post("/tell")
def tell() -> dict[str, float]:
    """Send everyone a frame of so many bytes; when that began."""
    with _told:
        begun = time.time()
        number = len(_frames) + 1
        _frames.append(b"id: %d\ndata: %s\n\n" % (number, b"x" * int(request.args["size"])))
        _told.notify_all()
    return {"at": begun}


@contextmanager
def bare(threads: int = 132) -> Iterator[str]:
    """The address of this application on gunicorn, as our own is served."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="bare-") as folder:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "-k", "gthread", "--threads", str(threads)),
                *("-b", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "error"),
                *("--worker-connections", str(threads + 200), "--graceful-timeout", "1"),
                "bare:application",
            ],
            cwd=Path(__file__).parent,
            env={**os.environ, "BARE_FILE": f"{folder}/bare.sqlite3"},
        )
        try:
            wait_ready(f"http://127.0.0.1:{port}/empty", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def _follow(known: int) -> Iterator[bytes]:
    yield b"retry: 2000\n\n"
    while True:
        with _told:
            _told.wait_for(lambda at=known: len(_frames) > at)
        for frame in _frames[known:]:
            known += 1
            yield frame


def _connection() -> sqlite3.Connection:
    if not hasattr(_local, "connection"):
        _local.connection = sqlite3.connect(os.environ["BARE_FILE"])
        _local.connection.execute("PRAGMA journal_mode=WAL")
        _local.connection.execute("PRAGMA synchronous=FULL")
        _local.connection.execute("CREATE TABLE IF NOT EXISTS article (id TEXT PRIMARY KEY, text)")
    return _local.connection
