"""Pages: reading the query of a list, opaque cursors, and the address of the next page."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Response, request
from marshmallow import Schema

from service.api.schemas.base import check
from service.documents.jsontext import Json, JsonObject, dumps, loads
from service.errors import InvalidInputError, Violation

LONGEST_CURSOR = 512
FURTHEST = 1e15
"""What a number in a cursor stays below: beyond that it was not written here."""


def read_query(schema: Schema) -> JsonObject:
    """The query as `schema` loads it; raises InvalidInputError naming each parameter."""
    repeated = [name for name, values in request.args.lists() if len(values) > 1]
    if repeated:
        raise InvalidInputError(
            *(Violation(name, "is there twice: give it once", "query") for name in repeated)
        )
    return check(schema, request.args.to_dict(), place="query")


def write_cursor(*parts: str | float) -> str:
    """An opaque cursor that says where a page ended."""
    return base64.urlsafe_b64encode(dumps(parts).encode()).decode().rstrip("=")


def read_cursor(query: Mapping[str, Json], *shape: type) -> tuple[str | float, ...] | None:
    """The parts of the cursor in `query`, None without one; InvalidInputError unless of `shape`."""
    cursor = query.get("cursor")
    if cursor is None:
        return None
    parts = _parts(str(cursor))
    if len(parts) == len(shape) and all(map(_fits, parts, shape)):
        return parts
    raise InvalidInputError(
        Violation("cursor", "is none of this list: take it from `next`, as it is", "query")
    )


def next_address(cursor: str | None) -> str | None:
    """The address of this list after `cursor`, with the same filters; None when there is none."""
    if cursor is None:
        return None
    kept = {name: text for name, text in request.args.items() if name != "cursor"}
    return f"{request.path}?{urlencode({**kept, 'cursor': cursor})}"


def link_next(response: Response, address: str | None) -> Response:
    """`response` with the next page in its Link header (RFC 8288)."""
    if address is not None:
        response.headers["Link"] = f'<{address}>; rel="next"'
    return response


def _parts(cursor: str) -> tuple[str | float, ...]:
    if len(cursor) > LONGEST_CURSOR:
        return ()
    try:
        found = loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
    except (binascii.Error, ValueError):
        return ()
    return tuple(found) if isinstance(found, list) else ()


def _fits(part: object, kind: type) -> bool:
    if isinstance(part, bool) or not isinstance(part, kind):
        return False
    if isinstance(part, str):
        return "\x00" not in part
    return isinstance(part, int | float) and abs(part) < FURTHEST
