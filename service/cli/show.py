"""`timelines show`: a timeline of the service, readable in the terminal."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from service.cli.client import Client, client
from service.cli.terminal import terminal_of
from service.cli.timeline_text import timeline_lines
from service.settings import Settings

PAGE = 200
"""Events that are read at a time."""


def run_show(options: Namespace, environ: Mapping[str, str]) -> int:
    """Print the timeline, page after page, as it comes."""
    service = client(options.server or Settings.from_env(environ).address, environ=environ)
    bounds = {"from": options.first, "to": options.last}
    chosen = {name: day for name, day in bounds.items() if day is not None}
    terminal = terminal_of(sys.stdout, environ, options.width)
    pages = timeline_pages(service, options.timeline, chosen)
    first = next(pages)
    events = (event for page in _chained(first, pages) for event in page.get("events", ()))
    for line in timeline_lines(first, events, terminal):
        print(line)
    return 0


def timeline_pages(
    service: Client, timeline: str, chosen: Mapping[str, str], *, limit: int = PAGE
) -> Iterator[Mapping[str, Any]]:
    """The timeline's document, then the following pages; at least one, or RefusedError."""
    path = f"/v1/timelines/{quote(timeline, safe='')}?{urlencode({**chosen, 'limit': limit})}"
    while path:
        page = service.read(path)
        yield page
        path = _following(path, page.get("next"))


def _following(path: str, reference: object) -> str:
    """Path and query of the next page; empty after the last. Never another server's."""
    if not isinstance(reference, str):
        return ""
    parts = urlsplit(urljoin(path, reference))
    return f"{parts.path}?{parts.query}"


def _chained(
    first: Mapping[str, Any], others: Iterator[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    yield first
    yield from others
