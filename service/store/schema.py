"""The record's shape in time: bringing a database to the version that this code needs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from service.errors import StoreUnavailableError
from service.store.engine import WRITING, make_engine, read_url, trouble_named

NEEDED = "0017"
"""The newest migration (a test holds that it is the head of `migrations/`)."""
MIGRATIONS = Path(__file__).parent / "migrations"
# One number that all of our migrations lock on in PostgreSQL; SQLite's IMMEDIATE does the same.
MIGRATION_LOCK = 7_238_461


def migrate(url: str) -> None:
    """Build the tables or bring them up to NEEDED; harmless when they are, or when two do it.

    Creates the SQLite file and its folder. Raises StoreUnavailableError when the database is away
    and SetupError for an address that is none.
    """
    address = read_url(url)
    if address.get_backend_name() == "sqlite":
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(address, timeouts=False)
    try:
        with trouble_named(), engine.connect() as connection:
            connection.execution_options(**{WRITING: True})
            with connection.begin():
                _upgrade(connection)
    finally:
        engine.dispose()


def find_version(connection: Connection) -> str | None:
    """The newest migration that the database has seen, or None when it has seen none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def check_version(connection: Connection) -> None:
    """Return when the database is at NEEDED, else raise StoreUnavailableError saying what to do."""
    found = find_version(connection)
    if found != NEEDED:
        there = f"at version {found}" if found else "empty"
        raise StoreUnavailableError(
            f"the database is {there}, this code needs {NEEDED}: run 'timelines migrate'"
        )


def _upgrade(connection: Connection) -> None:
    # Alembic takes a tenth of a second to import and only migrating needs it.
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", MIGRATIONS.as_posix().replace("%", "%%"))
    command.upgrade(config, "head")
