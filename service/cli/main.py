"""The console command `timelines`: reads the command line and runs one command.

Exit status: 0 done, 1 something was refused or is missing, 2 it could not be begun (one sentence
says why), 130 ended by Ctrl-C.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence

from service.cli.parser import build_parser
from service.errors import InvalidInputError, SetupError, StoreUnavailableError, TimelineError

COMMANDS = {
    "up": ("service.cli.up", "run_up"),
    "web": ("service.cli.parts", "run_web"),
    "worker": ("service.cli.parts", "run_worker"),
    "migrate": ("service.cli.parts", "run_migrate"),
    "keys": ("service.cli.keys", "run_keys"),
    "tokens": ("service.cli.keys", "run_tokens"),
    "openapi": ("service.cli.parts", "run_openapi"),
    "post": ("service.cli.post", "run_post"),
    "show": ("service.cli.show", "run_show"),
    "export": ("service.cli.export", "run_export"),
    "listen": ("service.cli.listen", "run_listen"),
    "explain": ("service.cli.explain", "run_explain"),
    "reprocess": ("service.cli.reprocess", "run_reprocess"),
    "doctor": ("service.cli.doctor", "run_doctor"),
}
"""Command -> module and function; a module is imported when its command is run."""

Command = Callable[[Namespace, Mapping[str, str]], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (`arguments` None: this process's own); the exit status."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # quotes outgrow ASCII
    try:
        return _run(options)
    except BrokenPipeError:
        _drop_output()  # whoever read it has enough
        return 0
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _drop_output()
        return _complain("no space is left where this writes to", 2)
    except KeyboardInterrupt:
        return 130


def _run(options: Namespace) -> int:
    module, function = COMMANDS[options.command]
    command: Command = getattr(importlib.import_module(module), function)
    try:
        status = command(options, os.environ)
        sys.stdout.flush()
    except InvalidInputError as error:
        return _complain("; ".join(each.detail for each in error.violations), 2)
    except (SetupError, StoreUnavailableError) as error:
        return _complain(str(error), 2)
    except TimelineError as error:
        return _complain(str(error), 1)
    return status


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that it cannot fail at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(sentence: str, status: int) -> int:
    sys.stdout.flush()
    print(f"timelines: {sentence}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
