"""Posted documents of any form as articles ready to be kept, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping

from service.api.bodies import refuse_flaw
from service.api.schemas.base import check
from service.api.schemas.posted import ArticlePosted
from service.documents.forms.form import Form, Mapped
from service.documents.forms.reading import form_of, read_form
from service.documents.jsontext import Json, JsonObject
from service.errors import InvalidInputError, Violation
from service.intake import LIMITS, draft, text_fault
from service.store.base import NewArticle

ARTICLE = ArticlePosted()
SPARE = frozenset({"url", "publisher", "author", "language", "image"})
"""Fields that documents of other forms may have in a way that is of no use: left out then."""


def read_draft(
    timeline: str, document: Json, received: float, *, form: Form | None = None
) -> NewArticle:
    """The article of one document: of `form`, or of that which it shows to have, our own or not.

    Raises ProblemError for what no JSON document may hold, else InvalidInputError: its pointers
    lead into the document as it was sent.
    """
    refuse_flaw(document)
    form = form or form_of(document)
    if form is None:
        return draft(timeline, check(ARTICLE, document), received=received)
    return _draft_mapped(timeline, read_form(document, form), received)


def external_id_of(document: Json) -> str | None:
    """The name that a document gives itself, for whoever reads the results of many."""
    form = form_of(document)
    if not isinstance(document, Mapping):
        return None
    name = document.get("external_id") if form is None else _mapped_id(document, form)
    if isinstance(name, str) and text_fault(name, LIMITS["external_id"]) is None:
        return name
    return None


def _mapped_id(document: JsonObject, form: Form) -> Json:
    try:
        return read_form(document, form).fields.get("external_id")
    except InvalidInputError:
        return None


def _draft_mapped(timeline: str, mapped: Mapped, received: float) -> NewArticle:
    try:
        return draft(timeline, mapped.fields, received=received)
    except InvalidInputError as error:
        fields = {each.pointer.split("/")[1] for each in error.violations}
        if spare := frozenset(fields & SPARE):
            return _draft_mapped(timeline, mapped.without(spare), received)
        raise InvalidInputError(
            *(Violation(mapped.origin(each.pointer), each.detail) for each in error.violations)
        ) from error
