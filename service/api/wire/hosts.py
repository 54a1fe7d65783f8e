"""What guards every request and answer: the Host it names, and the headers it goes out with."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Flask, Response, request

from service.api.wire.problems import ProblemError, printable
from service.api.wire.requestids import HEADER, request_id
from service.settings import Settings

HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:]+?)\.?(?::[0-9]*)?")
"""Name or bracketed IPv6 address, then a port (RFC 9110, section 7.2)."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
SECURITY_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
STRICT = SECURITY_HEADERS["Content-Security-Policy"]
PAGE = f"{STRICT}; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
# Swagger UI writes styles into the page and draws with pictures of its own.
TRIAL = (
    f"{STRICT}; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
# Pages of timelines: our own script and style, and no picture from anywhere else.
STORY = (
    f"{STRICT}; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
# The same in a frame of whatever page, where nothing is sent: for what everyone may read.
FRAMED = STORY.replace("frame-ancestors 'none'", "frame-ancestors *").replace(
    "form-action 'self'", "form-action 'none'"
)
FRAMES = frozenset({"timeline-pages.get_timeline_page"})
"""The endpoints whose pages others may frame, with `embed=1`."""
# Under `no-referrer` browsers post forms with `Origin: null`, which is anybody's.
OWN_REFERRER = "same-origin"
POLICIES: Mapping[str | None, Mapping[str, str]] = {
    endpoint: {
        **SECURITY_HEADERS,
        "Content-Security-Policy": policy,
        **({"Referrer-Policy": OWN_REFERRER} if policy == STORY else {}),
    }
    for endpoint, policy in (
        ("manual.list_problems", PAGE),
        ("manual.get_problem", PAGE),
        ("manual.get_docs", TRIAL),
        ("resolve_page.get_resolve", STORY),
        ("resolve_page.post_resolve", STORY),
        ("signing.get_sign_in", STORY),
        ("signing.post_sign_in", STORY),
        ("operations.get_index", STORY),
        ("paste.post_paste", STORY),
        ("told.get_article_page", STORY),
        ("evidence.get_event_page", STORY),
        ("timeline-pages.get_timeline_page", STORY),
    )
}
"""What the pages of an endpoint may load where it is more than nothing."""


def allowed_hosts(settings: Settings) -> frozenset[str]:
    """The Host names, without port, that the service answers under."""
    bound = f"[{settings.host}]" if ":" in settings.host else settings.host
    return LOOPBACK | {bound.lower()} | {name.lower() for name in settings.allowed_hosts}


def register_hosts(app: Flask, settings: Settings) -> None:
    """Refuse unknown Host names; put request id and security headers on every answer."""
    allowed = allowed_hosts(settings)

    def refuse_unknown_host() -> None:
        host = request.environ.get("HTTP_HOST")
        # HTTP/1.0 health checks send none; no browser does, so no page can use the gap.
        if host is None and request.environ.get("SERVER_PROTOCOL") != "HTTP/1.0":
            raise ProblemError("bad-request", "the header Host is missing: HTTP/1.1 needs it")
        if host is not None and host_name(host) not in allowed:
            raise ProblemError(
                "unknown-host",
                f"host '{printable(host)}' is not allowed: use localhost or 127.0.0.1, "
                "or name it in TIMELINES_ALLOWED_HOSTS",
            )

    def complete(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        if request.method == "OPTIONS" and response.status_code == 200:
            response.headers.pop("Content-Type", None)  # Allow says it all: there is no content
        for name, value in _guarding().items():
            # No view has them, and looking for each takes longer than finding the route.
            response.headers.add(name, value)
        return response

    app.before_request(refuse_unknown_host)
    app.after_request(complete)


def is_framed() -> bool:
    """Whether the request at hand asks for a page that stands in those of others."""
    return request.endpoint in FRAMES and request.args.get("embed") == "1"


def host_name(host: str) -> str:
    """The name in a Host header: lower case, without port and final dot; empty when malformed.

    >>> host_name("Example.org.:8000"), host_name("[::1]:8000"), host_name("[::1].example.org")
    ('example.org', '[::1]', '')
    """
    found = HOST.fullmatch(host.strip().lower())
    return found[1] if found else ""


def _guarding() -> Mapping[str, str]:
    """The headers that guard the answer at hand."""
    found = POLICIES.get(request.endpoint, SECURITY_HEADERS)
    return {**found, "Content-Security-Policy": FRAMED} if is_framed() else found
