"""The door of SQLAlchemy: connections, transactions and what a database's trouble is called here.

Reading sees one snapshot, writing is alone: SQLite begins IMMEDIATE behind a lock of this process
(SQLite itself only polls), PostgreSQL locks the timeline's row. A process that was forked never
touches its parent's connections.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from sqlite3 import Connection as SqliteConnection
from threading import Lock
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
)
from sqlalchemy.exc import (
    TimeoutError as PoolTimeoutError,
)

from service.errors import SetupError, StoreUnavailableError

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds to wait for another writer before StoreUnavailableError."""
CONNECT_PATIENCE = 3
"""Seconds to wait for PostgreSQL to answer, or for a connection to come free."""
LONGEST_STATEMENT = 30
"""Seconds after which PostgreSQL ends a statement."""

WRITING = "timelines_writing"
# SQLite 3.40 has no unixepoch('subsec'); 2440587.5 is 1970-01-01 as a Julian day.
CLOCKS = {
    "sqlite": text("SELECT (julianday('now') - 2440587.5) * 86400.0"),
    "postgresql": text("SELECT extract(epoch FROM clock_timestamp())::double precision"),
}


class Database:
    """One record's connections. Cheap to build: it connects at first use."""

    def __init__(self, url: str) -> None:
        self.url = read_url(url)
        self._engine = make_engine(self.url)
        self._alone = Lock()
        self._process = os.getpid()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read-only transaction that sees one consistent snapshot throughout."""
        with trouble_named(), self._connected() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, committed at the end, undone by any exception."""
        with trouble_named(), self._turn(), self._connected() as connection:
            connection.execution_options(**{WRITING: True})
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Give every idle connection back; the next transaction opens a new one."""
        self._after_fork()
        self._engine.dispose()

    def _connected(self) -> Connection:
        self._after_fork()
        return self._engine.connect()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        self._after_fork()
        if self._engine.dialect.name != "sqlite":
            yield
            return
        alone = self._alone
        if not alone.acquire(timeout=PATIENCE):
            raise StoreUnavailableError(f"no turn to write within {PATIENCE:.0f} s: try again")
        try:
            yield
        finally:
            alone.release()

    def _after_fork(self) -> None:
        if self._process != os.getpid():
            self._process = os.getpid()
            self._alone = Lock()
            self._engine.dispose(close=False)


def read_url(url: str) -> URL:
    """The address of a SQLite file or a PostgreSQL database (always by psycopg 3).

    Raises SetupError for anything else, naming what would be right.
    """
    try:
        found = make_url(url.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError) as error:
        raise SetupError("database address is no URL: use postgresql://... or none") from error
    if found.get_backend_name() == "postgresql":
        return found.set(drivername="postgresql+psycopg")
    if found.get_backend_name() != "sqlite" or found.database in {None, "", ":memory:"}:
        raise SetupError(
            f"no record in '{found.drivername}': use a SQLite file or a postgresql:// address"
        )
    return found


def make_engine(url: URL, *, timeouts: bool = True) -> Engine:
    """An engine set up for this record; without `timeouts` for long work such as a migration."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=-1)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    limits = f"-c lock_timeout={PATIENCE:.0f}s -c statement_timeout={LONGEST_STATEMENT}s"
    # Parameters stay hidden: messages of the driver would carry article text into logs.
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=5,
        max_overflow=15,
        pool_timeout=CONNECT_PATIENCE,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": CONNECT_PATIENCE,
            # A prepared statement may get a plan for any number of keys, which suits none; poolers
            # that share connections between clients do not keep them either.
            "prepare_threshold": None,
            **({"options": limits} if timeouts else {}),
        },
    )


def pieces(values: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """`values` in lists that one statement can carry (drivers bound its parameters)."""
    rest = iter(values)
    while piece := list(islice(rest, size)):
        yield piece


def read_clock(connection: Connection) -> float:
    """The database's clock, now."""
    return float(connection.execute(CLOCKS[connection.dialect.name]).scalar_one())


@contextmanager
def trouble_named() -> Iterator[None]:
    """Turns a database that is away, busy, full or broken into StoreUnavailableError.

    What only a mistake of ours can cause (a broken key, a value of the wrong kind) stays as it is.
    """
    try:
        yield
    except (IntegrityError, DataError, NotSupportedError):
        raise
    except PoolTimeoutError as error:
        raise StoreUnavailableError("every database connection is in use: try again") from error
    except DBAPIError as error:
        kind = type(error.orig).__name__
        raise StoreUnavailableError(f"the database did not do its part ({kind})") from error


def _prepare_sqlite(connection: SqliteConnection, _record: object) -> None:
    # The driver begins no transaction by itself; `_begin_sqlite` does.
    connection.isolation_level = None
    for setting in (
        f"busy_timeout = {PATIENCE * 1000:.0f}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {setting}").close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
