"""Waiting for other processes, with a deadline instead of hope."""

import time
from collections.abc import Callable, Sequence


def wait_until(condition: Callable[[], object], seconds: float, what: str = "") -> float:
    """Seconds until `condition` held; fails when it does not in time."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s: {what or condition}"
        time.sleep(0.02)
    return time.monotonic() - begun


def wait_for_end(pids: Sequence[int], seconds: float) -> None:
    """Wait until none of the processes runs; tells which of them still do when time is over."""
    begun = time.monotonic()
    while left := [pid for pid in pids if is_alive(pid)]:
        told = ", ".join(f"{pid} ({name_of(pid)})" for pid in left)
        assert time.monotonic() - begun < seconds, f"still there after {seconds} s: {told}"
        time.sleep(0.02)


def name_of(pid: int) -> str:
    """The name of process `pid` as `ps` shows it, with its kernel state; empty when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123  # no path of ours
            return " ".join(file.read().split()[1:3])
    except (FileNotFoundError, ProcessLookupError):
        return ""


def is_alive(pid: int) -> bool:
    """Whether process `pid` runs; one that ended and is only unreaped does not."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123  # no path of ours
            return file.read().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except (FileNotFoundError, ProcessLookupError):
        return False


def children_of(pid: int) -> tuple[int, ...]:
    """The living children of process `pid`."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:  # noqa: PTH123  # no path of ours
            found = tuple(int(each) for each in file.read().split())
    except (FileNotFoundError, ProcessLookupError):
        return ()
    return tuple(each for each in found if is_alive(each))
