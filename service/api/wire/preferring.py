"""What a client would rather have (RFC 7240): `Prefer: wait=n`. Other preferences are let be."""

from __future__ import annotations

import re

from flask import request

LONGEST_WAIT = 60
"""Seconds that a request waits at most; who asks for more gets these."""
PREFER = {
    "in": "header",
    "name": "Prefer",
    "description": (
        f"`wait=n`: answer when what was posted is read, after n seconds (at most {LONGEST_WAIT}) "
        "at the latest (RFC 7240). Other preferences are let be."
    ),
    "schema": {"type": "string"},
    "example": "wait=2",
}
APPLIED = {
    "Preference-Applied": {
        "description": "`wait=n` when the answer waited until all was read.",
        "schema": {"type": "string"},
    }
}
_WAIT = re.compile(r'wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?', re.ASCII | re.IGNORECASE)


def wanted_wait() -> int:
    """Seconds that the client is ready to wait; 0 when it does not say, or says it wrongly."""
    for each in ",".join(request.headers.getlist("Prefer")).split(","):
        match = _WAIT.fullmatch(each.strip())
        if match is not None:
            return min(int(match[1]), LONGEST_WAIT)
    return 0
