"""Posted documents of any form as articles ready to be kept, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.api.schemas.base import check
from service.api.schemas.posted import ArticlePosted
from service.api.wire.bodies import refuse_flaw
from service.documents.forms.form import Form, Mapped
from service.documents.forms.reading import find_id, find_withdrawal, form_of, read_form
from service.documents.jsontext import Json
from service.errors import InvalidInputError, Violation
from service.intake import LIMITS, draft, text_fault
from service.store.base import NewArticle

ARTICLE = ArticlePosted()
SPARE = frozenset({"url", "publisher", "author", "language", "image"})
"""Fields that documents of other forms may have in a way that is of no use: left out then."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A document that takes its article back."""

    external_id: str


def read_posted(
    timeline: str, document: Json, received: float, *, form: Form | None = None
) -> NewArticle | Withdrawn:
    """What a posted document is: an article, or the withdrawal of one (ninjs `pubstatus`).

    Raises as `read_draft` does.
    """
    refuse_flaw(document)
    form = form or form_of(document)
    if form is None or not isinstance(document, Mapping) or not find_withdrawal(document, form):
        return read_draft(timeline, document, received, form=form)
    name = find_id(document, form)
    if name is None:
        raise InvalidInputError(Violation("/uri", "is missing: it names what is taken back"))
    return Withdrawn(name)


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
    withdrawal = find_withdrawal(document, form) if isinstance(document, Mapping) else None
    if withdrawal is not None:
        detail = f"is '{withdrawal.value}', which takes an article back: POST it, or DELETE"
        raise InvalidInputError(Violation(withdrawal.pointer, detail))
    return _draft_mapped(timeline, read_form(document, form), received)


def external_id_of(document: Json) -> str | None:
    """The name that a document gives itself, for whoever reads the results of many."""
    form = form_of(document)
    if not isinstance(document, Mapping):
        return None
    name = document.get("external_id") if form is None else find_id(document, form)
    if isinstance(name, str) and text_fault(name, LIMITS["external_id"]) is None:
        return name
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
