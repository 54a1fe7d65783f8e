"""The door of the database: addresses, trouble by its name, settings that keep what is accepted."""

import pytest

from service.errors import SetupError, StoreUnavailableError
from service.store.clock import read_clock
from service.store.columns import metadata
from service.store.engine import Database, read_url
from service.store.sql import SqlStore
from service.store.timelines import lock, open_timeline
from tests.contract.storevalues import article


def test_an_empty_database_is_unavailable_with_advice(tmp_path):
    store = SqlStore(f"sqlite:///{tmp_path}/empty.sqlite3")
    with pytest.raises(StoreUnavailableError, match="run 'timelines migrate'"):
        store.ping()
    with pytest.raises(StoreUnavailableError):
        store.find_timeline("demo")
    store.close()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///{folder}/none/record.sqlite3",
        "postgresql://timelines@127.0.0.1:1/none",
        "postgresql://timelines@/none?host={folder}",
    ],
)
def test_a_database_that_is_away_is_unavailable(tmp_path, url):
    store = SqlStore(url.format(folder=tmp_path))
    for use in (store.ping, store.waiting, lambda: store.add_articles("demo", [article(1)])):
        with pytest.raises(StoreUnavailableError):
            use()
    store.close()


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://host/name", "sqlite://", "sqlite:///:memory:", "a://b:c/d"]
)
def test_an_address_of_something_else_is_refused_with_advice(url):
    with pytest.raises(SetupError, match="postgresql://"):
        read_url(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_psycopg(scheme):
    assert read_url(f"{scheme}://host/name").drivername == "postgresql+psycopg"


def test_a_busy_sqlite_file_is_unavailable_and_serves_again_later(sqlite_url, monkeypatch):
    monkeypatch.setattr("service.store.engine.PATIENCE", 0.1)
    store, other = SqlStore(sqlite_url), Database(sqlite_url)
    with other.writing(), pytest.raises(StoreUnavailableError):
        store.add_articles("demo", [article(1)])
    assert store.find_timeline("demo") is None
    assert store.add_articles("demo", [article(1)])[0].outcome == "accepted"
    store.close()
    other.close()


@pytest.mark.postgres
def test_a_timeline_locked_beyond_patience_is_unavailable(migrated_database, monkeypatch):
    other = Database(migrated_database)
    with other.writing() as connection:
        open_timeline(connection, "busy", 0.0)
    monkeypatch.setattr("service.store.engine.PATIENCE", 1.0)
    store = SqlStore(migrated_database)
    new = article(1, timeline="busy")
    with other.writing() as connection:
        lock(connection, "busy")
        with pytest.raises(StoreUnavailableError, match="LockNotAvailable"):
            store.add_articles("busy", [new])
        assert store.find_revision("busy")[:2] == (0, 0), "reading does not wait"
    assert store.add_articles("busy", [new])[0].outcome == "accepted"
    store.close()
    other.close()


def test_messages_carry_no_values(sqlite_url):
    database = Database(sqlite_url)
    with pytest.raises(Exception, match="NOT NULL") as raised, database.writing() as connection:
        connection.execute(metadata.tables["timelines"].insert().values(name="secret words"))
    database.close()
    assert "secret words" not in str(raised.value)


@pytest.mark.postgres
def test_a_connection_that_the_server_cut_is_replaced(migrated_database, postgres_server):
    store = SqlStore(migrated_database)
    store.ping()
    postgres_server.cut_connections(migrated_database)
    store.ping()
    store.close()


def test_sqlite_is_set_up_to_keep_what_it_accepted(sqlite_url):
    database = Database(sqlite_url)
    with database.reading() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    database.close()
    assert found == ["wal", 2, 1, 5000]


def test_both_clocks_tell_seconds_since_1970(store_url):
    database = Database(store_url)
    with database.reading() as connection:
        first, second = read_clock(connection), read_clock(connection)
    database.close()
    assert 1_700_000_000 < first <= second < first + 60
