"""Single parts for real deployments: each replaces this process by the part's own program."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from typing import NoReturn

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
    # SQLAlchemy takes half a second to import and only this command and `up` need it.
    from service.store.schema import NEEDED, migrate

    settings = Settings.from_env(environ)
    migrate(settings.sql_url)
    print(f"the database is at version {NEEDED} ({record_words(settings)})")
    return 0


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
    return f"{scheme.partition('+')[0]}, {rest.rpartition('@')[2].partition('?')[0]}"
