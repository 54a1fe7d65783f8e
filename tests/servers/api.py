"""The API for tests: Flask's client over a fresh SQLite record and a bell that counts."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Executable
from werkzeug.test import TestResponse

from service.api.app import create_app
from service.errors import StoreUnavailableError
from service.settings import Settings
from service.store.engine import Database
from service.store.schema import migrate
from service.store.sql import SqlStore
from service.tallies import Told
from service.wakeups import Wakeups
from service.wiring import Parts

NOWHERE = "redis://127.0.0.1:1/0"
NOW = 1_772_292_000.0
"""2026-02-28T15:20:00Z, when every request of these tests is received."""
ARTICLES = "/v1/timelines/demo/articles"
ARTICLE = {
    "text": "The bridge was closed on Tuesday. Trains were turned back.",
    "published_at": "2026-01-29T10:00:00+01:00",
    "title": "Bridge closed",
    "publisher": "Harbour Courier",
    "external_id": "courier-1",
}


@dataclass
class Bell:
    """A queue that keeps count of its rings."""

    answers: bool = True
    rings: list[str] = field(default_factory=list)

    def ring(self, queue: str) -> bool:
        self.rings.append(queue)
        return self.answers

    def is_reachable(self) -> bool:
        return self.answers


@dataclass
class Counting:
    """Tallies in memory."""

    workers: int = 1
    senders: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    answers: bool = True

    def add(self, counts) -> bool:
        self.counts.update(counts)
        return self.answers

    def beat(self, _worker: str) -> bool:
        return self.answers

    def leave(self, _worker: str) -> None:
        self.workers -= 1

    def read(self) -> Told | None:
        return Told(self.counts, self.workers, senders=self.senders) if self.answers else None


@dataclass
class Api:
    """The application with what stands behind it."""

    app: Flask
    client: FlaskClient
    store: SqlStore
    bell: Bell
    tallies: Counting
    wakeups: Wakeups
    url: str = ""

    def write(self, statement: Executable, **values: object) -> None:
        """Change the record as other processes do, by a connection of its own."""
        with closing(Database(self.url)) as database, database.writing() as connection:
            connection.execute(statement, values)

    def post(self, document: object = ARTICLE, path: str = ARTICLES) -> TestResponse:
        return self.client.post(path, json=document)

    def send(self, body: bytes, content_type="application/json", **more) -> TestResponse:
        return self.client.post(ARTICLES, data=body, content_type=content_type, **more)

    def send_lines(self, *lines: object) -> TestResponse:
        texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        return self.send("\n".join(texts).encode(), "application/x-ndjson")

    def get(self, path: str, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers=named)


class RecordAway:
    """A record that cannot be reached."""

    def __getattr__(self, name: str):
        def refuse(*_args, **_options):
            raise StoreUnavailableError("the database is locked")

        return refuse


class CrowdedRecord:
    """A record in which a timeline has its first event as often as is said."""

    def __init__(self, store: SqlStore, times: int) -> None:
        self._store = store
        self._times = times

    def __getattr__(self, name: str):
        return getattr(self._store, name)

    @contextmanager
    def open_events(self, timeline, query):
        with self._store.open_events(timeline, query) as (standing, events):
            yield standing, repeat(next(events), self._times)


def crowded(api: Api, times: int) -> Api:
    """The same API over a record whose timelines have their first event so many times."""
    parts = Parts(CrowdedRecord(api.store, times), api.bell, Wakeups(NOWHERE), api.tallies)
    return replace(api, client=create_app(Settings(), parts, clock=lambda: NOW).test_client())


@pytest.fixture
def without_record(api) -> FlaskClient:
    """A client of the API over a record that cannot be reached, with the bell of `api`."""
    parts = Parts(RecordAway(), api.bell, Wakeups(NOWHERE), api.tallies)
    return create_app(Settings(), parts, clock=lambda: NOW).test_client()


@pytest.fixture(scope="session")
def api_record(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("api") / "timelines.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def api(api_record, tmp_path) -> Iterator[Api]:
    shutil.copy(api_record, tmp_path / "record.sqlite3")
    url = f"sqlite:///{tmp_path / 'record.sqlite3'}"
    store = SqlStore(url)
    bell, tallies = Bell(), Counting()
    wakeups = Wakeups(NOWHERE)
    parts = Parts(store, bell, wakeups, tallies)
    app = create_app(Settings(data_dir=tmp_path), parts, clock=lambda: NOW)
    yield Api(app, app.test_client(), store, bell, tallies, wakeups, url)
    wakeups.close()
    store.close()


def article(name: str = "a", **fields: object) -> dict[str, object]:
    """An article that can be posted, told apart by its `external_id`."""
    return {**ARTICLE, "external_id": name, **fields}


def cut_short(response: TestResponse) -> TestResponse:
    """The answer; of a stream, which has no end, its first piece."""
    if response.mimetype == "text/event-stream":
        piece = next(iter(response.response))
        response.close()
        response.set_data(piece)
    return response


def violations(response: TestResponse) -> dict[str, str]:
    """What a problem says, by pointer."""
    return {each["pointer"]: each["detail"] for each in response.json["errors"]}
