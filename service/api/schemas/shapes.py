"""Fields of the documents that are read: each says what it holds, and which words it can take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from service.api.schemas.base import Text


def text(says: str, *, required: bool = True) -> fields.String:
    """A string."""
    return Text(says, required=required)


def word(
    says: str, words: Iterable[str], *, required: bool = True, name: str | None = None
) -> fields.String:
    """One of a closed set of words; `name` is its key where Python cannot say it."""
    return Text(
        says, required=required, validate=OneOf([str(each) for each in words]), data_key=name
    )


def day(says: str, *, required: bool = False) -> fields.String:
    """An ISO day; a year beyond 9999 or before 0 is written Y12345 or Y-500."""
    return Text(says, required=required, metadata={"example": "2025-12-21"})


def instant(says: str) -> fields.String:
    """An RFC 3339 instant with offset."""
    return Text(says, required=True, metadata={"format": "date-time"})


def whole(says: str, *, required: bool = True) -> fields.Integer:
    """A whole number from 0."""
    return fields.Integer(
        required=required, strict=True, metadata={"description": says, "minimum": 0}
    )


def share(says: str, *, required: bool = True) -> fields.Float:
    """A number from 0 to 1."""
    return fields.Float(
        required=required, metadata={"description": says, "minimum": 0, "maximum": 1}
    )


def flag(says: str, *, required: bool = True) -> fields.Boolean:
    """True or false."""
    return fields.Boolean(required=required, metadata={"description": says})


def part(schema: type[Schema], says: str, *, required: bool = True) -> fields.Nested:
    """An object inside a document."""
    return fields.Nested(schema, required=required, metadata={"description": says})


def many(schema: type[Schema], says: str, *, required: bool = True) -> fields.List[Any]:
    """A list of objects."""
    return fields.List(fields.Nested(schema), required=required, metadata={"description": says})


def texts(says: str, *, required: bool = True) -> fields.List[Any]:
    """A list of strings."""
    return fields.List(fields.String(), required=required, metadata={"description": says})


def links(says: str = "Addresses of what belongs to it.") -> fields.Dict:
    """References to other documents, by name."""
    return fields.Dict(
        keys=fields.String(),
        values=fields.String(metadata={"format": "uri-reference"}),
        required=True,
        metadata={"description": says},
    )
