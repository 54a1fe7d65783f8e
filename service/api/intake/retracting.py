"""Taking back what was posted, when a feed says that it was withdrawn."""

from __future__ import annotations

from service.api.intake.drafts import Withdrawn
from service.api.wire.parts import the_parts
from service.corrections import Corrections
from service.errors import NotFoundError
from service.store.base import StoredArticle
from service.timeline.ids import article_id


def withdraw(timeline: str, withdrawn: Withdrawn) -> StoredArticle:
    """The article that the timeline has under this name, retracted; NotFoundError without one."""
    parts = the_parts()
    there = article_id(timeline, withdrawn.external_id)
    try:
        return Corrections(parts.store, parts.queue, parts.wakeups).retract(there)
    except NotFoundError as error:
        raise NotFoundError(
            f"no article '{withdrawn.external_id}' in timeline '{timeline}' to take back"
        ) from error
