"""A timeline of articles through record and pipeline, in one process on a temporary store."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from service.documents.jsontext import Json, loads
from service.intake import draft
from service.merging import commit_reading
from service.store.base import EventQuery, Store
from service.store.schema import migrate
from service.store.sql import SqlStore
from workers.analysis import build
from workers.pipeline import read_batch

NAME = "scored"
RECEIVED = 4_000_000_000.0
EVERYTHING = EventQuery(limit=1_000_000)


def merge(articles: Sequence[Mapping[str, str]]) -> list[dict[str, Json]]:
    """The merged timeline of articles {id, title, text, published_at}, through record and pipeline.

    Events are {date_start, date_end, text, kind, sources: [{article_id, quote}]}, open sides null.
    """
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'scored.sqlite3'}"
        migrate(url)
        store = SqlStore(url)
        _work(store, articles)
        found = [_event(each.document) for each in store.list_events(NAME, EVERYTHING)]
        store.close()
    return found


def _work(store: Store, articles: Sequence[Mapping[str, str]]) -> None:
    drafts = [draft(NAME, _posted(each), received=RECEIVED) for each in articles]
    store.add_articles(NAME, drafts)
    analyser = build()
    while claimed := store.claim("scoring", limit=20, characters=1_000_000, lease=600.0):
        for each, read in read_batch(claimed, analyser):
            commit_reading(store, each, "scoring", read)


def _posted(article: Mapping[str, str]) -> dict[str, Json]:
    fields = {"external_id": article["id"], "title": article["title"], "text": article["text"]}
    given: dict[str, Json] = {name: value for name, value in fields.items() if value}
    return given | {"published_at": article["published_at"], "language": "en"}


def _event(text: str) -> dict[str, Json]:
    event = cast("dict[str, Json]", loads(text))
    date = cast("dict[str, Json]", event["date"])
    sources = cast("list[dict[str, Json]]", event["sources"])
    return {
        "date_start": date.get("start"),
        "date_end": date.get("end"),
        "text": event["headline"],
        "kind": event["kind"],
        "sources": [
            {"article_id": each["external_id"], "quote": each["quote"]} for each in sources
        ],
    }
