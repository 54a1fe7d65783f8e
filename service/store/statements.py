"""Statements compiled once: their text goes to the driver without SQLAlchemy's work of every run.

For statements whose values and columns are of types that the driver takes and gives as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, CursorResult, Dialect, Insert, Select

Compiled: TypeAlias = tuple[str, Sequence[str] | None, Mapping[str, Any]]
"""A statement for a driver: its text, its parameters in order (or by name), their defaults."""


def ask(connection: Connection, statement: Select[Any], **values: object) -> CursorResult[Any]:
    """The rows of `statement`; values must not be lists."""
    text, names, usual = compiled(statement, connection.dialect)
    return connection.exec_driver_sql(text, _given(names, {**usual, **values}))


def insert_rows(
    connection: Connection, statement: Insert, rows: Sequence[Mapping[str, object]]
) -> None:
    """Insert rows, each with a value for every column of the table; no row is no statement."""
    if rows:
        text, names, _ = compiled(statement, connection.dialect)
        connection.exec_driver_sql(text, [_given(names, each) for each in rows])


@lru_cache(maxsize=256)
def compiled(statement: Select[Any] | Insert, dialect: Dialect) -> Compiled:
    """The statement in the words of one database."""
    found = statement.compile(dialect=dialect)
    return found.string, found.positiontup, found.params


def _given(names: Sequence[str] | None, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a tuple or a mapping, by driver
    return values if names is None else tuple(values[name] for name in names)
