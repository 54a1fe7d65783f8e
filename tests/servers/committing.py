"""Articles read and committed in the test's own process, which tells whoever waits elsewhere."""

from collections.abc import Iterator

import pytest

from service import wiring
from service.corrections import Corrections
from service.jobqueue import RqJobQueue
from service.settings import Settings
from service.store.sql import SqlStore
from service.tallies import RedisTallies
from service.wakeups import Wakeups
from tests.faults import hazards
from tests.servers.house import new_article
from workers import jobs
from workers.limits import StopSign

TIMELINE = "committing"


class Committer:
    """Writes the timeline `committing`; each article tells of one event, as hazards are read."""

    def __init__(self, url: str, redis_url: str) -> None:
        self.store = SqlStore(url)
        self._wakeups = Wakeups(redis_url)
        queue, tallies = RqJobQueue(redis_url), RedisTallies(redis_url)
        parts = wiring.Parts(self.store, queue, self._wakeups, tallies)
        self._corrections = Corrections(self.store, queue, self._wakeups)
        self._workshop = jobs.Workshop(Settings(database_url=url), parts, hazards.read)

    @property
    def revision(self) -> int:
        return self.store.find_revision(TIMELINE).revision

    def commit(self, *texts: str, **fields: str) -> int:
        """Have these read; the timeline's revision then."""
        self.store.add_articles(TIMELINE, [new_article(text, TIMELINE, **fields) for text in texts])
        jobs.Shift(self._workshop, StopSign()).work()
        return self.revision

    def retract(self, text: str) -> None:
        """Take back the article with this text."""
        self._corrections.retract(new_article(text, TIMELINE).id)

    def close(self) -> None:
        self._wakeups.close()
        self.store.close()


@pytest.fixture
def committer(store_url, redis_url) -> Iterator[Committer]:
    made = Committer(store_url, redis_url)
    yield made
    made.close()


@pytest.fixture
def quick_committer(sqlite_url, redis_url) -> Iterator[Committer]:
    """On SQLite alone, for what no store decides."""
    made = Committer(sqlite_url, redis_url)
    yield made
    made.close()
