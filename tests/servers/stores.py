"""A migrated, empty record for each test, on both stores.

`store` and `store_url` run the test twice, on SQLite and on PostgreSQL; `sqlite_url` once.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from service.store.columns import metadata
from service.store.schema import migrate
from service.store.sql import SqlStore

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("template") / "timelines.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_database(postgres_server) -> str:
    """The address of a migrated database, emptied for each test."""
    url = postgres_server.new_database()
    migrate(url)
    return url


@pytest.fixture
def sqlite_url(migrated_file, tmp_path) -> str:
    path = tmp_path / "record.sqlite3"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=BOTH)
def store_url(request) -> str:
    if request.param == "sqlite":
        return request.getfixturevalue("sqlite_url")
    url = request.getfixturevalue("migrated_database")
    with psycopg.connect(url) as connection:
        connection.execute("SET lock_timeout = '5s'")
        connection.execute(f"TRUNCATE {', '.join(metadata.tables)}")
    return url


@pytest.fixture
def store(store_url) -> Iterator[SqlStore]:
    made = SqlStore(store_url)
    yield made
    made.close()
