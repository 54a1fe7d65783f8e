"""The dates of a text, explained, without storing anything."""

from __future__ import annotations

from flask import Response

from service.api.described import routes
from service.api.examples import story
from service.api.schemas.base import check
from service.api.schemas.posted import TextPosted
from service.api.schemas.time import Resolved
from service.api.wire.answers import answer
from service.api.wire.bodies import JSON, read_document
from service.api.wire.version import VERSION
from service.documents.expression import expression_document
from service.documents.jsontext import Json, JsonObject, dumps
from service.errors import InvalidInputError, Violation
from service.intake import RESOLVE_LIMITS, refuse_faults
from service.otherlanguages import OWN, Answer, resolve_any
from service.temporal.language import tell_language
from service.temporal.publication import read_publication
from service.temporal.timex import Context, Publication
from service.timeline.ids import article_key, expression_id

resolving = routes("resolve", "The dates of a text, explained.")

TEXT = TextPosted()
ENGINE = f"event-timelines {VERSION}"
TEXT_BODY = {
    "required": True,
    "content": {JSON: {"schema": TextPosted, "example": story.TEXT_TO_RESOLVE}},
}


@resolving.route("/v1/resolve", methods=["POST"])
@resolving.doc(requestBody=TEXT_BODY)
@resolving.response(200, Resolved, example=story.RESOLVED)
def post_text() -> Response:
    """Find the dates of a text.

    Each expression comes with its reading, what it was counted from, the rules that led there and
    the other readings. Nothing is stored.
    """
    return answer(resolved(read_document()))


def resolved(document: Json) -> JsonObject:
    """The answer to a posted document; InvalidInputError names each thing wrong with it."""
    fields = check(TEXT, document)
    refuse_faults(fields, RESOLVE_LIMITS)
    context = _context(fields)
    key = article_key(None, dumps(fields))
    read = resolve_any(str(fields["text"]), context)
    expressions = [
        expression_document(each, expression_id(key, each.span)) for each in read.expressions
    ]
    return {"expressions": expressions, "language": context.language, "engine": _engine(read)}


def _engine(read: Answer) -> str:
    """Ours with its version, and the one that read the months in words where it is another."""
    others = (name for name in read.engines if name != OWN)
    return ", ".join((ENGINE, *others))


def _context(fields: JsonObject) -> Context:
    title, given = fields.get("title"), fields.get("language")
    return Context(
        publication=_reference(str(fields["reference_time"])),
        language=tell_language(str(fields["text"]), given if isinstance(given, str) else None),
        title=None if title is None else str(title),
    )


def _reference(text: str) -> Publication:
    try:
        return read_publication(text)
    except InvalidInputError as error:
        raise InvalidInputError(
            *(Violation("/reference_time", each.detail) for each in error.violations)
        ) from error
