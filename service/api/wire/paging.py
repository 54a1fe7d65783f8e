"""Pages: reading the query of a list, opaque cursors, and the address of the next page."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import unquote_to_bytes, urlencode

from flask import Response, request
from marshmallow import Schema

from service.api.schemas.base import check
from service.api.schemas.posted import PageQuery
from service.documents.jsontext import Json, JsonObject, dumps, loads
from service.errors import InvalidInputError, Violation

T = TypeVar("T")

PAGE = PageQuery()
LONGEST_CURSOR = 512
FURTHEST = 1e15
"""What a number in a cursor stays below: beyond that it was not written here."""


def read_query(schema: Schema, *, besides: Collection[str] = ()) -> JsonObject:
    """The query as `schema` loads it, without the parameters `besides`.

    Raises InvalidInputError naming each parameter that is wrong.
    """
    repeated = [name for name, values in request.args.lists() if len(values) > 1]
    if repeated:
        raise InvalidInputError(
            *(Violation(name, "is there twice: give it once", "query") for name in repeated)
        )
    _refuse_no_utf_8(request.query_string)
    said = {name: text for name, text in request.args.items() if name not in besides}
    return check(schema, said, place="query")


def _refuse_no_utf_8(query: bytes) -> None:
    for pair in query.split(b"&") if b"%" in query else ():
        try:
            unquote_to_bytes(pair).decode()
        except UnicodeDecodeError as error:
            name = pair.partition(b"=")[0].decode("ascii", "replace")
            said = "is not UTF-8: percent-encode the bytes of its UTF-8"
            raise InvalidInputError(Violation(name, said, "query")) from error


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list a request asks for: at most `limit`, strictly after `after`."""

    limit: int
    after: tuple[str | float, ...] | None

    @property
    def most(self) -> int:
        """What to read: one more than is given, which tells whether there is a next page."""
        return self.limit + 1

    def cut(
        self, found: Sequence[T], place: Callable[[T], tuple[str | float, ...]]
    ) -> tuple[Sequence[T], str | None]:
        """Of `most` that were read those to give, and the address of the next page or None.

        `place` is what the cursor says of the last one.
        """
        page = found[: self.limit]
        more = len(found) > len(page)
        return page, next_address(write_cursor(*place(page[-1])) if more else None)


def read_part(*shape: type) -> Part:
    """The part that `limit` and `cursor` of the query name; `shape` is that of the cursor."""
    query = read_query(PAGE)
    return Part(int(str(query["limit"])), read_cursor(query, *shape))


def write_cursor(*parts: str | float) -> str:
    """An opaque cursor that says where a page ended."""
    return base64.urlsafe_b64encode(dumps(parts).encode()).decode().rstrip("=")


def read_cursor(query: Mapping[str, Json], *shape: type) -> tuple[str | float, ...] | None:
    """The parts of the cursor in `query`, None without one; InvalidInputError unless of `shape`."""
    cursor = query.get("cursor")
    if cursor is None:
        return None
    return read_parts(_text(str(cursor)), shape)


def read_parts(text: str, shape: Sequence[type]) -> tuple[str | float, ...]:
    """The parts in the JSON list `text`; InvalidInputError unless they are of `shape`."""
    try:
        found = loads(text)
    except ValueError:
        found = None
    parts = found if isinstance(found, list) else []
    if len(parts) == len(shape) and all(map(_fits, parts, shape)):
        return tuple(parts)
    raise InvalidInputError(
        Violation("cursor", "is none of this list: take it from `next`, as it is", "query")
    )


def next_address(cursor: str | None) -> str | None:
    """The address of this list after `cursor`, with the same filters; None when there is none."""
    if cursor is None:
        return None
    return same_query(request.path, cursor=cursor)


def same_query(path: str, **changed: str | None) -> str:
    """`path` with the parameters of the request but for `changed` (None takes one away).

    What lets a reader in (`token`) is kept out of addresses.
    """
    kept = {name: text for name, text in request.args.items() if name not in {*changed, "token"}}
    given = {name: text for name, text in changed.items() if text is not None}
    query = urlencode({**kept, **given})
    return f"{path}?{query}" if query else path


def write_links(links: Mapping[str, str | None]) -> str:
    """Addresses by relation as a Link header (RFC 8288); those that are None are not there."""
    return ", ".join(f'<{to}>; rel="{name}"' for name, to in links.items() if to is not None)


def link_next(response: Response, address: str | None) -> Response:
    """`response` with the next page in its Link header (RFC 8288)."""
    if address is not None:
        response.headers["Link"] = write_links({"next": address})
    return response


def _text(cursor: str) -> str:
    if len(cursor) > LONGEST_CURSOR:
        return ""
    try:
        whole = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        return whole.decode()
    except (binascii.Error, ValueError):
        return ""


def _fits(part: object, kind: type) -> bool:
    if isinstance(part, bool) or not isinstance(part, kind):
        return False
    if isinstance(part, str):
        return "\x00" not in part
    return isinstance(part, int | float) and abs(part) < FURTHEST
