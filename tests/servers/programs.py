"""Programs that go on until they are ended, and the lines that they print meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.servers.waiting import wait_until


@dataclass
class Program:
    """A running program."""

    process: subprocess.Popen
    lines: list[str] = field(default_factory=list)

    def await_lines(
        self, wanted: Sequence[object], seconds: float = 20, read: Callable[[str], object] = str
    ) -> None:
        """Wait until its lines say this much, and fail when they say something else."""
        wait_until(lambda: len(self.lines) >= len(wanted), seconds, f"{len(wanted)} lines")
        assert [read(each) for each in self.lines] == list(wanted)

    def interrupt(self) -> int:
        """The exit status after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(10)

    def read(self) -> None:
        """Keep what it prints."""
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))


@contextmanager
def running(*command: str, text: str = "", cwd=None) -> Iterator[Program]:
    """A program that was given `text`; it must not end by itself."""
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            cwd=cwd,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        program = Program(process)
        reader = threading.Thread(target=program.read, daemon=True)
        reader.start()
        try:
            process.stdin.write(text)
            process.stdin.close()
            yield program
            if process.poll() not in {None, 0}:
                complaints.seek(0)
                raise AssertionError(complaints.read())
        finally:
            process.kill()
            process.wait(10)
            reader.join(10)
            process.stdout.close()
