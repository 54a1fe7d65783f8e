"""What operators ask."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas import shapes
from service.api.schemas.base import Answer
from service.api.schemas.problem import Problem
from service.store.base import MOST_COUNTED


class Index(Answer):
    """What is here."""

    service = shapes.text("The name of the service.")
    links = shapes.links("Where to go from here.")


class Health(Answer):
    """The process answers."""

    status = shapes.word("Always up: what does not answer is not.", ("up",))


class ProblemKind(Answer):
    """A kind of problem."""

    type = shapes.text("The `type` of such problems: the address of the page that explains it.")
    status = shapes.whole("The HTTP status that it comes with.")
    title = shapes.text("What every such problem is called.")
    means = shapes.text("What it means.")
    cure = shapes.text("What helps.")
    example = shapes.part(Problem, "One that really came.")


class ProblemKinds(Answer):
    """All kinds of problems."""

    problems = shapes.many(ProblemKind, "Each kind once.")


class Weakness(Answer):
    """A part that does not do its work."""

    part = shapes.word("Which part.", ("redis", "workers", "senders", "pages", "disk", "queue"))
    says = shapes.text("What is so, and what it means.")
    cure = shapes.text("What an operator can do.")


class Readiness(Answer):
    """The service can work."""

    status = shapes.word("degraded: works, but see there.", ("ready", "degraded"))
    record = shapes.word("The database.", ("reachable",))
    redis = shapes.word("The bell of the workers.", ("reachable", "unreachable"))
    workers = shapes.whole(
        "Workers heard of lately; absent when Redis, where they tell, is away.", required=False
    )
    waiting = shapes.whole(f"Articles that wait to be read, counted up to {MOST_COUNTED:,}.")
    oldest_waiting_seconds = fields.Float(
        metadata={"description": "How long the first of them has waited.", "minimum": 0}
    )
    degraded = shapes.many(Weakness, "What is weak, the gravest first; empty when ready.")
