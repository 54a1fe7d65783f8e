"""The very door: takes feed tokens off the address before anything behind can see or write them.

What goes on has the same address without the parameter, so tags, cursors, `next`, links, logs and
problems cannot hold a token. It stands in the WSGI environment under TOKEN.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote_to_bytes
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

TOKEN = "timelines.token"  # noqa: S105  # the name of a place
PARAMETER = b"token"
ADDRESSES = ("RAW_URI", "REQUEST_URI")
"""Where servers keep the address as it was sent."""


class TokenDoor:
    """A WSGI application that lets `application` see no token."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does, to the request without its token."""
        query = environ.get("QUERY_STRING", "")
        if query and ("token" in query or "%" in query):
            _take_off(environ, query)
        return self._application(environ, start_response)


def _take_off(environ: WSGIEnvironment, query: str) -> None:
    rest, tokens = split_tokens(query)
    if not tokens:
        return
    environ[TOKEN] = tokens[0] if len(tokens) == 1 else ""
    environ["QUERY_STRING"] = rest
    for name in ADDRESSES:
        if name in environ:
            path = str(environ[name]).partition("?")[0]
            environ[name] = f"{path}?{rest}" if rest else path


def split_tokens(query: str) -> tuple[str, tuple[str, ...]]:
    """The query without the parameter `token`, however its name is spelt, and what it held.

    >>> split_tokens("limit=5&%74oken=a%2Db&order=date")
    ('limit=5&order=date', ('a-b',))
    """
    kept, taken = [], []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if unquote_to_bytes(name.replace("+", " ")) == PARAMETER:
            taken.append(unquote_to_bytes(value).decode("utf-8", "replace"))
        else:
            kept.append(pair)
    return "&".join(kept), tuple(taken)
