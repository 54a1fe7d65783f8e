"""What may interrupt the reading of an article: its CPU limit, and a request to stop.

Both work by signals on the main thread of a work-horse, the process that RQ forks for one job.
"""

from __future__ import annotations

import contextlib
import math
import resource
import signal
import time
from collections.abc import Iterator
from types import FrameType

from service.errors import ReadingFailedError

BACKSTOP_SECONDS = 2
"""CPU seconds above the limit after which the kernel ends the process (SIGXCPU): native code that
never returns to the interpreter cannot be interrupted otherwise."""
DRIFT = 0.25
"""Of what the process has used, by which the kernel's count may be ahead: it counts in ticks, which
a busy machine shares out unjustly. A work-horse is young, so that it adds next to nothing there."""


class Interrupted(BaseException):
    """The process was asked to stop while it did something that may be dropped.

    No error and no `Exception`, so that nobody takes it for the article's fault.
    """


class StopSign:
    """Whether this process was asked to stop; raises Interrupted where that does no harm."""

    def __init__(self) -> None:
        self.is_up = False
        self._may_interrupt = False

    @contextlib.contextmanager
    def heeded(self) -> Iterator[None]:
        """SIGTERM raises this sign inside; before and after, it ends the process as ever."""
        before = signal.signal(signal.SIGTERM, self._raise)
        try:
            yield
        finally:
            signal.signal(signal.SIGTERM, before)

    @contextlib.contextmanager
    def interrupting(self) -> Iterator[None]:
        """Inside, the sign raises Interrupted at once; commits are kept outside."""
        self._may_interrupt = True
        try:
            if self.is_up:
                raise Interrupted
            yield
        finally:
            self._may_interrupt = False

    def _raise(self, _number: int, _frame: FrameType | None) -> None:
        self.is_up = True
        if self._may_interrupt:
            raise Interrupted


@contextlib.contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Let what is inside use `seconds` of CPU, user and system; then raise ReadingFailedError.

    See setitimer(2), ITIMER_PROF, and setrlimit(2), RLIMIT_CPU, for the backstop.
    """

    def expire(_number: int, _frame: FrameType | None) -> None:
        raise ReadingFailedError(f"reading the article took more than {seconds:g} s of CPU")

    limits = resource.getrlimit(resource.RLIMIT_CPU)
    before = signal.signal(signal.SIGPROF, expire)
    resource.setrlimit(resource.RLIMIT_CPU, (_backstop(seconds, limits), limits[1]))
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        resource.setrlimit(resource.RLIMIT_CPU, limits)


def _backstop(seconds: float, limits: tuple[int, int]) -> int:
    """The soft limit: CPU seconds of the whole process, those already used included."""
    used = time.process_time() * (1 + DRIFT)
    wanted = math.ceil(used + seconds) + BACKSTOP_SECONDS
    given = [limit for limit in limits if limit != resource.RLIM_INFINITY]
    return min([wanted, *given])
