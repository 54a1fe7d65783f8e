"""What the requests of an application work with: the service's parts and a clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from service.api.wire.waiting import WaitingRoom
from service.settings import Settings
from service.wiring import Parts

EXTENSION = "timelines"


@dataclass(frozen=True, slots=True)
class Given:
    """The parts, the operator's choices, room to wait, and the clock of receipts.

    The clock gives seconds since 1970 UTC.
    """

    parts: Parts
    clock: Callable[[], float]
    settings: Settings
    room: WaitingRoom


def give(app: Flask, given: Given) -> None:
    """Let the requests of `app` work with `given`."""
    app.extensions[EXTENSION] = given


def the_parts() -> Parts:
    """The parts that the application at hand was given."""
    return _given().parts


def received_now() -> float:
    """The moment of receipt."""
    return _given().clock()


def clock_of(app: Flask) -> Callable[[], float]:
    """The clock of `app`, for what goes on when its request is answered."""
    return cast("Given", app.extensions[EXTENSION]).clock


def the_settings() -> Settings:
    """What the operator chose."""
    return _given().settings


def the_room() -> WaitingRoom:
    """Where requests wait."""
    return _given().room


def stop_waiting(app: Flask) -> None:
    """Let the requests of `app` that wait answer now, and no other begin to."""
    cast("Given", app.extensions[EXTENSION]).room.close()


def _given() -> Given:
    return cast("Given", current_app.extensions[EXTENSION])
