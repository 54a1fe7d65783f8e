"""Documents of other forms in our own fields: which form, and what stands where."""

from __future__ import annotations

from collections.abc import Mapping

from service.documents.forms.form import Form, Found, Mapped, Take
from service.documents.forms.linked import articles_in
from service.documents.forms.tables import FORMS, SCHEMA_ORG, WITHDRAWN
from service.documents.jsontext import Json, JsonObject
from service.documents.pointers import pointer_to
from service.errors import InvalidInputError, Violation

WANTED = ("text", "published_at")
"""Fields that every article has."""


def form_of(document: Json) -> Form | None:
    """The form that the document has; None for our own, and for what is no object."""
    if not isinstance(document, Mapping):
        return None
    return next((form for form in FORMS if _has(document, form)), None)


def read_form(document: Json, form: Form) -> Mapped:
    """The one article of a document of this form in our fields.

    Raises InvalidInputError, with pointers into the document, when it holds none or several, or
    when an article has no text or no date.
    """
    return _linked(document) if form is SCHEMA_ORG else _mapped(Found(document, ""), form)


def find_fields(article: Found, form: Form) -> JsonObject:
    """What an article of this form says in our fields, however much that is."""
    return _taken(article, form.takes)[0]


def find_withdrawal(document: JsonObject, form: Form) -> Found | None:
    """Where the document says that its article is taken back; None when it does not."""
    for name in form.states:
        said = document.get(name)
        if isinstance(said, str) and said.strip().lower() in WITHDRAWN:
            return Found(said, pointer_to("", name))
    return None


def find_id(document: Json, form: Form) -> str | None:
    """The name that a document of this form gives its article; None without one, or several."""
    articles = articles_in(document) if form is SCHEMA_ORG else (Found(document, ""),)
    if len(articles) != 1:
        return None
    takes = tuple(take for take in form.takes if take.field == "external_id")
    name = _taken(articles[0], takes)[0].get("external_id")
    return name if isinstance(name, str) else None


def _linked(document: Json) -> Mapped:
    articles = articles_in(document)
    if len(articles) == 1:
        return _mapped(articles[0], SCHEMA_ORG)
    if articles:
        detail = f"holds {len(articles)} articles: send them as an array, or one a line"
        raise InvalidInputError(Violation(articles[1].pointer, detail))
    there = document.keys() if isinstance(document, Mapping) else ()
    pointer = next((f"/{name}" for name in ("@type", "@graph") if name in there), "")
    detail = "is no article of schema.org: use the @type NewsArticle, or another type of Article"
    raise InvalidInputError(Violation(pointer, detail))


def _mapped(article: Found, form: Form) -> Mapped:
    fields, origins = _taken(article, form.takes)
    lacking = [name for name in WANTED if name not in fields]
    if lacking:
        raise InvalidInputError(*(_lack(article, form, name) for name in lacking))
    return Mapped(form.name, fields, origins)


def _has(document: JsonObject, form: Form) -> bool:
    return any(mark <= document.keys() for mark in form.marks) and not (
        form.unless & document.keys()
    )


def _taken(article: Found, takes: tuple[Take, ...]) -> tuple[dict[str, Json], dict[str, str]]:
    fields: dict[str, Json] = {}
    origins: dict[str, str] = {}
    for take in takes:
        if take.field in fields:
            continue
        for place in take.places:
            there = _at(article, place)
            read = None if there is None else take.read(there)
            if read is not None:
                fields[take.field] = read.value
                origins[f"/{take.field}"] = read.pointer
                break
    return fields, origins


def _at(article: Found, place: str) -> Found | None:
    here = article
    for name in place.split("/"):
        if not isinstance(here.value, Mapping) or here.value.get(name) is None:
            return None
        here = Found(here.value[name], pointer_to(here.pointer, name))
    return here


def _lack(article: Found, form: Form, name: str) -> Violation:
    places = [place for take in form.takes if take.field == name for place in take.places]
    there = next((found for place in places if (found := _at(article, place)) is not None), None)
    if there is not None:
        return Violation(there.pointer, f"holds no {_NAMES[name]} that can be read")
    pointer = pointer_to(article.pointer, places[0])
    return Violation(pointer, f"is missing: {_SAYS[name]} is read there")


_NAMES = {"text": "text", "published_at": "date of publication"}
_SAYS = {
    "text": "the text of the article (a whole page goes into the field `html` of our own form)",
    "published_at": "the date of publication, which every relative date is counted from,",
}
