"""JSON-LD: the articles among the nodes of a document, with what they refer to put in its place.

Only the shape is read, the context is not: schema.org's own names are expected, with or without its
address before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from service.documents.forms.form import Found
from service.documents.forms.tables import ARTICLE_TYPES
from service.documents.jsontext import Json, JsonObject
from service.documents.pointers import pointer_to

HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage")
"""Names under which a document holds further nodes."""
DEEPEST = 8


def articles_in(document: Json) -> tuple[Found, ...]:
    """Every article that the document describes, with its pointer, in their order."""
    nodes = tuple(_nodes(Found(document, ""), 0))
    named = {
        str(node.value["@id"]): node.value
        for node in nodes
        if isinstance(node.value, Mapping) and "@id" in node.value and len(node.value) > 1
    }
    return tuple(
        Found(_resolved(node.value, named), node.pointer)
        for node in nodes
        if isinstance(node.value, Mapping) and _is_article(node.value)
    )


def _nodes(found: Found, depth: int) -> Iterator[Found]:
    if depth > DEEPEST:
        return
    if isinstance(found.value, list):
        for index, each in enumerate(found.value):
            yield from _nodes(Found(each, pointer_to(found.pointer, index)), depth + 1)
    elif isinstance(found.value, Mapping):
        yield found
        for name in HOLDERS:
            if isinstance(found.value.get(name), list | Mapping):
                inner = Found(found.value[name], pointer_to(found.pointer, name))
                yield from _nodes(inner, depth + 1)


def _is_article(node: JsonObject) -> bool:
    kinds = node.get("@type")
    each = kinds if isinstance(kinds, list) else [kinds]
    return any(_bare(kind) in ARTICLE_TYPES for kind in each if isinstance(kind, str))


def _bare(kind: str) -> str:
    """The name of a type without `schema:` or an address before it."""
    return kind.replace("#", "/").rpartition("/")[2].removeprefix("schema:")


def _resolved(node: JsonObject, named: Mapping[str, JsonObject]) -> JsonObject:
    return {name: _referred(value, named) for name, value in node.items()}


def _referred(value: Json, named: Mapping[str, JsonObject]) -> Json:
    """What a reference, an object with nothing but `@id`, refers to; other values as they are."""
    if isinstance(value, list):
        return [_referred(each, named) for each in value]
    if isinstance(value, Mapping) and set(value) <= {"@id", "@type"}:
        return named.get(str(value.get("@id")), value)
    return value
