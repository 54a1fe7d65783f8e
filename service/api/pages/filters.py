"""The form that filters a timeline: its fields, as they were filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.documents.pages.rows import SAID
from service.store.eventquery import Order
from service.timeline.model import Kind, Status

KINDS = (
    ("", "Everything"),
    (Kind.HAPPENING.value, "Happenings"),
    (Kind.PLANNED.value, "Plans"),
    (Kind.STATEMENT.value, "Statements"),
    (Kind.STATE.value, "States"),
    (f"-{Kind.STATEMENT.value}", "All but statements"),
)
STATUSES = (
    ("", "Any"),
    *((each.value, SAID.get(each, "happened").capitalize()) for each in Status),
)
CONFIDENCES = (("", "Any"), ("0.5", "0.5 or more"), ("0.7", "0.7 or more"), ("0.9", "0.9 or more"))
ORDERS = (
    ("", "Oldest first"),
    (Order.LATEST.value, "Newest first"),
    (Order.SALIENCE.value, "Most salient first"),
    (Order.UPDATED.value, "Last changed first"),
)
CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "kind": KINDS,
    "status": STATUSES,
    "min_confidence": CONFIDENCES,
    "order": ORDERS,
}
FIELDS = frozenset({"q", "from", "to", "publisher", "min_sources", *CHOICES})


@dataclass(frozen=True, slots=True)
class Form:
    """What the form shows: `values` by name, `choices` of each list, `others` kept out of sight."""

    values: Mapping[str, str]
    choices: Mapping[str, tuple[tuple[str, str], ...]]
    others: tuple[tuple[str, str], ...]

    @property
    def is_filled(self) -> bool:
        """Whether it leaves anything out."""
        return any(name != "order" for name in self.values)


def form_of(given: Mapping[str, str]) -> Form:
    """The form for filters as they were given, also those that it has no field for."""
    values = {name: text for name, text in given.items() if name in FIELDS}
    if values.get("order") == Order.DATE.value:
        del values["order"]
    return Form(
        values,
        {name: _with(known, values.get(name, "")) for name, known in CHOICES.items()},
        tuple((name, text) for name, text in given.items() if name not in FIELDS),
    )


def _with(choices: tuple[tuple[str, str], ...], value: str) -> tuple[tuple[str, str], ...]:
    """The choices, and the one that an address made where it is none of them."""
    if any(value == each for each, _ in choices):
        return choices
    return (*choices, (value, value))
