"""What the form to paste an article holds: read from the request, kept when it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from service.api.access.forms import read_form
from service.api.wire.bodies import LONGEST_BODY
from service.api.wire.problems import printable
from service.documents.jsontext import JsonObject
from service.errors import InvalidInputError, TimelineError, Violation

LABELS: Mapping[str, str] = {
    "timeline": "The name of the timeline",
    "title": "The headline",
    "publisher": "The outlet",
    "published_at": "The day of publication",
    "url": "The address",
    "text": "The article",
}
"""The fields of the form as sentences about them begin."""
PAGE_FIELD = "html"
"""Where posting has the article when it is the HTML of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed; `is_page` says that the text is the HTML of a page."""

    timeline: str = ""
    title: str = ""
    publisher: str = ""
    published_at: str = ""
    url: str = ""
    text: str = ""
    is_page: bool = False

    def article(self) -> JsonObject:
        """The article as posting takes it: what was left empty is left out."""
        said = {name: getattr(self, name) for name in LABELS if name not in {"timeline", "text"}}
        said[PAGE_FIELD if self.is_page else "text"] = self.text
        return {name: value for name, value in said.items() if value.strip()}


@dataclass(frozen=True, slots=True, kw_only=True)
class PasteForm:
    """The form as a page shows it: what was typed, and what is wrong at each field."""

    typed: Typed
    faults: Mapping[str, str]


def empty_form() -> PasteForm:
    """The form before anything was typed."""
    return PasteForm(typed=Typed(), faults={})


def refused_form(typed: Typed, error: TimelineError) -> PasteForm:
    """The form with what was typed, and what `error` names of its fields."""
    return PasteForm(typed=typed, faults=faults_of(_violations_of(error)))


def read_typed() -> Typed:
    """What the posted form holds; ProblemError where it is none, or no page of ours sent it."""
    said = read_form(limit=LONGEST_BODY)
    texts = {each.name: said.get(each.name, "") for each in fields(Typed)}
    return Typed(**{**texts, "is_page": bool(texts["is_page"])})  # type: ignore[arg-type]  # the flag alone is none


def faults_of(violations: Iterable[Violation]) -> dict[str, str]:
    """What is wrong as a sentence for each field of the form, in the form's order."""
    found: dict[str, str] = {}
    for each in violations:
        name = _field(each)
        found.setdefault(name, f"{LABELS[name]} {printable(each.detail)}.")
    return {name: found[name] for name in LABELS if name in found}


def _violations_of(error: TimelineError) -> tuple[Violation, ...]:
    """What an error says of fields of the form alone; nothing for any other."""
    if not isinstance(error, InvalidInputError):
        return ()
    ours = all(_field(each) in LABELS for each in error.violations)
    return tuple(error.violations) if ours else ()


def _field(violation: Violation) -> str:
    name = violation.pointer.strip("/")
    return "text" if name == PAGE_FIELD else name
