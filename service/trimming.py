"""Letting old changes and deliveries go, a little at a time: what the sweeper does besides."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from service.settings import Settings
from service.store.base import Store

REST_SECONDS = 60.0
"""Between two looks whether anything grew old, once nothing had."""
PAUSE = 0.004
"""Seconds between two pieces: writers of a SQLite file look for their turn each millisecond."""
A_DAY = 86_400.0
DELIVERY_DAYS = 30
"""How long it is kept what was sent to subscribers, and what came of it."""


@dataclass(slots=True)
class Trimmer:
    """Lets go of changes older, and further back, than `settings` say, and of old deliveries."""

    log: Store
    settings: Settings
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    _rests_until: float = 0.0

    def go_on(self, *, seconds: float) -> None:
        """Let pieces go for about `seconds`, one at least, unless nothing was old a moment ago."""
        now = self.clock()
        if now < self._rests_until:
            return
        until = now + seconds
        while not self._trim():
            if self.clock() > until:
                return
            self.pause(PAUSE)
        self._rests_until = self.clock() + REST_SECONDS

    def _trim(self) -> bool:
        return self.log.trim_changes(
            seconds=self.settings.history_days * A_DAY, rows=self.settings.history_rows
        ) and self.log.trim_deliveries(seconds=DELIVERY_DAYS * A_DAY)
