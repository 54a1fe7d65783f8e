"""The anchors of serving.py: a Flask application that does the least that could be done."""

from __future__ import annotations

import os
import sqlite3
import threading

from flask import Flask, request

application = Flask(__name__)
_lock = threading.Lock()
_local = threading.local()


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


def _connection() -> sqlite3.Connection:
    if not hasattr(_local, "connection"):
        _local.connection = sqlite3.connect(os.environ["BARE_FILE"])
        _local.connection.execute("PRAGMA journal_mode=WAL")
        _local.connection.execute("PRAGMA synchronous=FULL")
        _local.connection.execute("CREATE TABLE IF NOT EXISTS article (id TEXT PRIMARY KEY, text)")
    return _local.connection
