"""The database's clock, which all times of the record are taken from."""

from __future__ import annotations

from sqlalchemy import Connection, Double, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from service.store.statements import ask


class DatabaseNow(FunctionElement[float]):
    """The moment of asking as an SQL expression: seconds since 1970 UTC."""

    type = Double()
    inherit_cache = True


@compiles(DatabaseNow, "sqlite")
def _sqlite_now(_element: object, _compiler: object, **_options: object) -> str:
    # SQLite 3.40 has no unixepoch('subsec'); 2440587.5 is 1970-01-01 as a Julian day.
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(DatabaseNow, "postgresql")
def _postgresql_now(_element: object, _compiler: object, **_options: object) -> str:
    return "(extract(epoch FROM clock_timestamp())::double precision)"


DATABASE_NOW = DatabaseNow()
_CLOCK = select(DATABASE_NOW)


def read_clock(connection: Connection) -> float:
    """The database's clock, now."""
    return float(ask(connection, _CLOCK).scalar_one())
