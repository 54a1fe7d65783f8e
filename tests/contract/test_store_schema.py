"""Migrations say what the tables say."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from service.errors import StoreUnavailableError
from service.store import schema
from service.store.columns import LONGEST_KEY, metadata
from service.store.engine import Database
from service.store.sql import SqlStore
from tests.contract.storevalues import article
from tests.contract.test_store_concurrency import at_once


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new%20folder/record.sqlite3"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def connection(store_url) -> Connection:
    database = Database(store_url)
    with database.reading() as open_connection:
        yield open_connection
    database.close()


def is_told_of(name, kind, _parents) -> bool:
    """The indexes of days stand in the migrations only: no table of SQLAlchemy can say them."""
    return not (name or "").startswith(
        {"table": "event_days", "index": "ix_events_days"}.get(kind, "\0")
    )


def test_the_migrations_build_exactly_the_tables(connection):
    context = MigrationContext.configure(connection, opts={"include_name": is_told_of})
    assert compare_metadata(context, metadata) == []


def test_there_is_an_index_of_days(connection):
    found = inspect(connection)
    names = {each["name"] for each in found.get_indexes("events")} | set(found.get_table_names())
    assert names & {"event_days", "ix_events_days"}


def test_what_autogenerate_does_not_compare_is_the_same_too(connection):
    """Primary keys, foreign keys with what they do on deletion, and the filters of indexes."""
    found = inspect(connection)
    for table in metadata.tables.values():
        key = found.get_pk_constraint(table.name)["constrained_columns"]
        assert key == [column.name for column in table.primary_key], table.name
        foreign = {
            (
                tuple(each["constrained_columns"]),
                each["referred_table"],
                each["options"].get("ondelete"),
            )
            for each in found.get_foreign_keys(table.name)
        }
        assert foreign == {
            (tuple(each.column_keys), each.referred_table.name, each.ondelete)
            for each in table.foreign_key_constraints
        }
        for index in found.get_indexes(table.name):
            (own,) = [each for each in table.indexes if each.name == index["name"]] or [None]
            if own is not None:
                name = connection.dialect.name
                wanted = own.dialect_options[name]["where"] is not None
                assert (f"{name}_where" in index.get("dialect_options", {})) == wanted


@pytest.mark.postgres
def test_keys_sort_by_code_point_in_any_database(postgres_url):
    schema.migrate(postgres_url)
    database = Database(postgres_url)
    with database.reading() as open_connection:
        found = inspect(open_connection)
        keys = {
            (table.name, column.name)
            for table in metadata.tables.values()
            for column in table.columns
            if getattr(column.type, "length", None) == LONGEST_KEY
        }
        sorted_by = {
            (table, column["name"]): getattr(column["type"], "collation", None)
            for table in metadata.tables
            for column in found.get_columns(table)
        }
    database.close()
    assert {sorted_by[key] for key in keys} == {"C"}


def test_the_version_that_the_code_needs_is_the_newest_migration():
    assert ScriptDirectory(schema.MIGRATIONS).get_current_head() == schema.NEEDED


def test_migrating_makes_the_folder_and_again_changes_nothing(empty_url):
    schema.migrate(empty_url)
    schema.migrate(empty_url)
    store = SqlStore(empty_url)
    store.ping()
    store.close()


def test_migrating_at_once_from_several_places_is_harmless(empty_url):
    at_once(lambda _: schema.migrate(empty_url), 4)
    store = SqlStore(empty_url)
    store.ping()
    store.add_articles("demo", [article(1)])
    store.close()


def test_a_database_that_was_not_migrated_is_unavailable_with_advice(empty_url):
    schema.migrate(empty_url)
    database = Database(empty_url)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    store = SqlStore(empty_url)
    with pytest.raises(StoreUnavailableError, match="at version 9999, this code needs"):
        store.ping()
    store.close()
