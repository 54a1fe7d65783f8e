"""Child processes that live no longer than their parent: start, watch, restart, stop.

One process, no threads: the parent sleeps on a pipe that signals write to, reaps what ended, and
starts it again after a pause that doubles from 0.1 s to 5 s. Each child leads its own process
group, so that Ctrl-C reaches the parent alone, and on Linux the kernel ends it when its parent
dies, however that came (prctl(2), PR_SET_PDEATHSIG). Elsewhere that last part is best effort.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import NoReturn, Self

FIRST_PAUSE = 0.1
"""Seconds before a child that ended is started again, the first time."""
LONGEST_PAUSE = 5.0
STEADY_SECONDS = 10.0
"""A child that ran this long has earned the first pause again."""
STOP_SECONDS = 2.5
"""Seconds that children get to end by themselves before they are killed."""

_STOPPING = (signal.SIGTERM, signal.SIGINT)
_WATCHED = (*_STOPPING, signal.SIGCHLD)
_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_PR_SET_NAME = 15

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Child:
    """What to run in a process of its own: `run` ends with the process, or replaces it.

    One that `stops_last` is asked to end when all others have: they may need it until then.
    """

    name: str
    run: Callable[[], object]
    stops_last: bool = False


def command(
    name: str,
    argv: Sequence[str],
    env: Mapping[str, str] | None = None,
    *,
    stops_last: bool = False,
) -> Child:
    """A child that is another program; `env` None means this process's environment."""

    def run() -> None:
        os.execvpe(argv[0], list(argv), dict(os.environ if env is None else env))  # noqa: S606  # argv is ours

    return Child(name, run, stops_last)


class Process:
    """A started child: its `pid`, which is also its process group, and whether it still runs."""

    def __init__(self, name: str, pid: int) -> None:
        self.name = name
        self.pid = pid
        self.status: int | None = None
        """Exit code, or minus the signal's number; None while it runs."""

    def is_running(self) -> bool:
        """Whether it still runs; reaps it when it has ended."""
        if self.status is None:
            with contextlib.suppress(ChildProcessError):
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                self.status = os.waitstatus_to_exitcode(status) if pid else None
        return self.status is None

    def send(self, number: int) -> None:
        """Signal this process alone; nothing happens when it has ended."""
        if self.is_running():
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the process and its group at once, and reap it."""
        if not self.is_running():
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def stop(self, within: float = STOP_SECONDS) -> None:
        """Ask the process to end (SIGTERM) and kill its group after `within` seconds."""
        self.send(signal.SIGTERM)
        until = time.monotonic() + within
        while self.is_running() and time.monotonic() < until:
            time.sleep(0.01)
        self.kill()


def start(child: Child) -> Process:
    """The child, running: SIGTERM reaches it when this process dies."""
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    # A signal between fork and the child's own handlers would run the parent's in the child.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
    try:
        pid = os.fork()
        if not pid:
            _become(child, parent)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    with contextlib.suppress(PermissionError, ProcessLookupError):
        os.setpgid(pid, pid)  # also here, so that the group exists when `start` returns
    return Process(child.name, pid)


def die_with(parent: int, number: int = signal.SIGTERM) -> None:
    """Ask the kernel for signal `number` when process `parent`, which started us, ends."""
    _prctl(_PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), number)


class Supervisor:
    """Keeps children running until SIGTERM or SIGINT; use it as a context on the main thread.

    Leaving the context stops all children, within `stop_seconds` and a little. A supervisor below
    another one needs less, or its children lose their parent before it could stop them.
    """

    def __init__(self, stop_seconds: float = STOP_SECONDS) -> None:
        self._stop_seconds = stop_seconds
        self.stopping = False
        """Whether somebody asked for the end."""
        self._tended: list[_Tended] = []
        self._wake, self._woken = -1, -1
        self._handlers: dict[int, object] = {}
        self._wakeup = -1

    def __enter__(self) -> Self:
        self._wake, self._woken = os.pipe()
        for end in (self._wake, self._woken):
            os.set_blocking(end, False)
        self._wakeup = signal.set_wakeup_fd(self._woken, warn_on_full_buffer=False)
        for number in _WATCHED:
            self._handlers[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # as signal.signal gave it
        signal.set_wakeup_fd(self._wakeup)
        os.close(self._wake)
        os.close(self._woken)

    @property
    def processes(self) -> tuple[Process, ...]:
        """The latest process of each child, in order of start."""
        return tuple(each.process for each in self._tended)

    def start(self, child: Child) -> Process:
        """Start the child now, and again whenever it ends; its first process."""
        tended = _Tended(child)
        self._tended.append(tended)
        return tended.process

    def wait(self, seconds: float) -> bool:
        """Look after the children for so long; False as soon as the end was asked for."""
        until = time.monotonic() + seconds
        while not self.stopping:
            now = time.monotonic()
            due = min((each.tend(now) for each in self._tended), default=until)
            if now >= until:
                break
            self._sleep(min(due, until) - now)
        return not self.stopping

    def run(self) -> None:
        """Look after the children until the end is asked for."""
        while self.wait(60):
            pass

    def stop(self) -> None:
        """End all children: ask, wait up to `stop_seconds` in all, kill what is left."""
        self.stopping = True
        until = time.monotonic() + self._stop_seconds
        last = [each.process for each in self._tended if each.child.stops_last]
        first = [each.process for each in self._tended if not each.child.stops_last]
        self._end(first, until - 0.5 if last else until)
        self._end(last, until)
        self._tended.clear()

    def _end(self, processes: Sequence[Process], until: float) -> None:
        for each in processes:
            each.send(signal.SIGTERM)
        while any([each.is_running() for each in processes]) and time.monotonic() < until:  # noqa: C419  # reap all
            self._sleep(0.05)
        for each in processes:
            if each.is_running():
                logger.warning("%s (pid %d) did not end in time: killed", each.name, each.pid)
                each.kill()

    def _sleep(self, seconds: float) -> None:
        """Sleep until a signal came or the time is over."""
        select.select([self._wake], [], [], max(seconds, 0))
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake, 4096)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if number in _STOPPING:
            self.stopping = True


class _Tended:
    """A child with its present process and the pause before the next."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self._pause = FIRST_PAUSE
        self._due: float | None = None
        self._launch()

    def _launch(self) -> None:
        self._started = time.monotonic()
        self._due = None
        self.process = start(self.child)

    def tend(self, now: float) -> float:
        """When to look again at the latest; starts the child again when its pause is over."""
        if self.process.is_running():
            return now + 60
        if self._due is None:
            steady = now - self._started >= STEADY_SECONDS
            pause = FIRST_PAUSE if steady else self._pause
            self._pause = min(pause * 2, LONGEST_PAUSE)
            self._due = now + pause
            logger.warning(
                "%s (pid %d) ended with %s: starts again in %.1f s",
                self.child.name,
                self.process.pid,
                self.process.status,
                pause,
            )
        if now < self._due:
            return self._due
        self._launch()
        return now + 60


def _become(child: Child, parent: int) -> NoReturn:
    """Run the child in this fresh fork; never return into the parent's code."""
    code = 1
    try:
        with contextlib.suppress(PermissionError):
            os.setpgid(0, 0)
        signal.set_wakeup_fd(-1)
        for number in _WATCHED:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _WATCHED)
        die_with(parent)
        _prctl(_PR_SET_NAME, child.name.encode())  # as `top` and `ps -e` show it
        child.run()
        code = 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    except FileNotFoundError as error:
        logger.error("%s cannot start: %s", child.name, error)  # noqa: TRY400  # a sentence is enough
    except BaseException:
        logger.exception("%s ended by an error", child.name)
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


def _prctl(option: int, value: int | bytes) -> None:
    """prctl(2) where there is one."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
