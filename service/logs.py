"""Log lines: one event a line, as text or as JSON, with ids and never with what was posted.

Messages of errors may quote an article, so of an error a line holds its type and the places it
came through. A formatter cannot know what a caller writes: callers log ids, counts and types.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from typing import TypeAlias

FORMATS = ("text", "json")
Fields: TypeAlias = Mapping[str, object]

SECRET = re.compile(r"(token=|bearer |basic )[^\s&\"']+", re.IGNORECASE)
"""What must not be read in a log, whoever wrote the line."""
_about: ContextVar[Fields] = ContextVar("timelines_log_about", default={})  # noqa: B039  # never changed


@contextmanager
def about(**fields: object) -> Iterator[None]:
    """Lines written inside are about these things."""
    before = _about.set({**_about.get(), **fields})
    try:
        yield
    finally:
        _about.reset(before)


def fields(**said: object) -> dict[str, Fields]:
    """`extra` for a logger: what a line says besides its words, without what is unknown."""
    return {"fields": {name: value for name, value in said.items() if value is not None}}


def configure(
    level: str, form: str, *, part: str, context: Callable[[], Fields] | None = None
) -> None:
    """Write the log of this process to standard error.

    `part` names what the process does; `context` says what a line is about where `about` does not.
    """
    formatter = JsonLines(part, context or dict) if form == "json" else TextLines()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # It warns of answers with odd headers, and quotes the address, which may hold a secret.
    logging.getLogger("urllib3").setLevel(logging.ERROR)


class TextLines(logging.Formatter):
    """Lines for people: time, level, place, words, fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; the steps of an error on lines of their own."""
        said = "".join(f" {name}={value}" for name, value in _fields(record).items())
        head = f"{_time(record)} {record.levelname} {record.name}[{record.process}]"
        steps = "".join(f"\n    {step}" for step in _steps(record))
        return hidden(f"{head}: {record.getMessage()}{said}{steps}")


class JsonLines(logging.Formatter):
    """One JSON object a line, for machines."""

    def __init__(self, part: str, context: Callable[[], Fields]) -> None:
        super().__init__()
        self._part = part
        self._context = context

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "part": self._part,
            "logger": record.name,
            "pid": record.process,
            "event": record.getMessage(),
            **self._context(),
            **_about.get(),
            **_fields(record),
        }
        if steps := _steps(record):
            line["trace"] = steps
        return hidden(json.dumps(line, default=str))


def hidden(line: str) -> str:
    """`line` without tokens and keys.

    >>> hidden("GET /x?token=abc&limit=1")
    'GET /x?token=...&limit=1'
    """
    return SECRET.sub(r"\1...", line)


def _fields(record: logging.LogRecord) -> Fields:
    found: Fields = getattr(record, "fields", {})
    return found


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{int(record.msecs):03}Z"


def _steps(record: logging.LogRecord) -> list[str]:
    """The types of the error and of its causes, each with where it came through, last first."""
    error = record.exc_info[1] if record.exc_info else None
    steps: list[str] = []
    while error is not None:
        steps.append(type(error).__name__)
        frames = [frame for frame, _ in walk_tb(error.__traceback__)]
        lines = [line for _, line in walk_tb(error.__traceback__)]
        for frame, line in zip(reversed(frames), reversed(lines), strict=True):
            code = frame.f_code
            steps.append(f"{Path(code.co_filename).name}:{line} {code.co_name}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return steps
