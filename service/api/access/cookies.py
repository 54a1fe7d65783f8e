"""The cookie of a session: no script sees it, no other site's page sends it, 12 hours long.

By https its name begins with `__Host-`, so that no other host can plant one (RFC 6265bis, section
4.1.3.2); a plain name is not looked at there.
"""

from __future__ import annotations

from flask import Response, request

from service.api.access.origins import came_by_https
from service.keyring import SESSION_SECONDS

PLAIN = "timelines_session"
SECURE = f"__Host-{PLAIN}"


def session_shown() -> str | None:
    """The session that the request at hand brings."""
    return request.cookies.get(SECURE if came_by_https() else PLAIN) or None


def give_session(response: Response, session: str) -> Response:
    """`response`, after which the browser brings `session`."""
    _write(response, session, SESSION_SECONDS)
    return response


def take_session(response: Response) -> Response:
    """`response`, after which the browser brings none."""
    _write(response, "", 0)
    return response


def _write(response: Response, value: str, seconds: int) -> None:
    secure = came_by_https()
    response.set_cookie(
        SECURE if secure else PLAIN,
        value,
        max_age=seconds,
        path="/",
        secure=secure,
        httponly=True,
        samesite="Strict",
    )
