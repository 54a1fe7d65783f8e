"""A whole house for tests: Redis, workers and the API as real processes under one supervisor.

`open_house(...)` starts it on a fresh, migrated record; `record_url` runs a test on SQLite and on
PostgreSQL. Processes are found by their names, so that tests can kill or freeze them.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from service import children, embedded
from service.intake import Intake, draft
from service.jobqueue import RqJobQueue
from service.settings import PREFIX
from service.store.base import NewArticle, StoredArticle
from service.store.eventquery import EventQuery
from service.store.schema import migrate
from service.store.sql import SqlStore
from tests.servers import web
from tests.servers.waiting import children_of, is_alive, wait_until

ROOT = Path(__file__).resolve().parents[2]
TIMELINE = "drill"
PUBLISHED = "2026-01-27T10:00:00+00:00"


@pytest.fixture(params=["sqlite", "postgres"])
def record_url(request, tmp_path) -> str:
    """The address of a fresh, migrated record, of each kind."""
    if request.param == "postgres":
        return fresh_record(request.getfixturevalue("postgres_url"))
    return fresh_record(f"sqlite:///{tmp_path / 'record.sqlite3'}")


@pytest.fixture
def sqlite_url(tmp_path) -> str:
    return fresh_record(f"sqlite:///{tmp_path / 'record.sqlite3'}")


def fresh_record(url: str) -> str:
    migrate(url)
    return url


@dataclass(frozen=True)
class House:
    """Running processes, and both doors of the record: articles go in, what became of them."""

    process: children.Process
    redis: embedded.Server
    store: SqlStore
    intake: Intake
    api: web.Address | None = None
    """Where the API answers, in a house that has one."""

    @property
    def redis_pid(self) -> int:
        return self._child("redis-server", "service.embedded")

    @property
    def parent_pid(self) -> int:
        """The parent of the workers."""
        return self._child("workers", "tests.faults.hazards")

    @property
    def api_pids(self) -> tuple[int, ...]:
        """gunicorn's parent process and its children."""
        parent = self._child("gunicorn", "service.api")
        return (parent, *children_of(parent))

    def workers(self) -> tuple[int, ...]:
        """The RQ workers that read articles."""
        return tuple(pid for pid in children_of(self.parent_pid) if name_of(pid)[:6] == "worker")

    def senders(self) -> tuple[int, ...]:
        """The RQ workers that send webhooks."""
        return tuple(pid for pid in children_of(self.parent_pid) if name_of(pid)[:6] == "sender")

    def horses(self) -> tuple[int, ...]:
        """The processes that work on articles at this moment."""
        return tuple(horse for worker in self.workers() for horse in children_of(worker))

    def sending_horses(self) -> tuple[int, ...]:
        """The processes that send webhooks at this moment."""
        return tuple(horse for sender in self.senders() for horse in children_of(sender))

    def await_horse(self) -> int:
        wait_until(self.horses, 10, "a worker is busy")
        return (self.horses() or (self.await_horse(),))[0]

    def post(self, *texts: str, timeline: str = TIMELINE) -> tuple[str, ...]:
        """Accept articles with these texts; their ids."""
        drafts = [new_article(text, timeline) for text in texts]
        return tuple(each.id for each in self.intake.accept(timeline, drafts))

    def article(self, article_id: str) -> StoredArticle:
        found = self.store.find_article(article_id)
        assert found is not None
        return found

    def statuses(self, ids: Sequence[str]) -> set[str]:
        return {self.article(each).status for each in ids}

    def await_processed(self, ids: Sequence[str], seconds: float = 30) -> float:
        """Seconds until all of them were processed."""
        left = list(ids)

        def done() -> bool:
            left[:] = [each for each in left if self.article(each).status != "processed"]
            return not left

        return wait_until(done, seconds, f"{len(ids)} articles are processed")

    def await_read(self, ids: Sequence[str], seconds: float = 30) -> None:
        """Wait until all of them were processed or failed."""
        wait_until(lambda: self.statuses(ids) <= {"processed", "failed"}, seconds, "all were read")

    def stop(self) -> float:
        """Seconds that stopping all of it took."""
        begun = time.monotonic()
        self.process.stop(within=5)
        return time.monotonic() - begun

    def all_pids(self) -> tuple[int, ...]:
        found, todo = [], [self.process.pid]
        while todo:
            found.append(todo.pop())
            todo.extend(children_of(found[-1]))
        return tuple(found)

    def _child(self, *names: str) -> int:
        def find() -> list[int]:
            return [pid for pid in children_of(self.process.pid) if _runs(pid, names)]

        wait_until(find, 10, f"a process of {names}")
        return find()[0]


OpenHouse = Callable[..., House]


@pytest.fixture
def open_house(redis_form, tmp_path) -> Iterator[OpenHouse]:
    """`open_house(record_url, module="workers", form="server", api=False, **settings)`."""
    opened: list[House] = []

    def open_one(
        url: str, *, module="workers", form="server", api=False, **settings: object
    ) -> House:
        server = embedded.prepare(tmp_path, redis_form(form))
        address = web.Address(web.free_port()) if api else None
        chosen = {"database_url": url, "redis_url": server.url, "lease_seconds": 2} | settings
        chosen |= {} if address is None else {"port": address.port, "data_dir": tmp_path}
        env = {PREFIX + name.upper(): str(value) for name, value in chosen.items()}
        command = [sys.executable, "-m", module]

        def live() -> None:
            os.chdir(ROOT)
            with children.Supervisor() as supervisor:
                supervisor.start(server.child())
                supervisor.start(children.command("workers", command, {**os.environ, **env}))
                if address is not None:
                    serve = [sys.executable, "-m", "service.api"]
                    supervisor.start(children.command("api", serve, {**os.environ, **env}))
                supervisor.run()

        process = children.start(children.Child("house", live))
        store = SqlStore(url)
        house = House(process, server, store, Intake(store, RqJobQueue(server.url)), address)
        opened.append(house)
        wait_until(lambda: embedded.is_answering(server.url), 10)
        wait_until(house.workers, 30, "the workers have started")
        if address is not None:
            wait_until(address.is_answering, 30, "the API answers")
        return house

    yield open_one
    for house in opened:
        pids = house.all_pids()
        house.stop()
        house.store.close()
        for pid in pids:
            if is_alive(pid):
                os.kill(pid, signal.SIGKILL)


def new_article(text: str, timeline: str = TIMELINE, **fields: str) -> NewArticle:
    said = {"text": text, "published_at": PUBLISHED, "external_id": text[:200]} | fields
    return draft(timeline, said, received=time.time())


def content(store: SqlStore, timeline: str = TIMELINE) -> tuple[tuple[object, ...], ...]:
    """What a timeline says, without when it came to say so."""
    found = store.list_events(timeline, EventQuery(limit=10_000))
    return tuple((each.id, each.sort_start, each.sort_end, each.document) for each in found)


def name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _runs(pid: int, names: Sequence[str]) -> bool:
    """Whether one of `names` is in the words of the process's command line."""
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes().decode().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return any(word.endswith(name) for name in names for word in line.split()[:3])
