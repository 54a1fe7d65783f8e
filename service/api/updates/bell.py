"""Waking whoever delivers, when a request made something due."""

from __future__ import annotations

from service.api.wire.parts import the_parts
from service.jobqueue import DELIVERIES_QUEUE


def ring_deliveries() -> None:
    """Ring within a quarter of a second; where that fails, the sweeper finds what is due."""
    the_parts().queue.ring(DELIVERIES_QUEUE)
