"""Reads from other people's web pages (Fetch standard, CORS protocol): for everyone, without keys.

What anyone may read, any page may: `*` lets no cookie along, so that no page reads more than a
stranger could. Writes have no such headers, and neither has a key's way in: a key in a web page is
everyone's key.
"""

from __future__ import annotations

from flask import Flask, Response, request

READS = frozenset({"GET", "HEAD"})
ASKED = frozenset(
    {"accept", "accept-language", "if-none-match", "last-event-id", "x-request-id", "cache-control"}
)
"""Headers, in lower case, that a page may send with a read."""
TOLD = (
    *("ETag", "Link", "Location", "Retry-After", "X-Request-ID", "Content-Disposition"),
    *("RateLimit", "RateLimit-Policy"),
)
"""Headers that a page gets to see."""
REMEMBERED = 86_400
"""Seconds for which a browser need not ask again."""
READ = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", ", ".join(TOLD)),
)
ALLOWED = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Allow-Methods", ", ".join(sorted(READS))),
    ("Access-Control-Allow-Headers", ", ".join(sorted(ASKED))),
    ("Access-Control-Max-Age", str(REMEMBERED)),
)


def register_cors(app: Flask) -> None:
    """Let web pages read what `app` answers to everyone."""
    app.after_request(open_to_pages)


def open_to_pages(response: Response) -> Response:
    """`response` with what a browser needs to hand it to a page, if it is a read."""
    if request.method in READS:
        response.headers.extend(READ)
    elif request.method == "OPTIONS" and _asks_to_read():
        response.headers.extend(ALLOWED)
    return response


def _asks_to_read() -> bool:
    return request.headers.get("Access-Control-Request-Method") in READS
