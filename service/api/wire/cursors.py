"""Cursors of a timeline: where a page ended, in which list, and at which revision it began."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from service.api.wire.answers import digest
from service.api.wire.paging import read_cursor, read_parts, write_cursor
from service.documents.jsontext import JsonObject, canonical, dumps
from service.errors import InvalidInputError, Violation
from service.store.eventquery import After, Order

FREE = frozenset({"cursor", "limit", "view", "token"})
"""Parameters that may differ from page to page."""
SHAPES: dict[Order, tuple[type, ...]] = {
    Order.DATE: (int, int, str),
    Order.LATEST: (int, int, str),
    Order.SALIENCE: (float, int, int, str),
    Order.UPDATED: (int, str),
}
"""The sort keys of the orders."""


@dataclass(frozen=True, slots=True)
class PlaceInList:
    """What a cursor says: the revision of the first page, and the key of the last event seen."""

    revision: int
    after: After


def write_place(revision: int, after: After) -> str:
    """The cursor of the request's own list."""
    return write_cursor(revision, _list(), dumps(after))


def read_place(query: JsonObject, order: Order) -> PlaceInList | None:
    """What the cursor of the request says, None without one.

    Raises InvalidInputError for what is no cursor, and for one of another list.
    """
    parts = read_cursor(query, int, str, str)
    if parts is None:
        return None
    if parts[1] != _list():
        raise InvalidInputError(
            Violation(
                "cursor",
                "belongs to other filters or another order: take `next` as it is, or begin again "
                "without a cursor",
                "query",
            )
        )
    return PlaceInList(int(parts[0]), read_parts(str(parts[2]), SHAPES[order]))


def _list() -> str:
    """What stands for the filters and the order of the request."""
    named = {name: text for name, text in request.args.items() if name not in FREE}
    return digest(canonical(named).encode())
