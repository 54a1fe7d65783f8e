"""What a form is: how its documents are told from others, and which field of theirs is ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from service.documents.jsontext import Json, JsonObject


@dataclass(frozen=True, slots=True)
class Found:
    """A value of a document, and the JSON pointer to where it stands there."""

    value: Json
    pointer: str


Reader: TypeAlias = Callable[[Found], Found | None]
"""Makes our value of theirs; None when it says nothing that we could use."""


@dataclass(frozen=True, slots=True)
class Take:
    """One field of ours: where a form has it, best place first, and how it is read there.

    A place is a name, or several behind one another with `/` between them.
    """

    field: str
    places: tuple[str, ...]
    read: Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of documents.

    A document has it when it holds all names of one of the `marks` and none of `unless`.
    """

    name: str
    marks: tuple[frozenset[str], ...]
    unless: frozenset[str] = frozenset()
    takes: tuple[Take, ...]
    states: tuple[str, ...] = ()
    """Names under which a document says whether it may be published."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A document in our fields; `origins` says where in it each of them, by pointer, came from."""

    form: str
    fields: JsonObject
    origins: Mapping[str, str]

    def without(self, names: frozenset[str]) -> Mapped:
        """The same without these fields."""
        kept = {name: value for name, value in self.fields.items() if name not in names}
        return Mapped(self.form, kept, self.origins)

    def origin(self, pointer: str) -> str:
        """Where in the document stands what is at `pointer` in the fields."""
        if pointer in self.origins:
            return self.origins[pointer]
        outer, _, _ = pointer.rpartition("/")
        return self.origin(outer) if outer else pointer
