"""Pages that are ready to be sent again: bounded in bytes, never stale.

A page is kept under all that its text depends on, so what is found is what a reading would give.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from flask import current_app

from service.api.wire.compression import IDENTITY

MOST_BYTES = 16_000_000
"""Of all pages that one process keeps."""
EXTENSION = "timelines-pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKey:
    """All that the text of a page depends on; timelines are open to every reader so far."""

    timeline: str
    revision: int
    state: int
    query: bytes
    coding: str = IDENTITY


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page in UTF-8 and the coding of its key, and its Link header."""

    body: bytes
    links: str


class Pages:
    """The pages asked for last, up to `most_bytes`; safe between threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[PageKey, Page] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, key: PageKey) -> Page | None:
        """The page, or None when it is not kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: PageKey, page: Page) -> None:
        """Keep `page`, and let go of those that were not asked for the longest."""
        with self._lock:
            known = self._kept.pop(key, None)
            if known is not None:
                self._bytes -= _size(key, known)
            self._kept[key] = page
            self._bytes += _size(key, page)
            while self._bytes > self._most:
                self._bytes -= _size(*self._kept.popitem(last=False))


def the_pages() -> Pages:
    """The pages of the application at hand."""
    pages: Pages = current_app.extensions.setdefault(EXTENSION, Pages())
    return pages


def _size(key: PageKey, page: Page) -> int:
    return len(key.query) + len(page.body)
