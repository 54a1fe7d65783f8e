"""Posting articles to a running API, and having what was posted read in the test's own process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence

from service.merging import Read, commit_reading
from service.store.base import Claimed
from service.store.sql import SqlStore
from tests.servers.web import Address

Reader = Callable[[Sequence[Claimed]], Iterable[tuple[Claimed, Read]]]
TOKEN = "browser"  # noqa: S105  # of a claim, not a secret


def post(api: Address, timeline: str, document: object) -> str:
    """The id of the article that was posted."""
    path = f"/v1/timelines/{timeline}/articles"
    return send(api, "POST", path, document)["id"]


def send(api: Address, method: str, path: str, document: object) -> dict:
    """The answer to a request that must succeed."""
    status, answer = api.ask(method, path, json.dumps(document), Content_Type="application/json")
    assert status < 300, answer
    return answer


def have_read(store: SqlStore, reader: Reader) -> None:
    """Read and commit all that waits."""
    while claimed := store.claim(TOKEN, limit=20, characters=200_000, lease=60.0):
        for each, read in reader(claimed):
            commit_reading(store, each, TOKEN, read)
