"""A timeline of articles through record and pipeline, in one process on a temporary store."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from service.documents.jsontext import Json, loads
from service.intake import draft
from service.merging import commit_reading
from service.store.base import Store
from service.store.eventquery import EventQuery
from service.store.schema import migrate
from service.store.sql import SqlStore
from service.timeline.ids import article_id
from workers.grammar.analysis import Analyser, build
from workers.pipeline import read_batch

NAME = "scored"
RECEIVED = 4_000_000_000.0
EVERYTHING = EventQuery(limit=1_000_000)

JsonMap = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of articles: event documents in their order, the notices of each article."""

    events: tuple[JsonMap, ...]
    notices: Mapping[str, tuple[str, ...]]


def merge(articles: Sequence[Mapping[str, str]]) -> list[dict[str, Json]]:
    """The merged timeline of articles {id, title, text, published_at}, through record and pipeline.

    Events are {date_start, date_end, text, kind, sources: [{article_id, quote}]}, open sides null.
    """
    return [_plain(event) for event in timeline_of([posted(each) for each in articles]).events]


def timeline_of(posts: Sequence[JsonMap]) -> Told:
    """What comes of articles as one posts them; each has an `external_id`."""
    with _store() as store:
        store.add_articles(NAME, [draft(NAME, dict(each), received=RECEIVED) for each in posts])
        while claimed := store.claim("scoring", limit=20, characters=1_000_000, lease=600.0):
            for each, read in read_batch(claimed, analyser()):
                commit_reading(store, each, "scoring", read)
        names = [str(each["external_id"]) for each in posts]
        found = [loads(each.document) for each in store.list_events(NAME, EVERYTHING)]
        return Told(
            events=tuple(cast("list[JsonMap]", found)),
            notices={name: _notices(store, name) for name in names},
        )


@lru_cache(maxsize=1)
def analyser() -> Analyser:
    """The pipeline that every timeline of this process shares."""
    built = build()
    gc.freeze()  # as the parent of the workers does
    return built


def posted(article: Mapping[str, str]) -> dict[str, Json]:
    """An article {id, title, text, published_at} in the form that is posted, in English."""
    fields = {"external_id": article["id"], "title": article["title"], "text": article["text"]}
    given: dict[str, Json] = {name: value for name, value in fields.items() if value}
    return given | {"published_at": article["published_at"], "language": "en"}


@contextmanager
def _store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'scored.sqlite3'}"
        migrate(url)
        store = SqlStore(url)
        try:
            yield store
        finally:
            store.close()


def _notices(store: Store, name: str) -> tuple[str, ...]:
    article = store.find_article(article_id(NAME, name))
    told = loads(article.notices) if article is not None and article.notices else []
    return tuple(str(each["code"]) for each in cast("list[JsonMap]", told))


def _plain(event: JsonMap) -> dict[str, Json]:
    date = cast("JsonMap", event["date"])
    sources = cast("list[JsonMap]", event["sources"])
    return {
        "date_start": date.get("start"),
        "date_end": date.get("end"),
        "text": event["headline"],
        "kind": event["kind"],
        "sources": [
            {"article_id": each["external_id"], "quote": each["quote"]} for each in sources
        ],
    }
