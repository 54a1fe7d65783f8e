"""Two services over one record with stories: one with keys off, one with keys on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from service.keyring import mint_key
from service.settings import Settings
from service.store.shelf import TimelineTraits
from service.store.sql import SqlStore
from tests.browser import hostile, stories, thousand
from tests.servers.web import Address, serving

PRIVATE = "sealed"
"""A timeline that is not there for strangers where keys are on."""

STREAMS = 500
"""Places for streams: that of a page which was left is free a heartbeat later."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """Running services and what is found there."""

    open: str
    """The address of the service with keys off."""
    guarded: str
    """The address of the service with keys on."""
    key: str
    """A key that may do all there."""
    story: Mapping[str, str]
    """Names of a timeline, and of an event and an article of it."""
    hostile: Sequence[Mapping[str, str]]
    """The same for every text of the corpus of attacks."""
    api: Address
    """The service with keys off, to be asked without a browser."""
    store: SqlStore


@contextmanager
def serve(folder: Path) -> Iterator[Site]:
    """Both services, with the stories in them."""
    with serving(folder, keys="off", waiters=STREAMS) as unlocked:
        store = SqlStore(Settings(data_dir=folder).sql_url)
        try:
            secret, new = mint_key("browser", ("admin",))
            store.add_key(new)
            told = _tell(unlocked, store)
            with serving(folder, keys="on", waiters=STREAMS) as locked:
                yield Site(
                    open=f"http://127.0.0.1:{unlocked.port}",
                    guarded=f"http://127.0.0.1:{locked.port}",
                    key=secret,
                    api=unlocked,
                    store=store,
                    **told,
                )
        finally:
            store.close()


def _tell(api: Address, store: SqlStore) -> dict[str, object]:
    """Post all stories and have them read."""
    thousand.fill(store)
    posted = stories.post_all(api)
    stories.read_all(store)
    attacks = hostile.post_all(api)
    hostile.read_all(store)
    store.put_timeline(PRIVATE, TimelineTraits(public=False))
    return {
        "story": _names(api, stories.TIMELINE, posted),
        "hostile": [_names(api, hostile.TIMELINE, each) for each in attacks],
    }


def _names(api: Address, timeline: str, article: str) -> dict[str, str]:
    """The timeline, the article, and an event that it tells."""
    status, found = api.ask("GET", f"/v1/timelines/{timeline}?limit=200")
    assert status == 200, found
    event = next(each for each in found["events"] if _is_told(each, article))
    return {"timeline": timeline, "article": article, "event": event["id"]}


def _is_told(event: dict, article: str) -> bool:
    return any(source["article_id"] == article for source in event["sources"])
