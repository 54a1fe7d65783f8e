"""`timelines doctor`: what the service needs, whether it is here, and how to get it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import shutil
import sqlite3
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from service import embedded
from service.cli.client import client
from service.cli.parts import record_words
from service.cli.place import check_port
from service.cli.terminal import Terminal, terminal_of
from service.errors import SetupError
from service.settings import Settings

PACKAGE = "event-timelines"
PAGE_PACKAGES = ("trafilatura", "htmldate")
"""What the extra `html` brings."""
OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 35)
"""The first with RETURNING (sqlite.org/lang_returning.html)."""

LOOK_SECONDS = 3.0
"""What a service that runs here gets to say how it does."""
ROOM_BYTES = 500_000_000
"""Disk that a service should find free: the record, its journal and the logs."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line: `state` is ok, note (works without) or missing (needed)."""

    name: str
    state: str
    says: str


def run_doctor(_options: Namespace, environ: Mapping[str, str]) -> int:
    """Print every check; 1 when something needed is missing."""
    terminal = terminal_of(sys.stdout, environ)
    worst = 0
    for check in checks(environ):
        print(check_line(check, terminal))
        worst = max(worst, int(check.state == "missing"))
    return worst


def checks(environ: Mapping[str, str]) -> Iterator[Check]:
    """All checks in order; those that hang on the settings only when the settings can be read."""
    yield from (_python(), _environment(), _packages(), _pages(), _sqlite())
    try:
        settings = Settings.from_env(environ)
    except SetupError as error:
        yield Check("settings", "missing", str(error))
        return
    for check in ON_SETTINGS:
        yield check(settings)


def has_tree(connection: sqlite3.Connection) -> bool:
    """Whether this SQLite has R*Trees of whole numbers; ends the connection."""
    with closing(connection):
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING rtree_i32(id, low, high)")
        except sqlite3.OperationalError:
            return False
        return True


def check_line(check: Check, terminal: Terminal) -> str:
    """The check on one line: state, name, what was found or how to get it."""
    style = {"ok": "good", "note": "warning", "missing": "bad"}[check.state]
    return f" {terminal.paint(f'{check.state:<8}', style)} {check.name:<12} {check.says}"


def _python() -> Check:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Check("python", "missing", f"{found}: install Python 3.11 or newer")
    return Check("python", "ok", f"{found} ({sys.executable})")


def _environment() -> Check:
    if sys.prefix != sys.base_prefix:
        return Check("environment", "ok", f"virtual environment {sys.prefix}")
    return Check("environment", "note", "no virtual environment: `make up` makes one in .venv")


def _packages() -> Check:
    try:
        needed = importlib.metadata.requires(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        return Check("packages", "missing", "not installed here: pip install -e .")
    names = [_name(each) for each in needed if ";" not in each]
    gone = [name for name in names if not _is_installed(name)]
    if gone:
        return Check("packages", "missing", f"{', '.join(gone)}: pip install {' '.join(gone)}")
    return Check("packages", "ok", f"all {len(names)} are installed")


def _pages() -> Check:
    gone = [name for name in PAGE_PACKAGES if not _is_installed(name)]
    if gone:
        return Check("html", "note", f"no pages of HTML without: pip install {' '.join(gone)}")
    return Check("html", "ok", "pages of HTML can be read")


def _sqlite() -> Check:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        return Check("sqlite", "missing", f"{sqlite3.sqlite_version}: {needed} or newer is needed")
    return Check("sqlite", "ok", sqlite3.sqlite_version)


def _record(settings: Settings) -> Check:
    if not settings.database_url and not has_tree(sqlite3.connect(":memory:")):
        return Check(
            "record",
            "missing",
            "SQLite here was built without R*Tree, by which events are found by their days: use a "
            "Python whose SQLite has it (SQLITE_ENABLE_RTREE), or TIMELINES_DATABASE_URL",
        )
    return Check("record", "ok", record_words(settings))


def _postgres(settings: Settings) -> Check:
    if importlib.util.find_spec("psycopg") is not None:
        version = importlib.metadata.version("psycopg")
        return Check("postgresql", "ok", f"driver psycopg {version}")
    state = "missing" if settings.database_url else "note"
    get = f"no driver, needed for PostgreSQL only: pip install '{PACKAGE}[postgres]'"
    return Check("postgresql", state, get)


def _redis(settings: Settings) -> Check:
    if settings.redis_url:
        if embedded.is_answering(settings.redis_url):
            return Check("redis", "ok", "the one of TIMELINES_REDIS_URL answers")
        return Check("redis", "missing", "the one of TIMELINES_REDIS_URL does not answer")
    try:
        form = embedded.find(settings.embedded_redis)
    except SetupError as error:
        return Check("redis", "missing", str(error))
    state = "note" if form.name == "python" else "ok"
    return Check("redis", state, f"embedded, form {form.name}: {form.program}")


def _folder(settings: Settings) -> Check:
    folder = settings.data_dir.resolve()
    there = _nearest(folder)
    if there.is_dir() and _is_writable(there):
        made = "" if there == folder else ", will be made"
        return Check("data folder", "ok", f"{folder}{made}")
    return Check(
        "data folder", "missing", f"cannot write to {folder}: set TIMELINES_DATA_DIR to another"
    )


def _room(settings: Settings) -> Check:
    free = shutil.disk_usage(_nearest(settings.data_dir.resolve())).free
    words = f"{free / 1e9:.1f} GB free"
    if free < ROOM_BYTES:
        return Check("disk", "note", f"{words}: {ROOM_BYTES / 1e9:.1f} GB are advisable")
    return Check("disk", "ok", words)


def _port(settings: Settings) -> Check:
    try:
        check_port(settings)
    except SetupError as error:
        return _running(settings) or Check("port", "missing", str(error))
    return Check("port", "ok", f"{settings.port} on {settings.host} is free")


def _running(settings: Settings) -> Check | None:
    """What the service that has the port says of itself; None when it is none of ours."""
    try:
        said = client(settings.address, patience=LOOK_SECONDS).ask("GET", "/readyz")
    except SetupError:
        return None
    if said.refused and said.document.get("type") == "/problems/store-unavailable":
        return Check("service", "missing", f"answers, and cannot work: {said.document['detail']}")
    if "degraded" not in said.document:
        return None
    weak = [f"{each['says']}: {each['cure']}" for each in said.document["degraded"]]
    if weak:
        return Check("service", "note", f"{settings.address} answers, but {'; '.join(weak)}")
    return Check("service", "ok", f"{settings.address} answers and is ready")


ON_SETTINGS: tuple[Callable[[Settings], Check], ...] = (
    _record,
    _postgres,
    _redis,
    _folder,
    _room,
    _port,
)


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _is_writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    return found[0] if found else requirement


def _is_installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
