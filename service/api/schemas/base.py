"""What all schemas share: our words for what is wrong, and violations with JSON pointers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from marshmallow import INCLUDE, RAISE, Schema, ValidationError, fields

from service.documents.jsontext import Json, JsonObject
from service.documents.pointers import pointer_to
from service.errors import InvalidInputError, Violation

Messages: TypeAlias = dict[str, str | list[Any] | dict[Any, Any]]
"""Marshmallow's type for what a field says when it refuses."""

MISSING: Messages = {"required": "is missing", "null": "is null: leave out what is unknown"}
DOCUMENT_MESSAGES = {"unknown": "is no field of this document", "type": "must be an object"}
QUERY_MESSAGES = {"unknown": "is no parameter of this address"}


class Text(fields.String):
    """A string of at most `limit` code points; `service.intake` says what may stand in it."""

    def __init__(self, says: str, *, limit: int | None = None, **options: Any) -> None:  # noqa: ANN401  # marshmallow's own
        size = {} if limit is None else {"minLength": 1, "maxLength": limit}
        metadata = {"description": says, **size, **options.pop("metadata", {})}
        messages: Messages = {**MISSING, "invalid": "must be a string"}
        super().__init__(metadata=metadata, error_messages=messages, **options)


class Flag(fields.Boolean):
    """True or false, and nothing that other formats take for them."""

    def __init__(self, says: str, **options: Any) -> None:  # noqa: ANN401  # marshmallow's own
        messages: Messages = {**MISSING, "invalid": "must be true or false"}
        super().__init__(metadata={"description": says}, error_messages=messages, **options)

    def _deserialize(self, value: object, attr: str | None, data: Any, **given: Any) -> bool:  # noqa: ANN401  # marshmallow's own
        del attr, data, given
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Strict(Schema):
    """A document that comes in: unknown fields are refused."""

    error_messages = DOCUMENT_MESSAGES

    class Meta:
        """Refuse what is not known."""

        unknown = RAISE


class Answer(Schema):
    """A document that goes out: fields may be added to it."""

    class Meta:
        """Take what is not known."""

        unknown = INCLUDE


class Query(Strict):
    """The parameters of a request: unknown ones are refused, for they would change nothing."""

    error_messages = QUERY_MESSAGES


def check(schema: Schema, document: Json, *, place: str = "body") -> JsonObject:
    """The document as `schema` loads it; raises InvalidInputError naming each thing wrong."""
    try:
        loaded: JsonObject = schema.load(document)  # type: ignore[arg-type]  # it checks the type itself
    except ValidationError as error:
        raise InvalidInputError(*violations(error.messages, place=place)) from error
    return loaded


def violations(messages: object, *, pointer: str = "", place: str = "body") -> Iterator[Violation]:
    """Marshmallow's nested messages as violations, in their order."""
    if isinstance(messages, Mapping):
        for step, inner in messages.items():
            here = pointer if step == "_schema" else _step(pointer, step, place)
            yield from violations(inner, pointer=here, place=place)
    elif isinstance(messages, list):
        for message in messages:
            yield Violation(pointer, str(message), place)


def _step(pointer: str, step: str | int, place: str) -> str:
    return pointer_to(pointer, step) if place == "body" else str(step)
