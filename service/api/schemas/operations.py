"""What operators ask."""

from __future__ import annotations

from service.api.schemas import shapes
from service.api.schemas.base import Answer
from service.store.base import MOST_COUNTED


class Index(Answer):
    """What is here."""

    service = shapes.text("The name of the service.")
    links = shapes.links("Where to go from here.")


class Health(Answer):
    """The process answers."""

    status = shapes.word("Always up: what does not answer is not.", ("up",))


class Readiness(Answer):
    """The service can work."""

    status = shapes.word("degraded: works, a little later.", ("ready", "degraded"))
    record = shapes.word("The database.", ("reachable",))
    redis = shapes.word("The bell of the workers.", ("reachable", "unreachable"))
    waiting = shapes.whole(f"Articles that wait to be read, counted up to {MOST_COUNTED:,}.")
