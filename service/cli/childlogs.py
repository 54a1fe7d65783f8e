"""Where the output of children goes: one file a child, so that the terminal stays readable."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from service.children import Child

LOG_BYTES = 5_000_000
"""A log that has grown beyond this is put aside when its child is next set up."""

TAIL_BYTES = 16_384


def logged(child: Child, path: Path) -> Child:
    """The same child with its output appended to `path` and nothing to read from."""
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))

    def run() -> None:
        log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, target)
        child.run()

    return replace(child, run=run)


def log_tail(path: Path, lines: int = 12) -> tuple[str, ...]:
    """The last lines of a log; none when it is empty or not there."""
    try:
        with path.open("rb") as log:
            log.seek(max(0, path.stat().st_size - TAIL_BYTES))
            text = log.read().decode("utf-8", "replace")
    except OSError:
        return ()
    return tuple(text.splitlines()[-lines:])
