"""What each operation needs, as data: the only place where that is said.

The guard asks this table, and OpenAPI's `security` is written from it. An operation that is not
here needs an admin key; a test holds that every one is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """What an operation needs where keys are on.

    `scope` None: nothing, ever. `of_timelines`: it reads timelines, so that public ones need no key
    and private ones take one, or a feed token of theirs. `of_all`: it tells of all timelines, so
    that a key of one does not do. `page`: it is a page of ours for which a session may stand, and
    what is posted to it is a form of one.
    """

    scope: str | None
    of_timelines: bool = False
    of_all: bool = False
    page: bool = False


OPEN = Need(None)
READING = Need("read", of_timelines=True)
READING_ALL = Need("read", of_all=True)
READING_PAGE = Need("read", of_timelines=True, page=True)
OPEN_PAGE, READ_PAGE, WRITE_PAGE = (Need(each, page=True) for each in (None, "read", "write"))
READ, WRITE, SUBSCRIBE, ADMIN = (Need(each) for each in ("read", "write", "subscribe", "admin"))

NEEDS: Mapping[str, Need] = {
    "get_index": OPEN,
    "get_health": OPEN,
    "get_readiness": OPEN,
    "get_openapi": OPEN,
    "get_docs": OPEN,
    "get_asset": OPEN,
    "list_problems": OPEN,
    "get_problem": OPEN,
    "get_metrics": READING_ALL,
    "post_text": READ,
    "list_timelines": READING,
    "get_timeline": READING,
    "get_timeline_page": READING,
    "get_timeline_ics": READING,
    "get_timeline_atom": READING,
    "get_timeline_feed_json": READING,
    "get_timeline_csv": READING,
    "get_timeline_timelinejs_json": READING,
    "get_timeline_jsonld": READING,
    "get_timeline_md": READING,
    "get_event": READING,
    "get_event_page": READING,
    "get_history": READING,
    "list_changes": READING,
    "get_stream": READING,
    "list_articles": READING,
    "get_article": READING,
    "list_versions": READING,
    "get_version": READING,
    "post_articles": WRITE,
    "put_article": WRITE,
    "delete_article": WRITE,
    "retry_article": WRITE,
    "put_timeline": ADMIN,
    "delete_timeline": ADMIN,
    "post_token": ADMIN,
    "list_tokens": ADMIN,
    "delete_token": ADMIN,
    "post_subscription": SUBSCRIBE,
    "list_subscriptions": SUBSCRIBE,
    "get_subscription": SUBSCRIBE,
    "patch_subscription": SUBSCRIBE,
    "delete_subscription": SUBSCRIBE,
    "rotate_secret": SUBSCRIBE,
    "replay_subscription": SUBSCRIBE,
    "post_test": SUBSCRIBE,
    "list_deliveries": SUBSCRIBE,
    "get_delivery": SUBSCRIBE,
    "redeliver": SUBSCRIBE,
}
"""Operation id (the name of its view) -> what it needs."""
PAGES: Mapping[str, Need] = {
    "get_sign_in": OPEN_PAGE,
    "post_sign_in": OPEN_PAGE,
    "post_sign_out": OPEN_PAGE,
    "get_article_page": READING_PAGE,
    "post_paste": WRITE_PAGE,
    "get_resolve": OPEN_PAGE,
    "post_resolve": READ_PAGE,
}
"""The same for what only our own pages use, and OpenAPI does not tell of."""


def need_of(operation: str) -> Need:
    """What an operation needs; an admin key where nobody said."""
    return NEEDS.get(operation) or PAGES.get(operation, ADMIN)
