"""`timelines export`: a timeline in the format of another tool, into a file or a pipe."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

from service.cli.client import client
from service.cli.filters import read_filter
from service.documents.exports.formats import FORMATS, Format
from service.errors import SetupError
from service.settings import Settings

PATIENCE = 120.0
"""Seconds that a large timeline may take."""


def run_export(options: Namespace, environ: Mapping[str, str]) -> int:
    """Write what the service gives, byte for byte; nothing is written when it refuses."""
    form = _format(options.format, options.output)
    service = client(
        options.server or Settings.from_env(environ).address, patience=PATIENCE, environ=environ
    )
    text = service.fetch(_path(options, form), form.media_type)
    if options.output in {None, "-"}:
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
    else:
        _write(Path(options.output), text)
    return 0


def _format(name: str | None, output: str | None) -> Format:
    """The format that is named, else that of the file; SetupError when neither says one."""
    known = ", ".join(FORMATS)
    if name is not None:
        found = FORMATS.get(name)
        if found is None:
            raise SetupError(f"there is no format '{name}': use {known}")
        return found
    fitting = [each for each in FORMATS.values() if (output or "").endswith(each.suffix)]
    if not fitting:
        raise SetupError(f"which format? name it by --format, or by the end of --output: {known}")
    return fitting[0]


def _path(options: Namespace, form: Format) -> str:
    asked = [("from", options.first), ("to", options.last), ("q", options.search)]
    asked += [read_filter(each) for each in options.filter]
    asked += [(name, "true") for name in ("coarse", "bom") if getattr(options, name)]
    query = urlencode([(name, value) for name, value in asked if value is not None])
    path = f"/v1/timelines/{quote(options.timeline, safe='')}{form.suffix}"
    return f"{path}?{query}" if query else path


def _write(path: Path, text: bytes) -> None:
    try:
        path.write_bytes(text)
    except OSError as error:
        raise SetupError(f"cannot write {path}: {error.strerror}") from error
