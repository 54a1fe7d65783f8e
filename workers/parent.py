"""The parent of the workers: forks them and the sweeper, tends them, stops them.

The parent itself never connects to the database or to Redis, so no connection crosses a fork;
each child opens its own. It lives as long as nobody stops it: whatever else is away, its children
wait for it or are started again.
"""

from __future__ import annotations

import gc
import logging
import time
from functools import partial

from service import wiring
from service.children import Child, Supervisor
from service.errors import StoreUnavailableError
from service.jobqueue import ARTICLES_QUEUE, DELIVERIES_QUEUE
from service.removing import remove_leftover
from service.settings import Settings
from service.trimming import Trimmer
from workers import bell, jobs

SWEEP_SECONDS = 1.0
REMOVE_SECONDS = 0.5
"""Of each sweep, for what is left of deleted timelines."""
TRIM_SECONDS = 0.2
"""Of each sweep, for changes that need not be kept any more."""
STOP_SECONDS = 1.6
"""What the children get; a launcher above gives this parent no more than 2 s."""

logger = logging.getLogger(__name__)


def run(workshop: jobs.Workshop) -> None:
    """Keep the RQ workers of both queues and one sweeper running until SIGTERM or SIGINT."""
    settings = workshop.settings
    jobs.equip(workshop)
    gc.freeze()  # what is loaded by now stays shared between the forks
    kinds = (
        ("worker", ARTICLES_QUEUE, settings.workers),
        ("sender", DELIVERIES_QUEUE, settings.delivery_workers),
    )
    with Supervisor(STOP_SECONDS) as supervisor:
        for name, queue, count in kinds:
            listen = partial(bell.listen, queue, settings.redis_url, settings.log_level)
            for number in range(1, count + 1):
                supervisor.start(Child(f"{name} {number}", listen))
        supervisor.start(Child("sweeper", partial(sweep, settings)))
        supervisor.run()


def sweep(settings: Settings) -> None:
    """Ring each second for work that waits, claims that ran out among it; never returns.

    Then go on with what is left of deleted timelines, and let old changes go.

    Every parent has one: ringing twice is harmless, so nobody needs to lead.
    """
    parts = wiring.build(settings)
    trimmer = Trimmer(parts.store, settings)
    was_there = True
    while True:
        try:
            if parts.store.has_work():
                parts.queue.ring(ARTICLES_QUEUE)
            if parts.store.has_deliveries():
                parts.queue.ring(DELIVERIES_QUEUE)
            remove_leftover(parts.store, seconds=REMOVE_SECONDS)
            trimmer.go_on(seconds=TRIM_SECONDS)
            was_there = True
        except StoreUnavailableError as error:
            if was_there:
                logger.warning("the record is away, looking again each second: %s", error)
            was_there = False
        time.sleep(SWEEP_SECONDS)
