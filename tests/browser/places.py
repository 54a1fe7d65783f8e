"""Every page that tests look at: a page that is new is one line here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its name in tests, and its path with the names of a story left open.

    `asks` are query parameters whose words the page shows again; a `guarded` one is there where
    keys are on.
    """

    name: str
    path: str
    asks: tuple[str, ...] = ()
    guarded: bool = False

    def __str__(self) -> str:
        return self.name


PLACES = (
    Place("problems", "/problems"),
    Place("problem", "/problems/not-found"),
    Place("start", "/"),
    Place("article", "/articles/{article}"),
    Place("timeline", "/timelines/{timeline}", asks=("q", "from", "publisher")),
    Place("event", "/timelines/{timeline}/events/{event}"),
    Place("sign-in", "/sign-in", asks=("next",), guarded=True),
    Place("resolve", "/resolve", asks=("text", "reference_time", "language")),
    Place(
        "resolved",
        "/resolve?reference_time=2026-01-29&text=It%20opened%20on%20Tuesday,%20two%20days%20after%20the%20vote.",
    ),
)
