"""Group commit: what several threads ask for at once is written by one of them in one transaction.

A durable commit costs one wait for the disk, whatever it holds, so clients that arrive together
share it. Whoever finds nobody writing writes; what comes meanwhile waits, and one of those who
wait writes it all next. Each is woken once, when its own is done or its turn to write has come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from service.errors import StoreUnavailableError

Wanted = TypeVar("Wanted")
Given = TypeVar("Given")


@dataclass(eq=False, slots=True)
class _Order(Generic[Wanted, Given]):
    wanted: Wanted
    done: bool = False
    given: Given | None = None
    error: Exception | None = None
    batch: list[_Order[Wanted, Given]] | None = None
    """What to write, for the one whose turn it is."""
    called: Lock = field(default_factory=Lock)
    """Held until the order is done or its turn has come."""

    def __post_init__(self) -> None:
        self.called.acquire()


class Gathering(Generic[Wanted, Given]):
    """Answers `ask` by `write_all`, which gets several at once and answers each, in order."""

    def __init__(self, write_all: Callable[[Sequence[Wanted]], Sequence[Given]]) -> None:
        self._write_all = write_all
        self._lock = Lock()
        self._waiting: list[_Order[Wanted, Given]] = []
        self._writing = False

    def ask(self, wanted: Wanted) -> Given:
        """What `write_all` gave for this one; raises what it raised for it."""
        order: _Order[Wanted, Given] = _Order(wanted)
        if not self._may_write(order):
            order.called.acquire()
        if order.batch is not None:
            self._write(order.batch)
        if order.error is not None:
            raise order.error
        return order.given  # type: ignore[return-value]  # done without an error: it was given

    def _may_write(self, order: _Order[Wanted, Given]) -> bool:
        with self._lock:
            if self._writing:
                self._waiting.append(order)
                return False
            self._writing = True
            order.batch = [order]
            return True

    def _write(self, batch: Sequence[_Order[Wanted, Given]]) -> None:
        try:
            self._fulfil(batch)
        finally:
            self._pass_on()
            for order in batch:
                if not order.done:
                    order.error = StoreUnavailableError("the write was cut short: try again")
                order.called.release()

    def _pass_on(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting, []
            self._writing = bool(batch)
        if batch:
            batch[0].batch = batch
            batch[0].called.release()

    def _fulfil(self, batch: Sequence[_Order[Wanted, Given]]) -> None:
        try:
            results = self._write_all([order.wanted for order in batch])
        except StoreUnavailableError as error:
            for order in batch:
                order.error = StoreUnavailableError(str(error)).with_traceback(error.__traceback__)
        except Exception as error:  # noqa: BLE001  # given to whom it belongs
            self._fulfil_apart(batch, error)
        else:
            for order, given in zip(batch, results, strict=True):
                order.given = given
        for order in batch:
            order.done = True

    def _fulfil_apart(self, batch: Sequence[_Order[Wanted, Given]], error: Exception) -> None:
        """One of several cannot be written: it alone shall fail."""
        if len(batch) == 1:
            batch[0].error = error
            return
        for order in batch:
            self._fulfil([order])
