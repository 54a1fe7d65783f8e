"""Request ids: taken from `X-Request-ID` where it is well formed, else made, always given back."""

from __future__ import annotations

import re
import uuid

from flask import g, request

HEADER = "X-Request-ID"
SHAPE = re.compile(r"[A-Za-z0-9._~-]{1,128}", re.ASCII)


def request_id() -> str:
    """The id of the request at hand, the same for its whole life."""
    known: str | None = g.get("request_id")
    if known is None:
        given = request.headers.get(HEADER, "")
        known = given if SHAPE.fullmatch(given) else uuid.uuid4().hex
        g.request_id = known
    return known
