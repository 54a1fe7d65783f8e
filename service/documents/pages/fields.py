"""Fields of documents, read safely: what an older document leaves out is empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.documents.jsontext import Json, JsonObject


def text_of(document: JsonObject, name: str) -> str:
    """The text `name`; empty when there is none."""
    value = document.get(name)
    return value if isinstance(value, str) else ""


def number_of(document: JsonObject, name: str) -> float | None:
    """The number `name`; None when there is none."""
    value = document.get(name)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else None  # type: ignore[return-value]  # mypy loses the check


def place_of(document: JsonObject, name: str) -> int:
    """The offset `name`; 0 when there is none."""
    value = document.get(name)
    return value if isinstance(value, int) else 0


def object_of(document: JsonObject, name: str) -> JsonObject:
    """The object `name`; empty when there is none."""
    value = document.get(name)
    return value if isinstance(value, Mapping) else {}


def objects_of(document: JsonObject, name: str) -> tuple[JsonObject, ...]:
    """The objects in the list `name`, in order."""
    return tuple(each for each in _list(document, name) if isinstance(each, Mapping))


def texts_of(document: JsonObject, name: str) -> tuple[str, ...]:
    """The texts in the list `name`, in order."""
    return tuple(each for each in _list(document, name) if isinstance(each, str))


def _list(document: JsonObject, name: str) -> Sequence[Json]:
    value = document.get(name)
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()
