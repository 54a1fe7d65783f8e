"""A private PostgreSQL for tests: one server a session on a Unix socket, one database a test.

`postgres_url` is the address of an empty database that goes with its test; `postgres_server` makes
more. Binaries are looked for on PATH, in the distributions' usual folders and in the `pgserver`
wheel; they refuse root, so as root they run as `nobody`.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from glob import glob
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.servers.waiting import wait_until

pytest_plugins = ["tests.servers.stores"]

USER = "timelines"
FOLDERS = (
    "/usr/lib/postgresql/*/bin",  # Debian
    "/usr/pgsql-*/bin",  # Fedora
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
# A test server may lose everything: it need not wait for the disk.
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=32MB")
# An order of letters unlike code points, so that a query that leaves its order to chance is seen.
LOCALES = (("--locale-provider=icu", "--icu-locale=en-US"), ())


class NoPostgresError(Exception):
    """No PostgreSQL can be started here; the message says why."""


class PostgresServer:
    """A running server; `new_database` gives the address of a fresh one."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)
        _initialise(binaries, folder)
        settings = (f"unix_socket_directories={folder}", "listen_addresses=", *QUICK)
        self.process = _start(
            str(binaries / "postgres"), "-D", str(folder / "data"), *_options(settings)
        )
        try:
            wait_until(self._answers, 30, "PostgreSQL answers")
        except AssertionError as error:
            self.stop()
            raise NoPostgresError(f"PostgreSQL in {binaries} does not start") from error

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def new_database(self, template: str = "template0") -> str:
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, url: str) -> None:
        name = url.partition("@/")[2].partition("?")[0]
        self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def cut_connections(self, url: str) -> None:
        name = url.partition("@/")[2].partition("?")[0]
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        self._execute(others, name)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            if self.process.poll() is not None:
                raise NoPostgresError("PostgreSQL ended at its start") from None
            return False
        return True

    def _execute(self, statement: str, *values: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement, values or None)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The session's server; without one the test is skipped, or fails where it is required."""
    folder = Path(tempfile.mkdtemp(prefix="timelines-pg-"))
    try:
        server = PostgresServer(find_binaries(folder), folder)
    except NoPostgresError as error:
        shutil.rmtree(folder, ignore_errors=True)
        required = set(os.environ.get("TIMELINES_TEST_REQUIRE", "").replace(",", " ").split())
        (pytest.fail if required & {"all", "postgres"} else pytest.skip)(str(error))
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server) -> Iterator[str]:
    """The address of an empty database, dropped after the test."""
    url = postgres_server.new_database()
    yield url
    postgres_server.drop(url)


def find_binaries(folder: Path) -> Path:
    """The first folder whose server runs as the user that will run it."""
    for binaries in _candidates(folder):
        if _runs(binaries):
            return binaries
    raise NoPostgresError(
        "not run, as no PostgreSQL was found: install it, or the wheel pgserver, "
        "or name its folder in TIMELINES_TEST_POSTGRES_BIN"
    )


def _candidates(folder: Path) -> Iterator[Path]:
    chosen = os.environ.get("TIMELINES_TEST_POSTGRES_BIN")
    if chosen:
        yield Path(chosen)
        return
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).parent
        yield Path(on_path).resolve().parent
    for pattern in FOLDERS:
        yield from sorted(map(Path, glob(pattern)), reverse=True)  # noqa: PTH207  # absolute pattern
    yield from _from_wheel(folder)


def _from_wheel(folder: Path) -> Iterator[Path]:
    spec = find_spec("pgserver")
    if spec is None or not spec.submodule_search_locations:
        return
    package = Path(spec.submodule_search_locations[0])
    yield package / "pginstall" / "bin"
    # The environment may lie in a home that `nobody` cannot enter: a copy can be reached.
    copy = folder / "wheel"
    shutil.copytree(package / "pginstall", copy / "pgserver" / "pginstall", symlinks=True)
    libraries = package.parent / "pgserver.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, copy / "pgserver.libs", symlinks=True)
    if os.geteuid() == 0:
        folder.chmod(0o711)
    yield copy / "pgserver" / "pginstall" / "bin"


def _runs(binaries: Path) -> bool:
    try:
        return all(
            _run(str(binaries / name), "--version").returncode == 0
            for name in ("postgres", "initdb")
        )
    except OSError:
        return False


def _initialise(binaries: Path, folder: Path) -> None:
    if os.geteuid() == 0:
        owner = pwd.getpwnam("nobody")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    common = ("--no-sync", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C")
    for locale in LOCALES:
        done = _run(str(binaries / "initdb"), "-D", str(data), *common, *locale)
        if done.returncode == 0:
            return
        shutil.rmtree(data, ignore_errors=True)
    raise NoPostgresError(f"initdb in {binaries} failed: {done.stderr.strip()[-300:]}")


def _options(settings: tuple[str, ...]) -> Iterator[str]:
    for setting in settings:
        yield from ("-c", setting)


def _as_owner() -> dict[str, object]:
    """How to run what refuses root, away from folders that only root can enter."""
    plain = {"cwd": "/", "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}}
    if os.geteuid() != 0:
        return plain
    owner = pwd.getpwnam("nobody")
    return plain | {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, **_as_owner())


def _start(*command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  # no threads yet
        **_as_owner(),
    )


def _end_with_parent() -> None:
    """Even when the tests are killed, the kernel sends the server the signal to stop."""
    ctypes.CDLL(None).prctl(1, signal.SIGINT)
