"""The changes of a timeline: what is asked for, and what is answered."""

from __future__ import annotations

from marshmallow.validate import Range

from service.api.schemas import shapes
from service.api.schemas.base import Answer
from service.api.schemas.numbers import Whole
from service.api.schemas.posted import DEFAULT_LIMIT, HIGHEST_LIMIT
from service.api.schemas.timelinequery import BETWEEN, WHOLE, EventFilters
from service.api.schemas.timelines import ChangeRead

FURTHEST = 10**15
"""No timeline has so many revisions."""
LONGEST_WAIT = 60
"""Seconds that a request may wait for a change."""


class ChangesQuery(EventFilters):
    """Which changes of a timeline."""

    since = Whole(
        load_default=0,
        validate=Range(0, FURTHEST, error=BETWEEN),
        error_messages=WHOLE,
        metadata={
            "description": "The revision up to which all is known: changes after it are told. "
            "Take it from `until` of the last answer, or from `revision` of the timeline as read.",
        },
    )
    limit = Whole(
        load_default=DEFAULT_LIMIT,
        validate=Range(1, HIGHEST_LIMIT, error=BETWEEN),
        error_messages=WHOLE,
        metadata={"description": "How many at most."},
    )
    wait = Whole(
        load_default=0,
        validate=Range(0, LONGEST_WAIT, error=BETWEEN),
        error_messages=WHOLE,
        metadata={
            "description": "Seconds to wait for a change when there is none yet; the answer comes "
            "as soon as there is one, and without any when they are over.",
        },
    )


class StreamQuery(EventFilters):
    """Which changes of a timeline a stream tells."""

    since = Whole(
        validate=Range(0, FURTHEST, error=BETWEEN),
        error_messages=WHOLE,
        metadata={
            "description": "The revision up to which all is known: changes after it are told. "
            "Without it the stream tells what comes from now on. Last-Event-ID goes before it.",
        },
    )


class ChangesRead(Answer):
    """What became of a timeline after a revision."""

    timeline = shapes.text("Its name.")
    revision = shapes.whole("The number of its last change now.")
    until = shapes.whole(
        "All up to this revision is told or was left out by a filter: go on with it as `since`."
    )
    changes = shapes.many(
        ChangeRead,
        "By revision. Without a filter none is missing between two of them. With one there may be "
        "none at all and still be more (`next`).",
    )
    next = shapes.text(
        "Address of what is there now beyond `until`; absent when that is all.", required=False
    )
    links = shapes.links()
