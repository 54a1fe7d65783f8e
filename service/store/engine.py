"""The door of SQLAlchemy: connections, transactions and what a database's trouble is called here.

Reading sees one snapshot, writing is alone: SQLite begins IMMEDIATE behind a lock of this process
(SQLite itself only polls), PostgreSQL locks the timeline's row. A process that was forked never
touches its parent's connections.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from sqlite3 import SQLITE_BUSY
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Select,
    create_engine,
    event,
    make_url,
)
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
from service.store.statements import compiled

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds to wait for another writer before StoreUnavailableError."""
CONNECT_PATIENCE = 3
"""Seconds to wait for PostgreSQL to answer, or for a connection to come free."""
LOOK_SECONDS = 0.001
"""Between two looks whether another process' write in a SQLite file is over."""
LONGEST_STATEMENT = 30
"""Seconds after which PostgreSQL ends a statement."""

WRITING = "timelines_writing"


class Database:
    """One record's connections. Cheap to build: it connects at first use."""

    def __init__(self, url: str) -> None:
        self.url = read_url(url)
        self._engine = make_engine(self.url)
        self._alone = Lock()
        self._process = os.getpid()

    def look_up(self, statement: Select[Any], **values: object) -> tuple[object, ...] | None:
        """The one row of `statement`, which sees one moment and needs no transaction, or None.

        A twentieth of a millisecond cheaper than `reading`: the driver runs text that was compiled
        once. Values and columns must be of types that the driver takes and gives as they are.
        """
        text, names, usual = compiled(statement, self._engine.dialect)
        given: Any = {**usual, **values}
        if names is not None:
            given = tuple(given[name] for name in names)
        self._after_fork()
        try:
            with trouble_named(), closing(self._engine.raw_connection()) as connection:
                cursor = connection.cursor()
                cursor.execute(text, given)
                return cast("tuple[object, ...] | None", cursor.fetchone())
        except self._engine.dialect.loaded_dbapi.Error as error:
            raise StoreUnavailableError(_not_done(error)) from error

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
    except SqliteError as error:
        raise StoreUnavailableError(_not_done(error)) from error
    except DBAPIError as error:
        raise StoreUnavailableError(_not_done(error.orig)) from error


def _not_done(error: BaseException | None) -> str:
    # SQLite's own words name no data; PostgreSQL's may.
    said = f": {error}" if isinstance(error, SqliteError) else ""
    return f"the database did not do its part ({type(error).__name__}{said})"


def _prepare_sqlite(connection: SqliteConnection, _record: object) -> None:
    # The driver begins no transaction by itself; `_begin_sqlite` does.
    connection.isolation_level = None
    connection.execute(_busy_timeout()).close()
    _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL").close())
    for setting in ("synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}").close()


def _patiently(act: Callable[[], None]) -> None:
    """Do it again while SQLite is busy: it waits by itself for a write, not for a new journal."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except SqliteError as error:
            if error.sqlite_errorcode & 0xFF != SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(LOOK_SECONDS)


def _begin_sqlite(connection: Connection) -> None:
    driver = cast("SqliteConnection", connection.connection.driver_connection)
    if not connection.get_execution_options().get(WRITING, False):
        driver.execute("BEGIN")
        return
    # SQLite's own wait for another process' write looks ever more rarely, at last each 100 ms.
    driver.execute("PRAGMA busy_timeout = 0").close()
    try:
        _patiently(lambda: driver.execute("BEGIN IMMEDIATE").close())
    finally:
        driver.execute(_busy_timeout()).close()


def _busy_timeout() -> str:
    return f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}"
