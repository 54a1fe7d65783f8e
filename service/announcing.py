"""Telling that a timeline moved: whoever waits for it wakes, whoever is sent to is sent to.

Both are hints. The commit came first, and who looks at the record finds it without them.
"""

from __future__ import annotations

import logging

from service.errors import StoreUnavailableError
from service.jobqueue import DELIVERIES_QUEUE, JobQueue
from service.store.base import Store
from service.wakeups import Wakeups

logger = logging.getLogger(__name__)


def announce(
    store: Store, queue: JobQueue, wakeups: Wakeups, *, timeline: str, revision: int
) -> None:
    """Tell that the timeline reached this revision; rings only when somebody subscribes to it."""
    wakeups.publish(timeline, revision)
    try:
        is_followed = store.is_followed(timeline)
    except StoreUnavailableError as error:
        logger.debug("timeline %s: the sweeper rings for its subscribers: %s", timeline, error)
        return
    if is_followed:
        queue.ring(DELIVERIES_QUEUE)
