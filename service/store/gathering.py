"""Group commit: what several threads ask for at once is written by one of them in one transaction.

A durable commit costs one wait for the disk, whatever it holds, so clients that arrive together
share it. Whoever finds nobody writing takes all that waits; the others sleep until theirs is done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition
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


class Gathering(Generic[Wanted, Given]):
    """Answers `ask` by `write_all`, which gets several at once and answers each, in order."""

    def __init__(self, write_all: Callable[[Sequence[Wanted]], Sequence[Given]]) -> None:
        self._write_all = write_all
        self._changed = Condition()
        self._waiting: list[_Order[Wanted, Given]] = []
        self._writing = False

    def ask(self, wanted: Wanted) -> Given:
        """What `write_all` gave for this one; raises what it raised for it."""
        order: _Order[Wanted, Given] = _Order(wanted)
        batch = self._wait(order)
        if batch:
            try:
                self._fulfil(batch)
            finally:
                with self._changed:
                    self._writing = False
                    self._changed.notify_all()
        if order.error is not None:
            raise order.error
        return order.given  # type: ignore[return-value]  # done without an error: it was given

    def _wait(self, order: _Order[Wanted, Given]) -> list[_Order[Wanted, Given]]:
        """The orders to write now, or none when another thread wrote this one."""
        with self._changed:
            self._waiting.append(order)
            self._changed.wait_for(lambda: order.done or not self._writing)
            if order.done:
                return []
            batch, self._waiting, self._writing = self._waiting, [], True
            return batch

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
