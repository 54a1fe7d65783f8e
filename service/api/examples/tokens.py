"""Feed tokens."""

from __future__ import annotations

from service.documents.jsontext import JsonObject

TOKENS = "/v1/timelines/harbour/tokens"
TOKEN_ID = "tok_5d1c8b3e90f2a7c64b1d"  # noqa: S105  # no secret, its name
POSTED: JsonObject = {"name": "calendar of the desk", "expires_at": "2027-01-01"}
READ: JsonObject = {
    "id": TOKEN_ID,
    "name": "calendar of the desk",
    "begins": "tlt_Zm9v",
    "created_at": "2026-01-29T17:31:02.114+00:00",
    "expires_at": "2027-01-01T00:00:00.000+00:00",
    "links": {
        "self": f"{TOKENS}/{TOKEN_ID}",
        "tokens": TOKENS,
        "timeline": "/v1/timelines/harbour",
    },
}
MADE: JsonObject = {**READ, "token": "tlt_Zm9vYmFyZXhhbXBsZXRva2VuZm9vYmFyZXhhbXBsZXQ"}
LIST: JsonObject = {
    "tokens": [READ],
    "links": {"self": TOKENS, "timeline": "/v1/timelines/harbour"},
}
