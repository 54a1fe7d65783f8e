"""`timelines listen`: the changes of a timeline as they happen."""

from __future__ import annotations

import json
import shutil
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from service.cli.change_text import ChangeLines
from service.cli.client import client
from service.cli.filters import read_filter
from service.cli.following import LONG_POLL, Follower
from service.cli.terminal import clean, terminal_of
from service.errors import SetupError
from service.settings import Settings

PATIENCE = LONG_POLL + 15.0
"""Seconds without a byte after which a connection is dead; a stream beats each 15 seconds."""


def run_listen(
    options: Namespace, environ: Mapping[str, str], *, pause: Callable[[float], None] = time.sleep
) -> int:
    """Print changes until Ctrl-C, which is its usual end; `pause` waits between connections."""
    if options.since is not None and options.since < 0:
        raise SetupError("--since is a revision: use 0 or more")
    try:
        _listen(options, environ, pause)
    except KeyboardInterrupt:
        print(file=sys.stderr)  # the terminal shows ^C without a line end
    return 0


def _listen(options: Namespace, environ: Mapping[str, str], pause: Callable[[float], None]) -> None:
    service = client(
        options.server or Settings.from_env(environ).address, patience=PATIENCE, environ=environ
    )
    follower = Follower(
        service,
        options.timeline,
        filters=tuple(read_filter(each) for each in options.filter),
        position=options.since,
        say=_say,
        pause=pause,
    )
    line = _as_json if options.json else _as_text(options, environ)
    for change in follower.changes():
        print(line(change), flush=True)


def _as_json(change: Mapping[str, Any]) -> str:
    return json.dumps(change, ensure_ascii=False, separators=(",", ":"))


def _as_text(options: Namespace, environ: Mapping[str, str]) -> Callable[[Mapping[str, Any]], str]:
    terminal = terminal_of(sys.stdout, environ)
    # A line is one change: it may be as wide as the window, and is cut nowhere else.
    wide = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else None
    lines = ChangeLines(terminal, wide)

    def line(change: Mapping[str, Any]) -> str:
        if change.get("type") != "reset":
            return lines.line(change)
        revision = change.get("revision")
        said = (
            f"reset at {revision}: what came before is not kept as changes, or was never told; "
            f"read it anew: timelines show {clean(options.timeline)}"
        )
        return terminal.paint(said, "warning")

    return line


def _say(sentence: str) -> None:
    sys.stdout.flush()
    print(f"timelines: {sentence}", file=sys.stderr, flush=True)
