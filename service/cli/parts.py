"""Single parts for real deployments: each replaces this process by the part's own program."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from typing import NoReturn

from service.errors import SetupError, StoreUnavailableError
from service.settings import Settings


def run_web(_options: Namespace, environ: Mapping[str, str]) -> int:
    """Become the HTTP API."""
    Settings.from_env(environ)
    become("service.api")


def run_worker(_options: Namespace, environ: Mapping[str, str]) -> int:
    """Become the parent of the workers."""
    Settings.from_env(environ)
    become("workers")


def run_openapi(options: Namespace, _environ: Mapping[str, str]) -> int:
    """Become the printer of the API's description."""
    become("service.api", "openapi", *([options.file] if options.file else []))


def run_migrate(_options: Namespace, environ: Mapping[str, str]) -> int:
    """Bring the database to the version that this code needs."""
    settings = Settings.from_env(environ)
    version = migrated(settings)
    print(f"the database is at version {version} ({record_words(settings)})")
    return 0


def migrated(settings: Settings) -> str:
    """The version that the record was brought to; SetupError says why it could not be."""
    # SQLAlchemy takes half a second to import and only `migrate` and `up` need it.
    from service.store.schema import NEEDED, migrate

    try:
        migrate(settings.sql_url)
    except (StoreUnavailableError, OSError) as error:
        where = "TIMELINES_DATABASE_URL" if settings.database_url else "TIMELINES_DATA_DIR"
        raise SetupError(
            f"the record cannot be used ({record_words(settings)}): {_reason(error)}; see {where}"
        ) from error
    return NEEDED


def module_argv(module: str, *arguments: str) -> tuple[str, ...]:
    """How to start one of our modules: by this Python, deaf to modules of the current folder."""
    return (sys.executable, "-P", "-m", module, *arguments)


def become(module: str, *arguments: str) -> NoReturn:
    """Replace this process, so that signals reach the part itself."""
    sys.stdout.flush()
    argv = module_argv(module, *arguments)
    os.execv(argv[0], argv)  # noqa: S606  # argv is ours


def record_words(settings: Settings) -> str:
    """Where the record is, without the password of the address."""
    if not settings.database_url:
        return f"SQLite, {settings.data_dir / 'timelines.sqlite3'}"
    scheme, _, rest = settings.database_url.partition("://")
    if scheme == "sqlite":
        return f"SQLite, {rest.partition('/')[2]}"
    return f"{scheme.partition('+')[0]}, {rest.rpartition('@')[2].partition('?')[0]}"


def _reason(error: BaseException) -> str:
    """The first line of what the driver said, which stands at the end of the causes."""
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error).strip().partition("\n")[0]
