"""`python -m service.api` serves the API; `python -m service.api openapi [FILE]` describes it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from flask import Flask

from service.api.app import described
from service.api.openapi import openapi_yaml
from service.api.server import serve
from service.errors import SetupError
from service.settings import Settings

USAGE = "usage: python -m service.api [openapi [FILE]]"


def main(words: list[str]) -> None:
    """Do what `words` say; exits with one sentence when that cannot be."""
    if words[:1] == ["openapi"] and len(words) <= 2:
        write_openapi(words[1] if len(words) == 2 else "-")
    elif words:
        sys.exit(USAGE)
    else:
        try:
            serve(Settings.from_env(os.environ))
        except SetupError as error:
            sys.exit(str(error))


def write_openapi(name: str) -> None:
    """Write the OpenAPI document to the file `name`, or to standard output for `-`.

    Exits with one sentence when the file cannot be written.
    """
    text = openapi_yaml(described(Flask("service.api", static_folder=None)))
    if name == "-":
        sys.stdout.write(text)
    else:
        try:
            Path(name).write_text(text, encoding="utf-8")
        except OSError as error:
            sys.exit(f"cannot write {name}: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
